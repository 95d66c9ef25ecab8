"""How a portal's export is described: its columns, what they are read into, and how it is recognised."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from patents.readers.headers import normalise_header


@dataclass(frozen=True, slots=True)
class Column:
    """Columns that are read into one target.

    Attributes:
        field: the target, a key of `patents.readers.fields.FIELDS`.
        headers: spellings of the header, the best first: when a file has two of them, a field that
            takes one value takes the first and keeps the other among the portal's values.
        separators: characters that separate several values; "" where the usual ones (; ； |) do.
    """

    field: str
    headers: tuple[str, ...]
    separators: str = ""


def col(field: str, headers: str, *, separators: str = "") -> Column:
    """A described column; spellings of its header are separated by 、."""
    return Column(field, tuple(headers.split("、")), separators)


@dataclass(frozen=True)
class Portal:
    """A kind of export.

    Attributes:
        name: identifier, kept as the record's `reader`.
        label: what users call it.
        marks: sets of headers; a file that has all of one set is this portal's.
        columns: what is read, in order of rank.
        note: for the documentation.
        office: the only office whose documents it holds, where it is so.
        is_exact: its marks are compared as they are written, since other tables have headers that differ
            from them in blanks and capitals only.
    """

    name: str
    label: str
    marks: tuple[tuple[str, ...], ...]
    columns: tuple[Column, ...]
    note: str = ""
    office: str | None = None
    is_exact: bool = False

    @cached_property
    def by_header(self) -> dict[str, tuple[int, Column]]:
        """Normalised header → (rank, column)."""
        ranked = enumerate((column, header) for column in self.columns for header in column.headers)
        found: dict[str, tuple[int, Column]] = {}
        for rank, (column, header) in ranked:
            found.setdefault(normalise_header(header), (rank, column))
        return found

    @cached_property
    def normal_marks(self) -> tuple[frozenset[str], ...]:
        """`marks`, normalised unless they are exact."""
        return tuple(frozenset(mark if self.is_exact else map(normalise_header, mark)) for mark in self.marks)

    def is_marked(self, headers: Collection[str]) -> bool:
        """Whether a file with these headers is this portal's."""
        normal = frozenset(headers if self.is_exact else map(normalise_header, headers))
        return any(mark <= normal for mark in self.normal_marks)

    def headers(self) -> Iterator[str]:
        """Every spelling of every column."""
        return (header for column in self.columns for header in column.headers)
