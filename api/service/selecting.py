"""Filters and 检索式 → Selection on the live snapshot."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.service.last_used import LastUsed
from patents.errors import InputError

if TYPE_CHECKING:
    from api.service.live import LiveSnapshot
    from selection.selection import Selection

# Selections that are kept; one is a bitmap, 15 kB at most for 120,000 patents, 1.2 MB for ten million.
_KEPT = 64
_PERIOD = re.compile(r"(\d{4})[-./年]?(\d{1,2})?[-./月]?(\d{1,2})?日?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """The short filters of a search; values of one are alternatives, the filters narrow each other.

    Dates are a day, a month or a year, in any spelling. `dialect` is that of `where`; None reads it off.
    """

    industry: tuple[str, ...] = ()
    ipc: tuple[str, ...] = ()
    applicant: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    patent_type: tuple[str, ...] = ()
    legal_state: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    where: str = ""
    dialect: str | None = None
    filed_from: str | None = None
    filed_to: str | None = None
    published_from: str | None = None
    published_to: str | None = None
    granted_from: str | None = None
    granted_to: str | None = None

    def to_query(self) -> str:
        """The 检索式 that these filters abbreviate; `*` when none is set.

        Raises:
            QueryError: a value or `where` is wrong.
            InputError: a date is none.
        """
        from selection.filters import Filters as ShortOptions
        from selection.selection import joined_text

        periods = (
            _between("AD", self.filed_from, self.filed_to),
            _between("PD", self.published_from, self.published_to),
            _between("GRANT-DATE", self.granted_from, self.granted_to),
        )
        short = ShortOptions(
            industry=self.industry,
            ipc=self.ipc,
            applicant=self.applicant,
            region=self.region,
            patent_type=self.patent_type,
            legal_state=self.legal_state,
            theme=self.theme,
            tag=self.tag,
            where=self._where(),
        ).to_query()
        dates = " and ".join(clause for clause in periods if clause)
        if short == "*" or not dates:
            return dates or short
        return joined_text(short, "and", dates)

    def _where(self) -> str:
        """`where` as it is read without a dialect."""
        from selection.language import parse

        return (
            parse(self.where, self.dialect).canonical if self.dialect and self.where.strip() else self.where
        )


class KeptSelections:
    """What filters selected on one snapshot, the last ones used: readers page and refine.

    Selections by tag are not kept: users put tags on at any time, all else stands still in a snapshot.

    Args:
        live: the snapshot.
    """

    def __init__(self, live: LiveSnapshot) -> None:
        self._live = live
        self._kept: LastUsed[Filters, Selection] = LastUsed(_KEPT)

    def of(self, filters: Filters) -> Selection:
        """The Selection of some filters; see `select`."""
        if (kept := self._kept.find(filters)) is not None:
            return kept
        text = filters.to_query()
        by_tag = "TAG" in text
        found = _evaluated(self._live, text, tags=by_tag)
        if not by_tag:
            self._kept.put(filters, found)
        return found


def select(live: LiveSnapshot, filters: Filters) -> Selection:
    """Evaluate filters on the live snapshot.

    Raises:
        QueryError: they are wrong, or this library cannot answer a part of them.
    """
    return live.selections.of(filters)


def _evaluated(live: LiveSnapshot, text: str, *, tags: bool) -> Selection:
    from api.service.environment import environment_of
    from selection.evaluation.evaluation import evaluate
    from selection.selection import everything

    if text == "*":
        return everything(live.count, live.number)
    return evaluate(text, live.corpus, environment_of(live, tags=tags), dialect="incopat")


def _between(field: str, low: str | None, high: str | None) -> str:
    first, last = _day(low, "0101"), _day(high, "1231")
    if first and last:
        return f"{field}=[{first} to {last}]"
    if first:
        return f"({field}>={first})"
    return f"({field}<={last})" if last else ""


def _day(text: str | None, rest: str) -> str:
    """`2016` → 20160101 or 20161231; `2016-05` and `2016-05-02` likewise."""
    if not text or not text.strip():
        return ""
    found = _PERIOD.fullmatch(text.strip())
    if found is None:
        raise InputError(
            f"{text!r} is no date", help="write a day, month or year: 2016-05-02, 2016-05 or 2016"
        )
    year, month, day = found.groups()
    return (
        year
        + (month.zfill(2) if month else rest[:2])
        + (day.zfill(2) if day else _last_day(year, month, rest))
    )


def _last_day(year: str, month: str | None, rest: str) -> str:
    from calendar import monthrange

    if rest[2:] == "01" or month is None:
        return rest[2:]
    if not 1 <= int(month) <= 12:
        raise InputError(f"{year}-{month} is no month", help="months run from 1 to 12")
    return str(monthrange(int(year), int(month))[1])
