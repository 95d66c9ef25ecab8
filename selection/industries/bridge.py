"""Symbols of other IPC editions in the words of about IPC 2020, which the official tables speak."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from patents.tables import IpcMove, ipc_moves


@lru_cache(maxsize=65_536)
def translated(symbol: str) -> tuple[str, ...]:
    """Return the symbols that an official table of 2020 knows this one by; itself when it has not moved."""
    for move in _moves().get(symbol[:3], ()):
        if _covers(move.pattern, symbol):
            return move.equivalents
    return (symbol,)


def _covers(pattern: str, symbol: str) -> bool:
    """Textual prefix, but a main group ends where its number ends: H01M50 is not H01M500."""
    if not symbol.startswith(pattern):
        return False
    is_group = "/" not in pattern and len(pattern) > 4
    # H10N5 stands for H10N50 … H10N59: main groups of H10 have two digits.
    if is_group and not pattern.startswith("H10N"):
        return len(symbol) == len(pattern) or symbol[len(pattern)] == "/"
    return True


@lru_cache(maxsize=1)
def _moves() -> Mapping[str, tuple[IpcMove, ...]]:
    by_class: dict[str, list[IpcMove]] = defaultdict(list)
    for move in ipc_moves():
        by_class[move.pattern[:3]].append(move)
    return {ipc_class: tuple(moves) for ipc_class, moves in by_class.items()}
