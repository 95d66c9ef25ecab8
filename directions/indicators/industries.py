"""产业: counts and shares over unique patents or overlapping counts, by year, one within another."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from directions.definitions import definition
from directions.facts import Coverage, Indicator, Table, TableColumn, missing_indicator
from directions.indicators.building import (
    COUNT,
    GROWTH_RATE,
    SHARE,
    YEAR,
    growth_definition,
    incomplete_note,
    known_count,
    make_table,
    missing_table,
    share_of,
)
from directions.indicators.categories import (
    growth_rates,
    marked,
    tally,
    unique_patents,
    untold_note,
    yearly,
)
from directions.study import Study

INDUSTRY = TableColumn("industry", "产业", "text", label_en="Industry")
MARKS = (
    TableColumn("invention", "发明", "count", "件", "Inventions"),
    TableColumn("granted", "授权量", "count", "件", "Grants"),
    TableColumn("in_force", "有效量", "count", "件", "In force"),
    TableColumn("operated", "运营量", "count", "件", "Operated"),
)

MARK_DEFINITIONS = ("grants.total", "in_force.count", "class_operated.count")


def industry_table(study: Study, scheme: str, names: Sequence[str] = ()) -> Table:
    """Industries of a scheme with counts, shares by the study's 口径, growth and legal figures.

    Args:
        study: what is counted.
        scheme: name of the scheme, as in `provincial`.
        names: industries in the order of print; all that hold a patent, largest first, when empty.
    """
    title = ("产业分布", "Patents by industry")
    columns = (INDUSTRY, COUNT, SHARE, GROWTH_RATE, *MARKS)
    share = f"industry_share.{study.counting.shares}"
    definitions = ["industry.count", share, growth_definition(study), *MARK_DEFINITIONS]
    if study.lacking("industries"):
        return missing_table(study, "industries", title, columns, definitions, ("industries",))
    long = members(study, scheme, names)
    counts = _ordered(tally(long), names)
    known = unique_patents(long)
    whole = known if study.counting.shares == "unique" else long.height
    listed = counts["category"].to_list()
    frame = (
        counts.with_columns(
            share=pl.col("count") / whole if whole else pl.lit(None, dtype=pl.Float64),
            growth_rate=pl.Series(growth_rates(study, long, listed), dtype=pl.Float64),
        )
        .join(marked(study, long), on="category", how="left", maintain_order="left")
        .rename({"category": "industry"})
    )
    notes = [_overlap_note(long.height, known), incomplete_note(study), untold_note(study)]
    coverage = Coverage(known, study.count)
    return make_table(study, "industries", title, columns, frame, definitions, known=coverage, notes=notes)


def industries_by_year(study: Study, scheme: str, names: Sequence[str] = ()) -> Table:
    """Patents of each industry by year, one line for each; arguments as `industry_table`'s."""
    title = ("产业年度专利量", "Patents by industry and year")
    columns = (INDUSTRY, YEAR, COUNT)
    definitions = ["industry.count", f"filings.{study.counting.year_by}"]
    if study.lacking("industries"):
        return missing_table(study, "industries_by_year", title, columns, definitions, ("industries",))
    long = members(study, scheme, names)
    listed = _ordered(tally(long), names)["category"].to_list()
    frame = (
        yearly(study, long, listed, study.period)
        .rename({"category": "industry"})
        .with_columns(complete=pl.col("year") < study.incomplete_from)
    )
    coverage = Coverage(unique_patents(long), study.count)
    notes = [incomplete_note(study)]
    return make_table(
        study, "industries_by_year", title, columns, frame, definitions, known=coverage, notes=notes
    )


def industry_within(study: Study, inner: str, outer: str) -> Indicator:
    """Share of an industry's patents that belong to another one too, as 高端装备制造 of 装备制造.

    Args:
        study: what is counted.
        inner: `scheme:name`.
        outer: `scheme:name`.
    """
    made = definition("industry_within.share")
    if study.lacking("industries"):
        return missing_indicator(made, ("industries",), study.count)
    of_outer = pl.col("industries").list.contains(outer)
    both = of_outer & pl.col("industries").list.contains(inner)
    whole = known_count(study.patents, of_outer)
    return share_of(made, known_count(study.patents, both), whole, Coverage(whole, whole))


def industry_overlaps(study: Study, scheme: str, names: Sequence[str] = ()) -> Table:
    """Patents that pairs of industries share, most first; `share` is of the smaller industry."""
    title = ("产业交叉", "Overlaps of industries")
    columns = (
        INDUSTRY,
        TableColumn("other", "交叉产业", "text", label_en="Other industry"),
        COUNT,
        TableColumn("share", "占较小产业", "share", "%", "Of the smaller one"),
    )
    definitions = ["industry.count", "industry_within.share"]
    if study.lacking("industries"):
        return missing_table(study, "industry_overlaps", title, columns, definitions, ("industries",))
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
    coverage = Coverage(unique_patents(long), study.count)
    return make_table(study, "industry_overlaps", title, columns, pairs, definitions, known=coverage)


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


def _overlap_note(memberships: int, unique: int) -> tuple[str, str]:
    if memberships == unique:
        return "", ""
    return (
        f"一件专利可归入多个产业：去重后{unique}件，重复计数{memberships}件。",
        f"A patent may belong to several industries: {unique} unique, {memberships} counted repeatedly.",
    )
