"""主题方向: share and growth of themes, their quadrants, what rises and what falls."""

from __future__ import annotations

import math
from typing import Literal

import numpy as np
import polars as pl

from directions.facts import Coverage, Figure, Table, TableColumn
from directions.indicators.building import (
    COUNT,
    SHARE,
    YEAR,
    counts_of_years,
    incomplete_note,
    make_table,
    missing_table,
)
from directions.indicators.categories import not_comparable, spans, unique_patents, yearly
from directions.study import Study
from themes.trends import growth as compare_counts

_LEVEL = 0.95
_NO_THEMES = "没有主题：需要先运行 patlas build 发现主题"
NAME = TableColumn("name", "主题", "text", label_en="Theme")
_KEYWORDS = TableColumn("keywords", "关键词", "texts", label_en="Keywords")
_GROWTH = (
    TableColumn("growth", "增长", "ratio", "倍", "Growth"),
    TableColumn("low", "下限", "ratio", "倍", "Low"),
    TableColumn("high", "上限", "ratio", "倍", "High"),
)
_DEFINITIONS = ("theme.count", "theme_share.all", "theme_growth.share", "quadrant.share_growth")
_PRINTED_KEYWORDS = 6


def theme_table(study: Study) -> Table:
    """Themes with their share, the growth of their share with its interval, and their quadrant.

    Growth is null where the complete years do not make two spans of three, or the earlier one holds no
    patent of the theme.
    """
    title = ("主题分布与增长", "Themes, their shares and growth")
    earlier, later = spans(study)
    columns = (
        NAME,
        _KEYWORDS,
        COUNT,
        SHARE,
        TableColumn("earlier", earlier.label, "count", "件", earlier.label),
        TableColumn("later", later.label, "count", "件", later.label),
        *_GROWTH,
        TableColumn("quadrant", "象限", "text", label_en="Quadrant"),
    )
    if not study.themes:
        return missing_table(study, "themes", title, columns, _DEFINITIONS, (), reason=_NO_THEMES)
    frame = theme_growth(study)
    placed = unique_patents(theme_frame(study))
    out = study.count - placed
    left = (f"{out}件未归入任何主题。", f"{out} patents are in no theme.") if out else ("", "")
    notes = [left, incomplete_note(study)]
    coverage = Coverage(placed, study.count)
    return make_table(study, "themes", title, columns, frame, _DEFINITIONS, known=coverage, notes=notes)


def theme_quadrant(study: Study) -> Figure:
    """Themes by share and growth, bounded by the median share and growth 1."""
    table = theme_table(study)
    middle = None if table.empty else table.rows["share"].median()
    lines: tuple[tuple[Literal["x", "y"], float], ...] = (("y", 1.0),)
    if isinstance(middle, float):
        lines = (("x", middle), *lines)
    return Figure(
        id="theme_quadrant",
        title="主题占比与增长",
        title_en="Share and growth of themes",
        kind="quadrant",
        table=table,
        x="share",
        y=("growth",),
        size="count",
        label="name",
        lines=lines,
    )


def theme_map(study: Study) -> Figure:
    """Themes where they stand on the map of their scope, by number of patents; neighbours are related.

    The table is empty and says why where the themes are of several scopes.
    """
    title = ("主题地图", "Map of themes")
    axes = (
        TableColumn("x", "横坐标", "number", label_en="x"),
        TableColumn("y", "纵坐标", "number", label_en="y"),
    )
    columns, names = (NAME, COUNT, *axes), ("theme.count",)
    spots = [(theme.name, len(theme.rows), *theme.spot) for theme in study.themes if theme.spot]
    if not spots:
        reason = _NO_THEMES if not study.themes else "主题分属多个范围，没有共同的地图"
        table = missing_table(study, "theme_map", title, columns, names, (), reason=reason)
    else:
        frame = pl.DataFrame(spots, schema=["name", "count", "x", "y"], orient="row")
        placed = Coverage(unique_patents(theme_frame(study)), study.count)
        ordered = frame.sort("count", "name", descending=[True, False])
        table = make_table(study, "theme_map", title, columns, ordered, names, known=placed)
    return Figure(
        id="theme_map",
        title=title[0],
        title_en=title[1],
        kind="map",
        table=table,
        x="x",
        y=("y",),
        size="count",
        label="name",
    )


def emerging_themes(study: Study, count: int = 10) -> Table:
    """Themes whose share rose beyond chance (the whole interval of growth above 1), fastest first."""
    rising = pl.col("low") > 1
    return _moving(study, "emerging_themes", ("上升主题", "Rising themes"), rising, count, descending=True)


def fading_themes(study: Study, count: int = 10) -> Table:
    """Themes whose share fell beyond chance (the whole interval of growth below 1), fastest first."""
    falling = pl.col("high") < 1
    return _moving(study, "fading_themes", ("下降主题", "Falling themes"), falling, count, descending=False)


