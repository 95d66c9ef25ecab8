"""How long operations tell what they are doing."""

from __future__ import annotations

from collections.abc import Callable

Report = Callable[[str, int, int | None], None]
"""``report(stage, done, total)``; total is None while it is unknown."""


def silent(stage: str, done: int, total: int | None) -> None:
    """Report nothing."""
