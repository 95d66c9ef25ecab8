"""Exports: four kinds of file, read again without change, and nothing that runs in a spreadsheet."""

from __future__ import annotations

import csv
import json
from dataclasses import fields, replace
from datetime import date

import openpyxl
import pyarrow.parquet as pq
import pytest

from library.imports import import_files
from patents.errors import InputError
from patents.record import PatentRecord
from selection.exports import COMPACT, FULL, ExportAbout, export_columns, export_records
from tests.selection.corpora import LIBRARY
from tests.selection.keeping import put_in

DANGEROUS = replace(
    LIBRARY[0],
    title='=HYPERLINK("http://example.org","石墨烯")&A1',
    abstract='-种膜，@import 或 +1 皆可；\n第二段，"引号"，;分号',
    applicants=("@公司", "=1+1 研究所"),
    raw=(("备注", "=x;y"),),
    portal_values=(("价值", "9"),),
)
RECORDS = (DANGEROUS, *LIBRARY[1:])
ABOUT = ExportAbout(
    query="TIAB=石墨 not STATUS=失效", count=4, library="导热", snapshot=7, as_of="2024-01-01", noise=2
)


def write(path, records=RECORDS, columns=COMPACT):
    return export_records(records, path, columns=export_columns(columns), about=ABOUT)


@pytest.mark.parametrize("kind", ["xlsx", "csv", "jsonl", "parquet"])
@pytest.mark.parametrize("columns", [COMPACT, FULL], ids=["compact", "full"])
def test_an_export_imports_again_without_change(library, tmp_path, kind, columns):
    put_in(library, tmp_path, RECORDS, as_of=date(2024, 1, 1))
    before = [stored.record for stored in library.store.records()]
    path = tmp_path / f"out.{kind}"
    assert write(path, before, columns) == 4
    report = import_files(library, [path], as_of=date(2024, 2, 1))
    assert report.counts.unchanged == report.counts.rows == 4
    assert [stored.record for stored in library.store.records()] == before
    # Of a workbook the first sheet and the Chinese names above the field names are remarked, and that the
    # newest event is old; no value is.
    remarks = ("headers are in row 2", "sheet was not read", "newest event")
    assert not [finding for finding in report.findings if not any(part in finding.reason for part in remarks)]


def test_the_first_sheet_says_what_was_asked(tmp_path):
    write(tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    about = {row[0].value: row[1].value for row in book.worksheets[0].iter_rows()}
    assert about["检索式"] == ABOUT.query
    assert about["命中数"] == 4
    assert about["剔除噪声"] == 2
    sheet = book["专利"]
    assert sheet.freeze_panes == "B3"
    assert sheet["A2"].value == "publication_number"
    assert sheet["A1"].value.endswith("公开(公告)号")
    assert sheet.column_dimensions["D"].width > 40


def test_no_cell_of_a_spreadsheet_runs_or_links(tmp_path):
    write(tmp_path / "out.xlsx", columns=FULL)
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    for sheet in book.worksheets:
        assert sheet._hyperlinks == []
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)
    cells = [
        cell
        for row in book["专利"].iter_rows()
        for cell in row
        if str(cell.value).startswith(("=", "-种", "@"))
    ]
    assert len(cells) >= 3
    assert all(cell.quotePrefix for cell in cells)


def test_no_cell_of_a_csv_begins_like_a_formula(tmp_path):
    write(tmp_path / "out.csv", columns=FULL)
    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for line in csv.reader(file) for cell in line]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_json_lines_and_parquet_keep_lists_and_dates(tmp_path):
    write(tmp_path / "out.jsonl")
    write(tmp_path / "out.parquet")
    first = json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert first["applicants"] == ["@公司", "=1+1 研究所"]
    assert first["filing_date"] == "2015-01-04"
    table = pq.read_table(tmp_path / "out.parquet")
    assert table.column("applicants").to_pylist()[0] == ["@公司", "=1+1 研究所"]
    assert table.column("filing_date").to_pylist()[0] == date(2015, 1, 4)
    assert table.schema.metadata["检索式".encode()].decode() == ABOUT.query


def test_columns_are_chosen_and_what_a_row_needs_is_added():
    assert [column.name for column in export_columns(["ipc"])] == [
        "publication_number", "application_number", "title", "ipc",
    ]  # fmt: skip
    assert {"legal_text", "lapse_reason", "lapse_date"} <= {
        column.name for column in export_columns(["legal_state"])
    }
    assert {field.name for field in fields(PatentRecord)} - {"reader"} == set(FULL)
    with pytest.raises(InputError, match="'题目' is not an export column"):
        export_columns(["题目"])


def test_another_kind_of_file_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"xlsx, \.csv"):
        write(tmp_path / "out.docx")


def test_control_characters_and_over_long_cells_do_not_break_a_workbook(tmp_path):
    long = replace(LIBRARY[0], abstract="长" * 40_000 + "\x0b")
    write(tmp_path / "out.xlsx", [long])
    text = openpyxl.load_workbook(tmp_path / "out.xlsx")["专利"]["D3"].value
    assert len(text) <= 32_767
    assert "截断" in text
