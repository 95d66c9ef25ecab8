"""A result list as xlsx: a cover, then a sheet a table, verdicts coloured."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import xlsxwriter

from api.service.result_tables import ResultBook, ResultTable, Value, Verdict
from library.sheets import cell_text

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

#: Fill of a cell by its word; dark text on each has a contrast above 12 : 1.
FILLS = {"相近": "#CFE8D5", "部分": "#FBE9B7", "未见": "#EDEFF1"}
# A Chinese character is two of the digits that column widths count in.
_DIGITS = 2.1


def write_sheet(book: ResultBook, path: Path) -> None:
    """Write a workbook; what looks like a formula stays text."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        wrapped = {"text_wrap": True, "valign": "top"}
        bold = workbook.add_format({"bold": True, **wrapped})
        plain = workbook.add_format(wrapped)
        fills = {word: workbook.add_format({"bg_color": colour, **wrapped}) for word, colour in FILLS.items()}
        cover = workbook.add_worksheet("说明")
        cover.set_column(0, 0, 16)
        cover.set_column(1, 1, 110)
        for line, (label, value) in enumerate([("", book.title), *book.cover]):
            cover.write_string(line, 0, label, bold)
            cover.write_string(line, 1, cell_text(value), plain if line else bold)
        for table in book.tables:
            _write_table(workbook.add_worksheet(table.name), table, bold, plain, fills)


def _write_table(
    sheet: Worksheet, table: ResultTable, bold: Format, plain: Format, fills: dict[str, Format]
) -> None:
    first = 1 if table.note else 0
    if table.note:
        sheet.write_string(0, 0, table.note)
    sheet.freeze_panes(first + 1, table.fixed)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, max(6.0, column.width * _DIGITS))
        sheet.write_string(first, place, column.head, bold)
    for line, row in enumerate(table.rows, start=first + 1):
        for place, value in enumerate(row):
            _write(sheet, line, place, value, plain, fills)


def _write(
    sheet: Worksheet, line: int, place: int, value: Value, plain: Format, fills: dict[str, Format]
) -> None:
    if isinstance(value, Verdict):
        sheet.write_string(line, place, cell_text(value.text), fills[value.word])
    elif isinstance(value, str):
        sheet.write_string(line, place, cell_text(value), plain)
    else:
        sheet.write_number(line, place, value, plain)
