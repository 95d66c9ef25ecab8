"""主题方向: share and growth of themes, their quadrants, what rises and what falls."""

from __future__ import annotations

import math
from typing import Literal

import numpy as np
import polars as pl

from directions.facts import Coverage, Figure, Table, TableColumn
from directions.indicators.categories import comparable, span_columns, spans, unique_patents, yearly
from directions.indicators.counts import COUNT, SHARE, YEAR, counts_of_years, incomplete_note
from directions.indicators.declaration import Rows, Unavailable, table
from directions.study import Study, StudyTheme
from patents.bilingual import NO_TEXT, Text
from themes.trends import growth as compare_counts

_LEVEL = 0.95
NAME = TableColumn("name", Text("主题", "Theme"))
_KEYWORDS = TableColumn("keywords", Text("关键词", "Keywords"), "texts")
GROWTH = TableColumn("growth", Text("增长", "Growth"), "ratio", "倍")
_INTERVAL = (
    TableColumn("low", Text("下限", "Low"), "ratio", "倍"),
    TableColumn("high", Text("上限", "High"), "ratio", "倍"),
)
_PRINTED_KEYWORDS = 6


def expect_themes(study: Study) -> None:
    """Raise `Unavailable` where no themes were found."""
    if not study.themes:
        raise Unavailable(Text("没有主题：需要先构建专题库", "no themes: build the library to find them"))


@table(
    id="themes",
    title=Text("主题分布与增长", "Themes, their shares and growth"),
    columns=lambda study: (
        NAME,
        _KEYWORDS,
        COUNT,
        SHARE,
        *span_columns(study),
        GROWTH,
        *_INTERVAL,
        TableColumn("quadrant", Text("象限", "Quadrant")),
    ),
    definitions=("theme.count", "theme_share.all", "theme_growth.share", "quadrant.share_growth"),
    needs=(),
)
def theme_table(study: Study) -> Rows:
    """Themes with their share, the growth of their share with its interval, and their quadrant.

    Growth is null where the complete years do not make two spans of three, or the earlier one holds no
    patent of the theme.
    """
    expect_themes(study)
    placed = unique_patents(theme_frame(study))
    out = study.count - placed
    left = Text(f"{out}件未归入任何主题。", f"{out} patents are not in any theme.") if out else NO_TEXT
    return Rows(theme_growth(study), Coverage(placed, study.count), (left, incomplete_note(study)))


def theme_quadrant(table: Table) -> Figure:
    """Themes of a `theme_table` by share and growth, bounded by the median share and growth 1."""
    middle = None if table.empty else table.rows["share"].median()
    lines: tuple[tuple[Literal["x", "y"], float], ...] = (("y", 1.0),)
    if isinstance(middle, float):
        lines = (("x", middle), *lines)
    return Figure(
        "quadrant",
        table,
        "share",
        ("growth",),
        id="theme_quadrant",
        title=Text("主题占比与增长", "Share and growth of themes"),
        size="count",
        label="name",
        lines=lines,
        in_parts=True,
    )


def theme_map(study: Study) -> Figure:
    """Themes where they stand on the map of their scope, by number of patents; neighbours are related.

    The table is empty and says why where the themes are of several scopes.
    """
    return Figure("map", theme_spots(study), "x", ("y",), size="count", label="name")


@table(
    id="theme_map",
    title=Text("主题地图", "Map of themes"),
    columns=(
        NAME,
        COUNT,
        TableColumn("x", Text("横坐标", "x"), "number"),
        TableColumn("y", Text("纵坐标", "y"), "number"),
    ),
    definitions=("theme.count",),
    needs=(),
)
def theme_spots(study: Study) -> Rows:
    """Themes with their place on the map of their scope."""
    expect_themes(study)
    spots = [(theme.name, len(theme.rows), *theme.spot) for theme in study.themes if theme.spot]
    if not spots:
        raise Unavailable(
            Text("主题分属多个范围，没有共同的地图", "the themes are of several scopes, which share no map")
        )
    frame = pl.DataFrame(spots, schema=["name", "count", "x", "y"], orient="row")
    placed = Coverage(unique_patents(theme_frame(study)), study.count)
    return Rows(frame.sort("count", "name", descending=[True, False]), placed)


