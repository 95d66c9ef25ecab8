from __future__ import annotations

from datetime import date

import pytest

from patents.errors import NumberError
from patents.numbers import (
    check_digit,
    number_variants,
    parse_application_number,
    parse_number,
    parse_publication_number,
)

TRUE_NUMBERS = ["201710601862.3", "201410400822.9", "97101765.4", "95115608.X"]


@pytest.mark.parametrize("number", TRUE_NUMBERS)
def test_the_check_digits_of_four_true_numbers_are_right(number):
    body, digit = number.split(".")
    assert check_digit(body) == digit
    assert parse_application_number(number).check_ok is True


@pytest.mark.parametrize(
    "spelling",
    [
        "CN201710601862.3",
        "ZL201710601862.3",
        "ZL 2017 1 0601862.3",
        "cn201710601862.3",
        "2017106018623",
        "CN2017106018623",
        "201710601862",
        "２０１７１０６０１８６２．３",
        "ＣＮ２０１７１０６０１８６２．３",
        " 201710601862.3\u3000",
        "\ufeff201710601862.3",
        "2017106018623.0",
        "CN 201710601862 A",
    ],
)
def test_every_spelling_of_an_application_number_gives_one_canonical_form(spelling):
    number = parse_application_number(spelling)
    assert (number.text, number.key, number.body) == (
        "CN201710601862.3",
        "CN201710601862",
        "201710601862",
    )
    assert (number.country, number.patent_type, number.year) == ("CN", "发明", 2017)


@pytest.mark.parametrize(
    "spelling", ["95115608.x", "95115608X", "CN95115608", "ZL95115608.X", "９５１１５６０８．ｘ"]
)
def test_a_lower_case_or_missing_x_is_understood(spelling):
    assert parse_application_number(spelling).text == "CN95115608.X"


def test_the_zero_that_a_spreadsheet_adds_is_no_check_digit():
    assert parse_application_number("97101765.0").text == "CN97101765.4"
    assert parse_application_number("97101765.0").check_ok is None
    assert parse_application_number("971017650").check_ok is False


def test_digits_of_other_scripts_are_no_digits():
    with pytest.raises(NumberError):
        parse_application_number("٢٠١٧١٠٦٠١٨٦٢")


def test_a_missing_check_digit_is_computed_and_told_apart_from_a_right_one():
    assert parse_application_number("201710601862").check_ok is None
    assert parse_application_number("201710601862").check_digit == "3"


def test_a_wrong_check_digit_is_kept_and_told_and_not_refused():
    number = parse_application_number("CN201710601862.4")
    assert number.check_ok is False
    assert number.text == "CN201710601862.4"
    assert number.key == "CN201710601862"


@pytest.mark.parametrize(
    ("number", "patent_type"),
    [
        ("201710601862", "发明"),
        ("201220249767", "实用新型"),
        ("202130342503", "外观设计"),
        ("201680012345", "发明"),
        ("201590001281", "实用新型"),
        ("97101765", "发明"),
        ("95215925", "实用新型"),
        ("02233545", "实用新型"),
        ("01800001", "发明"),
    ],
)
def test_the_type_digit_tells_the_type_and_pct_counts_as_invention_or_utility_model(number, patent_type):
    assert parse_application_number(number).patent_type == patent_type


@pytest.mark.parametrize(("number", "year"), [("85108154", 1985), ("99100000", 1999), ("02233545", 2002)])
def test_two_digit_years_run_from_1985_to_2003(number, year):
    assert parse_application_number(number).year == year


@pytest.mark.parametrize("number", ["2.02E+12", "2.02011E+11", "2.01711E12", "CN2.0E+12", "2E+12"])
def test_a_number_that_a_spreadsheet_shortened_is_refused_with_the_way_out(number):
    with pytest.raises(NumberError, match="shortened by a spreadsheet") as caught:
        parse_application_number(number)
    assert "as text" in caught.value.help
    with pytest.raises(NumberError, match="shortened by a spreadsheet"):
        parse_publication_number(number)
    with pytest.raises(NumberError, match="shortened by a spreadsheet"):
        parse_number(number)


@pytest.mark.parametrize("number", ["209910601862.3", "199910601862", "12345678", "84101765.4", "45101765.4"])
def test_an_absurd_year_is_refused_with_the_year(number):
    with pytest.raises(NumberError, match="has the year"):
        parse_application_number(number)


