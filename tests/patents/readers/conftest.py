"""Small files of each kind, written on the spot, and a short way to read them."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest
import xlwt

from patents.readers import RowRead, RowRejected, open_export
from patents.record import PatentRecord

Rows = Sequence[Sequence[object]]


@pytest.fixture
def write_csv(tmp_path: Path) -> Callable[..., Path]:
    """Write rows as delimited text."""

    def write(rows: Rows, name: str = "export.csv", encoding: str = "utf-8", delimiter: str = ",") -> Path:
        path = tmp_path / name
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file, delimiter=delimiter).writerows(rows)
        return path

    return write


@pytest.fixture
def write_xlsx(tmp_path: Path) -> Callable[..., Path]:
    """Write sheets as xlsx; `rows` for one sheet, or sheet name → rows."""

    def write(rows: Rows | dict[str, Rows], name: str = "export.xlsx") -> Path:
        workbook = openpyxl.Workbook()
        workbook.remove(workbook.active)
        for title, sheet_rows in (rows if isinstance(rows, dict) else {"Sheet1": rows}).items():
            sheet = workbook.create_sheet(title)
            for row in sheet_rows:
                sheet.append(list(row))
        workbook.save(tmp_path / name)
        return tmp_path / name

    return write


@pytest.fixture
def write_xls(tmp_path: Path) -> Callable[..., Path]:
    """Write one sheet as BIFF xls."""

    def write(rows: Rows, name: str = "export.xls") -> Path:
        workbook = xlwt.Workbook(encoding="utf-8")
        sheet = workbook.add_sheet("Sheet1")
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                sheet.write(number, column, value)
        workbook.save(str(tmp_path / name))
        return tmp_path / name

    return write


@pytest.fixture
def records() -> Callable[..., list[PatentRecord]]:
    """Read a file of which every row must become a record."""

    def read(path: Path, **options: object) -> list[PatentRecord]:
        rows = list(open_export(path, **options))
        rejected = [row for row in rows if isinstance(row, RowRejected)]
        assert not rejected, rejected
        return [row.record for row in rows if isinstance(row, RowRead)]

    return read
