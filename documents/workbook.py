"""xlsx: text stays text, nothing is cut silently, nothing runs as a formula.

There is one policy for cells that a spreadsheet would run, those that begin with one of `FORMULA_SIGNS`. The
text stays as it is and its cell is marked as text (`quote_prefix`), so that neither opening the file nor
editing the cell runs it. A csv has no such mark: `guarded` puts an invisible character (U+200B) in front,
which our reader takes off again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from math import isfinite
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

#: Limits of the format. Source: Microsoft, "Excel specifications and limits".
CELL_CHARACTERS = 32_767
SHEET_ROWS = 1_048_576
_SHEET_NAME = 31

#: A cell that begins with one of them is run by spreadsheets. Source: OWASP, "CSV Injection".
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_INVISIBLE = "\u200b"

Look = Mapping[str, object]
#: How a cell looks, in the properties of xlsxwriter's formats.
PLAIN: Look = MappingProxyType({})
BOLD: Look = MappingProxyType({"bold": True})

_CUT = "……（共 {} 个字符，此处截断）"
_NO_SHEET_NAME = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


class Workbook:
    """An xlsx file.

    Args:
        path: the file; replaced when it exists.
        rows: rows a sheet takes, header included; more go on in `名称 (2)` and so on.
        in_order: rows are written once and from top to bottom, which takes little memory.

    Attributes:
        file: the workbook of xlsxwriter, for charts.
    """

    def __init__(self, path: Path, *, rows: int = SHEET_ROWS, in_order: bool = True) -> None:
        # Here, because every command that may export loads this module.
        import xlsxwriter

        self._rows = rows
        self.file = xlsxwriter.Workbook(
            str(path),
            {
                "constant_memory": in_order,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "nan_inf_to_errors": True,
            },
        )
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}
        self._names: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.file.close()

    def add(self, name: str) -> Worksheet:
        """Add a sheet; a name that Excel does not take is changed to one that it does."""
        base = name.translate(_NO_SHEET_NAME).strip()[:_SHEET_NAME] or "table"
        made, number = base, 1
        while made.lower() in self._names:
            number += 1
            made = f"{base[: _SHEET_NAME - 1 - len(str(number))]} {number}"
        self._names.add(made.lower())
        return self.file.add_worksheet(made)

    def format(self, look: Look) -> Format:
        """The format of a look; one for all cells that have it."""
        key = tuple(look.items())
        if key not in self._formats:
            self._formats[key] = self.file.add_format(dict(look))
        return self._formats[key]

    def put(
        self, sheet: Worksheet, line: int, place: int, value: str | int | float, look: Look = PLAIN
    ) -> None:
        """Write a cell: texts as texts, numbers as numbers; what is not finite stays empty."""
        if isinstance(value, str):
            if value.startswith(FORMULA_SIGNS):
                look = {**look, "quote_prefix": True}
            sheet.write_string(line, place, cell_text(value), self.format(look) if look else None)
        elif isfinite(value):
            sheet.write_number(line, place, value, self.format(look) if look else None)

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
            sheet = self.add(name if number == 1 else f"{name} ({number})")
            sheet.freeze_panes(1, 0)
            for place, width in enumerate(widths):
                sheet.set_column(place, place, width)
            for place, header in enumerate(head):
                self.put(sheet, 0, place, header, BOLD)
            for line, row in enumerate(chunk, start=1):
                for place, value in enumerate(row):
                    self.put(sheet, line, place, value)
            number += 1


def guarded(text: str) -> str:
    """A text for a csv: an invisible character stands before one that spreadsheets would run."""
    return _INVISIBLE + text if text.startswith(FORMULA_SIGNS) else text


def cell_text(text: str) -> str:
    """Cut a text that no cell holds (the format counts UTF-16 units), and say so in the cell."""
    if len(text) <= CELL_CHARACTERS // 2 or _units(text) <= CELL_CHARACTERS:
        return text
    note = _CUT.format(len(text))
    start = text.encode("utf-16-le")[: 2 * (CELL_CHARACTERS - len(note))].decode("utf-16-le", "ignore")
    return start + note


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
