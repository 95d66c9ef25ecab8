"""Who is in a theme: leading applicants, firms and universities, cities, co-applicants, gaps."""

from __future__ import annotations

import polars as pl

from directions.facts import Coverage, Table, TableColumn
from directions.indicators.applicants import applicants
from directions.indicators.building import COUNT, make_table, missing_table
from directions.indicators.categories import unique_patents
from directions.indicators.cooperation import joint
from directions.indicators.themes import NAME, theme_frame, theme_growth
from directions.study import Study

NO_THEMES = "没有主题：需要先运行 patlas build 发现主题"
_LEADERS = 3
_WEAK = 0.5
_OPEN = 0.5
RESEARCH = ("高校", "科研院所")


def theme_holders(study: Study) -> Table:
    """Every theme with its leading applicants, shares of firms and research, cities, joint patents."""
    title = ("主题持有人", "Holders by theme")
    columns = (
        NAME,
        COUNT,
        TableColumn("applicants", "申请人数", "count", "个", "Applicants"),
        TableColumn("leaders", "主要申请人", "texts", label_en="Leading applicants"),
        TableColumn("firms", "企业占比", "share", "%", "Firms"),
        TableColumn("research", "高校院所占比", "share", "%", "Universities and institutes"),
        TableColumn("cities", "主要城市", "texts", label_en="Cities"),
        TableColumn("joint", "合作研发量", "count", "件", "Joint patents"),
    )
    names = ["theme.count", "theme_applicant.share", "cooperation.organisations"]
    if (refused := _refused(study, "theme_holders", title, columns, names)) is not None:
        return refused
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
        _leaders(holders, "leaders"),
        shares,
        _leaders(cities, "cities"),
        several.group_by("theme").agg(joint=pl.len().cast(pl.Int64)),
    ):
        frame = frame.join(part, on="theme", how="left", maintain_order="left")
    frame = frame.with_columns(
        pl.col("applicants", "joint").fill_null(0), pl.col("leaders", "cities").fill_null([])
    )
    coverage = Coverage(holders["row"].n_unique(), unique_patents(theme_frame(study)))
    return make_table(study, "theme_holders", title, columns, frame, names, known=coverage)


def theme_gaps(study: Study, applicant: str) -> Table:
    """Where an applicant or group holds little: every theme with its patents there and the quotient.

    Args:
        study: what is counted.
        applicant: an applicant's name, or a group's of the study.
    """
    title = (f"{applicant}的主题布局", f"Themes of {applicant}")
    columns = (
        NAME,
        TableColumn("count", "主题专利量", "count", "件", "Patents of the theme"),
        TableColumn("own", "自有", "count", "件", "Own"),
        TableColumn("own_share", "占主题", "share", "%", "Of the theme"),
        TableColumn("quotient", "布局商", "ratio", "倍", "Quotient"),
        TableColumn("growth", "主题增长", "ratio", "倍", "Growth"),
        TableColumn("gap", "布局", "text", label_en="State"),
    )
    names = ["theme_gap.quotient", "theme_applicant.share", "theme_growth.share"]
    if (refused := _refused(study, "theme_gaps", title, columns, names)) is not None:
        return refused
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
    coverage = Coverage(known.height, study.count)
    return make_table(study, "theme_gaps", title, columns, frame, names, known=coverage)


def white_space(study: Study) -> Table:
    """Rising themes that firms leave to universities and institutes, fastest first."""
    title = ("企业空白主题", "Themes that firms leave open")
    columns = (
        NAME,
        COUNT,
        TableColumn("growth", "增长", "ratio", "倍", "Growth"),
        TableColumn("firms", "企业占比", "share", "%", "Firms"),
        TableColumn("research", "高校院所占比", "share", "%", "Universities and institutes"),
        TableColumn("leaders", "主要申请人", "texts", label_en="Leading applicants"),
    )
    names = ["white_space.firms", "theme_growth.share", "theme_applicant.share"]
    if (refused := _refused(study, "white_space", title, columns, names)) is not None:
        return refused
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
        .join(_leaders(holders, "leaders"), on="theme", maintain_order="left")
        .sort("growth", "theme", descending=[True, False])
    )
    note = (f"企业在全部专利中占{overall:.1%}。", f"Firms hold {overall:.1%} of all patents.")
    coverage = Coverage(known, study.count)
    return make_table(study, "white_space", title, columns, frame, names, known=coverage, notes=[note])


def _refused(
    study: Study, name: str, title: tuple[str, str], columns: tuple[TableColumn, ...], names: list[str]
) -> Table | None:
    if lacking := study.lacking("applicants", "applicant_kinds"):
        return missing_table(study, name, title, columns, names, lacking)
    if not study.themes:
        return missing_table(study, name, title, columns, names, (), reason=NO_THEMES)
    return None


def _named(study: Study) -> pl.DataFrame:
    themes = sorted(study.themes, key=lambda theme: (-len(theme.rows), theme.id))
    return pl.DataFrame(
        [(theme.id, theme.name, len(theme.rows)) for theme in themes],
        schema={"theme": pl.String, "name": pl.String, "count": pl.Int64},
        orient="row",
    )


def _leaders(long: pl.DataFrame, name: str) -> pl.DataFrame:
    """The largest categories of each theme, as 贵州大学（12）."""
    return (
        long.group_by("theme", "category")
        .agg(count=pl.len())
        .sort("count", "category", descending=[True, False])
        .with_columns(text=pl.format("{}（{}）", "category", "count"))
        .group_by("theme", maintain_order=True)
        .agg(pl.col("text").head(_LEADERS).alias(name))
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
