from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from library.columns import COLUMNS, SCHEMA, append_column, build_table, describe_columns, table_of
from library.coverage import capabilities, coverage
from library.imports import import_files
from library.store import StoredPatent
from patents.record import Citation, LegalEvent, PatentRecord
from tests.library.rows import application, granted, row, write_rows

DOCS = Path(__file__).parents[2] / "docs" / "columns.md"

FULL = PatentRecord(
    application_number="CN202010123456.1",
    publication_number="CN111534432A",
    title="一种石墨烯导热膜",
    abstract="由氧化石墨烯还原制得。",
    ipc_main="C01B32/184",
    ipc=("C01B32/184", "C09K5/14"),
    applicants=("兰州大学", "甘肃某某新材料有限公司", "王小明"),
    address="甘肃省兰州市城关区天水南路222号",
    legal_state="有效",
    events=(
        LegalEvent(kind="授权", date=date(2022, 1, 4)),
        LegalEvent(kind="转让", date=date(2023, 5, 6)),
        LegalEvent(kind="转让"),
    ),
    cites=(Citation(number="CN101000001A", category="X"),),
    pledge_count=0,
    industries=(("sei", "3.5"),),
)


def test_a_record_becomes_one_described_row():
    (found,) = table_of([FULL]).to_pylist()
    assert list(found) == [column.name for column in COLUMNS]
    assert found["key"] == "CN202010123456"
    assert found["filing_date"] is None
    assert (found["filing_year"], found["filing_year_derived"]) == (2020, True)
    assert found["patent_type"] == "发明"
    assert found["applicant_kinds"] == ["高校", "企业", "个人"]
    assert (found["province"], found["city"], found["county"]) == ("甘肃省", "兰州市", "城关区")
    assert found["event_kinds"] == ["授权", "转让", "转让"]
    assert found["event_dates"] == [date(2022, 1, 4), date(2023, 5, 6), None]
    assert (found["transfer_count"], found["licence_count"], found["pledge_count"]) == (2, None, 0)
    assert (found["cites"], found["cites_count"], found["cited_by_count"]) == (["CN101000001A"], 1, None)
    assert found["portal_industries"] == ["sei:3.5"]


def test_what_is_absent_is_null_or_empty_and_never_invented():
    (found,) = table_of([PatentRecord(publication_number="CN111534432A")]).to_pylist()
    assert found["title"] == found["abstract"] == found["claims"] == ""
    assert found["ipc"] == found["applicants"] == found["cites"] == []
    assert found["filing_year"] is None and found["filing_year_derived"] is False
    assert found["legal_state"] is None
    assert found["province"] is None


def test_a_filing_date_gives_the_year_itself():
    record = PatentRecord(application_number="CN202010123456.1", filing_date=date(2019, 12, 31))
    (found,) = table_of([record]).to_pylist()
    assert (found["filing_year"], found["filing_year_derived"]) == (2019, False)


def test_rows_are_sorted_by_key_whatever_the_order_and_keys_come_once():
    records = [PatentRecord(publication_number=f"CN11153{number:04d}A") for number in (7, 3, 12, 9999, 1)]
    keys = table_of(records).column("key").to_pylist()
    assert keys == sorted(keys)
    assert table_of(records).equals(table_of(records[::-1]))
    with pytest.raises(ValueError, match="comes twice"):
        table_of([records[0], records[0]])


def test_no_patents_make_a_table_of_the_same_columns():
    table = build_table([])
    assert table.schema == SCHEMA
    assert table.num_rows == 0
    assert all(column.share == 0.0 for column in coverage(table))


def test_more_patents_than_a_batch_give_the_same_table_as_few_at_a_time(monkeypatch):
    numbers = [f"CN{number:09d}" for number in range(100_000_000, 100_000_050)]
    patents = [
        StoredPatent(each, PatentRecord(publication_number=f"{each}A", title="膜")) for each in numbers
    ]
    whole = build_table(patents)
    monkeypatch.setattr("library.columns._ROWS_PER_BATCH", 7)
    monkeypatch.setattr("library.columns._BATCHES_PER_CHUNK", 3)
    cut = build_table(patents)
    assert cut.column("key").num_chunks == 3
    assert cut.combine_chunks().equals(whole.combine_chunks())


def test_another_rooms_column_is_appended_or_replaced():
    table = table_of([FULL])
    once = append_column(table, "theme", pa.array(["导热膜"]))
    twice = append_column(once, "theme", pa.array(["石墨烯"]))
    assert twice.column_names == [*table.column_names, "theme"]
    assert twice.column("theme").to_pylist() == ["石墨烯"]
    with pytest.raises(ValueError, match="2 values, the table 1 rows"):
        append_column(table, "theme", pa.array(["a", "b"]))


def test_the_table_is_the_same_from_both_databases_and_from_the_snapshots_file(library, tmp_path):
    rows = [row(2), granted(1), row(3, legal_state="失效"), row(10)]
    import_files(library, [write_rows(tmp_path / "x.jsonl", rows)], as_of=date(2024, 5, 1))
    with library.new_snapshot() as writer:
        table = build_table(library.store.records())
        writer.write_table(table)
        writer.publish()
    mapped = library.current().table
    assert mapped.equals(table)
    assert mapped.column("application_number").to_pylist() == [
        application(number) for number in (1, 2, 3, 10)
    ]
    assert mapped.column("grant_date").to_pylist() == [date(2023, 1, 3), None, None, None]


def test_coverage_counts_values_and_tells_what_they_make_possible():
    records = [FULL, PatentRecord(publication_number="CN111534433A", title="膜")]
    measured = {column.name: column for column in coverage(table_of(records))}
    assert list(measured) == [column.name for column in COLUMNS]
    assert (measured["title"].filled, measured["title"].share) == (2, 1.0)
    assert (measured["abstract"].filled, measured["ipc"].filled, measured["filing_year"].filled) == (1, 1, 1)
    assert measured["filing_year_derived"].filled == 1
    assert measured["grant_date"].filled == 0
    assert "授权率" in measured["grant_date"].needed_for
    able = {capability.name: capability for capability in capabilities(list(measured.values()))}
    assert not able["授权率"].possible
    assert able["授权率"].missing == ("授权公告日",)
    assert able["相似检索"].possible
    assert able["相似检索"].share == 0.5


def test_every_column_is_described_once():
    assert len({column.name for column in COLUMNS}) == len(COLUMNS)
    assert len({column.label for column in COLUMNS}) == len(COLUMNS)


def test_the_documentation_has_the_table_of_columns():
    assert describe_columns() in DOCS.read_text(encoding="utf-8"), (
        "docs/columns.md differs from library.columns.COLUMNS; put the output of describe_columns() there"
    )
