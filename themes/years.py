"""Counts of themes by year and by five-year plan (五年规划)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

__all__ = ["PLANS", "Plan", "YearTable", "by_plan", "by_year", "incomplete_from"]

# Patents are published up to 18 months after filing.
INCOMPLETE_MONTHS = 18


@dataclass(frozen=True, slots=True)
class Plan:
    """A five-year plan.

    Attributes:
        name: as everybody calls it.
        first: its first year.
        last: its last year.
    """

    name: str
    first: int
    last: int


PLANS = (
    Plan("十五", 2001, 2005),
    Plan("十一五", 2006, 2010),
    Plan("十二五", 2011, 2015),
    Plan("十三五", 2016, 2020),
    Plan("十四五", 2021, 2025),
    Plan("十五五", 2026, 2030),
)


@dataclass(frozen=True, slots=True)
class YearTable:
    """Patents per theme and period.

    Attributes:
        periods: P names: years as text, or plans.
        counts: int64 of shape (K, P): patents placed in each theme.
        totals: int64 of shape (P,): patents of the whole selection with a known year, placed or not.
        unknown: int64 of shape (K,): placed patents without a year, in no period.
        incomplete: bool of shape (P,): the period reaches into the last 18 months before the as-of
            date, and more will be published.
    """

    periods: tuple[str, ...]
    counts: npt.NDArray[np.int64]
    totals: npt.NDArray[np.int64]
    unknown: npt.NDArray[np.int64]
    incomplete: npt.NDArray[np.bool_]

    def shares(self) -> npt.NDArray[np.float64]:
        """Share of each theme in the selection's patents of each period; (K, P), 0 where there are none."""
        return np.asarray(self.counts / np.maximum(self.totals, 1))


def incomplete_from(as_of: date, months: int = INCOMPLETE_MONTHS) -> int:
    """First year whose filings are not all published at a date.

    A year is complete when all of it had passed `months` before the date. The last day of a month is
    reached from the last day of another: 18 months before 2025-06-30 is 2023-12-31, and 2023 is complete.

    Args:
        as_of: the day the exports were drawn.
        months: between filing and the latest publication.
    """
    after = as_of + timedelta(days=1)
    return (after.year * 12 + after.month - 1 - months) // 12


def by_year(
    labels: npt.NDArray[np.int64], years: Sequence[int | None], themes: int, *, as_of: date
) -> YearTable:
    """Count by filing year.

    Args:
        labels: int64 of shape (n,): theme, −1 for unplaced.
        years: n filing years, None where unknown.
        themes: number of themes K.
        as_of: day the exports were drawn.

    Returns:
        A period for every year from the first to the last known one; years without a patent too.
    """
    known = _known(years)
    if not (known >= 0).any():
        return _table((), np.full(len(known), -1), labels, themes, np.zeros(0, dtype=np.bool_))
    first, last = int(known[known >= 0].min()), int(known.max())
    periods = tuple(str(year) for year in range(first, last + 1))
    incomplete = np.arange(first, last + 1) >= incomplete_from(as_of)
    return _table(periods, np.where(known >= 0, known - first, -1), labels, themes, incomplete)


def by_plan(
    labels: npt.NDArray[np.int64], years: Sequence[int | None], themes: int, *, as_of: date
) -> YearTable:
    """Count by five-year plan; arguments as `by_year`'s. Years before 2001 are in no period."""
    known = _known(years)
    place = np.full(len(known), -1, dtype=np.int64)
    for number, plan in enumerate(PLANS):
        place[(known >= plan.first) & (known <= plan.last)] = number
    incomplete = np.array([plan.last >= incomplete_from(as_of) for plan in PLANS])
    return _table(tuple(plan.name for plan in PLANS), place, labels, themes, incomplete)


def _known(years: Sequence[int | None]) -> npt.NDArray[np.int64]:
    return np.array([-1 if year is None else year for year in years], dtype=np.int64)


def _table(
    periods: tuple[str, ...],
    place: npt.NDArray[np.int64],
    labels: npt.NDArray[np.int64],
    themes: int,
    incomplete: npt.NDArray[np.bool_],
) -> YearTable:
    """Count the patents of each theme in each period."""
    size = len(periods)
    both = (labels >= 0) & (place >= 0)
    counts = np.bincount(labels[both] * size + place[both], minlength=themes * size)
    totals = np.bincount(place[place >= 0], minlength=size)
    unknown = np.bincount(labels[(labels >= 0) & (place < 0)], minlength=themes)
    return YearTable(
        periods,
        counts.reshape(themes, size).astype(np.int64),
        totals.astype(np.int64),
        unknown.astype(np.int64),
        incomplete,
    )
