"""What holds for every number, drawn at random or taken from real data."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patents.errors import NumberError
from patents.numbers import (
    check_digit,
    number_variants,
    parse_application_number,
    parse_number,
    parse_publication_number,
)


def bodies():
    year = st.integers(2004, 2024).map(str)
    new = st.builds(
        lambda y, t, n: f"{y}{t}{n:07d}", year, st.sampled_from("12389"), st.integers(0, 9_999_999)
    )
    old = st.builds(
        lambda y, t, n: f"{y % 100:02d}{t}{n:05d}",
        st.integers(1985, 2003),
        st.sampled_from("12389"),
        st.integers(0, 99_999),
    )
    return st.one_of(new, old)


@given(bodies())
def test_reading_the_canonical_form_gives_the_same_number_again(body):
    number = parse_application_number(body)
    again = parse_application_number(number.text)
    assert again.text == number.text
    assert again.check_ok is True
    assert parse_number(number.text) == again


@given(bodies(), st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_digit_never_passes_the_check(body, place, shift):
    place %= len(body)
    wrong = body[:place] + str((int(body[place]) + shift) % 10) + body[place + 1 :]
    # Digits that differ by d change the sum by weight*d; only multiples of 11 could hide it, and
    # neither weight (2..9) nor d (1..9) has the factor 11.
    assert check_digit(wrong) != check_digit(body)


@given(
    st.sampled_from("123"),
    st.integers(0, 99_999_999),
    st.sampled_from(["", "A", "B", "C", "U", "S", "A8", "B9"]),
)
def test_publication_numbers_survive_writing_and_reading(first, rest, kind):
    number = parse_publication_number(f"CN{first}{rest:08d}{kind}")
    assert parse_publication_number(number.text) == number
    assert parse_publication_number(f" cn {number.body} {kind.lower()} ") == number


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_with_a_message_that_helps(text):
    for parse in (parse_application_number, parse_publication_number, parse_number, number_variants):
        try:
            parse(text)
        except NumberError as error:
            assert error.help


@pytest.mark.shared
def test_all_numbers_of_real_data_are_read(shared_data):
    polars = pytest.importorskip("polars")
    columns = ["application_number", "publication_number"]
    table = polars.read_parquet(shared_data / "data" / "patents.parquet", columns=columns)
    applications = [parse_application_number(text) for text in table[columns[0]].drop_nulls()]
    assert all(number.check_ok is not False for number in applications)
    publications = [parse_publication_number(text) for text in table[columns[1]].drop_nulls()]
    assert all(number.kind_ok and number.country == "CN" for number in publications)
    assert len(applications) > 80_000
    assert len(publications) > 120_000
