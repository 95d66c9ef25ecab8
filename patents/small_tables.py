"""Small tables that users write by hand: csv, tsv, xlsx or xls, read as text cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from patents.errors import UnreadableFileError
from patents.messages import Message


def read_cells(path: Path, step: Message) -> Iterator[list[str]]:
    """Yield the cells of the first sheet, or of a csv in UTF-8 or GB18030, as text.

    Args:
        path: of the table.
        step: what to do when it cannot be read.

    Raises:
        UnreadableFileError: there is no such file, or it is no table.
    """
    try:
        if path.suffix.lower() in {".csv", ".tsv", ".txt"}:
            yield from _csv_cells(path.read_bytes(), "\t" if path.suffix.lower() == ".tsv" else ",")
        else:
            from patents.readers.files.workbook import sheets_of

            for row in sheets_of(path)[0]:
                yield [_text(cell) for cell in row]
    except (OSError, ValueError, IndexError, csv.Error, UnreadableFileError) as error:
        raise UnreadableFileError("table-unreadable", path=path, reason=error, step=step) from error


def _text(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _csv_cells(content: bytes, delimiter: str) -> Iterator[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030")
    yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
