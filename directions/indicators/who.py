"""Who is in a theme: leading applicants, firms and universities, cities, co-applicants, gaps."""

from __future__ import annotations

import polars as pl

from directions.facts import Coverage, TableColumn
from directions.indicators.applicants import applicants
from directions.indicators.categories import largest_of, unique_patents
from directions.indicators.cooperation import RESEARCH, joint
from directions.indicators.counts import COUNT
from directions.indicators.declaration import Rows, table
from directions.indicators.themes import (
    GROWTH,
    NAME,
    expect_themes,
    largest_themes,
    theme_frame,
    theme_growth,
)
from directions.study import Study
from patents.bilingual import Text

_LEADERS = 3
_WEAK = 0.5
_OPEN = 0.5
_NEEDS = ("applicants", "applicant_kinds")
_LEADING = TableColumn("leaders", Text("主要申请人", "Leading applicants"), "texts")
_SHARES = (
    TableColumn("firms", Text("企业占比", "Firms"), "share", "%"),
    TableColumn("research", Text("高校院所占比", "Universities and institutes"), "share", "%"),
)


@table(
    id="theme_holders",
    title=Text("主题持有人", "Holders by theme"),
    columns=(
        NAME,
        COUNT,
        TableColumn("applicants", Text("申请人数", "Applicants"), "count", "个"),
        _LEADING,
        *_SHARES,
        TableColumn("cities", Text("主要城市", "Cities"), "texts"),
        TableColumn("joint", Text("合作研发量", "Joint patents"), "count", "件"),
    ),
    definitions=("theme.count", "theme_applicant.share", "cooperation.organisations"),
    needs=_NEEDS,
)
def theme_holders(study: Study) -> Rows:
    """Every theme with its leading applicants, shares of firms and research, cities, joint patents."""
    expect_themes(study)
    themes = theme_frame(study).rename({"category": "theme"})
    holders = applicants(study).join(themes, on="row")
    shares = _kind_shares(holders)
    several = study.patents.filter(joint()).select("row").join(themes, on="row")
    cities = study.patents.select("row", category="city").drop_nulls("category").join(themes, on="row")
    frame = _named(study).join(
        holders.group_by("theme").agg(applicants=pl.col("category").n_unique().cast(pl.Int64)),
        on="theme",
        how="left",
        maintain_order="left",
    )
    for part in (
        largest_of(holders, "theme", "leaders", _LEADERS),
        shares,
        largest_of(cities, "theme", "cities", _LEADERS),
        several.group_by("theme").agg(joint=pl.len().cast(pl.Int64)),
    ):
        frame = frame.join(part, on="theme", how="left", maintain_order="left")
    frame = frame.with_columns(
        pl.col("applicants", "joint").fill_null(0), pl.col("leaders", "cities").fill_null([])
    )
    return Rows(frame, Coverage(holders["row"].n_unique(), unique_patents(theme_frame(study))))


@table(
    id="theme_gaps",
    title=lambda applicant: Text(f"{applicant}的主题布局", f"Themes of {applicant}"),
    columns=(
        NAME,
        TableColumn("count", Text("主题专利量", "Patents of the theme"), "count", "件"),
        TableColumn("own", Text("自有", "Own"), "count", "件"),
        TableColumn("own_share", Text("占主题", "Of the theme"), "share", "%"),
        TableColumn("quotient", Text("布局商", "Quotient"), "ratio", "倍"),
        TableColumn("growth", Text("主题增长", "Growth"), "ratio", "倍"),
        TableColumn("gap", Text("布局", "State")),
    ),
    definitions=("theme_gap.quotient", "theme_applicant.share", "theme_growth.share"),
    needs=_NEEDS,
)
def theme_gaps(study: Study, applicant: str) -> Rows:
    """Where an applicant or group holds little: every theme with its patents there and the quotient.

    Args:
        study: what is counted.
        applicant: an applicant's name, or a group's of the study.
    """
    expect_themes(study)
    members = {applicant, *(member for member, group in study.groups if group == applicant)}
    everyone = applicants(study)
    mine = everyone.filter(pl.col("category").is_in(list(members))).select("row").unique()
    known = everyone.select("row").unique()
    themes = theme_frame(study).rename({"category": "theme"})
    whole = themes.join(known, on="row").group_by("theme").agg(known=pl.len().cast(pl.Int64))
    own = themes.join(mine, on="row").group_by("theme").agg(own=pl.len().cast(pl.Int64))
    overall = mine.height / known.height if known.height else 0.0
    frame = (
        theme_growth(study)
        .select("theme", "name", "count", "growth")
        .join(whole, on="theme", how="left", maintain_order="left")
        .join(own, on="theme", how="left", maintain_order="left")
        .with_columns(pl.col("own", "known").fill_null(0))
        .with_columns(own_share=pl.when(pl.col("known") > 0).then(pl.col("own") / pl.col("known")))
        .with_columns(quotient=pl.col("own_share") / overall if overall else pl.lit(None, dtype=pl.Float64))
        .with_columns(gap=_gap())
        .sort("own", "growth", "theme", descending=[False, True, False], nulls_last=True)
    )
    return Rows(frame, Coverage(known.height, study.count))


@table(
    id="white_space",
    title=Text("企业空白主题", "Themes that firms leave open"),
    columns=(NAME, COUNT, GROWTH, *_SHARES, _LEADING),
    definitions=("white_space.firms", "theme_growth.share", "theme_applicant.share"),
    needs=_NEEDS,
)
def white_space(study: Study) -> Rows:
    """Rising themes that firms leave to universities and institutes, fastest first."""
    expect_themes(study)
    everyone = applicants(study)
    known = unique_patents(everyone)
    overall = unique_patents(everyone.filter(pl.col("kind") == "企业")) / known if known else 0.0
    holders = everyone.join(theme_frame(study).rename({"category": "theme"}), on="row")
    frame = (
        theme_growth(study)
        .select("theme", "name", "count", "growth")
        .filter(pl.col("growth") > 1)
        .join(_kind_shares(holders), on="theme", maintain_order="left")
        .filter(pl.col("firms") < _OPEN * overall)
        .join(largest_of(holders, "theme", "leaders", _LEADERS), on="theme", maintain_order="left")
        .sort("growth", "theme", descending=[True, False])
    )
    note = Text(f"企业在全部专利中占{overall:.1%}。", f"Firms hold {overall:.1%} of all patents.")
    return Rows(frame, Coverage(known, study.count), (note,))


def _named(study: Study) -> pl.DataFrame:
    return pl.DataFrame(
        [(theme.id, theme.name, len(theme.rows)) for theme in largest_themes(study)],
        schema={"theme": pl.String, "name": pl.String, "count": pl.Int64},
        orient="row",
    )


def _kind_shares(holders: pl.DataFrame) -> pl.DataFrame:
    """Share of the patents of each theme that firms, and universities or institutes, are in."""
    rows = pl.col("row")
    return holders.group_by("theme").agg(
        firms=rows.filter(pl.col("kind") == "企业").n_unique() / rows.n_unique(),
        research=rows.filter(pl.col("kind").is_in(RESEARCH)).n_unique() / rows.n_unique(),
    )


def _gap() -> pl.Expr:
    return (
        pl.when(pl.col("own") == 0)
        .then(pl.when(pl.col("known") > 0).then(pl.lit("空白")))
        .when(pl.col("quotient") < _WEAK)
        .then(pl.lit("薄弱"))
        .otherwise(pl.lit("已布局"))
    )