_MOVING = (NAME, _KEYWORDS, COUNT, SHARE, GROWTH, *_INTERVAL)
_TRENDS = ("trend.interval", "theme_growth.share", "theme_share.all")


@table("emerging_themes", Text("上升主题", "Rising themes"), _MOVING, _TRENDS, needs=())
def emerging_themes(study: Study, count: int = 10) -> Rows:
    """Themes whose share rose beyond chance (the whole interval of growth above 1), fastest first."""
    return _moving(study, pl.col("low") > 1, count, descending=True)


@table("fading_themes", Text("下降主题", "Falling themes"), _MOVING, _TRENDS, needs=())
def fading_themes(study: Study, count: int = 10) -> Rows:
    """Themes whose share fell beyond chance (the whole interval of growth below 1), fastest first."""
    return _moving(study, pl.col("high") < 1, count, descending=False)


def _moving(study: Study, which: pl.Expr, count: int, *, descending: bool) -> Rows:
    expect_themes(study)
    frame = (
        theme_growth(study)
        .filter(which)
        .sort("growth", "theme", descending=[descending, False], nulls_last=not descending)
        .head(count)
    )
    earlier, later = spans(study)
    note = Text(f"{later.label}与{earlier.label}相比。", f"{later.label} against {earlier.label}.")
    return Rows(frame, Coverage(unique_patents(theme_frame(study)), study.count), (note,))


@table(
    id="themes_by_year",
    title=Text("主题年度专利量", "Patents by theme and year"),
    columns=(NAME, YEAR, COUNT, TableColumn("share", Text("占当年", "Of the year"), "share", "%")),
    definitions=("theme.count", "theme_share.all"),
    needs=(),
)
def themes_by_year(study: Study, count: int = 12) -> Rows:
    """Patents of the largest themes by year, one line for each, with their share of the year."""
    expect_themes(study)
    long = theme_frame(study)
    largest = largest_themes(study)[:count]
    wholes = counts_of_years(study.patents["year"], study.period)
    whole = pl.DataFrame(
        {"year": list(wholes), "whole": list(wholes.values())}, schema={"year": pl.Int32, "whole": pl.Int64}
    )
    names = pl.DataFrame(
        {"theme": [theme.id for theme in largest], "name": [theme.name for theme in largest]}
    )
    frame = (
        yearly(study, long, [theme.id for theme in largest], study.period)
        .rename({"category": "theme"})
        .join(names, on="theme", maintain_order="left")
        .join(whole, on="year", maintain_order="left")
        .with_columns(
            share=pl.when(pl.col("whole") > 0).then(pl.col("count") / pl.col("whole")),
            complete=pl.col("year") < study.incomplete_from,
        )
        .drop("whole")
    )
    return Rows(frame, Coverage(unique_patents(long), study.count), (incomplete_note(study),))


def largest_themes(study: Study) -> list[StudyTheme]:
    """The themes by patents, most first, then by id."""
    return sorted(study.themes, key=lambda theme: (-len(theme.rows), theme.id))


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
    known = comparable(study)
    totals = int(in_spans["earlier"].sum()), int(in_spans["later"].sum())
    counts = (
        theme_frame(study)
        .join(in_spans, on="row")
        .group_by("category")
        .agg(count=pl.len(), earlier=pl.col("earlier").sum(), later=pl.col("later").sum())
    )
    by_theme = {line[0]: line[1:] for line in counts.iter_rows()}
    lines = []
    for theme in largest_themes(study):
        count, earlier, later = by_theme.get(theme.id, (0, 0, 0))
        keywords = list(theme.keywords[:_PRINTED_KEYWORDS])
        moved = _growth(earlier, later, totals) if known else (None, None, None)
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
    ratio = compare_counts(earlier, later, exposure=totals, level=_LEVEL)
    return ratio.ratio, ratio.low, ratio.high if math.isfinite(ratio.high) else None
