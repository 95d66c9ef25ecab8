from datetime import date, datetime, timedelta

import pytest

from patents.readers.cells import as_items, as_text, clean_cell, clean_text
from patents.readers.headers import normalise_header, trim_headers, unique_headers


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2.0, "2"),
        (201710601862.3, "201710601862.3"),
        (2017106018623.0, "2017106018623"),
        (0.5, "0.5"),
        (float("nan"), ""),
        (True, "1"),
        (None, ""),
        (date(2020, 1, 2), "2020-01-02"),
        (datetime(2020, 1, 2), "2020-01-02"),
        (datetime(2020, 1, 2, 3, 4), "2020-01-02 03:04:00"),
        (timedelta(days=1), "1 day, 0:00:00"),
        (b"CN1", "CN1"),
        ({"a": 1}, '{"a":1}'),
    ],
)
def test_every_value_becomes_text_with_all_its_digits(value, text):
    assert clean_cell(value) == text


@pytest.mark.parametrize(
    "mark", ["-", "--", "—", "——", "－", "NULL", "nan", "N/A", " - ", "\ufeff", "\x00", "无"]
)
def test_marks_for_nothing_are_empty(mark):
    assert clean_text(mark) == ""


def test_control_and_zero_width_characters_go_and_line_ends_stay():
    assert clean_text("\ufeff一种\x0b石墨\u200b烯\r\n薄膜\r电极\x7f ") == "一种石墨烯\n薄膜\n电极"


def test_half_a_character_becomes_the_sign_for_damage():
    assert clean_text("一\ud800种") == "一\ufffd种"


def test_formulas_give_what_they_show():
    assert clean_text('="201710601862.3"') == "201710601862.3"
    assert clean_text('=HYPERLINK("https://example.org/x","CN109000001B")') == "CN109000001B"
    assert clean_text("=A1+B1") == "=A1+B1"


def test_lists_become_tuples_and_lists_of_objects_json():
    assert clean_cell(["甲", None, " 乙 ", "-"]) == ("甲", "乙")
    assert clean_cell([{"name": "甲"}]) == '[{"name":"甲"}]'
    assert as_text(("甲", "乙")) == "甲; 乙"
    assert as_items("甲; 乙 ；丙\n丁;;", ";；") == ("甲", "乙", "丙", "丁")


@pytest.mark.parametrize(
    "spelling",
    [
        "标题(中文)",
        "标题 (中文)",
        "标题（中文）",
        " 标题\u3000（中文） ",
        "\ufeff标题(中文):",
        "标题\n(中文)",
        "标题(中文)*",
    ],
)
def test_spellings_of_a_header_are_one(spelling):
    assert normalise_header(spelling) == "标题(中文)"


def test_headers_differ_in_neither_width_nor_case_nor_brackets():
    assert normalise_header("【标】当前申请（专利权）人") == normalise_header("[标]当前申请(专利权)人")
    assert normalise_header("Ｉｎｔ．Ｃｌ．") == normalise_header("int. cl.")
    assert normalise_header("publication_number") == normalise_header("Publication Number")


def test_a_second_column_of_the_same_name_gets_a_number_and_an_empty_one_its_place():
    assert unique_headers(["申请号", "", "申请号", "申请号 (2)", "申请号"]) == (
        "申请号",
        "(column 2)",
        "申请号 (2)",
        "申请号 (2) (2)",
        "申请号 (3)",
    )
    assert list(trim_headers(["申请号", "", "标题", "", ""])) == ["申请号", "", "标题"]
