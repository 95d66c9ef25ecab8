import csv
import dataclasses
import gzip
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import python_calamine

from patents.readers import open_export
from patents.readers.results import RowRead
from scripts.demo.corpus import make_export
from scripts.demo.files import write_export
from scripts.demo.rows import HEADERS, cells
from scripts.demo.settings import MARK

ROOT = Path(__file__).parents[2]
UNFILLED = {"claims", "description", "title_en", "abstract_en", "cpc", "region_code", "parent_application",
            "npl", "npl_count", "keywords"}  # fmt: skip


def test_the_reader_takes_it_for_patsnap_without_a_rejection_or_warning(export, read):
    opened = open_export(export)
    assert opened.format == "patsnap"
    assert opened.unread_columns == ("备注",)
    assert all(isinstance(row, RowRead) for row in read)
    assert [finding for row in read for finding in row.warnings] == []


def test_every_field_that_an_export_can_fill_is_filled(records):
    filled = Counter(
        field.name
        for record in records
        for field in dataclasses.fields(record)
        if getattr(record, field.name) not in (None, (), "")
    )
    missing = {field.name for field in dataclasses.fields(records[0])} - set(filled)
    assert missing <= UNFILLED


def test_the_record_says_what_the_application_is(rows, records):
    assert len(rows) == len(records)
    for row, record in zip(rows, records, strict=True):
        application, life = row.application, row.application.life
        assert record.application_number == application.number
        assert record.filing_date == life.filing
        assert record.title == application.draft.title
        assert record.patent_type == application.patent_type
        assert record.legal_state == life.state
        assert record.applicants == tuple(holder.name for holder in application.party.applicants)
        assert record.ipc_main == (application.classes[0] if application.classes else None)
        assert {event.kind for event in record.events} >= {deed.kind for deed in application.register.deeds}
        assert record.transfer_count == sum(deed.kind == "转让" for deed in application.register.deeds)
        if row.granted:
            assert record.grant_number == row.number
            assert record.grant_date == life.grant
            assert [(cite.number, cite.category) for cite in record.cites] == [
                (cited.publications[0], letter) for cited, letter in application.cites
            ]


def test_every_row_is_marked_synthetic(rows, records):
    assert all(dict(record.raw)["备注"].startswith(MARK) for record in records)
    assert all(MARK in cell for cell in (row[-1] for row in cells(rows)))
    assert "SYNTHETIC" in MARK
    assert "合成" in MARK


@pytest.mark.parametrize("name", ["demo.xlsx", "demo.csv", "demo.csv.gz", "demo.parquet"])
def test_two_runs_give_the_same_bytes(tmp_path, name):
    for folder in ("first", "second"):
        write_export(tmp_path / folder / name, cells(make_export(40, seed=9)))
    assert (tmp_path / "first" / name).read_bytes() == (tmp_path / "second" / name).read_bytes()


def test_all_forms_hold_the_same_cells(tmp_path):
    rows = [tuple(map(str, row)) for row in cells(make_export(30, seed=9))]
    for name in ("a.xlsx", "a.csv", "a.csv.gz", "a.parquet"):
        write_export(tmp_path / name, iter(rows))
    sheet = python_calamine.load_workbook(str(tmp_path / "a.xlsx")).get_sheet_by_index(0).to_python()
    assert [tuple(map(str, row)) for row in sheet] == [HEADERS, *rows]
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [tuple(row) for row in csv.reader(file)] == [HEADERS, *rows]
    assert gzip.decompress((tmp_path / "a.csv.gz").read_bytes()) == (tmp_path / "a.csv").read_bytes()
    table = pq.read_table(tmp_path / "a.parquet")
    assert tuple(table.column_names) == HEADERS
    assert [tuple(row.values()) for row in table.to_pylist()] == rows


def test_a_form_that_is_not_known_is_refused_with_the_known_ones(tmp_path):
    with pytest.raises(ValueError, match="parquet"):
        write_export(tmp_path / "demo.docx", [])


def test_the_script_writes_what_it_was_asked_for(tmp_path):
    out = tmp_path / "few.csv"
    command = [sys.executable, "scripts/make_demo.py", "--records", "25", "--seed", "3", "--out", str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "25 patents" in done.stderr
    with out.open(encoding="utf-8-sig", newline="") as file:
        assert len({row["申请号"] for row in csv.DictReader(file)}) == 25


def test_the_committed_export_is_small_and_what_the_script_writes_today(committed):
    assert committed.stat().st_size < 3_000_000
    sheet = python_calamine.load_workbook(str(committed)).get_sheet_by_index(0).to_python()
    made = (
        tuple(cell if isinstance(cell, str) else float(cell) for cell in row) for row in cells(make_export())
    )
    assert [tuple(row) for row in sheet] == [HEADERS, *made], (
        "run `make demo` and commit demo/demo-export.xlsx"
    )
