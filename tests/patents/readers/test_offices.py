"""The office that a row states decides how its numbers are read."""

from __future__ import annotations

import pytest

from patents.merge import record_key
from patents.readers import RowRead, RowRejected, open_export
from patents.readers.offices import office_code

HEADERS = ["受理局", "申请号", "标题", "申请日"]


@pytest.fixture
def rows(write_csv):
    return lambda *rows: list(open_export(write_csv(rows)))


def numbers(found):
    return [row.record.application_number or row.record.publication_number for row in found]


def test_numbers_that_look_chinese_are_of_the_office_in_their_row(rows):
    found = rows(
        HEADERS,
        ["巴西", "91 0102238", "一种杀虫剂", "1991-01-18"],
        ["巴西", "91 0102239", "一种除草剂", "1991-01-18"],
        ["欧洲专利局", "98202345.1", "一种电机", "1998-07-10"],
        ["中国台湾", "90123457", "一种连接器", "2001-09-24"],
        ["BR", "202019011223", "一种座椅", "2019-05-30"],
        ["中国", "201710601862.3", "一种膜", "2017-07-21"],
    )
    assert [row.record.country for row in found] == ["BR", "BR", "EP", "TW", "BR", "CN"]
    assert [row.record.patent_type for row in found] == [None, None, None, None, None, "发明"]
    assert numbers(found) == [
        "BR910102238",
        "BR910102239",
        "EP98202345.1",
        "TW90123457",
        "BR202019011223",
        "CN201710601862.3",
    ]
    assert len({record_key(row.record) for row in found}) == len(found)
    assert not any(row.warnings for row in found)


@pytest.mark.parametrize("header", ["公开国别", "Country", "国家", "受理國", "Patent Office"])
@pytest.mark.parametrize(
    ("office", "code"), [("韩国", "KR"), ("KR", "KR"), ("South Korea", "KR"), ("韓國", "KR")]
)
def test_bare_publication_numbers_are_of_the_office_in_their_row(rows, header, office, code):
    (row,) = rows([header, "公开(公告)号", "标题"], [office, "102559847", "Film"])
    assert (row.record.country, row.record.publication_number) == (code, "KR102559847")


def test_a_number_of_unknown_office_beside_foreign_rows_is_not_believed_to_be_chinese(rows):
    found = rows(
        ["申请号", "公开(公告)号", "标题"],
        ["98202345.1", "", "一种电机"],
        ["202019011223", "", "一种座椅"],
        ["", "US10123456B2", "一种膜"],
        ["201710601862.3", "", "一种膜"],
        ["98202346.2", "CN1234567A", "一种泵"],
    )
    assert [type(row) for row in found] == [RowRejected, RowRejected, RowRead, RowRead, RowRead]
    assert "98202345.1" in str(found[0].findings[0].reason)
    assert found[3].record.application_number == "CN201710601862.3"
    # The row's own publication tells the office of its application.
    assert found[4].record.country == "CN"


def test_a_full_chinese_number_of_another_year_than_its_filing_date_is_not_believed(rows):
    found = rows(
        ["申请号", "申请日", "标题"],
        ["202012000389.7", "2012-01-16", "Vorrichtung"],
        ["EP98202345.1", "", "Motor"],
    )
    assert isinstance(found[0], RowRejected)


def test_bare_numbers_in_a_table_without_foreign_rows_are_chinese(rows):
    found = rows(
        ["申请号", "标题"],
        ["97101765", "一种膜"],
        ["201710601862", "一种泵"],
        ["PCT/CN2019/123456", "一种阀"],
    )
    assert numbers(found) == ["CN97101765.4", "CN201710601862.3", "PCT/CN2019/123456"]


def test_a_label_that_is_no_office_is_doubted_and_does_not_cost_the_row(rows):
    found = rows(
        ["国家", "申请号", "标题"], ["甘肃", "201710601862", "一种膜"], ["国内", "97101765", "一种泵"]
    )
    assert [row.record.country for row in found] == ["CN", "CN"]
    assert [len(row.warnings) for row in found] == [1, 0]


def test_a_contradiction_between_office_and_number_is_told(rows):
    found = rows(
        HEADERS, ["日本", "201710601862.3", "一种膜", "2017-07-21"], ["美国", "EP98202345.1", "Motor", ""]
    )
    assert [row.record.country for row in found] == ["CN", "EP"]
    assert [row.warnings[0].column for row in found] == ["受理局", "受理局"]


def test_patentscope_is_told_from_our_own_format(rows):
    headers = [
        "Application Id",
        "Application Number",
        "Application Date",
        "Country",
        "Title",
        "I P C",
        "Applicants",
    ]
    (found,) = rows(
        [*headers], ["BR12345678", "9102238", "27.03.1991", "BR", "Process", "C07C 31/04", "ACME"]
    )
    assert (found.record.reader, found.record.application_number) == ("patentscope", "BR9102238")
    assert found.record.filing_date.isoformat() == "1991-03-27"
    assert dict(found.record.portal_values) == {"Application Id": "BR12345678"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("CN", "CN"),
        ("中国;CN", "CN"),
        ("US(美国)", "US"),
        ("臺灣", "TW"),
        ("European Patent Office", "EP"),
        ("Korea, Republic of", "KR"),
        ("WIPO", "WO"),
        ("火星", None),
        ("", None),
    ],
)
def test_offices_are_known_by_code_and_name(text, code):
    assert office_code(text) == code