def test_a_type_digit_that_does_not_exist_is_refused():
    with pytest.raises(NumberError, match="has the type digit 7"):
        parse_application_number("201770601862.3")


@pytest.mark.parametrize(
    "text", ["", "  ", "-", "abc", "CN", "CN123", "20171060186.3", "2017106018623X", "申请号", "XX15/123456"]
)
def test_what_is_no_application_number_is_refused(text):
    with pytest.raises(NumberError) as caught:
        parse_application_number(text)
    assert caught.value.help


@pytest.mark.parametrize(
    ("spelling", "text", "country"),
    [
        ("US15/123456", "US15/123456", "US"),
        ("us 15/123,456", "US15/123456", "US"),
        ("US201715123456", "US15/123456", "US"),
        ("EP17123456.7", "EP17123456.7", "EP"),
        ("JP2016-123456", "JP2016-123456", "JP"),
        ("JP2016123456", "JP2016-123456", "JP"),
        ("EP20170123456", "EP17123456", "EP"),
        ("EP171234567", "EP17123456.7", "EP"),
        ("TW 091123456", "TW91123456", "TW"),
        ("BR PI 9003784-5", "BRPI90037845", "BR"),
        ("KR10-2020-0012345", "KR10-2020-0012345", "KR"),
        ("KR1020200012345", "KR10-2020-0012345", "KR"),
        ("KR 20200012345 A", "KR10-2020-0012345", "KR"),
        ("KR 20200000123 U", "KR20-2020-0000123", "KR"),
        ("US 201715123456 A", "US15/123456", "US"),
        ("EP 17123456 A", "EP17123456", "EP"),
        ("JP 2016123456 A", "JP2016-123456", "JP"),
        ("PCT/CN2019/123456", "PCT/CN2019/123456", "WO"),
        ("PCTCN2019123456", "PCT/CN2019/123456", "WO"),
        ("PCT/CN99/00123", "PCT/CN1999/000123", "WO"),
        ("PCT/CN1999/000123", "PCT/CN1999/000123", "WO"),
        ("PCT/JP03/12345", "PCT/JP2003/012345", "WO"),
        ("WO2019CN123456", "PCT/CN2019/123456", "WO"),
    ],
)
def test_application_numbers_of_other_offices_have_one_spelling(spelling, text, country):
    number = parse_application_number(spelling)
    assert (number.text, number.key, number.country) == (text, text, country)
    assert (number.check_ok, number.patent_type, number.year) == (None, None, None)


@pytest.mark.parametrize(
    ("spelling", "text", "kind", "patent_type"),
    [
        ("CN111534432A", "CN111534432A", "A", "发明"),
        ("cn 111534432 b", "CN111534432B", "B", "发明"),
        ("111534432B", "CN111534432B", "B", "发明"),
        ("ＣＮ１１１５３４４３２Ａ", "CN111534432A", "A", "发明"),
        ("CN105408176B9", "CN105408176B9", "B9", "发明"),
        ("CN1303169C", "CN1303169C", "C", "发明"),
        ("CN212426065U", "CN212426065U", "U", "实用新型"),
        ("CN2146078Y", "CN2146078Y", "Y", "实用新型"),
        ("CN306651093S", "CN306651093S", "S", "外观设计"),
        ("CN3003001D", "CN3003001D", "D", "外观设计"),
        ("CN2932495", "CN2932495", None, "实用新型"),
        ("CN101629199", "CN101629199", None, "发明"),
        ("CN85108154", "CN85108154", None, "发明"),
        ("CN-111534432-A", "CN111534432A", "A", "发明"),
        ("CN85102277B", "CN85102277B", "B", "发明"),
        ("CN86205423U", "CN86205423U", "U", "实用新型"),
    ],
)
def test_chinese_publication_numbers_of_7_8_and_9_digits_are_read(spelling, text, kind, patent_type):
    number = parse_publication_number(spelling)
    assert (number.text, number.country, number.kind, number.patent_type) == (text, "CN", kind, patent_type)
    assert number.kind_ok


@pytest.mark.parametrize("text", ["CN111534432U", "CN212426065A", "CN306651093B", "CN85208154A"])
def test_a_kind_that_does_not_fit_the_leading_digit_is_told(text):
    assert parse_publication_number(text).kind_ok is False


