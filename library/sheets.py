"""Plain tables as xlsx: text stays text, nothing is cut silently, nothing runs as a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self

import xlsxwriter

#: Limits of the format.
CELL_CHARACTERS = 32_767
SHEET_ROWS = 1_048_576

_CUT = "……（共 {} 个字符，此处截断）"


class Workbook:
    """An xlsx file of plain tables, written row by row.

    Args:
        path: the file; replaced when it exists.
        rows: rows a sheet takes, header included; more go on in `名称 (2)` and so on.
    """

    def __init__(self, path: Path, *, rows: int = SHEET_ROWS) -> None:
        self._rows = rows
        self._book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
        self._bold = self._book.add_format({"bold": True})

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._book.close()

    def sheet(
        self,
        name: str,
        head: Sequence[str],
        rows: Iterable[Sequence[str | int]],
        *,
        widths: Sequence[int] = (),
    ) -> None:
        """Write one table; the header stays in view.

        Args:
            name: of the sheet.
            head: column headers.
            rows: of texts and numbers, at most as long as `head`.
            widths: of the first columns, in characters.
        """
        remaining = iter(rows)
        number = 1
        while (chunk := list(islice(remaining, self._rows - 1))) or number == 1:
            self._write(name if number == 1 else f"{name} ({number})", head, chunk, widths)
            number += 1

    def _write(
        self, name: str, head: Sequence[str], rows: Sequence[Sequence[str | int]], widths: Sequence[int]
    ) -> None:
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        for place, header in enumerate(head):
            sheet.write_string(0, place, header, self._bold)
        for line, row in enumerate(rows, start=1):
            for place, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(line, place, cell_text(value))
                else:
                    sheet.write_number(line, place, value)


def cell_text(text: str) -> str:
    """Cut a text that no cell holds (the format counts UTF-16 units), and say so in the cell."""
    if len(text) <= CELL_CHARACTERS // 2 or _units(text) <= CELL_CHARACTERS:
        return text
    note = _CUT.format(len(text))
    kept = text.encode("utf-16-le")[: 2 * (CELL_CHARACTERS - len(note))].decode("utf-16-le", "ignore")
    return kept + note


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
