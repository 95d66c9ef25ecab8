"""Chinese titles of the IPC, sections to main groups, and where symbols moved between editions.

Source: IPC 2026.01 in Chinese, with the holes of that copy filled by hand; see README.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from patents.tables.files import read_csv

_ASIDE = re.compile(r"[（(][^（）()]*[）)]")


@dataclass(frozen=True, slots=True)
class IpcTitle:
    """One entry of the scheme.

    Attributes:
        symbol: `H`, `H01`, `H01M` or `H01M10/00`.
        title: the official wording with its references, or our own short one where `filled`.
        filled: worded by us: the source has no title, or a damaged one.
        obsolete: no longer in IPC 2026.01; older patents carry it.
    """

    symbol: str
    title: str
    filled: bool = False
    obsolete: bool = False

    @property
    def short(self) -> str:
        """The title without its references in brackets, for tables and figures."""
        text, before = self.title, ""
        while text != before:
            text, before = _ASIDE.sub("", text), text
        return text.strip(" ；，、")


@dataclass(frozen=True, slots=True)
class IpcMove:
    """Where the matter of `pattern` stands, or stood, in other editions.

    Attributes:
        pattern: textual prefix of the symbols that moved: `H10K30`, `H01M50/4`, `G06V`.
        equivalents: symbols of about IPC 2020 that mean the same.
        since: the edition that made the move, `2023.01`.
        reason: what moved from where, in Chinese.
    """

    pattern: str
    equivalents: tuple[str, ...]
    since: str
    reason: str


@lru_cache(maxsize=1)
def ipc_entries() -> Mapping[str, IpcTitle]:
    """Return every entry by symbol, main groups as `H01M10/00`."""
    entries = {row["symbol"]: IpcTitle(row["symbol"], row["title"]) for row in read_csv("ipc_titles.csv.gz")}
    for row in read_csv("ipc_filled.csv"):
        symbol = row["symbol"]
        entries[symbol] = IpcTitle(symbol, row["title"], filled=True, obsolete=row["status"] == "old")
    return MappingProxyType(entries)


def ipc_entry(symbol: str) -> IpcTitle | None:
    """Return the entry of a symbol; a subgroup gets its main group's, `H01M10` means `H01M10/00`."""
    if len(symbol) > 4:
        symbol = symbol.partition("/")[0] + "/00"
    return ipc_entries().get(symbol)


def ipc_title(symbol: str) -> str | None:
    """Return the Chinese title of a symbol, of its main group for a subgroup; None when unknown."""
    entry = ipc_entry(symbol)
    return entry.title if entry else None


def ipc_titles() -> Mapping[str, str]:
    """Return symbol → title for everything known."""
    return {symbol: entry.title for symbol, entry in ipc_entries().items()}


@lru_cache(maxsize=1)
def ipc_moves() -> tuple[IpcMove, ...]:
    """Return the big reclassifications, the longest pattern first."""
    moves = [
        IpcMove(row["pattern"], tuple(row["equivalents"].split()), row["since"], row["reason"])
        for row in read_csv("ipc_moves.csv")
    ]
    return tuple(sorted(moves, key=lambda move: (-len(move.pattern), move.pattern)))
