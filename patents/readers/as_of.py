"""When an export was made (检索截止日): by a line in the file, its name, or the newest event it tells of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import PurePath
from typing import Literal, NamedTuple

from patents.record import PatentRecord

Source = Literal["file", "name", "events", "today"]

# CNKI-20250409224248644.xls, 20240401085613950.XLSX, 专利_2024-04-01.csv; the time may stand behind the day.
_IN_NAME = re.compile(
    r"(?<!\d)((?:19|20)\d\d)([-_.年]?)(\d\d?)(?:\2|月)(\d\d?)日?"
    r"(?:[-_ T]?(\d\d)[-_:.]?(\d\d)[-_:.]?(\d\d)(?:\.?\d{3})?)?(?!\d)"
)
_EVENTS = (
    "filing_date",
    "publication_date",
    "grant_date",
    "examination_date",
    "pct_entry_date",
    "lapse_date",
)
STALE_DAYS = 730
"""So long before the as-of date the newest event of a current export never lies: weeks are usual."""


class AsOfProposal(NamedTuple):
    """A day, and where it was learnt."""

    day: date
    source: Source


def day_in_name(name: str, today: date) -> date | None:
    """The latest day in a file's name, with or without a time behind it; None where there is none."""
    days = (_day(match) for match in _IN_NAME.finditer(PurePath(name).stem))
    return max((day for day in days if day is not None and day <= today), default=None)


def _day(match: re.Match[str]) -> date | None:
    year, separator, month, day, *time = match.groups()
    if not separator and len(month) + len(day) < 4:
        return None
    try:
        hour, minute, second = (int(part or 0) for part in time)
        return datetime(int(year), int(month), int(day), hour, minute, second).date()
    except ValueError:
        return None


def newest_event(record: PatentRecord, today: date) -> date | None:
    """The latest day of a record that is not to come."""
    return max((day for day in _days(record) if day <= today), default=None)


def _days(record: PatentRecord) -> Iterator[date]:
    for name in _EVENTS:
        day = getattr(record, name)
        if day is not None:
            yield day
    yield from (event.date for event in record.events if event.date is not None)
