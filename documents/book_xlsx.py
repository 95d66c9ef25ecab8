"""A book of tables as xlsx: the cover, then a sheet a table."""

from __future__ import annotations

from pathlib import Path

from documents.book import Book, BookTable, Shaded
from documents.workbook import BOLD, Look, Workbook

# A Chinese character is two of the digits that column widths count in.
_DIGITS = 2.1
_WRAPPED: Look = {"text_wrap": True, "valign": "top"}
_HEAD: Look = {**BOLD, **_WRAPPED}


def write_xlsx(book: Book, path: Path) -> None:
    """Write a workbook."""
    with Workbook(path) as workbook:
        cover = workbook.add("说明")
        cover.set_column(0, 0, 16)
        cover.set_column(1, 1, 110)
        for line, (label, value) in enumerate([("", book.title), *book.cover]):
            workbook.put(cover, line, 0, label, _HEAD)
            workbook.put(cover, line, 1, value, _WRAPPED if line else _HEAD)
        for table in book.tables:
            _write_table(workbook, table)


def _write_table(workbook: Workbook, table: BookTable) -> None:
    sheet = workbook.add(table.name)
    first = 1 if table.note else 0
    if table.note:
        workbook.put(sheet, 0, 0, table.note)
    sheet.freeze_panes(first + 1, table.fixed)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, max(6.0, column.width * _DIGITS))
        workbook.put(sheet, first, place, column.head, _HEAD)
    for line, row in enumerate(table.rows, start=first + 1):
        for place, value in enumerate(row):
            if isinstance(value, Shaded):
                workbook.put(sheet, line, place, value.text, {**_WRAPPED, "bg_color": f"#{value.fill}"})
            else:
                workbook.put(sheet, line, place, value, _WRAPPED)
