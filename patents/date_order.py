"""Days of a record that cannot be right, however well each reads by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from patents.record import PatentRecord

_PAST = ("filing_date", "publication_date", "grant_date", "priority_date")
_NOT_BEFORE_FILING = ("publication_date", "grant_date")


class DateDoubt(NamedTuple):
    """A day that contradicts another one; the record keeps it."""

    field: str
    day: date
    reason: str


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
                f"lies after the as-of date {as_of}; correct it in the export, or give the day of the "
                "export with --as-of",
            )
    filed = record.filing_date
    for name in _NOT_BEFORE_FILING:
        day = getattr(record, name)
        if filed is not None and day is not None and day < filed:
            yield DateDoubt(
                name, day, f"lies before the filing date {filed}; one of them is wrong in the export"
            )
