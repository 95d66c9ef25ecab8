"""Ranges with both ends there and included, as PatSnap writes them."""

from __future__ import annotations

from datetime import date, timedelta

from patents.errors import QueryError
from selection.language.fields import Field
from selection.language.tree import Range
from selection.language.values import days_of

FIRST_DAY, LAST_DAY = "10000101", "99991231"
LARGEST_NUMBER = "999999999999"
_DAY = timedelta(days=1)


def closed_range(field: Field, span: Range) -> Range:
    """The same values between ends that are there and included.

    Raises:
        QueryError: bounds of this kind of field cannot be moved, or there is no value beyond them.
    """
    if field.kind == "number":
        return Range(_next_number(span), _number_before(span))
    if field.kind == "class":
        if span.above or span.below or span.low is None or span.high is None:
            raise QueryError("query-range-of-classes-open")
        return span
    return Range(_next_day(span), _day_before(span))


def _next_number(span: Range) -> str:
    return str(int(span.low) + span.above) if span.low is not None else "0"


def _number_before(span: Range) -> str:
    if span.high is None:
        return LARGEST_NUMBER
    if span.below and int(span.high) == 0:
        raise QueryError("query-range-below-zero")
    return str(int(span.high) - span.below)


def _next_day(span: Range) -> str:
    if span.low is None:
        return FIRST_DAY
    return _moved(days_of(span.low).last, 1) if span.above else span.low


def _day_before(span: Range) -> str:
    if span.high is None:
        return LAST_DAY
    return _moved(days_of(span.high).first, -1) if span.below else span.high


def _moved(day: date, by: int) -> str:
    try:
        return f"{day + by * _DAY:%Y%m%d}"
    except OverflowError:
        raise QueryError("query-range-beyond-days", day=day) from None
