"""Cells merged over several rows: each row gets the value, as a reader of the sheet sees it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from patents.readers.cells import Cell

Range = tuple[tuple[int, int], tuple[int, int]]
"""First and last cell of a merged range, each (row, column), 0-based."""


class MergedDown:
    """Fills rows in order.

    Args:
        ranges: merged ranges of the sheet; those within one row are passed over.
    """

    def __init__(self, ranges: Iterable[Range] = ()) -> None:
        self._starting: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self._open: dict[int, tuple[int, Cell]] = {}
        for (first, column), (last, _) in ranges:
            self.add(first, last, column)

    def add(self, first: int, last: int, column: int) -> None:
        """Take a range in before its first row is filled."""
        if last > first:
            self._starting[first].append((column, last))

    def fill(self, row: int, cells: list[Cell]) -> None:
        """Put the values of open ranges into a row; a row without a cell of its own stays empty."""
        if self._open:
            self._fill_open(row, cells)
        for column, last in self._starting.pop(row, ()):
            if column < len(cells) and cells[column]:
                self._open[column] = (last, cells[column])

    def _fill_open(self, row: int, cells: list[Cell]) -> None:
        has_own = any(cells)
        for column, (last, value) in list(self._open.items()):
            if row > last:
                del self._open[column]
            elif has_own:
                cells.extend([""] * (column + 1 - len(cells)))
                cells[column] = cells[column] or value
