"""Progress bars on stderr."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

Item = TypeVar("Item")


def track(items: Sequence[Item], *, shown: bool, text: str) -> Iterable[Item]:
    """The items themselves, with a bar on stderr when `shown`."""
    if not shown:
        return items
    from rich.console import Console
    from rich.progress import track as rich_track

    return rich_track(items, description=text, console=Console(stderr=True), transient=True)
