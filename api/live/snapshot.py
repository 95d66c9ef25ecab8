"""One snapshot, opened for answering."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from inspect import unwrap
from typing import TypeVar

import pyarrow as pa

from embed.of_library import Encoders
from library.folder import Library
from library.once import Once
from library.snapshot import Snapshot

T = TypeVar("T")


class LiveSnapshot:
    """One snapshot, opened for answering. It knows no capability: each makes what it needs by `once`.

    Args:
        library: that it belongs to.
        snapshot: opened and held by the caller.
        encoders: that the libraries of one service share; None for its own.
    """

    def __init__(self, library: Library, snapshot: Snapshot, encoders: Encoders | None = None) -> None:
        self.library = library
        self.snapshot = snapshot
        self.encoders = encoders or Encoders()
        self._once = Once()

    def once(self, make: Callable[[LiveSnapshot], T]) -> T:
        """What `make` makes of this snapshot: made when first asked for, kept while it is open.

        Args:
            make: a function of a module, which names the value.
        """
        return self._once.get(make, lambda: make(self))

    def has_made(self, make: Callable[[LiveSnapshot], object]) -> bool:
        """Whether `once` has been asked for this."""
        return unwrap(make) in self._once

    @property
    def number(self) -> int:
        """Number of the snapshot."""
        return self.snapshot.number

    @property
    def count(self) -> int:
        """Number of patents."""
        return self.snapshot.count

    @property
    def table(self) -> pa.Table:
        """The columns; a row's place is its row number everywhere."""
        return self.snapshot.table

    @property
    def as_of(self) -> date | None:
        """检索截止日: the newest as-of date of the imports behind this snapshot."""
        text = self.snapshot.manifest.facts.get("as_of")
        return date.fromisoformat(str(text)) if text else None

    @property
    def rows_by_key(self) -> dict[str, int]:
        """Row of each patent key."""
        return self.once(_rows_by_key)

    @property
    def keys(self) -> list[str]:
        """Key of each row's patent."""
        return self.once(_keys)

    def number_of(self, row: int) -> str:
        """The number that a patent is called by: publication, else application number, else key."""
        names = ("publication_number", "application_number", "key")
        return str(next(number for name in names if (number := self.table.column(name)[row].as_py())))

    @property
    def encoder_name(self) -> str:
        """Id and revision of the encoder that made the vectors."""
        stamp = self.snapshot.manifest.encoder
        return f"{stamp.id} {stamp.revision}" if stamp else ""


def once(make: Callable[[LiveSnapshot], T]) -> Callable[[LiveSnapshot], T]:
    """Make what a function makes of a snapshot once, and keep it while the snapshot is open."""

    @wraps(make)
    def made(live: LiveSnapshot) -> T:
        return live.once(make)

    return made


def _rows_by_key(live: LiveSnapshot) -> dict[str, int]:
    return {str(key): row for row, key in enumerate(live.table.column("key").to_pylist())}


def _keys(live: LiveSnapshot) -> list[str]:
    return list(live.rows_by_key)
