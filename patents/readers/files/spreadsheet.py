"""xlsx, xlsm, xlsb, xls and ods by calamine, opened by content; a workbook may have several sheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from patents.errors import UnreadableFileError
from patents.messages import Message, message
from patents.readers.cells import Cell, clean_cell
from patents.readers.files.compound import check_compound
from patents.readers.files.formulas import unsaved_formulas
from patents.readers.files.merged import MergedDown
from patents.readers.files.package import check_package, guard_package
from patents.readers.files.table import Table, TableRow
from patents.readers.files.workbook import Sheet, Workbook

Formulas = dict[tuple[int, int], str]
"""(row, column), both 0-based → what the formula there shows."""


def spreadsheet_tables(path: Path) -> list[Table]:
    """The non-empty sheets of a workbook, hidden ones included.

    Raises:
        UnreadableFileError: the workbook is damaged, protected by a password, or spreads out to too much.
    """
    guard_package(path)
    workbook = Workbook(path)
    # The process parses while these look through the bytes.
    package, compound = check_package(path), check_compound(path)
    names = [sheet.name for sheet in workbook.sheets]
    formulas = unsaved_formulas(path, {name: package.parts[name] for name in package.with_formulas})
    faults = [*compound.faults, *(package.faults.get(name) for name in ("", *names))]
    notes = [message("rows-may-be-missing", problem=fault) for fault in faults if fault]
    from_1904 = package.from_1904 or compound.from_1904
    tables = []
    for sheet in workbook.sheets:
        if sheet.height:
            table = _table(workbook, sheet, formulas.get(sheet.name, {}), from_1904, not package.parts)
            tables.append(replace(table, notes=(*table.notes, *notes)))
            notes = []
    if not tables:
        raise UnreadableFileError("workbook-empty", path=path)
    return tables


def _table(workbook: Workbook, sheet: Sheet, formulas: Formulas, from_1904: bool, is_old: bool) -> Table:
    read = partial(_rows, workbook, sheet, formulas, is_old)
    glance = partial(workbook.rows, sheet)
    return Table(sheet.name, read, notes=_notes(formulas), from_1904=from_1904, glance=glance)


def _rows(workbook: Workbook, sheet: Sheet, formulas: Formulas, is_old: bool) -> Iterator[TableRow]:
    merged = MergedDown(sheet.merged)
    for number, values in enumerate(workbook.rows(sheet)):
        cells = _cells(number, values, formulas)
        merged.fill(number, cells)
        yield TableRow(number + 1, cells, doubt=_zeros_in(values) if is_old else None)


def _cells(row: int, values: Sequence[object], formulas: Formulas) -> list[Cell]:
    cells = [clean_cell(value) for value in values]
    if formulas:
        for column, cell in enumerate(cells):
            if not cell and (row, column) in formulas:
                cells[column] = clean_cell(formulas[row, column])
    return cells


def _zeros_in(values: Sequence[object]) -> Message | None:
    """What to say of a row whose cells hold NUL characters: what stood there is lost."""
    if any("\x00" in value for value in values if type(value) is str):
        return message("row-holds-zeros")
    return None


def _notes(formulas: Formulas) -> tuple[Message, ...]:
    return (message("formulas-without-values", count=len(formulas)),) if formulas else ()
