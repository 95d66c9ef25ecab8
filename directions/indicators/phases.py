"""增长阶段: change points in the growth of yearly counts."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import polars as pl

from directions.facts import TableColumn
from directions.indicators.counts import COUNT, complete_period, incomplete_note, year_counts
from directions.indicators.declaration import Rows, Unavailable, table
from directions.indicators.filings import lacking_year
from directions.study import Study
from patents.bilingual import Text

_SHORTEST = 3  # years of a phase
_MOST = 4  # phases
_FAST, _STEADY = 0.15, 0.05
Floats = npt.NDArray[np.float64]


@table(
    id="growth_phases",
    title=Text("增长阶段", "Growth phases"),
    columns=(
        TableColumn("phase", Text("阶段", "Phase")),
        TableColumn("years", Text("年份", "Years")),
        COUNT,
        TableColumn("rate", Text("年增长率", "Growth a year"), "share", "%"),
    ),
    definitions=("phase.trend",),
    needs=lacking_year,
)
def growth_phases(study: Study) -> Rows:
    """The complete years of the period in phases of even growth, with the yearly rate of each."""
    years = year_counts(study, complete_period(study))
    if len(years) < 2 * _SHORTEST or not any(years.values()):
        least = 2 * _SHORTEST
        raise Unavailable(
            Text(f"完整年份不足{least}年，不分阶段", f"fewer than {least} complete years to part into phases")
        )
    counts = np.array(list(years.values()), dtype=np.float64)
    first = min(years)
    lines = []
    for start, end in pairwise(change_points(counts)):
        rate = float(np.expm1(_line(counts, start, end)[1]))
        span = f"{first + start}—{first + end - 1}"
        lines.append((phase_name(rate), span, int(counts[start:end].sum()), rate))
    frame = pl.DataFrame(lines, schema=["phase", "years", "count", "rate"], orient="row")
    return Rows(frame, pl.col("year").is_not_null(), (incomplete_note(study),))


def phase_name(rate: float) -> str:
    """Name of a phase by its yearly rate of growth."""
    if rate >= _FAST:
        return "快速增长"
    if rate >= _STEADY:
        return "稳步增长"
    return "平稳" if rate >= -_STEADY else "回落"


def change_points(counts: Floats) -> list[int]:
    """Where the growth of yearly counts changes.

    Args:
        counts: float64 of shape (T,), counts of consecutive years.

    Returns:
        Bounds of the phases: 0, the first year of each further phase, T.
    """
    size = len(counts)
    most = max(1, min(_MOST, size // (_SHORTEST + 1)))
    splits = [_best_split(counts, pieces) for pieces in range(1, most + 1)]
    spare = size - (3 * most - 1)
    spread = max(1.0, splits[-1][0] / spare) if spare > 0 else 1.0
    scores = [cost / spread + (3 * pieces - 1) * np.log(size) for pieces, (cost, _) in enumerate(splits, 1)]
    return [0, *splits[int(np.argmin(scores))][1]]


def _best_split(counts: Floats, pieces: int) -> tuple[float, list[int]]:
    """Least cost of fitting so many lines, and where each ends."""

    @cache
    def cost(start: int, end: int) -> float:
        return _line(counts, start, end)[0]

    @cache
    def best(end: int, left: int) -> tuple[float, tuple[int, ...]]:
        if left == 1:
            return cost(0, end), (end,)
        least: tuple[float, tuple[int, ...]] = (float("inf"), (end,))
        for start in range(_SHORTEST * (left - 1), end - _SHORTEST + 1):
            before, ends = best(start, left - 1)
            whole = before + cost(start, end)
            if whole < least[0]:
                least = whole, (*ends, end)
        return least

    lowest, ends = best(len(counts), pieces)
    return lowest, list(ends)


def _line(counts: Floats, start: int, end: int) -> tuple[float, float]:
    """Weighted squares left by a line through the logarithms of some years, and its slope."""
    weight = counts[start:end] + 0.5
    value, year = np.log(weight), np.arange(end - start, dtype=np.float64)
    middle = float((weight * year).sum() / weight.sum())
    level = float((weight * value).sum() / weight.sum())
    slope = float((weight * (year - middle) * (value - level)).sum() / (weight * (year - middle) ** 2).sum())
    rest = value - level - slope * (year - middle)
    return float((weight * rest**2).sum()), slope
