"""An export file, opened: what it is and, row by row, the records in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from patents.errors import InputError, NumberError, PatlasError, UnknownFormatError, UnreadableFileError
from patents.messages import Message, message
from patents.readers.as_of import AsOfProposal, day_in_name
from patents.readers.cells import Cell, as_text
from patents.readers.draft import Bound, Draft
from patents.readers.fields import LONG_FIELDS
from patents.readers.files.opening import open_tables
from patents.readers.files.table import Table, TableRow, TextOptions
from patents.readers.finishing import finish
from patents.readers.headers import normalise_header
from patents.readers.locating import Located, locate
from patents.readers.mapping import ColumnMapping
from patents.readers.portals.all import known_headers
from patents.readers.results import Finding, RowRead, RowRejected, shown

MAX_SHORT = 65_536
"""Characters of a cell that holds no running text; a cell of Excel has 32,767 at most."""


@dataclass(slots=True)
class Export:
    """One export file.

    Iterating reads the rows; it may be done again. Rows that hold nothing are passed over and counted.

    Attributes:
        path: the file.
        format: the portal's name, one of `FORMATS`, or the mapping's.
        container: the kind of file its bytes say it is: spreadsheet, html, text, parquet …
        as_of: day on which the export was made, where the file tells it; else None.
        columns: headers as written, made unique ("申请号 (2)").
        unread_columns: those that are not understood; their cells are kept in `raw`.
        notes: findings about the file as a whole; complete from the start.
        empty_rows: rows without any cell in the last run.
    """

    path: Path
    format: str
    container: str
    as_of: date | None
    columns: tuple[str, ...]
    unread_columns: tuple[str, ...]
    notes: tuple[Finding, ...]
    parts: tuple[Located, ...] = field(repr=False)
    mapping: ColumnMapping | None = field(default=None, repr=False)
    empty_rows: int = 0

    def __iter__(self) -> Iterator[RowRead | RowRejected]:
        """Every row that holds something, as a record or with the reasons why not."""
        self.empty_rows = 0
        for part in self.parts:
            sheet = part.table.name if len(self.parts) > 1 else ""
            for row in self._rows(part.table):
                if row.number <= part.header_row:
                    continue
                if not any(row.cells):
                    self.empty_rows += 1
                    continue
                yield self._read(part, row, sheet)

    def propose_as_of(self, today: date) -> AsOfProposal:
        """The day that the file describes: by a line or a sheet's name in it, its own name, its newest event.

        Args:
            today: a day to come is not believed; the answer where nothing is known.
        """
        if self.as_of is not None and self.as_of <= today:
            return AsOfProposal(self.as_of, "file")
        sheets = [day_in_name(part.table.name, today) for part in self.parts]
        in_sheet = max((day for day in sheets if day), default=None)
        if in_sheet is not None:
            return AsOfProposal(in_sheet, "file")
        in_name = day_in_name(self.path.name, today)
        if in_name is not None:
            return AsOfProposal(in_name, "name")
        events = [part.evidence.newest_event(today) for part in self.parts]
        newest = max((day for day in events if day), default=None)
        return AsOfProposal(newest, "events") if newest else AsOfProposal(today, "today")

    def _rows(self, table: Table) -> Iterator[TableRow]:
        """The table's rows; a file that went away or broke in the meantime is reported as such."""
        rows = table.read()
        while True:
            try:
                row = next(rows, None)
            except (OSError, MemoryError) as error:
                raise _unreadable(self.path, error) from error
            if row is None:
                return
            yield row

    def _read(self, part: Located, row: TableRow, sheet: str) -> RowRead | RowRejected:
        if row.problem:
            text = " ".join(as_text(cell) for cell in row.cells)
            return RowRejected(row.number, (Finding(row.number, "", shown(text), row.problem),), sheet)
        cells = self._emptied(row.cells)
        draft = Draft(row.number, evidence=part.evidence)
        if row.doubt:
            draft.warn("", "", row.doubt)
        _fill(draft, part.bound, cells)
        if len(cells) > len(part.columns):
            _keep_surplus(draft, cells, len(part.columns))
        if part.table.damaged:
            _warn_of_damage(draft, part.columns, cells)
        result = finish(draft, part.format, sheet)
        if isinstance(result, RowRejected) and _repeats_headers(part, cells):
            again = Finding(row.number, "", shown(as_text(cells[0])), message("row-repeats-headers"))
            return RowRejected(row.number, (again,), sheet)
        return result

    def _emptied(self, cells: Sequence[Cell]) -> Sequence[Cell]:
        """The cells with the mapping's own marks for "nothing" taken out."""
        if self.mapping is None or not self.mapping.empty:
            return cells
        return ["" if cell in self.mapping.empty else cell for cell in cells]


