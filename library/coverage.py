"""How full the columns are, and what that makes possible."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from library.columns import COLUMNS


@dataclass(frozen=True, slots=True)
class ColumnCoverage:
    """How full one column is.

    Attributes:
        name, label: of the column.
        filled: rows with a value.
        count: rows.
        share: filled / count, in [0, 1]; 0 for an empty table.
        needed_for: what the column makes possible, or what is missing when it is empty.
    """

    name: str
    label: str
    filled: int
    count: int
    share: float
    needed_for: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Capability:
    """Something a study may want, and whether this library's columns allow it.

    Attributes:
        name: such as 授权率.
        possible: every column that it needs has values.
        missing: labels of the columns that are empty.
        share: of the least filled column, in [0, 1].
    """

    name: str
    possible: bool
    missing: tuple[str, ...]
    share: float


def coverage(table: pa.Table) -> list[ColumnCoverage]:
    """Measure every column of a snapshot's table, in the order of `COLUMNS`."""
    return [
        _coverage(column.name, column.label, column.needed_for, table)
        for column in COLUMNS
        if column.name in table.column_names
    ]


def capabilities(measured: list[ColumnCoverage]) -> list[Capability]:
    """Tell what the measured columns make possible, in the order in which the columns name it."""
    needs: dict[str, list[ColumnCoverage]] = {}
    for column in measured:
        for name in column.needed_for:
            needs.setdefault(name, []).append(column)
    return [_capability(name, columns) for name, columns in needs.items()]


def _capability(name: str, columns: list[ColumnCoverage]) -> Capability:
    missing = tuple(column.label for column in columns if not column.filled)
    return Capability(name, not missing, missing, min(column.share for column in columns))


def _coverage(name: str, label: str, needed_for: tuple[str, ...], table: pa.Table) -> ColumnCoverage:
    filled = _filled(table.column(name))
    count = table.num_rows
    return ColumnCoverage(name, label, filled, count, filled / count if count else 0.0, needed_for)


def _filled(values: pa.ChunkedArray[Any]) -> int:
    """Count values that are neither null nor an empty text nor an empty list nor false."""
    kind = values.type
    if pa.types.is_list(kind):
        present = pc.list_value_length(values).cast(pa.bool_())
    elif pa.types.is_string(kind) or pa.types.is_large_string(kind):
        present = pc.binary_length(values).cast(pa.bool_())
    elif pa.types.is_boolean(kind):
        present = values
    else:
        present = pc.is_valid(values)
    return int(pc.sum(present).as_py() or 0)
