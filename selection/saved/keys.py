"""Lists of patent keys: packed for a column, followed to what they are called today, turned into rows."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from sqlalchemy import Connection, select

from library.patent_rows import chunks, keys_by_number
from library.schema import patent
from selection.bitmaps import Rows, rows_from_array
from selection.selection import Selection


def pack(keys: Iterable[str]) -> bytes:
    """Sorted keys as compressed lines: 100,000 take about 250 kB."""
    return zlib.compress("\n".join(sorted(keys)).encode("utf-8"), 6)


def unpack(packed: bytes) -> tuple[str, ...]:
    """Keys that `pack` packed."""
    text = zlib.decompress(packed).decode("utf-8")
    return tuple(text.split("\n")) if text else ()


def follow(connection: Connection, keys: Iterable[str]) -> dict[str, str]:
    """Where keys that no patent has any more lead today.

    A key changes when a later export supplies the application number. Keys that still exist, and
    those that lead nowhere or to several patents, are left out.
    """
    gone = _unknown(connection, set(keys))
    found = keys_by_number(connection, gone)
    return {old: next(iter(new)) for old, new in found.items() if len(new) == 1}


def _unknown(connection: Connection, keys: set[str]) -> set[str]:
    for chunk in chunks(sorted(keys), 10_000):
        query = select(patent.c.key).where(patent.c.key.in_(chunk))
        keys -= set(connection.execute(query).scalars())
    return keys


@dataclass(frozen=True)
class KeyedRows:
    """The keys of a snapshot in the order of its rows."""

    keys: Sequence[str]

    @cached_property
    def row_of(self) -> Mapping[str, int]:
        """Row by key."""
        return {key: row for row, key in enumerate(self.keys)}

    def rows(self, keys: Iterable[str]) -> Rows:
        """Rows of the keys that the snapshot has."""
        found = (self.row_of.get(key) for key in keys)
        return rows_from_array([row for row in found if row is not None])

    def of(self, selection: Selection) -> list[str]:
        """Keys of a selection, in the order of its rows."""
        return [self.keys[row] for row in selection]


def now() -> str:
    """The time as it is kept: UTC, ISO 8601, whole seconds."""
    return datetime.now(UTC).isoformat(timespec="seconds")