def open_export(path: Path | str, *, mapping: ColumnMapping | None = None) -> Export:
    """Open an export file of any portal.

    The kind of file is told from its bytes, the portal from its headers; the name of the file counts
    for nothing.

    Args:
        path: the file.
        mapping: how to read a table that no portal wrote.

    Raises:
        UnreadableFileError: the file holds no table that can be read.
        UnknownFormatError: it does, but the headers are of no known export and there is no mapping.
        MappingError: the mapping names columns that the file has not.
    """
    path = Path(path)
    options = TextOptions(mapping.encoding, mapping.delimiter) if mapping else TextOptions()
    known = mapping.headers() if mapping else known_headers()
    try:
        container, tables = open_tables(path, options, known)
        return _located(path, container, _chosen(path, tables, mapping), mapping)
    except (OSError, MemoryError) as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception) -> UnreadableFileError:
    return UnreadableFileError("export-unreadable", path=path, problem=error)


def _chosen(path: Path, tables: list[Table], mapping: ColumnMapping | None) -> list[Table]:
    if mapping is None or mapping.sheet is None:
        return tables
    chosen = [table for table in tables if table.name == mapping.sheet]
    if not chosen:
        raise UnknownFormatError(
            "mapping-sheet-missing",
            path=path,
            sheet=mapping.sheet,
            names=", ".join(table.name or "–" for table in tables),
        )
    return chosen


def _located(path: Path, container: str, tables: list[Table], mapping: ColumnMapping | None) -> Export:
    parts: list[Located] = []
    notes: list[Finding] = []
    failure: PatlasError | None = None
    for table in tables:
        where = f"{path}, {table.name}" if len(tables) > 1 else str(path)
        notes.extend(Finding(0, "", table.name, note) for note in table.notes)
        try:
            part = locate(table, mapping, excel=container == "spreadsheet", where=where)
            parts.append(part)
            notes.extend(_note_of_rows_above(part))
        except InputError as error:
            failure = failure or error
            notes.append(Finding(0, "", table.name, _not_read(table, error)))
    if not parts:
        raise failure or UnknownFormatError("export-without-table", path=path)
    return Export(
        path=path,
        format=parts[0].format,
        container=container,
        as_of=max((part.as_of for part in parts if part.as_of), default=None),
        columns=tuple(dict.fromkeys(column for part in parts for column in part.columns)),
        unread_columns=tuple(dict.fromkeys(column for part in parts for column in part.unread)),
        notes=tuple(notes),
        parts=tuple(parts),
        mapping=mapping,
    )


def _not_read(table: Table, error: InputError) -> Message:
    """Why a sheet was not read, named by the sheet alone: the report names the file."""
    return message(
        "sheet-not-read", problem=Message(error.code, {**error.message.values, "where": table.name})
    )


def _note_of_rows_above(part: Located) -> list[Finding]:
    """What stands above the headers is no record, but is not passed over in silence."""
    reason = message("rows-above-headers", row=part.header_row)
    return [Finding(0, "", shown(part.above), reason)] if part.above else []


def _fill(draft: Draft, bound: tuple[Bound, ...], cells: Sequence[Cell]) -> None:
    width = len(cells)
    for column in bound:
        cell = cells[column.position] if column.position < width else ""
        if not cell:
            continue
        try:
            if len(cell) > MAX_SHORT:
                _require_long(column, cell)
            column.convert(draft, column, cell)
        except NumberError as error:
            draft.raw.append((column.column, as_text(cell)))
            draft.number_findings.append(_finding(draft, column, cell, error))
        except InputError as error:
            draft.raw.append((column.column, as_text(cell)))
            draft.warnings.append(_finding(draft, column, cell, error))


def _require_long(column: Bound, cell: Cell) -> None:
    """Refuse what is far too long for a date or a list of names: a slipped cell, or a broken file.

    Raises:
        InputError: the column does not hold texts.
    """
    if column.field not in LONG_FIELDS and isinstance(cell, str):
        raise InputError("cell-too-long", length=len(cell), field=column.field, most=MAX_SHORT)


def _finding(draft: Draft, column: Bound, cell: Cell, error: InputError) -> Finding:
    return Finding(draft.row, column.column, shown(as_text(cell)), error.message)


def _keep_surplus(draft: Draft, cells: Sequence[Cell], width: int) -> None:
    """Cells to the right of the headers: kept, and reported, since the row may have slipped."""
    for place, cell in enumerate(cells[width:], start=width + 1):
        if cell:
            draft.doubt(f"(column {place})", cell, message("row-longer-than-headers"))


def _warn_of_damage(draft: Draft, columns: tuple[str, ...], cells: Sequence[Cell]) -> None:
    for column, cell in zip(columns, cells, strict=False):
        if "\ufffd" in as_text(cell):
            draft.warn(column, as_text(cell), message("cell-damaged"))


def _repeats_headers(part: Located, cells: Sequence[Cell]) -> bool:
    repeated = [normalise_header(as_text(cell)) for cell in cells[: len(part.columns)]]
    own = [normalise_header(column) for column in part.columns]
    same = sum(left == right for left, right in zip(repeated, own, strict=False) if right)
    return same > 1 and same * 2 > len(own)
