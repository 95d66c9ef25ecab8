"""Records written under their own field names come back as they were."""

import csv
import json
from dataclasses import fields
from datetime import date

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from patents.readers import open_export
from patents.readers.portals.own import OWN
from patents.record import Citation, LegalEvent, PatentRecord

STRUCTURED = ("events", "cites", "industries", "portal_values", "raw")

FULL = PatentRecord(
    application_number="CN202010123456.2",
    publication_number="CN112000001A",
    grant_number="CN112000001B",
    kind_code="B",
    patent_type="发明",
    filing_date=date(2020, 2, 21),
    publication_date=date(2020, 6, 5),
    grant_date=date(2021, 9, 3),
    priority_date=date(2019, 12, 5),
    examination_date=date(2020, 7, 1),
    pct_entry_date=date(2020, 2, 22),
    lapse_date=date(2023, 2, 3),
    expiry_date=date(2040, 2, 21),
    title="一种散热膜",
    abstract="一种膜，包括基材。",
    first_claim="1. 一种膜。",
    claims="1. 一种膜。\n2. 根据权利要求1所述的膜。",
    description="技术领域\n本发明涉及膜。",
    claim_count=2,
    title_en="Film",
    abstract_en="A film.",
    ipc_main="C01B32/184",
    ipc=("C01B32/184", "H05K7/20"),
    cpc=("C01B32/184", "Y02E60/10"),
    applicants=("甲有限公司", "乙大学"),
    current_applicants=("丙科技有限公司",),
    standard_applicants=("甲", "乙大学"),
    inventors=("张一", "李二"),
    agents=("王三",),
    agency="某专利代理有限公司",
    examiner="赵四",
    address="730000 甘肃省兰州市一号路1号",
    region_code="甘肃;62",
    province="甘肃",
    city="兰州",
    county="城关区",
    legal_state="失效",
    legal_text="未缴年费 | 权利转移",
    lapse_reason="未缴年费",
    events=(
        LegalEvent(kind="公开", date=date(2020, 6, 5), text="公开"),
        LegalEvent(
            kind="转让", date=date(2022, 3, 1), parties_from=("甲有限公司",), parties_to=("丙科技有限公司",)
        ),
    ),
    transfer_count=1,
    licence_count=0,
    pledge_count=0,
    priority_numbers=("CN201911234567",),
    pct_application_number="PCT/CN2020/123456",
    pct_publication_number="WO2021/123456",
    parent_application="CN201910000001.1",
    family_id="63012345",
    family=("CN112000001A", "WO2021123456A1"),
    cites=(Citation(number="CN109000001A", category="X", by_examiner=True), Citation(number="US10123456B2")),
    cited_by=("CN113000001A",),
    cites_count=2,
    cited_by_count=1,
    npl=("Li et al., Carbon 2018",),
    npl_count=1,
    page_count=12,
    keywords=("石墨烯", "散热"),
    industries=(("sei", "3.5"), ("gb4754", "C3825")),
    portal_values=(("合享价值度", "9"),),
    raw=(("备注", "存档"),),
)
DESIGN = PatentRecord(
    application_number="CN201830000001.5",
    publication_number="CN305000001S",
    grant_number="CN305000001S",
    kind_code="S",
    patent_type="外观设计",
    publication_date=date(2018, 8, 3),
    grant_date=date(2018, 8, 3),
    title="保温杯",
    locarno=("07-01",),
)
FOREIGN = PatentRecord(
    publication_number="US10123456B2",
    grant_number="US10123456B2",
    kind_code="B2",
    country="US",
    title="Film",
    title_en="Film",
    language="en",
)


def as_row(record):
    """A record as a flat row: lists stay lists, structured fields are JSON."""
    plain = msgspec.to_builtins(record)
    return {
        name: json.dumps(value, ensure_ascii=False) if name in STRUCTURED and value else value
        for name, value in plain.items()
        if value not in (None, "", [], ())
    }


def test_a_full_record_survives_json_lines(tmp_path, records):
    path = tmp_path / "own.jsonl"
    lines = [json.dumps(as_row(record), ensure_ascii=False) for record in (FULL, DESIGN, FOREIGN)]
    path.write_text("\n".join(lines), "utf-8")
    found = records(path)
    assert open_export(path).format == "patlas"
    assert open_export(path).unread_columns == ()
    assert found == [FULL, DESIGN, FOREIGN]


def test_a_full_record_survives_csv(tmp_path, records):
    path = tmp_path / "own.csv"
    row = {
        name: "; ".join(value) if isinstance(value, tuple) else value for name, value in as_row(FULL).items()
    }
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([list(row), list(row.values())])
    assert records(path) == [FULL]


def test_a_full_record_survives_parquet(tmp_path, records):
    pq.write_table(pa.Table.from_pylist([as_row(FULL)]), tmp_path / "own.parquet")
    assert records(tmp_path / "own.parquet") == [FULL]


def test_the_full_record_leaves_no_field_empty_but_those_of_designs():
    empty = [each.name for each in fields(PatentRecord) if getattr(FULL, each.name) in (None, "", ())]
    assert set(empty) <= {"locarno", "reader"}


def test_every_field_of_a_record_has_a_column_in_the_own_format():
    described = {header for column in OWN.columns for header in column.headers}
    assert {each.name for each in fields(PatentRecord)} <= described


def test_json_that_is_damaged_is_a_warning(tmp_path):
    path = tmp_path / "own.jsonl"
    row = {"publication_number": "CN112000001A", "title": "一种膜", "events": "[{]", "legal_state": "生效"}
    path.write_text(json.dumps(row, ensure_ascii=False), "utf-8")
    (read,) = open_export(path)
    assert [finding.column for finding in read.warnings] == ["events", "legal_state"]
    assert read.record.raw == (("events", "[{]"), ("legal_state", "生效"))


def test_english_headers_of_others_do_not_put_foreign_words_into_the_record(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(
        "Publication Number,Title,Country,Patent Type,Kind Code,Language\n"
        "US10123456B2,Film,United States,Utility model,B2,English\n",
        "utf-8",
    )
    (row,) = open_export(path)
    assert (row.record.country, row.record.patent_type, row.record.language) == ("US", "实用新型", "en")
    assert dict(row.record.raw) == {"Language": "English"}
    assert row.warnings == ()
