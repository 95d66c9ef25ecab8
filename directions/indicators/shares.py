"""Counts and shares with their coverage and 95 % interval."""

from __future__ import annotations

import math
from collections.abc import Sequence

import polars as pl

from directions.facts import Coverage, needs_text
from directions.indicators.counts import known_count
from directions.indicators.declaration import Unavailable, Value
from directions.study import Study
from patents.bilingual import Text

#: A rate needs to know of so large a share of its denominator whether it counts: what is blank in an
#: export may be a no or an unknown.
ENOUGH = 0.8
_Z = 1.959964  # two-sided 95 %


def counted(study: Study, rows: pl.Expr, known: pl.Expr, within: pl.Expr | None = None) -> Value:
    """Count patents.

    Args:
        study: what is counted.
        rows: patents that count.
        known: patents of which it is known whether they count.
        within: patents that the definition speaks of; all when None.
    """
    frame = study.patents if within is None else study.patents.filter(within)
    return Value(known_count(frame, rows), Coverage(known_count(frame, known), frame.height))


def share(part: int, whole: int, coverage: Coverage, *, unknown: int = 0) -> Value:
    """A share with its 95 % interval.

    Args:
        part: patents that have it.
        whole: patents of the denominator.
        coverage: what it rests on.
        unknown: patents of the denominator that may have it; the upper end allows for them.

    Raises:
        Unavailable: the denominator is zero.

    Source of the interval: Wilson, Probable Inference, the Law of Succession, JASA 22, 1927.
    """
    if whole == 0:
        raise Unavailable(coverage=coverage)
    if part > whole:
        return Value(part / whole, coverage)
    low, high = wilson(part, whole)[0], wilson(min(part + unknown, whole), whole)[1]
    return Value(part / whole, coverage, low, high)


def wilson(part: int, whole: int) -> tuple[float, float]:
    """95 % interval of a share, `whole` > 0; a hundred times faster than `scipy.stats.binomtest`."""
    share, square = part / whole, _Z * _Z
    middle = (share + square / (2 * whole)) / (1 + square / whole)
    half = _Z * math.sqrt(share * (1 - share) / whole + square / (4 * whole * whole)) / (1 + square / whole)
    return max(0.0, middle - half), min(1.0, middle + half)


def expect_enough(frame: pl.DataFrame, known: pl.Expr, needed: Sequence[str]) -> None:
    """Raise `Unavailable` where what is needed is known of too few patents."""
    coverage = Coverage(known_count(frame, known), frame.height)
    if coverage.share < ENOUGH:
        needs = needs_text(needed)
        raise Unavailable(
            Text(
                f"仅{coverage.share:.0%}的专利可知，{needs.zh}",
                f"known of {coverage.share:.0%} of the patents only; {needs.en}",
            ),
            coverage,
        )
