from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patents.dates import parse_date
from patents.errors import DateError

DAY = date(2011, 1, 2)


@pytest.mark.parametrize(
    "spelling",
    [
        "2011-01-02",
        "2011.01.02",
        "2011/1/2",
        "2011-1-2",
        "20110102",
        "20110102.0",
        "2011年1月2日",
        "2011年01月02日",
        "2011 年 1 月 2 日",
        "2011-01-02 00:00:00",
        "2011-01-02 00:00:00.0",
        "2011-01-02T10:20:30Z",
        "2011-01-02T10:20:30+08:00",
        "2011/1/2 0:00",
        "2011/1/2 12:00:00 AM",
        "２０１１－０１－０２",
        "２０１１年１月２日",
        " 2011.01.02 ",
        "2011.01.02.",
    ],
)
def test_a_day_is_read_in_every_spelling(spelling):
    assert parse_date(spelling) == DAY


@pytest.mark.parametrize(
    "value", [DAY, datetime(2011, 1, 2, 10, tzinfo=UTC), 40545, 40545.0, 40545.75, 20110102, 20110102.0]
)
def test_dates_datetimes_and_numbers_of_spreadsheets_are_days(value):
    assert parse_date(value) == DAY


def test_text_is_a_spreadsheet_serial_only_when_told_so():
    assert parse_date("40545.0", excel=True) == DAY
    assert parse_date("40545", excel=True) == DAY
    assert parse_date("20110102", excel=True) == DAY
    with pytest.raises(DateError, match="40545"):
        parse_date("40545.0")


@pytest.mark.parametrize(
    "value", [None, "", " ", "-", "--", "无", "NULL", "nan", float("nan"), "0", "\u3000"]
)
def test_empty_is_no_date(value):
    assert parse_date(value) is None


@pytest.mark.parametrize(
    "value",
    [
        "1900-01-01",
        "1900.01.01",
        "19000101",
        "0000-00-00",
        "00000000",
        "1899-12-30",
        "1899-12-31",
        "1900-01-00",
        "9999-12-31",
        "0001-01-01",
        "1900-01-01 00:00:00",
        date(1900, 1, 1),
        datetime(1899, 12, 30, tzinfo=UTC),
        1,
        0,
    ],
)
def test_placeholders_are_no_dates(value):
    assert parse_date(value) is None


@pytest.mark.parametrize("text", ["2011-02-30", "2011-13-01", "20110231", "2011年2月29日", "2011-00-10"])
def test_a_day_that_does_not_exist_is_refused_with_the_value(text):
    with pytest.raises(DateError, match="does not exist") as caught:
        parse_date(text)
    assert text in caught.value.what


@pytest.mark.parametrize("text", ["11-01-02", "11.1.2", "11年1月2日", "85/10/10"])
def test_two_digit_years_are_refused(text):
    with pytest.raises(DateError, match="two digits"):
        parse_date(text)


def test_day_first_and_coarse_dates_are_refused_each_with_its_reason():
    with pytest.raises(DateError, match="day/month"):
        parse_date("01/02/2011")
    for text in ("2011", "2011-05", "2011年5月", "2011年"):
        with pytest.raises(DateError, match="not a full date"):
            parse_date(text)


@pytest.mark.parametrize("text", ["abc", "2011-01/02", "1234-01-01", "2400-01-01", "20110102x", "公开"])
def test_what_is_no_date_is_refused_with_the_next_step(text):
    with pytest.raises(DateError) as caught:
        parse_date(text)
    assert caught.value.help


@pytest.mark.parametrize("number", [-3, 999999.0, 1e300, float("inf")])
def test_numbers_beyond_the_calendar_are_refused(number):
    with pytest.raises(DateError):
        parse_date(number)


days = st.dates(min_value=date(1900, 1, 2), max_value=date(2100, 12, 31))


@given(days)
def test_every_spelling_of_every_day_is_read_back(day):
    spellings = [
        day.isoformat(),
        day.strftime("%Y.%m.%d"),
        day.strftime("%Y%m%d"),
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.isoformat()}T00:00:00",
    ]
    assert {parse_date(spelling) for spelling in spellings} == {day}
    assert parse_date((day - date(1899, 12, 30)).days) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("27.03.2013", date(2013, 3, 27)),
        ("09.12.2013", date(2013, 12, 9)),
        ("12.31.2013", date(2013, 12, 31)),
        ("31/12/2013", date(2013, 12, 31)),
        ("12/31/2013", date(2013, 12, 31)),
        ("31-12-2013 09:30", date(2013, 12, 31)),
        ("05/05/2013", date(2013, 5, 5)),
        ("04-Jan-2013", date(2013, 1, 4)),
        ("4 January 2013", date(2013, 1, 4)),
        ("Jan 4, 2013", date(2013, 1, 4)),
        ("Sept. 4, 2013", date(2013, 9, 4)),
        ("4th March 2013", date(2013, 3, 4)),
        ("2013-Mar-04", date(2013, 3, 4)),
    ],
)
def test_dates_with_the_year_last_or_the_month_in_words_are_read(text, day):
    assert parse_date(text) == day


@pytest.mark.parametrize("text", ["09/12/2013", "9-12-2013"])
def test_an_order_that_the_text_does_not_tell_comes_from_the_column(text):
    with pytest.raises(DateError) as refused:
        parse_date(text)
    assert refused.value.code == "date-order-ambiguous"
    assert parse_date(text, order="day-first") == date(2013, 12, 9)
    assert parse_date(text, order="month-first") == date(2013, 9, 12)
    assert parse_date("2013-09-12", order="day-first") == date(2013, 9, 12)


@pytest.mark.parametrize("text", ["31.02.2013", "32/01/2013", "04-Foo-2013", "4 Ma 2013", "13/13/2013"])
def test_days_and_months_that_do_not_exist_are_refused(text):
    with pytest.raises(DateError):
        parse_date(text)


@given(days)
def test_every_day_is_read_back_with_the_year_last(day):
    months = "January February March April May June July August September October November December".split()
    named = months[day.month - 1]
    spellings = [
        f"{day.day:02d}.{day.month:02d}.{day.year}",
        f"{day.day}-{named[:3]}-{day.year}",
        f"{day.day} {named} {day.year}",
        f"{named} {day.day}, {day.year}",
    ]
    assert {parse_date(spelling) for spelling in spellings} == {day}
    assert parse_date(f"{day.day}/{day.month}/{day.year}", order="day-first") == day
    # Days above 12 tell the order against what the column says.
    assert parse_date(f"{day.month}/{day.day}/{day.year}", order="month-first") == day
    if day.year > 1904:
        assert parse_date((day - date(1904, 1, 1)).days, excel=True, from_1904=True) == day


@given(
    st.text(max_size=20) | st.from_regex(r"[0-9A-Za-z ./,年月日:-]{1,20}", fullmatch=True),
    st.booleans(),
    st.booleans(),
    st.sampled_from([None, "day-first", "month-first"]),
)
def test_any_text_is_read_or_refused_with_a_message_that_helps(text, excel, from_1904, order):
    try:
        parse_date(text, excel=excel, from_1904=from_1904, order=order)
    except DateError as error:
        assert error.help


@pytest.mark.shared
def test_all_dates_of_real_data_are_read(shared_data):
    polars = pytest.importorskip("polars")
    table = polars.read_parquet(
        shared_data / "data" / "patents.parquet", columns=["filing_date", "publication_date"]
    )
    for column in table.columns:
        assert all(parse_date(text) for text in table[column].drop_nulls())
