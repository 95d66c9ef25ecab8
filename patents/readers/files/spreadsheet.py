"""xlsx, xlsm, xlsb, xls and ods by calamine, opened by content; a workbook may have several sheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import python_calamine

from patents.errors import UnreadableFileError
from patents.readers.cells import Cell, clean_cell
from patents.readers.files.formulas import unsaved_formulas
from patents.readers.files.merged import MergedDown
from patents.readers.files.table import Table, TableRow

Formulas = dict[tuple[int, int], str]
"""(row, column), both 0-based → what the formula there shows."""


def spreadsheet_tables(path: Path) -> list[Table]:
    """The non-empty sheets of a workbook, hidden ones included.

    Raises:
        UnreadableFileError: the workbook is damaged or protected by a password.
    """
    workbook = _open(path)
    formulas = unsaved_formulas(path, workbook.sheet_names)
    sheets = [_sheet(path, workbook, name) for name in workbook.sheet_names]
    tables = [_table(path, sheet, formulas.get(sheet.name, {})) for sheet in sheets if sheet.height]
    if not tables:
        raise UnreadableFileError(
            f"{path}: the workbook has no cell with a value.", help="Export it from the portal again."
        )
    return tables


def _table(path: Path, sheet: python_calamine.CalamineSheet, formulas: Formulas) -> Table:
    return Table(name=sheet.name, read=partial(_rows, path, sheet, formulas), notes=_notes(formulas))


def _open(path: Path) -> python_calamine.CalamineWorkbook:
    try:
        with path.open("rb") as file:
            return python_calamine.CalamineWorkbook.from_filelike(file)
    except python_calamine.PasswordError as error:
        raise UnreadableFileError(
            f"{path}: the workbook is protected by a password.", help="Save a copy without the password."
        ) from error
    except BaseException as error:
        raise _damaged(path, error) from error


def _sheet(
    path: Path, workbook: python_calamine.CalamineWorkbook, name: str
) -> python_calamine.CalamineSheet:
    try:
        return workbook.get_sheet_by_name(name)
    except BaseException as error:
        raise _damaged(path, error) from error


def _rows(path: Path, sheet: python_calamine.CalamineSheet, formulas: Formulas) -> Iterator[TableRow]:
    rows, merged = sheet.iter_rows(), MergedDown(sheet.merged_cell_ranges or ())
    number = 0
    while (values := _next(path, rows)) is not None:
        cells = _cells(number, values, formulas)
        merged.fill(number, cells)
        yield TableRow(number + 1, cells)
        number += 1


def _next(path: Path, rows: Iterator[Sequence[object]]) -> Sequence[object] | None:
    try:
        return next(rows, None)
    except BaseException as error:
        raise _damaged(path, error) from error


def _cells(row: int, values: Sequence[object], formulas: Formulas) -> list[Cell]:
    cells = [clean_cell(value) for value in values]
    if formulas:
        for column, cell in enumerate(cells):
            if not cell and (row, column) in formulas:
                cells[column] = clean_cell(formulas[row, column])
    return cells


def _damaged(path: Path, error: BaseException) -> UnreadableFileError:
    """The error to raise for calamine's own errors and for its panics, which are no `Exception`."""
    if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
        raise error
    return UnreadableFileError(
        f"{path}: the workbook is damaged or of a kind that cannot be read ({shorten(error)}).",
        help="Open it in a spreadsheet program and save it as xlsx; nothing was imported.",
    )


def shorten(error: BaseException) -> str:
    """An error's first line, at most 160 characters."""
    lines = str(error).strip().splitlines()
    return (lines[0] if lines else type(error).__name__)[:160]


def _notes(formulas: Formulas) -> tuple[str, ...]:
    if not formulas:
        return ()
    return (
        f"{len(formulas)} formula cells have no stored value; their text was taken instead. "
        "Open the file in a spreadsheet program and save it to get the values.",
    )
