"""What a whole row decides: numbers and dates of A and B, languages, types, statuses, rejections."""

from datetime import date

import pytest

from patents.messages import message
from patents.readers import RowRejected, open_export


@pytest.fixture
def read(write_csv):
    def read(**values):
        (row,) = open_export(write_csv([list(values), list(values.values())]))
        return row

    return read


@pytest.fixture
def record(read):
    return lambda **values: read(**values).record


NUMBER = {"申请号": "202010123456"}


def test_a_published_application_has_no_grant(record):
    found = record(**{"公开(公告)号": "CN112000001A", "公开(公告)日": "2020-06-05", "标题": "一种膜"})
    assert (found.publication_number, found.grant_number, found.kind_code) == ("CN112000001A", None, "A")
    assert (found.publication_date, found.grant_date) == (date(2020, 6, 5), None)


def test_a_grant_seen_alone_is_the_first_publication_that_is_known(record):
    found = record(**{"公开(公告)号": "CN112000001B", "公开(公告)日": "2021-09-03", "标题": "一种膜"})
    assert found.publication_number == found.grant_number == "CN112000001B"
    assert found.publication_date == found.grant_date == date(2021, 9, 3)


def test_b_before_1993_is_an_examined_application_and_no_grant(record):
    found = record(**{"公开(公告)号": "CN1003598B", "公开(公告)日": "1989-03-15", "标题": "一种树脂"})
    assert (found.publication_number, found.grant_number, found.kind_code) == ("CN1003598B", None, "B")


def test_numbers_and_dates_of_both_publications_are_kept_apart(record):
    found = record(
        **{
            "公开号": "CN112000001A",
            "公开日": "2020-06-05",
            "授权公告号": "CN112000001B",
            "授权公告日": "2021-09-03",
        }
    )
    assert (found.publication_number, found.grant_number, found.kind_code) == (
        "CN112000001A",
        "CN112000001B",
        "B",
    )
    assert (found.publication_date, found.grant_date) == (date(2020, 6, 5), date(2021, 9, 3))


def test_a_grant_in_the_column_of_publications_is_still_a_grant(record):
    found = record(**{"公开号": "CN1233759C", "公开日": "2005-12-28", "标题": "一种油墨"})
    assert (found.grant_number, found.grant_date) == ("CN1233759C", date(2005, 12, 28))


def test_a_wrong_check_digit_is_a_warning_and_the_number_stays(read):
    row = read(申请号="202010123456.7", 标题="一种膜")
    assert row.record.application_number == "CN202010123456.7"
    assert row.warnings[0].reason == message("number-check-digit-wrong", right="2", given="7")
    assert row.warnings[0].reason.text("zh") == "校验位错误：应为 2，实为 7"


def test_a_number_that_cannot_be_read_is_a_warning_when_another_can(read):
    row = read(**{"申请号": "见附件", "公开(公告)号": "CN112000001A"})
    assert row.record.publication_number == "CN112000001A"
    assert row.record.raw == (("申请号", "见附件"),)
    assert row.warnings[0].column == "申请号"


def test_a_row_without_any_number_is_rejected_with_its_title(read):
    row = read(申请号="", 标题="一种没有号码的膜")
    assert isinstance(row, RowRejected)
    assert row.findings[0].value == "一种没有号码的膜"
    assert "neither" in str(row.findings[0].reason)


def test_a_row_whose_only_number_cannot_be_read_is_rejected_with_column_and_value(read):
    row = read(申请号="不详", 标题="一种膜")
    assert isinstance(row, RowRejected)
    assert (row.findings[0].column, row.findings[0].value) == ("申请号", "不详")


def test_a_value_that_cannot_be_read_is_a_warning_and_stays_in_raw(read):
    row = read(**NUMBER, 申请日="去年", 被引证次数="许多", IPC="石墨烯;C01B32/184")
    assert row.record.filing_date is None
    assert row.record.ipc == ("C01B32/184",)
    assert dict(row.record.raw) == {"申请日": "去年", "被引证次数": "许多", "IPC": "石墨烯"}
    assert {finding.column for finding in row.warnings} == {"被引证次数", "IPC", "申请日"}


def test_chinese_comes_before_the_original_and_the_original_before_nothing(record):
    found = record(**{**NUMBER, "标题": "Film", "标题 (中文)": "一种膜", "标题（小语种原文）": "フィルム"})
    assert (found.title, found.title_en, found.language) == ("一种膜", "Film", "zh")
    assert ("标题（小语种原文）", "フィルム") in found.portal_values
    only = record(**{"公开(公告)号": "JP2020123456A", "标题（小语种原文）": "フィルムの製造方法"})
    assert (only.title, only.language, only.country) == ("フィルムの製造方法", "ja", "JP")


def test_the_language_of_a_text_decides_which_field_it_goes_to(record):
    found = record(**{**NUMBER, "标题": "Film", "标题 (英文)": "一种膜", "摘要 (英文)": "一种石墨烯膜。"})
    assert (found.title, found.title_en, found.language) == ("一种膜", "Film", "zh")
    assert (found.abstract, found.abstract_en) == ("一种石墨烯膜。", "")
    english = record(**{**NUMBER, "标题": "Film", "摘要": "A film of graphene."})
    assert (english.title_en, english.abstract_en) == ("Film", "A film of graphene.")


