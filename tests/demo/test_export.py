import csv
import dataclasses
import gzip
import subprocess
import sys
from collections import Counter
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq
import pytest
import python_calamine

from patents.readers.results import RowRead
from scripts.demo.corpus import make_corpus
from scripts.demo.export import HEADERS, export, write_table
from scripts.demo.settings import MARK, SEED

ROOT = Path(__file__).parents[2]
UNFILLED = {"claims", "description", "title_en", "abstract_en", "cpc", "region_code", "parent_application",
            "npl", "npl_count", "keywords"}  # fmt: skip


def sheet(path):
    return [tuple(row) for row in python_calamine.load_workbook(str(path)).get_sheet_by_index(0).to_python()]


def as_numbers(row):
    return tuple(cell if isinstance(cell, str) else float(cell) for cell in row)


def test_the_reader_takes_it_for_patsnap_without_a_rejection_or_warning(read, results):
    assert read.format == "patsnap"
    assert read.unread_columns == ("备注",)
    assert all(isinstance(row, RowRead) for row in results)
    assert [finding for row in results for finding in row.warnings] == []


def test_every_field_that_an_export_can_fill_is_filled(records):
    filled = Counter(
        field.name
        for record in records
        for field in dataclasses.fields(record)
        if getattr(record, field.name) not in (None, (), "")
    )
    missing = {field.name for field in dataclasses.fields(records[0])} - set(filled)
    assert missing <= UNFILLED


def test_the_record_says_what_the_patent_is(rows, records, patents):
    assert len(rows) == len(records)
    by_number = {patent["number"]: patent for patent in patents}
    for number, record in zip(rows["公开(公告)号"], records, strict=True):
        patent = by_number[record.application_number]
        assert record.filing_date == patent["filing"]
        assert record.title == patent["title"]
        assert record.patent_type == patent["type"]
        assert record.legal_state == patent["state"]
        assert list(record.applicants) == patent["applicants"]
        assert record.ipc_main == (patent["classes"][0] if patent["classes"] else None)
        kinds = {kind for kind in ("转让", "许可", "质押") if patent[f"{kind}_count"]}
        assert {event.kind for event in record.events} >= kinds
        assert record.transfer_count == patent["转让_count"]
        if number == patent["granted"]:
            assert record.grant_number == number
            assert record.grant_date == patent["grant"]
            cited = [(patents[row]["published"] or patents[row]["granted"], letter)
                     for row, letter in zip(patent["cites"], patent["letters"], strict=True)]  # fmt: skip
            assert [(cite.number, cite.category) for cite in record.cites] == cited


def test_citations_are_printed_both_ways(rows):
    cites, back = (
        {(number, other.partition("(")[0]) for number, cell in rows.select("公开(公告)号", column).iter_rows()
         for other in cell.split(" | ") if cell != "-"}
        for column in ("引用专利", "被引用专利")
    )  # fmt: skip
    assert cites == {(citing, cited) for cited, citing in back}
    within = rows.select("3年内被引用次数", "5年内被引用次数", "被引用专利数量")
    assert within.filter(pl.col("3年内被引用次数") > pl.col("5年内被引用次数")).is_empty()
    assert within.filter(pl.col("5年内被引用次数") > pl.col("被引用专利数量")).is_empty()


def test_every_row_is_marked_synthetic(rows, records):
    assert all(dict(record.raw)["备注"].startswith(MARK) for record in records)
    assert rows["备注"].str.contains(MARK, literal=True).all()
    assert "SYNTHETIC" in MARK
    assert "合成" in MARK


@pytest.mark.parametrize("name", ["demo.xlsx", "demo.csv", "demo.csv.gz", "demo.parquet"])
def test_two_runs_give_the_same_bytes(tmp_path, name):
    for folder in ("first", "second"):
        write_table(tmp_path / folder / name, export(*make_corpus(40, seed=9), seed=9))
    assert (tmp_path / "first" / name).read_bytes() == (tmp_path / "second" / name).read_bytes()


def test_all_forms_hold_the_same_cells(tmp_path):
    table = export(*make_corpus(30, seed=9), seed=9)
    rows = [tuple(map(str, row)) for row in table.iter_rows()]
    for name in ("a.xlsx", "a.csv", "a.csv.gz", "a.parquet"):
        write_table(tmp_path / name, table)
    assert sheet(tmp_path / "a.xlsx") == [HEADERS, *map(as_numbers, table.iter_rows())]
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [tuple(row) for row in csv.reader(file)] == [HEADERS, *rows]
    assert gzip.decompress((tmp_path / "a.csv.gz").read_bytes()) == (tmp_path / "a.csv").read_bytes()
    table = pq.read_table(tmp_path / "a.parquet")
    assert tuple(table.column_names) == HEADERS
    assert [tuple(row.values()) for row in table.to_pylist()] == rows


def test_a_form_that_is_not_known_is_refused_with_the_known_ones(tmp_path):
    with pytest.raises(ValueError, match="parquet"):
        write_table(tmp_path / "demo.docx", pl.DataFrame())


def test_the_script_writes_what_it_was_asked_for(tmp_path):
    out = tmp_path / "few.csv"
    command = [sys.executable, "scripts/make_demo.py", "--records", "25", "--seed", "3", "--out", str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "25 patents" in done.stderr
    with out.open(encoding="utf-8-sig", newline="") as file:
        assert len({row["申请号"] for row in csv.DictReader(file)}) == 25


def test_the_committed_export_is_small_and_what_the_script_writes_today(whole, folder):
    path = folder / "demo-export.xlsx"
    assert path.stat().st_size < 3_000_000
    made = [HEADERS, *map(as_numbers, export(*whole, seed=SEED).iter_rows())]
    assert sheet(path) == made, "run `make demo` and commit demo/"
