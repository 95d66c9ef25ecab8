"""What the rows of a table say together, where one row alone can be read in several ways."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import islice

from patents.dates import DayOrder, parse_date
from patents.errors import DateError
from patents.foreign_numbers import office_in
from patents.half_width import compact, fold
from patents.readers.cells import Cell, as_items, as_text, clean_cell
from patents.readers.draft import Bound
from patents.readers.files.table import Table
from patents.readers.offices import office_code

_NUMBERS = frozenset(
    "application_number publication_number first_publication_number grant_number document_number "
    "dossier_number".split()
)
_EVENT_FIELDS = frozenset(
    f"{name}_date"
    for name in (
        "filing publication first_publication grant examination pct_entry lapse transfer licence pledge "
        "invalidation"
    ).split()
) | {"events", "legal_status"}
_DAY_IN_TEXT = re.compile(r"(?<!\d)(?:19|20)\d\d(?:[-./年]\d{1,2}[-./月]\d{1,2}|\d{4})(?!\d)", re.ASCII)
_NOT_FOREIGN = (None, "CN", "WO")
_TWO_PARTS = re.compile(r"\D?(\d{1,2})[-/](\d{1,2})[-/]\d{4}\b", re.ASCII)


class Evidence:
    """Looks through a table when it is first asked, once for each question.

    Args:
        table: the table.
        header_row: number of its header row.
        bound: what is done with its columns.
        office: the only office whose documents this kind of export holds, where it is so.
    """

    def __init__(self, table: Table, header_row: int, bound: Sequence[Bound], office: str | None) -> None:
        self.office = office
        self._table = table
        self._header_row = header_row
        self._bound = bound

    @cached_property
    def has_foreign_rows(self) -> bool:
        """Whether any row states an office other than China's, in a column or in front of a number.

        International applications and publications do not count: Chinese lists hold them beside bare numbers.
        """
        columns = [bound for bound in self._bound if bound.field in _NUMBERS or bound.field == "country"]
        return any(
            _is_foreign(bound.field, clean_cell(cells[bound.position]))
            for cells in self._rows()
            for bound in columns
            if bound.position < len(cells) and not _is_digits(cells[bound.position])
        )

    def newest_event(self, today: date) -> date | None:
        """The latest day in the table that is not to come: of filing, publication, grant or a legal event."""
        columns = [bound for bound in self._bound if bound.field in _EVENT_FIELDS]
        days = (
            day
            for cells in self._rows()
            for bound in columns
            if bound.position < len(cells) and cells[bound.position]
            for day in self._days(bound, clean_cell(cells[bound.position]))
        )
        return max((day for day in days if day is not None and day <= today), default=None)

    def _days(self, bound: Bound, cell: Cell) -> Iterator[date | None]:
        text = as_text(cell)
        if bound.field.endswith("_date"):
            try:
                yield parse_date(text, excel=bound.excel, from_1904=bound.from_1904)
            except DateError:
                pass
            else:
                return
        for found in _DAY_IN_TEXT.findall(text):
            try:
                yield parse_date(found)
            except DateError:
                continue

    def day_order(self, position: int) -> DayOrder | None:
        """Whether the days stand first or second in the column's dates; None where nothing tells, or both."""
        return self._day_orders.get(position)

    @cached_property
    def _day_orders(self) -> dict[int, DayOrder | None]:
        dated = [bound.position for bound in self._bound if bound.field.endswith("_date")]
        seen: dict[int, set[DayOrder]] = {position: set() for position in dated}
        for cells in self._rows():
            for position in dated:
                if position < len(cells):
                    seen[position].update(_orders(clean_cell(cells[position])))
        return {position: orders.pop() if len(orders) == 1 else None for position, orders in seen.items()}

    def _rows(self) -> Iterator[Sequence[object]]:
        glance = self._table.glance
        if glance is not None:
            return islice(glance(), self._header_row, None)
        return (row.cells for row in self._table.read() if row.number > self._header_row)


def _is_digits(value: object) -> bool:
    """Whether a cell is empty or one bare number: the usual case, passed over fast."""
    return not value or (
        isinstance(value, str) and value.replace(".", "").isalnum() and value[:1].isdecimal()
    )


def _is_foreign(field: str, cell: Cell) -> bool:
    if not cell:
        return False
    if field == "country":
        return office_code(as_text(cell)) not in _NOT_FOREIGN
    return any(office_in(compact(item)) not in _NOT_FOREIGN for item in as_items(cell, ";|"))


def _orders(cell: Cell) -> Iterator[DayOrder]:
    """What the dates of a cell show: a first or a second number above 12."""
    for item in as_items(cell, ";；|"):
        match = _TWO_PARTS.match(fold(item))
        if match:
            first, second = int(match[1]), int(match[2])
            if first > 12 >= second:
                yield "day-first"
            if second > 12 >= first:
                yield "month-first"
