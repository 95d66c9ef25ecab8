"""Dates in all the spellings of exports."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal

from patents.errors import DateError
from patents.half_width import fold, is_empty_mark, shown

_TIME = r"(?:[T ]*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[AP]M|Z|[+-]\d{2}:?\d{2})?)?"
_SEPARATED = re.compile(rf"(\d{{4}})\s*([-./])\s*(\d{{1,2}})\s*\2\s*(\d{{1,2}})\s*\.?\s*{_TIME}", re.ASCII)
_CHINESE = re.compile(rf"(\d{{4}})\s*年\s*(\d{{1,2}})\s*月\s*(\d{{1,2}})\s*[日号]?\s*{_TIME}", re.ASCII)
_DIGITS = re.compile(rf"(\d{{4}})(\d\d)(\d\d)(?:\.0+)?\s*{_TIME}", re.ASCII)
_TWO_DIGIT_YEAR = re.compile(r"\d{1,2}[-./年]\d{1,2}[-./月]\d{1,2}日?", re.ASCII)
_YEAR_LAST = re.compile(rf"(\d{{1,2}})\s*([-./])\s*(\d{{1,2}})\s*\2\s*(\d{{4}})\s*{_TIME}", re.ASCII)
_MONTH = "(?P<month>[A-Za-z]{3,9})"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_NAMED = tuple(
    re.compile(rf"{form}\s*{_TIME}", re.ASCII | re.IGNORECASE)
    for form in (
        rf"{_DAY}[-./, ]*{_MONTH}[-./, ]*(?P<year>\d{{4}})",
        rf"{_MONTH}[-./ ]*{_DAY}[-., ]+(?P<year>\d{{4}})",
        rf"(?P<year>\d{{4}})[-./, ]*{_MONTH}[-./ ]*{_DAY}",
    )
)
_MONTHS = "january february march april may june july august september october november december".split()
_COARSE = re.compile(r"\d{4}(?:年|[-./年]\d{1,2}月?)?", re.ASCII)
_SERIAL = re.compile(r"\d{1,6}(?:\.\d+)?", re.ASCII)

DayOrder = Literal["day-first", "month-first"]
"""What stands first where the year stands last."""

_EXCEL_ZERO = date(1899, 12, 30)
_DAYS_1904 = 1462
"""Days from the zero of workbooks that count from 1900 to that of workbooks that count from 1904."""

_EXCEL_LAST = 73415  # 2100-12-31
_LONGEST = 40
_FIRST_YEAR, _LAST_YEAR = 1700, 2199
_SENTINELS = frozenset(
    {(0, 0, 0), (1, 1, 1), (1899, 12, 30), (1899, 12, 31), (1900, 1, 0), (1900, 1, 1), (9999, 12, 31)}
)


def parse_date(
    value: str | int | float | date | None,
    *,
    excel: bool = False,
    from_1904: bool = False,
    order: DayOrder | None = None,
) -> date | None:
    """Read a date.

    Accepted: 2011-01-02, 2011.01.02, 2011/1/2, 20110102, 2011年1月2日, 02-Jan-2011, January 2, 2011,
    full-width digits, a time behind them, datetimes. 02.01.2011 with dots has the day first everywhere;
    31/12/2011 and 12/31/2011 read one way only. Numbers are spreadsheet days unless they read as YYYYMMDD;
    text such as "40545.0" is one only in a spreadsheet.

    Args:
        value: the cell.
        excel: the text comes from a spreadsheet whose numbers were read as text.
        from_1904: its days count from 1904 and not from 1900.
        order: what stands first in dates such as 02/01/2011, where the column shows it.

    Returns:
        The day; None for an empty cell, "-" and the placeholders 1900-01-01, 0000-00-00, 1899-12-30
        and 9999-12-31.

    Raises:
        DateError: two-digit year, an order of day and month that nothing tells, month or year only, or a
            day that does not exist.
    """
    if isinstance(value, str):
        text = value if len(value) <= _LONGEST else value.strip()[: _LONGEST + 1]
        return _parse(text, excel, from_1904, order)
    if value is None or isinstance(value, date):
        return _day_of(value)
    return _parse(str(value), True, from_1904, order)


def _day_of(value: date | None) -> date | None:
    day = value.date() if isinstance(value, datetime) else value
    return None if day is None or (day.year, day.month, day.day) in _SENTINELS else day


@lru_cache(maxsize=65536)
def _parse(text: str, excel: bool, from_1904: bool, order: DayOrder | None) -> date | None:
    folded = " ".join(fold(text).split())
    match = _SEPARATED.fullmatch(folded)
    if match:
        return _checked(match[1], match[3], match[4], text)
    match = _DIGITS.fullmatch(folded) or _CHINESE.fullmatch(folded)
    if match:
        return _checked(match[1], match[2], match[3], text)
    if is_empty_mark(folded) or not folded.strip("0-:. "):
        return None
    if excel and _SERIAL.fullmatch(folded):
        return _from_serial(float(folded) + (_DAYS_1904 if from_1904 else 0), text)
    match = _YEAR_LAST.fullmatch(folded)
    if match:
        return _year_last(match, order, text)
    named = next(filter(None, (form.fullmatch(folded) for form in _NAMED)), None)
    if named:
        return _named(named, text)
    raise _refusal(folded, text)


def _year_last(match: re.Match[str], order: DayOrder | None, text: str) -> date | None:
    """A date with the year last, read the only way it can be read, else in the order that is known."""
    first, second, year = match[1], match[3], match[4]
    if int(first) > 12 or (match[2] == "." and int(second) <= 12):
        order = "day-first"
    elif int(second) > 12:
        order = "month-first"
    if order is None and first != second:
        raise DateError("date-order-ambiguous", value=text)
    month, day = (first, second) if order == "month-first" else (second, first)
    return _checked(year, month, day, text)


def _named(match: re.Match[str], text: str) -> date | None:
    name = match["month"].lower()
    months = [number for number, month in enumerate(_MONTHS, start=1) if month.startswith(name)]
    if name == "sept":
        months = [9]
    if len(months) != 1:
        raise _refusal(text, text)
    return _checked(match["year"], str(months[0]), match["day"], text)


def _checked(year: str, month: str, day: str, text: str) -> date | None:
    parts = (int(year), int(month), int(day))
    if parts in _SENTINELS:
        return None
    try:
        value = date(*parts)
    except ValueError:
        raise DateError("date-does-not-exist", value=shown(text)) from None
    if not _FIRST_YEAR <= value.year <= _LAST_YEAR:
        raise DateError("date-year-out-of-range", value=shown(text), year=value.year)
    return value


def _from_serial(serial: float, text: str) -> date | None:
    if not 1 <= serial <= _EXCEL_LAST:
        raise DateError("date-serial-out-of-range", value=shown(text), last=_EXCEL_LAST)
    return _day_of(_EXCEL_ZERO + timedelta(days=int(serial)))


def _refusal(folded: str, text: str) -> DateError:
    if _TWO_DIGIT_YEAR.fullmatch(folded):
        return DateError("date-year-of-two-digits", value=shown(text))
    if _COARSE.fullmatch(folded):
        return DateError("date-not-complete", value=shown(text))
    return DateError("date-not-valid", value=shown(text))
