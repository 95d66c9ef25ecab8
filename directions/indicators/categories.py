"""Patents by category, whatever the categories are: classes, industries, regions, applicants.

A *long* frame has one line for each patent and category it is in: columns `row` and `category`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import polars as pl

from directions.indicators.building import ENOUGH, annual_growth, complete_period
from directions.indicators.marks import INVENTION, grant_known, granted, in_force
from directions.indicators.operation import operation_known, operations
from directions.study import Period, Study

SPAN = 3  # years compared with as many before them, for what is most active
_MARKS = {"invention": "发明", "granted": "授权量", "in_force": "有效量", "operated": "运营量"}
_SMALLEST_FLOOR = 10
_FLOOR_SHARE = 0.005


def long_frame(study: Study, category: pl.Expr) -> pl.DataFrame:
    """Patents with the categories of each, each category of a patent once.

    Args:
        study: whose patents.
        category: expression over `Study.patents`, text or list of texts; null and "" are no category.
    """
    frame = study.patents.select("row", category=category)
    if isinstance(frame.schema["category"], pl.List):
        frame = frame.explode("category")
    kept = frame.filter(pl.col("category").fill_null("") != "")
    return kept.unique(["row", "category"], maintain_order=True)


def tally(long: pl.DataFrame) -> pl.DataFrame:
    """Count categories: `category`, `count`; most first, then by name."""
    return (
        long.group_by("category")
        .agg(count=pl.len().cast(pl.Int64))
        .sort("count", "category", descending=[True, False])
    )


def unique_patents(long: pl.DataFrame) -> int:
    """Patents that have a category."""
    return int(long["row"].n_unique())


def yearly(study: Study, long: pl.DataFrame, categories: Sequence[str], period: Period) -> pl.DataFrame:
    """Counts of some categories by year, every year of the period: `category`, `year`, `count`."""
    wanted = pl.DataFrame({"category": list(categories)}, schema={"category": pl.String})
    years = pl.DataFrame({"year": list(range(period.first, period.last + 1))}, schema={"year": pl.Int32})
    found = (
        long.filter(pl.col("category").is_in(list(categories)))
        .join(study.patents.select("row", "year"), on="row")
        .group_by("category", "year")
        .agg(count=pl.len().cast(pl.Int64))
    )
    return (
        wanted.join(years, how="cross")
        .join(found, on=["category", "year"], how="left", maintain_order="left")
        .with_columns(pl.col("count").fill_null(0))
    )


def growth_rates(study: Study, long: pl.DataFrame, categories: Sequence[str]) -> list[float | None]:
    """年均增长率 of some categories over the complete years of the study's period, in their order."""
    period = complete_period(study)
    if period.years < 2 or not categories:
        return [None] * len(categories)
    counts = yearly(study, long, categories, period)["count"].to_list()
    size = period.years
    return [
        annual_growth(
            study, dict(zip(range(period.first, period.last + 1), counts[place : place + size], strict=True))
        )
        for place in range(0, len(counts), size)
    ]


def spans(study: Study) -> tuple[Period, Period]:
    """The last complete years of the period and as many before them, three each."""
    last = complete_period(study).last
    return Period(last - 2 * SPAN + 1, last - SPAN), Period(last - SPAN + 1, last)


def not_comparable(study: Study) -> str:
    """Why recent growth cannot be told: the study does not reach back over both spans; empty when it does."""
    if spans(study)[0].first >= study.period.first:
        return ""
    return f"研究期内完整年份不足{2 * SPAN}年，不比较近期增长"


def floor_of(study: Study, floor: int | None = None) -> int:
    """Least patents of both spans together for a category to be called active."""
    if floor is not None:
        return floor
    before, after = spans(study)
    both = int(study.patents["year"].is_between(before.first, after.last).sum())
    return max(_SMALLEST_FLOOR, math.ceil(_FLOOR_SHARE * both))


def active(study: Study, long: pl.DataFrame, floor: int | None = None) -> pl.DataFrame:
    """Categories by how fast they grew lately, fastest first.

    Returns:
        `category`, `earlier`, `later` (patents of the two spans), `growth` (later / earlier − 1; null
        where the earlier span is empty); only those at or above the floor that did grow.
    """
    before, after = spans(study)
    dated = long.join(study.patents.select("row", "year"), on="row")
    return (
        dated.group_by("category")
        .agg(
            earlier=pl.col("year").is_between(before.first, before.last).sum().cast(pl.Int64),
            later=pl.col("year").is_between(after.first, after.last).sum().cast(pl.Int64),
        )
        .filter(pl.col("earlier") + pl.col("later") >= floor_of(study, floor))
        .filter(pl.col("later") > pl.col("earlier"))
        .with_columns(
            growth=pl.when(pl.col("earlier") > 0).then(pl.col("later") / pl.col("earlier") - 1),
            rank=(pl.col("later") + 0.5) / (pl.col("earlier") + 0.5),
        )
        .sort("rank", "category", descending=[True, False])
        .drop("rank")
    )


def marked(study: Study, long: pl.DataFrame) -> pl.DataFrame:
    """What is known of the patents of each category; null for what too few patents tell.

    Returns:
        `category`, `invention`, `granted`, `in_force`, `operated`.
    """
    untold = untold_marks(study)
    marks = study.patents.select(
        "row",
        invention=pl.col("patent_type") == INVENTION,
        granted=granted(),
        in_force=in_force(),
        operated=operations(study)["operated"],
    )
    told = [
        pl.lit(None, dtype=pl.Int64).alias(name)
        if name in untold
        else pl.col(name).sum().cast(pl.Int64).alias(name)
        for name in _MARKS
    ]
    return long.join(marks, on="row").group_by("category").agg(told)


def untold_marks(study: Study) -> tuple[str, ...]:
    """Those of invention, granted, in_force and operated that too few patents tell of."""
    known = study.patents.select(
        invention=pl.col("patent_type").is_not_null(),
        granted=grant_known() & (not study.lacking("grant_date")),
        in_force=pl.col("legal_state").is_not_null(),
        operated=operation_known(),
    ).sum()
    return tuple(name for name in _MARKS if known[name].item() < ENOUGH * study.count)


def untold_note(study: Study) -> tuple[str, str]:
    """Say which of the columns of `marked` are left empty, and why; empty when none is."""
    untold = untold_marks(study)
    if not untold:
        return "", ""
    names = "、".join(_MARKS[name] for name in untold)
    return (
        f"{names}所需字段的覆盖率不足{ENOUGH:.0%}，从略。",
        f"Left empty, as fewer than {ENOUGH:.0%} of the patents tell: {', '.join(untold)}.",
    )
