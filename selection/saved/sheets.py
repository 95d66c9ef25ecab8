"""Sheets that a reader fills in: numbers, tags and judgements, from xlsx, csv or a text file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from patents.errors import UnreadableFileError

NUMBER_HEADERS = ("专利号", "公开(公告)号", "公开（公告）号", "公开号", "申请号", "number", "key")
TAG_HEADERS = ("标引", "标签", "tag")
TITLE_HEADERS = ("标题", "名称", "title")
_TEXT_SUFFIXES = (".csv", ".tsv", ".txt")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row, cells by header as written; `row` as the user sees it, from 1."""

    row: int
    cells: dict[str, str]

    def first(self, headers: Iterable[str]) -> str:
        """The first filled cell among columns, case ignored; "" when none is filled."""
        by_name = {name.strip().lower(): text for name, text in self.cells.items()}
        return next((text for name in headers if (text := by_name.get(name.lower(), ""))), "")


def read_rows(path: Path, wanted: Sequence[Sequence[str]]) -> list[SheetRow]:
    """Rows under the first line that has one header of every group.

    Args:
        path: xlsx, xls, ods, csv, tsv or txt.
        wanted: groups of header names, any one of each group will do.

    Raises:
        UnreadableFileError: the file is no table, or no line has such headers.
    """
    for lines in _tables(path):
        for place, line in enumerate(lines):
            names = {name.strip().lower() for name in line}
            if all(any(name.lower() in names for name in group) for group in wanted):
                return _rows_below(lines, place)
    headers = " + ".join("/".join(group[:2]) for group in wanted)
    raise UnreadableFileError("sheet-headers-missing", path=path, headers=headers)


def read_numbers(path: Path) -> list[str]:
    """Patent numbers of a file: one a line, or the column of numbers of a table, each once.

    Raises:
        UnreadableFileError: the file cannot be read.
    """
    try:
        numbers = [row.first(NUMBER_HEADERS) for row in read_rows(path, [NUMBER_HEADERS])]
    except UnreadableFileError:
        numbers = [line[0].strip() for lines in _tables(path) for line in lines if line]
    return list(dict.fromkeys(number for number in numbers if number))


def write_sheet(path: Path, about: Sequence[tuple[str, str | int]], name: str, head: Sequence[str],
                rows: Iterable[Sequence[str | int]], widths: Sequence[int] = ()) -> None:  # fmt: skip
    """Write a workbook: a first sheet that says what it is, then the table."""
    from documents.workbook import Workbook

    with Workbook(path) as book:
        book.sheet("说明", ("项目", "内容"), about, widths=(16, 80))
        book.sheet(name, head, rows, widths=widths)


def _tables(path: Path) -> list[list[list[str]]]:
    """Every sheet of a file as lines of texts; loads the readers, which few commands need."""
    from patents.readers.cells import as_text, clean_cell
    from patents.readers.files.workbook import sheets_of

    try:
        if path.suffix.lower() in _TEXT_SUFFIXES:
            tables: Iterable[Iterable[Sequence[object]]] = [_text_lines(path)]
        else:
            tables = sheets_of(path)
        return [[[as_text(clean_cell(cell)) for cell in line] for line in lines] for lines in tables]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UnreadableFileError("sheet-unreadable", path=path, reason=error) from error


def _text_lines(path: Path) -> list[list[str]]:
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030")
    delimiter = "\t" if "\t" in text.partition("\n")[0] else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return list(reader)


def _rows_below(lines: list[list[str]], place: int) -> list[SheetRow]:
    head = lines[place]
    rows = (
        SheetRow(number + 1, dict(zip(head, line, strict=False)))
        for number, line in enumerate(lines[place + 1 :], start=place + 1)
    )
    return [row for row in rows if any(row.cells.values())]