def test_an_english_text_stands_in_for_a_missing_one(record):
    found = record(**{"公开(公告)号": "US10123456B2", "标题 (英文)": "Film", "摘要 (英文)": "A film."})
    assert (found.title, found.title_en, found.abstract, found.language) == ("Film", "Film", "A film.", "en")


def test_the_number_knows_the_patent_type_better_than_the_words(read):
    row = read(申请号="CN201820000001", 专利类型="发明专利")
    assert row.record.patent_type == "实用新型"
    assert "The number says 实用新型" in str(row.warnings[0].reason)


@pytest.mark.parametrize(
    ("number", "said", "patent_type"),
    [
        ("CN202010123456", "", "发明"),
        ("CN201830000001", "3", "外观设计"),
        ("CN201990000001", "实用新型", "实用新型"),
    ],
)
def test_the_patent_type_comes_from_the_number(read, number, said, patent_type):
    row = read(申请号=number, 专利类型=said)
    assert row.record.patent_type == patent_type
    assert row.warnings == ()


def test_an_office_that_is_not_the_numbers_is_a_warning(read):
    row = read(**{"公开(公告)号": "US10123456B2", "受理局": "中国"})
    assert row.record.country == "US"
    assert row.warnings[0].column == "受理局"


def test_two_status_columns_agree_on_one_state(record):
    found = record(**{**NUMBER, "专利有效性": "失效", "当前法律状态": "未缴年费"})
    assert (found.legal_state, found.legal_text, found.lapse_reason) == ("失效", "未缴年费", "未缴年费")


def test_two_status_columns_that_differ_are_told(read):
    row = read(**{**NUMBER, "专利有效性": "有效", "当前法律状态": "期限届满"})
    assert (row.record.legal_state, row.record.lapse_reason) == ("有效", None)
    assert "失效" in str(row.warnings[0].reason)


def test_an_empty_status_is_unknown_and_never_lapsed(record):
    assert record(**NUMBER, 法律状态="-").legal_state == "未知"


def test_parties_go_to_the_dates_of_their_events_when_they_are_as_many(record):
    found = record(
        **NUMBER, 转让执行日="2020-01-02;2021-03-04", 转让人="甲公司;乙公司", 受让人="乙公司;丙公司"
    )
    assert [(event.date, event.parties_from, event.parties_to) for event in found.events] == [
        (date(2020, 1, 2), ("甲公司",), ("乙公司",)),
        (date(2021, 3, 4), ("乙公司",), ("丙公司",)),
    ]


def test_hard_wrapped_texts_are_joined_and_points_are_not(record):
    found = record(**NUMBER, 摘要="一种装置，包括凹\n糟和\n滑块。\n2.用途：包装。")
    assert found.abstract == "一种装置，包括凹糟和滑块。\n2.用途：包装。"


def test_what_one_field_cannot_hold_is_kept_beside_the_record(record):
    found = record(
        **{
            **NUMBER,
            "标准化当前权利人": "甲",
            "当前权利人": "甲有限公司",
            "优先权日": "2019-12-05;2020-01-03",
            "简单法律状态": "PCT指定期内",
            "法律状态": "公开",
            "引证专利": "CN109000001A,2019.01.02,权利要求1-3;《铁道学报》2010",
            "转让日期": "2020-01-02",
            "权利转移生效日": "2021-03-04",
        }
    )
    beside = dict(found.portal_values)
    assert found.current_applicants == ("甲有限公司",)
    assert beside["标准化当前权利人"] == "甲"
    assert (found.priority_date, beside["优先权日"]) == (date(2019, 12, 5), "2019-12-05;2020-01-03")
    assert (found.legal_state, beside["简单法律状态"]) == ("审中", "PCT指定期内")
    assert "权利要求1-3" in beside["引证专利"]
    assert found.npl == ("《铁道学报》2010",)
    assert {"2020-01-02", "2021-03-04"} == {beside["权利转移生效日"], found.events[0].date.isoformat()}


def test_a_third_publication_number_is_kept_beside_the_record(record):
    found = record(**{"公开(公告)号": "CN112000001A\nCN112000001B\nCN112000001B9", "标题": "一种膜"})
    assert (found.publication_number, found.grant_number) == ("CN112000001A", "CN112000001B")
    assert dict(found.portal_values) == {"其他公开(公告)号": "CN112000001B9"}


def test_a_rejected_row_tells_everything_that_was_found(read):
    row = read(申请号="不详", 申请日="去年")
    assert [finding.column for finding in row.findings] == ["申请号", "申请日"]


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("CN112000001A、CN112000002A", ["several-publications-in-cell"]),
        ("CN112000001A;CN112000001B", []),
        ("CN1303169A;CN1154234C", []),
    ],
)
def test_publications_of_several_patents_in_one_cell_are_a_warning(read, cell, codes):
    assert [finding.reason.code for finding in read(**{"公开(公告)号": cell, "标题": "膜"}).warnings] == codes
