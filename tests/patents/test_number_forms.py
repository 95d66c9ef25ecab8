"""What is a number by its length and form, what is a list of them, and what only looks so."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from patents.errors import NumberError
from patents.numbers import classify_numbers, parse_application_number, parse_number, parse_publication_number
from patents.office_codes import OFFICES

WORDS = (
    "CO2|CO₂|Al2O3|LiFePO4|IL-6|COVID-19|MD5|5G|H2SO4|ISO9001|ISO26262-6|GB50011|GB18030-2022|"
    "WIFI6|A53|PM2.5|GB/T 19001-2016|CH4|SO2|SiO2|TiO2|CaCO3|MoS2|LiCoO2|CD8|BRCA1|SHA256|"
    "USB3.0|AT89C51|KN95|PA66|PE100|IN718|STM32F103C8|MC34063A|SN74HC595|LI18650|IEEE 802.11|"
    "DE 2|CO2 capture|Graphene 3D printing|IN 3D|2020|CN|无|-|Battery with 3 electrodes|"
    "A method for preparing Li6PS5Cl|CO2 capture with Al2O3 sorbent|20201231|石墨烯|"
    "thermal imaging 3D|锂电池 2020|CN112000001A 石墨烯|"
).split("|")


@pytest.mark.parametrize("text", WORDS)
def test_formulas_standards_chips_and_sentences_are_words(text):
    assert classify_numbers(text) == ("none", (), False)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("201710601862.3", "CN201710601862.3"),
        ("2017106018623", "CN201710601862.3"),
        ("ZL 2017 1 0601862.3", "CN201710601862.3"),
        ("专利号：ZL201710601862.3", "CN201710601862.3"),
        ("申请公布号:CN111534432A", "CN111534432A"),
        ("CN101629199", "CN101629199"),
        ("CN85108154A", "CN85108154A"),
        ("US 10,123,456 B2", "US10123456B2"),
        ("US2017/0123456", "US20170123456"),
        ("US15/123456", "US15/123456"),
        ("WO01/86746", "WO2001086746"),
        ("EP1234567", "EP1234567"),
        ("EP17123456.7", "EP17123456.7"),
        ("PCT/CN99/00123", "PCT/CN1999/000123"),
        ("JPH06123456A", "JPH06123456A"),
        ("KR10-2020-0012345", "KR10-2020-0012345"),
        ("TWI734446B", "TWI734446B"),
        ("IN4297DELNP2015A", "IN4297DELNP2015A"),
        ("BY11595U", "BY11595U"),
        ("HRP20221010A", "HRP20221010A"),
    ],
)
def test_what_can_only_be_a_number_is_certain(text, number):
    found = classify_numbers(text)
    assert (found.sort, [each.text for each in found.numbers], found.is_certain) == ("number", [number], True)


@pytest.mark.parametrize(
    "text", ["201710601862", "201710601862.4", "101629199", "1234567", "IN123456", "AU2010123456"]
)
def test_what_may_be_a_number_or_something_else_is_a_number_with_a_doubt(text):
    found = classify_numbers(text)
    assert (found.sort, found.is_certain) == ("number", False)


@pytest.mark.parametrize("separator", ["; ", "；", "、", ",", "\n", " ", "|", "\t"])
def test_several_numbers_are_a_list_whatever_separates_them(separator):
    found = classify_numbers(separator.join(["CN111534432A", "CN111534433A", "CN111534432A", "US10123456B2"]))
    assert found.sort == "numbers"
    assert [number.text for number in found.numbers] == ["CN111534432A", "CN111534433A", "US10123456B2"]
    assert found.is_certain


def test_one_word_among_numbers_makes_a_text_of_a_list():
    assert classify_numbers("CN111534432A; CO2; CN111534433A").sort == "none"


@settings(max_examples=500, deadline=None)
@given(
    st.text(max_size=60)
    | st.from_regex(r"[A-Z]{2}[ -]?[A-Z]{0,2}[0-9/.,-]{1,14}[A-Z]?[0-9]?", fullmatch=True)
)
@example("US2019/1A1")
@example("PCT/CN0/00000")
def test_any_text_is_told_and_what_is_read_reads_the_same_again(text):
    found = classify_numbers(text)
    assert (found.sort == "none") == (not found.numbers)
    for number in found.numbers:
        assert parse_number(number.text).text == number.text
        assert classify_numbers(number.text).numbers == (number,)


@settings(max_examples=500, deadline=None)
@given(
    st.sampled_from(sorted(OFFICES - {"CN"})),
    st.from_regex(r"[A-Z]{0,2}[0-9][0-9/,.-]{0,13}", fullmatch=True),
    st.sampled_from(["", "A", "A1", "B2", "U"]),
)
def test_numbers_of_any_office_have_one_form_that_reads_the_same_again(office, body, kind):
    for parse, text in (
        (parse_publication_number, office + body + kind),
        (parse_application_number, office + body),
    ):
        try:
            number = parse(text)
        except NumberError:
            continue
        assert parse(number.text).text == number.text


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=30), st.none() | st.sampled_from(["CN", "BR", "EP", "TW", "KR", "US", "XX"]))
def test_any_text_beside_any_office_is_read_or_refused_with_help(text, office):
    for parse in (parse_publication_number, parse_application_number):
        try:
            parse(text, office)
        except NumberError as error:
            assert error.help