@pytest.mark.parametrize(
    ("spelling", "text", "country", "kind"),
    [
        ("US 10,123,456 B2", "US10123456B2", "US", "B2"),
        ("US2017/0123456 A1", "US20170123456A1", "US", "A1"),
        ("USRE12345E", "USRE12345E", "US", "E"),
        ("USD912345S1", "USD912345S1", "US", "S1"),
        ("EP1234567B1", "EP1234567B1", "EP", "B1"),
        ("WO 2019/123456 A1", "WO2019123456A1", "WO", "A1"),
        ("JPWO2020166337A1", "JPWO2020166337A1", "JP", "A1"),
        ("JPH06123456A", "JPH06123456A", "JP", "A"),
        ("KR1020230038856A", "KR1020230038856A", "KR", "A"),
        ("TWI329027", "TWI329027", "TW", None),
        ("IN2020DELNP123A", "IN2020DELNP123A", "IN", "A"),
        ("ID2020PID02266A", "ID2020PID02266A", "ID", "A"),
        ("RU2016142740A3", "RU2016142740A3", "RU", "A3"),
    ],
)
def test_publication_numbers_of_other_offices_are_read(spelling, text, country, kind):
    number = parse_publication_number(spelling)
    assert (number.text, number.country, number.kind, number.patent_type) == (text, country, kind, None)


@pytest.mark.parametrize(
    "text", ["", "-", "hello", "CN12345A", "CN411534432A", "CN84108154", "QQ1234567A", "CN111534432AA"]
)
def test_what_is_no_publication_number_is_refused(text):
    with pytest.raises(NumberError) as caught:
        parse_publication_number(text)
    assert caught.value.help


def test_nine_digits_are_one_patent_under_a_and_b_and_without_kind():
    keys = {
        parse_publication_number(text).key
        for text in ("CN111534432A", "CN111534432B", "CN111534432", "CN111534432B9")
    }
    assert keys == {"CN111534432"}


def test_the_numbers_of_1985_to_1988_are_the_application_number():
    keys = {parse_publication_number(text).key for text in ("CN85108154A", "CN85108154B", "CN85108154")}
    assert keys == {"CN85108154"} == {parse_application_number("85108154").key}
    assert parse_publication_number("CN85108154B").application_body == "85108154"
    assert parse_publication_number("CN111534432B").application_body is None


def test_seven_digits_under_a_and_c_are_two_patents_and_without_kind_neither():
    a, c, bare = (parse_publication_number(text).key for text in ("CN1303169A", "CN1303169C", "CN1303169"))
    assert len({a, c, bare}) == 3


def test_a_seven_digit_grant_of_after_2010_keeps_the_number_of_its_application():
    assert parse_publication_number("CN1872660B").key == parse_publication_number("CN1872660A").key


def test_an_examined_application_of_before_1993_counts_with_the_grants():
    assert parse_publication_number("CN1018998B").key == parse_publication_number("CN1018998C").key
    assert parse_publication_number("CN1018998B").key != parse_publication_number("CN1018998A").key


@pytest.mark.parametrize(
    ("number", "key"), [("CN1018998", "CN1018998C"), ("CN1849998", "CN1849998A"), ("CN2932495", "CN2932495")]
)
def test_a_seven_digit_number_without_kind_is_known_where_only_one_series_reaches(number, key):
    assert parse_publication_number(number).key == key


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("EP1234567A1", "EP1234567B1"),
        ("KR1020200012345A", "KR1020200012345B1"),
        ("BE1029237A1", "BE1029237B1"),
        ("GB2412345A", "GB2412345B"),
        ("FR3012245A1", "FR3012245B1"),
        ("RU2016142740A", "RU2016142740A3"),
        ("US6000000A", "US6000000"),
    ],
)
def test_where_a_grant_bears_the_number_of_the_application_both_are_one_patent(a, b):
    assert parse_publication_number(a).key == parse_publication_number(b).key


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("JPS58123456A", "JPS58123456B"),
        ("JP3123456U", "JP3123456B2"),
        ("UA102345U", "UA102345C2"),
        ("PL245678A1", "PL245678B1"),
        ("AT521286T", "AT521286A2"),
        ("KR960012345A", "KR960012345B1"),
    ],
)
def test_where_series_of_an_office_meet_the_same_digits_are_two_patents(a, b):
    assert parse_publication_number(a).key != parse_publication_number(b).key


