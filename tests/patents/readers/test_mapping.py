from datetime import date
from pathlib import Path

import pytest

from patents.errors import MappingError, UnknownFormatError
from patents.readers import load_mapping, open_export, parse_mapping

EXAMPLE = Path(__file__).resolve().parents[3] / "docs" / "mapping.example.yaml"
TABLE = {
    "台账序号": "7",
    "专利申请号码": "ZL 2020 1 0123456",
    "公告号码": "CN112000001B",
    "专利名称": "",
    "中文名称": "一种膜",
    "技术简介": "无数据",
    "递交日": "21.02.2020",
    "公告日期": "2021-09-03",
    "权利主体": "甲公司/乙大学",
    "发明者": "张一,李二",
    "国际分类": "C01B32/184;H05K7/20",
    "现状态": "授权",
    "评级": "A",
    "所属项目": "",
    "备注": "存档",
}


def test_the_shipped_example_reads_the_table_that_it_describes(write_csv):
    export = open_export(write_csv([list(TABLE), list(TABLE.values())]), mapping=load_mapping(EXAMPLE))
    (row,) = export
    record = row.record
    assert export.format == record.reader == "企业专利台账"
    assert export.unread_columns == ("备注",)
    assert row.warnings == ()
    assert record.application_number == "CN202010123456.2"
    assert record.grant_number == "CN112000001B"
    assert (record.title, record.abstract) == ("一种膜", "")
    assert (record.filing_date, record.grant_date) == (date(2020, 2, 21), date(2021, 9, 3))
    assert record.applicants == ("甲公司", "乙大学")
    assert record.inventors == ("张一", "李二")
    assert record.ipc == ("C01B32/184", "H05K7/20")
    assert record.legal_state == "有效"
    assert record.portal_values == (("评级", "A"),)
    assert record.raw == (("备注", "存档"),)


def test_columns_that_are_not_there_are_named_with_those_that_are(write_csv):
    path = write_csv([["号码", "名称"], ["CN112000001A", "一种膜"]])
    mapping = parse_mapping({"columns": {"publication_number": ["公开号码", "号"], "title": "名称"}})
    with pytest.raises(MappingError) as refused:
        open_export(path, mapping=mapping)
    assert "publication_number ← 公开号码 or 号" in refused.value.what
    assert "号码, 名称" in refused.value.help


def test_a_sheet_that_is_not_there_is_named_with_those_that_are(write_xlsx):
    mapping = parse_mapping({"sheet": "丙", "columns": {"publication_number": "号"}})
    with pytest.raises(UnknownFormatError, match="丙") as refused:
        open_export(write_xlsx({"甲": [["号"], ["CN112000001A"]]}), mapping=mapping)
    assert "甲" in refused.value.help


def test_one_column_may_feed_two_targets_and_headers_may_be_spelled_freely(write_csv, records):
    path = write_csv([["编号 （公开）", "名"], ["CN112000001A", "一种膜"]])
    mapping = parse_mapping(
        {"columns": {"publication_number": "编号(公开)", "title": "名", "keywords": "名"}}
    )
    (record,) = records(path, mapping=mapping)
    assert (record.title, record.keywords) == ("一种膜", ("一种膜",))


def test_a_value_of_another_format_than_the_mapping_says_is_a_warning(write_csv):
    path = write_csv([["号", "日"], ["CN112000001A", "2020-02-21"]])
    columns = {"publication_number": "号", "filing_date": {"column": "日", "format": "%d.%m.%Y"}}
    (row,) = open_export(path, mapping=parse_mapping({"columns": columns}))
    assert row.record.filing_date is None
    assert row.record.raw == (("日", "2020-02-21"),)
    assert "%d.%m.%Y" in str(row.warnings[0].reason)


@pytest.mark.parametrize(
    ("content", "reason", "help"),
    [
        (None, "table of names", "example"),
        ({"columns": {"titel": "名"}}, "Unknown name 'titel'", "Did you mean title?"),
        ({"column": {"title": "名"}}, "Unknown name 'column'", "Did you mean columns?"),
        ({"columns": {"title": "名"}}, "No column is mapped to a number", "application_number"),
        ({"columns": {"title": {"column": "名", "sep": ";"}}}, "Unknown name 'title.sep'", "separator"),
        ({"columns": {"title": []}}, "title: no column", "header"),
        ({"columns": {"title": {"a": 1}, "x": 2}}, "Unknown name 'title.a'", "column"),
        ({"columns": {"filing_date": {"column": "日", "format": "%H"}}}, "not a date format", "%d.%m.%Y"),
        ({"header_row": 0, "columns": {"grant_number": "号"}}, "header_row", "example"),
        ({"delimiter": "||", "columns": {"grant_number": "号"}}, "delimiter", "\\t"),
        ({"name": ["a"], "columns": {"grant_number": "号"}}, "name: a text", "example"),
    ],
)
def test_mistakes_in_a_mapping_are_named_with_what_is_right(content, reason, help):
    with pytest.raises(MappingError) as refused:
        parse_mapping(content)
    assert reason in refused.value.what
    assert help in refused.value.help


def test_a_mapping_file_that_is_missing_or_no_yaml_is_named(tmp_path):
    with pytest.raises(MappingError, match=r"none\.yaml"):
        load_mapping(tmp_path / "none.yaml")
    (tmp_path / "bad.yaml").write_text("columns: [", "utf-8")
    with pytest.raises(MappingError, match="not valid YAML"):
        load_mapping(tmp_path / "bad.yaml")
    (tmp_path / "wrong.yaml").write_text("columns: {titel: a}", "utf-8")
    with pytest.raises(MappingError, match=r"wrong\.yaml: Unknown name"):
        load_mapping(tmp_path / "wrong.yaml")
