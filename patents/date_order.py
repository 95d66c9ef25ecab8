"""Days of a record that cannot be right, however well each reads by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from patents.application_number import filing_year
from patents.messages import Message, message
from patents.record import PatentRecord

_PAST = ("filing_date", "publication_date", "grant_date", "priority_date")
_NOT_BEFORE_FILING = ("publication_date", "grant_date")


class DateDoubt(NamedTuple):
    """A day that contradicts another one; the record keeps it."""

    field: str
    day: date
    reason: Message


def date_doubts(record: PatentRecord, as_of: date) -> Iterator[DateDoubt]:
    """Find the days that lie after the as-of date of their export, and publications before the filing.

    Args:
        record: one row.
        as_of: the day that its export shows.
    """
    for name in _PAST:
        day = getattr(record, name)
        if day is not None and day > as_of:
            yield DateDoubt(
                name,
                day,
                message("date-after-as-of", as_of=as_of),
            )
    filed = record.filing_date
    if filed is not None:
        yield from _against_number(filed, record)
    for name in _NOT_BEFORE_FILING:
        day = getattr(record, name)
        if filed is not None and day is not None and day < filed:
            yield DateDoubt(name, day, message("date-before-filing", filed=filed))


def _against_number(filed: date, record: PatentRecord) -> Iterator[DateDoubt]:
    """A filing day of another year than the number's, where no divisional application explains it.

    A divisional keeps the day of its parent and gets a number of its own year; what is posted in the last
    days of a year is numbered in the next.
    """
    year = filing_year(record.application_number)
    if year is None or year == filed.year or (year > filed.year and record.parent_application):
        return
    if year == filed.year + 1 and filed.month == 12:
        return
    reason = message("filing-day-contradicts-number", day=filed, number=record.application_number, year=year)
    yield DateDoubt("filing_date", filed, reason)
