"""Patents by category, whatever the categories are: classes, industries, regions, applicants.

A *long* frame has one line for each patent and category it is in: columns `row` and `category`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import polars as pl

from directions.facts import Coverage, TableColumn
from directions.indicators.counts import annual_growth, complete_period
from directions.indicators.declaration import Unavailable, Value
from directions.indicators.marks import INVENTION, grant_known, granted, in_force
from directions.indicators.operation import operation_known, operations
from directions.indicators.shares import ENOUGH, share
from directions.study import Period, Study
from patents.bilingual import NO_TEXT, Text

SPAN = 3  # years compared with as many before them, for what is most active
#: Columns of `marked`, and the definitions of their numbers.
MARKS = (
    TableColumn("invention", Text("发明", "Inventions"), "count", "件"),
    TableColumn("granted", Text("授权量", "Grants"), "count", "件"),
    TableColumn("in_force", Text("有效量", "In force"), "count", "件"),
    TableColumn("operated", Text("运营量", "Operated"), "count", "件"),
)
MARK_DEFINITIONS = ("grants.total", "in_force.count", "class_operated.count")
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
    filled = frame.filter(pl.col("category").fill_null("") != "")
    return filled.unique(["row", "category"], maintain_order=True)


def tally(long: pl.DataFrame) -> pl.DataFrame:
    """Count categories: `category`, `count`; most first, then by name."""
    return (
        long.group_by("category")
        .agg(count=pl.len().cast(pl.Int64))
        .sort("count", "category", descending=[True, False])
    )


def largest_of(long: pl.DataFrame, owner: str, name: str, count: int) -> pl.DataFrame:
    """The largest categories of each owner with their patents, as 贵州大学（12）.

    Args:
        long: a line for each patent, owner and `category`; `label` names categories where it is a column.
        owner: column of the owners.
        name: of the column of lists that is made.
        count: categories of each at most.
    """
    label = "label" if "label" in long.columns else "category"
    return (
        long.group_by(owner, "category", *({label} - {"category"}))
        .agg(count=pl.len())
        .sort("count", "category", descending=[True, False])
        .group_by(owner, maintain_order=True)
        .agg(pl.format("{}（{}）", label, "count").head(count).alias(name))
    )


def unique_patents(long: pl.DataFrame) -> int:
    """Patents that have a category."""
    return int(long["row"].n_unique())


def top_share(study: Study, long: pl.DataFrame, count: int) -> Value:
    """Share of the patents with a category that the largest categories cover, each patent once."""
    known = unique_patents(long)
    top = tally(long).head(count)["category"].to_list()
    covered = unique_patents(long.filter(pl.col("category").is_in(top)))
    return share(covered, known, Coverage(known, study.count))


def yearly(study: Study, long: pl.DataFrame, categories: Sequence[str], period: Period) -> pl.DataFrame:
    """Counts of some categories by year, every year of the period: `category`, `year`, `count`."""
    wanted = pl.DataFrame({"category": list(categories)}, schema={"category": pl.String})
    years = pl.DataFrame({"year": list(range(period.first, period.last + 1))}, schema={"year": pl.Int32})
    counts = (
        long.filter(pl.col("category").is_in(list(categories)))
        .join(study.patents.select("row", "year"), on="row")
        .group_by("category", "year")
        .agg(count=pl.len().cast(pl.Int64))
    )
    return (
        wanted.join(years, how="cross")
        .join(counts, on=["category", "year"], how="left", maintain_order="left")
        .with_columns(pl.col("count").fill_null(0))
    )


def years_of(study: Study, long: pl.DataFrame, categories: Sequence[str], name: str) -> pl.DataFrame:
    """Rows of a table of categories by year: `name`, `year`, `count`, `complete`."""
    return (
        yearly(study, long, categories, study.period)
        .rename({"category": name})
        .with_columns(complete=pl.col("year") < study.incomplete_from)
    )


def described(study: Study, long: pl.DataFrame, counts: pl.DataFrame, whole: int, name: str) -> pl.DataFrame:
    """Rows of a table of categories: share of the whole, growth and marks.

    Args:
        study: what is counted.
        long: patents with their categories.
        counts: `category`, `count`: those that are listed, see `tally`.
        whole: patents that shares are of.
        name: of the column of categories.
    """
    part = pl.col("count") / whole if whole else pl.lit(None, dtype=pl.Float64)
    return (
        with_growth(study, long, counts.with_columns(share=part))
        .join(marked(study, long), on="category", how="left", maintain_order="left")
        .rename({"category": name})
    )


def with_growth(study: Study, long: pl.DataFrame, counts: pl.DataFrame) -> pl.DataFrame:
    """Listed categories with their `growth_rate`."""
    rates = growth_rates(study, long, counts["category"].to_list())
    return counts.with_columns(growth_rate=pl.Series(rates, dtype=pl.Float64))


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


def span_columns(study: Study) -> tuple[TableColumn, TableColumn]:
    """Columns of the patents of both spans."""
    earlier, later = (Text.same(span.label) for span in spans(study))
    return TableColumn("earlier", earlier, "count", "件"), TableColumn("later", later, "count", "件")


def comparable(study: Study) -> bool:
    """Whether the study reaches back over both spans."""
    return spans(study)[0].first >= study.period.first


def expect_comparable(study: Study) -> None:
    """Raise `Unavailable` where the study does not reach back over both spans."""
    if not comparable(study):
        raise Unavailable(
            Text(
                f"研究期内完整年份不足{2 * SPAN}年，不比较近期增长",
                f"fewer than {2 * SPAN} complete years in the period to compare recent growth",
            )
        )


def floor_of(study: Study, floor: int | None = None) -> int:
    """Least patents of both spans together for a category to be called active."""
    if floor is not None:
        return floor
    before, after = spans(study)
    both = int(study.patents["year"].is_between(before.first, after.last).sum())
    return max(_SMALLEST_FLOOR, math.ceil(_FLOOR_SHARE * both))


def span_counts(study: Study, long: pl.DataFrame, *keys: str) -> pl.DataFrame:
    """Patents of each key in all and in both spans: the keys, `count`, `earlier`, `later`."""
    before, after = spans(study)
    dated = long.join(study.patents.select("row", "year"), on="row")
    return dated.group_by(*keys).agg(
        count=pl.len().cast(pl.Int64),
        earlier=pl.col("year").is_between(before.first, before.last).sum().cast(pl.Int64),
        later=pl.col("year").is_between(after.first, after.last).sum().cast(pl.Int64),
    )


def active(study: Study, long: pl.DataFrame, floor: int | None = None) -> pl.DataFrame:
    """Categories by how fast they grew lately, fastest first.

    Returns:
        `category`, `earlier`, `later` (patents of the two spans), `growth` (later / earlier − 1; null
        where the earlier span is empty); only those at or above the floor that did grow.
    """
    return (
        span_counts(study, long, "category")
        .filter(pl.col("earlier") + pl.col("later") >= floor_of(study, floor))
        .filter(pl.col("later") > pl.col("earlier"))
        .with_columns(
            growth=pl.when(pl.col("earlier") > 0).then(pl.col("later") / pl.col("earlier") - 1),
            rank=(pl.col("later") + 0.5) / (pl.col("earlier") + 0.5),
        )
        .sort("rank", "category", descending=[True, False])
        .drop("rank", "count")
    )


def marked(study: Study, long: pl.DataFrame) -> pl.DataFrame:
    """What is known of the patents of each category; null for what is known of too few patents.

    Returns:
        `category`, `invention`, `granted`, `in_force`, `operated`.
    """
    unknown = {column.name for column in unknown_marks(study)}
    marks = study.patents.select(
        "row",
        invention=pl.col("patent_type") == INVENTION,
        granted=granted(),
        in_force=in_force(),
        operated=operations(study)["operated"],
    )
    sums = [
        pl.lit(None, dtype=pl.Int64).alias(name)
        if name in unknown
        else pl.col(name).sum().cast(pl.Int64).alias(name)
        for name in (column.name for column in MARKS)
    ]
    return long.join(marks, on="row").group_by("category").agg(sums)


def unknown_marks(study: Study) -> tuple[TableColumn, ...]:
    """Those of `MARKS` that are known of too few patents."""
    known = study.patents.select(
        invention=pl.col("patent_type").is_not_null(),
        granted=grant_known() & (not study.lacking("grant_date")),
        in_force=pl.col("legal_state").is_not_null(),
        operated=operation_known(),
    ).sum()
    return tuple(column for column in MARKS if known[column.name].item() < ENOUGH * study.count)


def unknown_marks_note(study: Study) -> Text:
    """Say which of `MARKS` are left empty, and why; empty when none is."""
    unknown = unknown_marks(study)
    if not unknown:
        return NO_TEXT
    return Text(
        f"{'、'.join(column.label.zh for column in unknown)}所需字段的覆盖率不足{ENOUGH:.0%}，从略。",
        f"Left empty, as they are known of fewer than {ENOUGH:.0%} of the patents: "
        f"{', '.join(column.label.en.lower() for column in unknown)}.",
    )
