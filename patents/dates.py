"""Dates in all the spellings of exports."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from patents.errors import DateError
from patents.half_width import fold, is_empty_mark, shown

_TIME = r"(?:[T ]*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[AP]M|Z|[+-]\d{2}:?\d{2})?)?"
_SEPARATED = re.compile(rf"(\d{{4}})\s*([-./])\s*(\d{{1,2}})\s*\2\s*(\d{{1,2}})\s*\.?\s*{_TIME}", re.ASCII)
_CHINESE = re.compile(rf"(\d{{4}})\s*年\s*(\d{{1,2}})\s*月\s*(\d{{1,2}})\s*[日号]?\s*{_TIME}", re.ASCII)
_DIGITS = re.compile(rf"(\d{{4}})(\d\d)(\d\d)(?:\.0+)?\s*{_TIME}", re.ASCII)
_TWO_DIGIT_YEAR = re.compile(r"\d{1,2}[-./年]\d{1,2}[-./月]\d{1,2}日?", re.ASCII)
_DAY_FIRST = re.compile(r"\d{1,2}[-./]\d{1,2}[-./]\d{4}", re.ASCII)
_COARSE = re.compile(r"\d{4}(?:年|[-./年]\d{1,2}月?)?", re.ASCII)
_SERIAL = re.compile(r"\d{1,6}(?:\.\d+)?", re.ASCII)

_EXCEL_ZERO = date(1899, 12, 30)
_EXCEL_LAST = 73415  # 2100-12-31
_LONGEST = 40
_FIRST_YEAR, _LAST_YEAR = 1700, 2199
_SENTINELS = frozenset(
    {(0, 0, 0), (1, 1, 1), (1899, 12, 30), (1899, 12, 31), (1900, 1, 0), (1900, 1, 1), (9999, 12, 31)}
)


def parse_date(value: str | int | float | date | None, *, excel: bool = False) -> date | None:
    """Read a date.

    Accepted: 2011-01-02, 2011.01.02, 2011/1/2, 20110102, 2011年1月2日, full-width digits, a time
    behind them, datetimes. Numbers are Excel serials (1900 system) unless they read as YYYYMMDD;
    text such as "40545.0" is a serial only when told so.

    Args:
        value: the cell.
        excel: the text comes from a spreadsheet whose numbers were read as text.

    Returns:
        The day; None for an empty cell, "-" and the placeholders 1900-01-01, 0000-00-00, 1899-12-30
        and 9999-12-31.

    Raises:
        DateError: two-digit year, day before month, month or year only, or a day that does not exist.
    """
    if isinstance(value, str):
        return _parse(value if len(value) <= _LONGEST else value.strip()[: _LONGEST + 1], excel)
    if value is None or isinstance(value, date):
        return _day_of(value)
    return _parse(str(value), True)


def _day_of(value: date | None) -> date | None:
    day = value.date() if isinstance(value, datetime) else value
    return None if day is None or (day.year, day.month, day.day) in _SENTINELS else day


@lru_cache(maxsize=65536)
def _parse(text: str, excel: bool) -> date | None:
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
        return _from_serial(float(folded), text)
    raise _refusal(folded, text)


def _checked(year: str, month: str, day: str, text: str) -> date | None:
    parts = (int(year), int(month), int(day))
    if parts in _SENTINELS:
        return None
    try:
        value = date(*parts)
    except ValueError:
        raise DateError(
            f"{shown(text)} is a day that does not exist.", help="Correct it in the export."
        ) from None
    if not _FIRST_YEAR <= value.year <= _LAST_YEAR:
        raise DateError(f"{shown(text)} lies in the year {value.year}.", help="Correct it in the export.")
    return value


def _from_serial(serial: float, text: str) -> date | None:
    if not 1 <= serial <= _EXCEL_LAST:
        raise DateError(
            f"{shown(text)} is no date: spreadsheet days count from 1 (1900) to {_EXCEL_LAST} (2100).",
            help="Write dates as 2011-01-02.",
        )
    return _day_of(_EXCEL_ZERO + timedelta(days=int(serial)))


def _refusal(folded: str, text: str) -> DateError:
    if _TWO_DIGIT_YEAR.fullmatch(folded):
        return DateError(
            f"{shown(text)} has a year of two digits.", help="Export again with four-digit years."
        )
    if _DAY_FIRST.fullmatch(folded):
        return DateError(
            f"{shown(text)} may mean day/month or month/day.", help="Export again with dates as 2011-01-02."
        )
    if _COARSE.fullmatch(folded):
        return DateError(
            f"{shown(text)} is no full date.",
            help="Year, month and day are needed; leave it empty if unknown.",
        )
    return DateError(f"{shown(text)} is no date.", help="Write dates as 2011-01-02, 2011.01.02 or 20110102.")