def themes_by_year(study: Study, count: int = 12) -> Table:
    """Patents of the largest themes by year, one line for each, with their share of the year."""
    title = ("主题年度专利量", "Patents by theme and year")
    columns = (NAME, YEAR, COUNT, TableColumn("share", "占当年", "share", "%", "Of the year"))
    names = ["theme.count", "theme_share.all"]
    if not study.themes:
        return missing_table(study, "themes_by_year", title, columns, names, (), reason=_NO_THEMES)
    long = theme_frame(study)
    largest = sorted(study.themes, key=lambda theme: (-len(theme.rows), theme.id))[:count]
    wholes = counts_of_years(study.patents["year"], study.period)
    whole = pl.DataFrame(
        {"year": list(wholes), "whole": list(wholes.values())}, schema={"year": pl.Int32, "whole": pl.Int64}
    )
    called = pl.DataFrame({"theme": [t.id for t in largest], "name": [t.name for t in largest]})
    frame = (
        yearly(study, long, [theme.id for theme in largest], study.period)
        .rename({"category": "theme"})
        .join(called, on="theme", maintain_order="left")
        .join(whole, on="year", maintain_order="left")
        .with_columns(
            share=pl.when(pl.col("whole") > 0).then(pl.col("count") / pl.col("whole")),
            complete=pl.col("year") < study.incomplete_from,
        )
        .drop("whole")
    )
    coverage = Coverage(unique_patents(long), study.count)
    notes = [incomplete_note(study)]
    return make_table(study, "themes_by_year", title, columns, frame, names, known=coverage, notes=notes)


def theme_frame(study: Study) -> pl.DataFrame:
    """Patents with the themes they are in: `row`, `category` (id of the theme)."""
    sizes = [len(theme.rows) for theme in study.themes]
    places = np.concatenate([np.zeros(0, np.int64), *(theme.rows for theme in study.themes)])
    names = pl.Series("category", [theme.id for theme in study.themes], dtype=pl.String)
    return pl.DataFrame(
        [
            study.patents["row"].gather(pl.Series(places, dtype=pl.Int64)),
            names.gather(pl.Series(np.repeat(np.arange(len(sizes)), sizes), dtype=pl.Int64)),
        ]
    )


def theme_growth(study: Study) -> pl.DataFrame:
    """Themes, largest first, with the figures of `theme_table`; `theme` is their id."""
    before, after = spans(study)
    in_spans = study.patents.select(
        "row",
        earlier=pl.col("year").is_between(before.first, before.last).fill_null(False),
        later=pl.col("year").is_between(after.first, after.last).fill_null(False),
    )
    told = not not_comparable(study)
    totals = int(in_spans["earlier"].sum()), int(in_spans["later"].sum())
    counts = (
        theme_frame(study)
        .join(in_spans, on="row")
        .group_by("category")
        .agg(count=pl.len(), earlier=pl.col("earlier").sum(), later=pl.col("later").sum())
    )
    found = {line[0]: line[1:] for line in counts.iter_rows()}
    lines = []
    for theme in sorted(study.themes, key=lambda one: (-len(one.rows), one.id)):
        count, earlier, later = found.get(theme.id, (0, 0, 0))
        keywords = list(theme.keywords[:_PRINTED_KEYWORDS])
        moved = _growth(earlier, later, totals) if told else (None, None, None)
        lines.append((theme.id, theme.name, keywords, count, count / study.count, earlier, later, *moved))
    frame = pl.DataFrame(lines, schema=_SCHEMA, orient="row")
    large = pl.col("share") >= pl.col("share").median()
    rising = (pl.col("growth") >= 1).fill_null(True)  # a theme of the later span only is rising
    return frame.with_columns(
        quadrant=pl.when(pl.col("low").is_null())
        .then(None)
        .when(large & rising)
        .then(pl.lit("主导"))
        .when(rising)
        .then(pl.lit("新兴"))
        .when(large)
        .then(pl.lit("成熟"))
        .otherwise(pl.lit("衰退"))
    )


_SCHEMA = pl.Schema(
    [
        ("theme", pl.String()),
        ("name", pl.String()),
        ("keywords", pl.List(pl.String)),
        ("count", pl.Int64()),
        ("share", pl.Float64()),
        ("earlier", pl.Int64()),
        ("later", pl.Int64()),
        ("growth", pl.Float64()),
        ("low", pl.Float64()),
        ("high", pl.Float64()),
    ]
)


def _growth(
    earlier: int, later: int, totals: tuple[int, int]
) -> tuple[float | None, float | None, float | None]:
    """Ratio of shares with its interval; the upper end is null where it has none."""
    if not all(totals) or not earlier + later:
        return None, None, None
    told = compare_counts(earlier, later, exposure=totals, level=_LEVEL)
    return told.ratio, told.low, told.high if math.isfinite(told.high) else None


def _moving(
    study: Study, name: str, title: tuple[str, str], which: pl.Expr, count: int, *, descending: bool
) -> Table:
    columns = (NAME, _KEYWORDS, COUNT, SHARE, *_GROWTH)
    names = ["trend.interval", "theme_growth.share", "theme_share.all"]
    if not study.themes:
        return missing_table(study, name, title, columns, names, (), reason=_NO_THEMES)
    frame = (
        theme_growth(study)
        .filter(which)
        .sort("growth", "theme", descending=[descending, False], nulls_last=not descending)
        .head(count)
    )
    earlier, later = spans(study)
    note = (f"{later.label}与{earlier.label}相比。", f"{later.label} against {earlier.label}.")
    coverage = Coverage(unique_patents(theme_frame(study)), study.count)
    return make_table(study, name, title, columns, frame, names, known=coverage, notes=[note])
