"""产业: counts and shares over unique patents or overlapping counts, by year, one within another."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from directions.facts import Coverage, TableColumn
from directions.indicators.categories import (
    MARK_DEFINITIONS,
    MARKS,
    described,
    tally,
    unique_patents,
    unknown_marks_note,
    years_of,
)
from directions.indicators.counts import COUNT, GROWTH_RATE, SHARE, YEAR, incomplete_note, known_count
from directions.indicators.declaration import Rows, Value, indicator, table
from directions.indicators.shares import share
from directions.study import Study
from patents.bilingual import NO_TEXT, Text

INDUSTRY = TableColumn("industry", Text("产业", "Industry"))
_NEEDS = ("industries",)


@table(
    id="industries",
    title=Text("产业分布", "Patents by industry"),
    columns=(INDUSTRY, COUNT, SHARE, GROWTH_RATE, *MARKS),
    definitions=("industry.count", "industry_share.{shares}", "growth_rate.{growth}", *MARK_DEFINITIONS),
    needs=_NEEDS,
)
def industry_table(study: Study, scheme: str, names: Sequence[str] = ()) -> Rows:
    """Industries of a scheme with counts, shares by the study's 口径, growth and legal figures.

    Args:
        study: what is counted.
        scheme: name of the scheme, as in `provincial`.
        names: industries in the order of print; all that hold a patent, largest first, when empty.
    """
    long = members(study, scheme, names)
    known = unique_patents(long)
    whole = known if study.counting.shares == "unique" else long.height
    frame = described(study, long, _ordered(tally(long), names), whole, "industry")
    notes = (_overlap_note(long.height, known), incomplete_note(study), unknown_marks_note(study))
    return Rows(frame, Coverage(known, study.count), notes)


@table(
    id="industries_by_year",
    title=Text("产业年度专利量", "Patents by industry and year"),
    columns=(INDUSTRY, YEAR, COUNT),
    definitions=("industry.count", "filings.{year_by}"),
    needs=_NEEDS,
)
def industries_by_year(study: Study, scheme: str, names: Sequence[str] = ()) -> Rows:
    """Patents of each industry by year, one line for each; arguments as `industry_table`'s."""
    long = members(study, scheme, names)
    listed = _ordered(tally(long), names)["category"].to_list()
    frame = years_of(study, long, listed, "industry")
    return Rows(frame, Coverage(unique_patents(long), study.count), (incomplete_note(study),))


@indicator("industry_within.share", needs=_NEEDS)
def industry_within(study: Study, inner: str, outer: str) -> Value:
    """Share of an industry's patents that belong to another one too, as 高端装备制造 of 装备制造.

    Args:
        study: what is counted.
        inner: `scheme:name`.
        outer: `scheme:name`.
    """
    of_outer = pl.col("industries").list.contains(outer)
    both = of_outer & pl.col("industries").list.contains(inner)
    whole = known_count(study.patents, of_outer)
    return share(known_count(study.patents, both), whole, Coverage(whole, whole))


@table(
    id="industry_overlaps",
    title=Text("产业交叉", "Overlaps of industries"),
    columns=(
        INDUSTRY,
        TableColumn("other", Text("交叉产业", "Other industry")),
        COUNT,
        TableColumn("share", Text("占较小产业", "Of the smaller one"), "share", "%"),
    ),
    definitions=("industry.count", "industry_within.share"),
    needs=_NEEDS,
)
def industry_overlaps(study: Study, scheme: str, names: Sequence[str] = ()) -> Rows:
    """Patents that pairs of industries share, most first; `share` is of the smaller industry."""
    long = members(study, scheme, names)
    sizes = tally(long)
    pairs = (
        long.join(long, on="row", suffix="_other")
        .filter(pl.col("category") < pl.col("category_other"))
        .group_by("category", "category_other")
        .agg(count=pl.len().cast(pl.Int64))
        .join(sizes.rename({"count": "own"}), on="category")
        .join(sizes.rename({"count": "others", "category": "category_other"}), on="category_other")
        .with_columns(share=pl.col("count") / pl.min_horizontal("own", "others"))
        .sort("count", "category", "category_other", descending=[True, False, False])
        .select(industry="category", other="category_other", count="count", share="share")
    )
    return Rows(pairs, Coverage(unique_patents(long), study.count))


def members(study: Study, scheme: str, names: Sequence[str] = ()) -> pl.DataFrame:
    """Patents with their industries of one scheme, names without the scheme; see `long_frame`."""
    prefix = f"{scheme}:"
    own = (
        study.patents.select("row", category="industries")
        .explode("category")
        .filter(pl.col("category").str.starts_with(prefix))
        .with_columns(pl.col("category").str.strip_prefix(prefix))
        .unique(["row", "category"], maintain_order=True)
    )
    return own.filter(pl.col("category").is_in(list(names))) if names else own


def _ordered(counts: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """The industries asked for, in that order, empty ones too; all by size when none is named."""
    if not names:
        return counts
    wanted = pl.DataFrame({"category": list(names)})
    return wanted.join(counts, on="category", how="left", maintain_order="left").with_columns(
        pl.col("count").fill_null(0)
    )


def _overlap_note(memberships: int, unique: int) -> Text:
    if memberships == unique:
        return NO_TEXT
    return Text(
        f"一件专利可归入多个产业：去重后{unique}件，重复计数{memberships}件。",
        f"A patent may belong to several industries: {unique} unique, {memberships} counted repeatedly.",
    )
