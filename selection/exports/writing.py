"""Writing records to files.

What a spreadsheet would run as a formula is made harmless, as `documents.workbook` says. xlsx has two header
lines, Chinese names above field names.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

import msgspec

from documents.book_files import require_kind
from documents.workbook import BOLD, CELL_CHARACTERS, SHEET_ROWS, Look, Workbook, guarded
from patents.errors import InputError
from patents.messages import text
from patents.record import PatentRecord
from selection.exports.columns import ExportColumn, Value

SEPARATOR = "; "
#: Before the Chinese names, so that a reader takes the line of field names below for the header.
_ABOVE = "▾ "
_ROWS_AT_ONCE = 2_000
_GREY: Look = {"font_color": "#7f7f7f", "italic": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportAbout:
    """What the first sheet says.

    Attributes:
        query: the 检索式, canonical.
        count: patents in the file.
        library: name of the library.
        snapshot: its number.
        as_of: 检索截止日, ISO 8601, or "".
        noise: patents taken out as 噪声.
    """

    query: str
    count: int
    library: str = ""
    snapshot: int = 0
    as_of: str = ""
    noise: int = 0

    def lines(self) -> list[tuple[str, str | int]]:
        """Label and value, line by line."""
        return [
            ("检索式", self.query),
            ("命中数", self.count),
            ("剔除噪声", self.noise),
            ("专题库", self.library),
            ("快照", self.snapshot),
            ("检索截止日", self.as_of),
        ]


def export_records(
    records: Iterable[PatentRecord], path: Path, *, columns: Sequence[ExportColumn], about: ExportAbout
) -> int:
    """Write records to a file of the kind that its name says.

    Args:
        records: read once.
        path: .xlsx, .csv, .jsonl or .parquet; replaced when it exists.
        columns: from `export_columns`.
        about: for the first sheet of an xlsx.

    Returns:
        How many records were written.

    Raises:
        InputError: another kind of file, or more rows than an xlsx takes.
    """
    require_kind(path, KINDS)
    writer = _WRITERS[path.suffix.lower()]
    return writer(records, path, columns, about)


def _xlsx(
    records: Iterable[PatentRecord], path: Path, columns: Sequence[ExportColumn], about: ExportAbout
) -> int:
    if about.count > SHEET_ROWS - 2:
        raise InputError("export-rows-too-many", count=about.count)
    with Workbook(path) as book:
        _about_sheet(book, about)
        sheet = book.add("专利")
        sheet.freeze_panes(2, 1)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            book.put(sheet, 0, place, f"{_ABOVE}{column.label}", BOLD)
        for place, column in enumerate(columns):
            book.put(sheet, 1, place, column.name, _GREY)
        written = 0
        for line, record in enumerate(records, start=2):
            for place, column in enumerate(columns):
                value = column.value(record)
                if (cell := value if isinstance(value, int) else as_cell(value)) != "":
                    book.put(sheet, line, place, cell)
            written += 1
        return written


def _about_sheet(book: Workbook, about: ExportAbout) -> None:
    sheet = book.add("检索式")
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 100)
    note = text("export-cells-cut", most=CELL_CHARACTERS)
    for line, (label, value) in enumerate([*about.lines(), ("注意", note)]):
        book.put(sheet, line, 0, label, BOLD)
        book.put(sheet, line, 1, value)


def _csv(
    records: Iterable[PatentRecord], path: Path, columns: Sequence[ExportColumn], _about: ExportAbout
) -> int:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.name for column in columns])
        written = 0
        for record in records:
            writer.writerow([guarded(as_cell(column.value(record))) for column in columns])
            written += 1
        return written


def _jsonl(
    records: Iterable[PatentRecord], path: Path, columns: Sequence[ExportColumn], _about: ExportAbout
) -> int:
    encoder = msgspec.json.Encoder()
    with path.open("wb") as file:
        written = 0
        for record in records:
            file.write(encoder.encode(_present(record, columns)) + b"\n")
            written += 1
        return written


def _parquet(
    records: Iterable[PatentRecord], path: Path, columns: Sequence[ExportColumn], about: ExportAbout
) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    metadata: dict[bytes | str, bytes | str] = {label: str(value) for label, value in about.lines()}
    schema = pa.schema([pa.field(column.name, _type_of(column)) for column in columns], metadata=metadata)
    written = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for chunk in _chunks(records, _ROWS_AT_ONCE):
            arrays = [
                pa.array(
                    [_stored(column.value(record)) for record in chunk], type=schema.field(column.name).type
                )
                for column in columns
            ]
            writer.write_batch(pa.record_batch(arrays, schema=schema))
            written += len(chunk)
    return written


_WRITERS: Mapping[str, Callable[[Iterable[PatentRecord], Path, Sequence[ExportColumn], ExportAbout], int]] = {
    ".xlsx": _xlsx,
    ".csv": _csv,
    ".jsonl": _jsonl,
    ".parquet": _parquet,
}
#: Kinds of file that records are written to, by their ending.
KINDS = tuple(_WRITERS)


def as_cell(value: Value) -> str:
    """A value as the text of one cell."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return SEPARATOR.join(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _present(record: PatentRecord, columns: Sequence[ExportColumn]) -> dict[str, Value]:
    values = ((column.name, column.value(record)) for column in columns)
    return {name: value for name, value in values if value not in (None, "", ())}


def _stored(value: Value) -> Value | list[str]:
    if isinstance(value, tuple):
        return list(value)
    return None if value == "" else value


def _type_of(column: ExportColumn) -> object:
    import pyarrow as pa

    empty = column.value(PatentRecord())
    if isinstance(empty, tuple):
        return pa.list_(pa.string())
    if column.name.endswith("_date"):
        return pa.date32()
    return pa.int64() if column.name.endswith("_count") else pa.large_string()


def _chunks(records: Iterable[PatentRecord], size: int) -> Iterator[list[PatentRecord]]:
    iterator = iter(records)
    while chunk := list(islice(iterator, size)):
        yield chunk