@pytest.mark.parametrize(
    ("text", "spellings"),
    [
        ("US20170081352A1", ["US-2017081352-A1", "US 2017/0081352 A1", "US2017/81352A1", "us2017081352a1"]),
        ("US8001762B2", ["US08001762B2", "US 8,001,762 B2", "US-8001762-B2"]),
        (
            "WO2001086746A1",
            ["WO-0186746-A1", "WO 01/86746 A1", "WO2001/086746A1", "WO200186746A1", "WO01086746A1"],
        ),
        ("WO1999000123A1", ["WO99/00123A1", "WO9900123A1", "WO 1999/000123 A1"]),
        ("EP0123456A1", ["EP123456A1", "EP 0 123 456 A1", "EP-0123456-A1"]),
        ("KR1020200012345A", ["KR20200012345A", "KR10-2020-0012345A", "KR 1020200012345 A"]),
        ("JPH06012345A", ["JPH6-12345A", "JPH0612345A"]),
        ("JP2010012345A", ["JP2010-12345A", "JP201012345A"]),
        ("DE4012345A1", ["DE000004012345A1", "DE 4012345 A1"]),
    ],
)
def test_one_publication_is_found_by_every_spelling(text, spellings):
    key = parse_publication_number(text).key
    for spelling in spellings:
        assert parse_publication_number(spelling).text == text
        assert parse_number(spelling).text == text
        assert key in number_variants(spelling)
    assert key in number_variants(text.rstrip("12").rstrip("AB"))


@pytest.mark.parametrize(
    ("number", "day", "role"),
    [
        ("CN111534432A", None, "application"),
        ("CN1018998B", date(1991, 1, 23), "examined"),
        ("CN1018998B", None, "examined"),
        ("CN85102277B", date(1988, 1, 6), "examined"),
        ("CN1303169C", date(2007, 3, 7), "grant"),
        ("CN101234567C", date(2009, 3, 7), "grant"),
        ("CN1872660B", date(2010, 6, 23), "grant"),
        ("CN111534432B", date(2021, 6, 23), "grant"),
        ("CN111534432B", None, "grant"),
        ("CN212426065U", None, "grant"),
        ("CN306651093S", None, "grant"),
        ("CN101629199", None, "unknown"),
        ("EP1234567B1", date(1990, 1, 1), "grant"),
        ("US6000000A", None, "grant"),
        ("US20170123456A1", None, "application"),
        ("JPS58123456U", None, "application"),
        ("DE202019000936U1", None, "grant"),
        ("TWI329027", None, "unknown"),
    ],
)
def test_b_is_an_examined_application_before_1993_and_a_grant_from_2010(number, day, role):
    assert parse_publication_number(number).role(day) == role


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("201710601862.3", "CN201710601862.3"),
        ("95115608X", "CN95115608.X"),
        ("CN101629199", "CN101629199"),
        ("101629199", "CN101629199"),
        ("CN1303169", "CN1303169"),
        ("CN85108154", "CN85108154.1"),
        ("CN85108154A", "CN85108154A"),
        ("US10123456B2", "US10123456B2"),
        ("US15/123456", "US15/123456"),
        ("US2017/0123456A1", "US20170123456A1"),
        ("WO2019/123456", "WO2019123456"),
        ("WO01/86746", "WO2001086746"),
        ("CN98101234A", "CN98101234.5"),
        ("DE 202012000389.5", "DE202012000389.5"),
        ("PCT/CN2019/123456", "PCT/CN2019/123456"),
    ],
)
def test_a_number_of_untold_sort_is_recognised(text, expected):
    assert parse_number(text).text == expected


def test_a_number_of_untold_sort_that_is_none_names_what_it_should_look_like():
    with pytest.raises(NumberError, match="not a valid application or publication number") as caught:
        parse_number("石墨烯")
    assert "CN201710601862.3" in caught.value.help


def test_looking_up_b_finds_the_patent_of_which_only_a_is_there():
    assert "CN111534432" in number_variants("CN111534432B")


def test_looking_up_seven_digits_without_kind_tries_both_series():
    assert number_variants("CN1303169") == ("CN1303169", "CN1303169A", "CN1303169C")
    assert number_variants("CN1303169C") == ("CN1303169C",)
