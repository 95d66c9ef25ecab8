"""技术方向: the themes of a study, which rise and which fall, and who holds them."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from directions.chapters.shaping import first
from directions.chapters.wording import cell, kept, listed, said
from directions.facts import Chapter, Figure, Finding, Table
from directions.indicators.filings import lacking_year
from directions.indicators.local_gaps import local_gaps
from directions.indicators.themes import (
    emerging_themes,
    fading_themes,
    theme_map,
    theme_quadrant,
    theme_table,
    themes_by_year,
)
from directions.indicators.who import theme_holders, white_space
from directions.study import Study

_LINES = 20
_RIVER = 10


def chapter(study: Study) -> Chapter:
    """Compose the chapter with its sections."""
    return Chapter(
        id="themes",
        title="技术方向",
        title_en="Themes and directions",
        chapters=(_growth(study), _holders(study)),
    )


def _growth(study: Study) -> Chapter:
    table = first(theme_table(study), _LINES)
    rising, falling = emerging_themes(study), fading_themes(study)
    figures = [theme_map(study), theme_quadrant(study)] if study.themes else []
    if study.themes and not lacking_year(study):
        figures.append(
            Figure(
                id="theme_river",
                title="主要主题的年度专利量",
                title_en="Themes over the years",
                kind="area",
                table=themes_by_year(study, _RIVER),
                x="year",
                y=("count",),
                series="name",
                incomplete_from=study.incomplete_from,
            )
        )
    return Chapter(
        id="theme_growth",
        title="主题分布与增长",
        title_en="Themes and their growth",
        findings=kept((_largest(study, table), _rising(rising), _falling(falling))),
        tables=(table, rising, falling),
        figures=tuple(figure for figure in figures if _drawable(figure)),
    )


def _drawable(figure: Figure) -> bool:
    """Whether a point can be drawn: growth lacks where there are too few complete years."""
    if figure.table.empty:
        return False
    return figure.table.rows.drop_nulls([figure.x, *figure.y]).height > 0


def _largest(study: Study, table: Table) -> Finding | None:
    if table.empty:
        return None
    known = table.coverage
    return said(
        f"{known.known}件专利归入主题，专利量居前的方向为"
        f"{listed(table, 'name', 'count', 3, bracket='share')}。",
        f"{known.known:,} patents are in a theme; the largest are "
        f"{listed(table, 'name', 'count', 3, 'en', bracket='share')}.",
        table,
    )


def _rising(rising: Table) -> Finding | None:
    if rising.empty:
        return None
    return said(
        f"占比显著上升的方向为{listed(rising, 'name', 'growth', 3)}，区间下限均高于1倍。",
        f"The share of {listed(rising, 'name', 'growth', 3, 'en')} rose beyond chance.",
        rising,
    )


def _falling(falling: Table) -> Finding | None:
    if falling.empty:
        return None
    return said(
        f"占比显著下降的方向为{listed(falling, 'name', 'growth', 3)}。",
        f"The share of {listed(falling, 'name', 'growth', 3, 'en')} fell beyond chance.",
        falling,
    )


def _holders(study: Study) -> Chapter:
    holders, open_ones = first(theme_holders(study), _LINES), first(white_space(study), _LINES)
    local = (first(local_gaps(study), _LINES),) if study.home else ()
    return Chapter(
        id="theme_holders",
        title="主题持有人",
        title_en="Who holds the themes",
        findings=kept((_firms(holders), _open(open_ones), *map(_blank, local))),
        tables=(holders, open_ones, *local),
    )


def _firms(holders: Table) -> Finding | None:
    if holders.empty or "firms" not in holders.rows.columns:
        return None
    told = holders.rows.with_row_index("place").filter(pl.col("firms").is_not_null())
    if told.is_empty():
        return None
    ordered = told.sort("firms", descending=True)["place"].to_list()
    most, least = int(ordered[0]), int(ordered[-1])
    names = holders.rows["name"]
    return said(
        f"在主要方向中，企业占比最高的是“{names[most]}”（{cell(holders, 'firms', most)}），"
        f"最低的是“{names[least]}”（{cell(holders, 'firms', least)}）。",
        f"Firms hold most of {names[most]} ({cell(holders, 'firms', most, 'en')}) and least of "
        f"{names[least]} ({cell(holders, 'firms', least, 'en')}).",
        holders,
    )


def _open(open_ones: Table) -> Finding | None:
    if open_ones.empty:
        return None
    names = replace(open_ones, rows=open_ones.rows.head(3)).rows["name"].to_list()
    return said(
        f"企业尚少布局而高校院所已有积累的方向有{'、'.join(names)}。",
        f"Firms leave open what universities and institutes hold: {', '.join(names)}.",
        open_ones,
    )


def _blank(local: Table) -> Finding | None:
    if local.empty:
        return None
    named = {
        state: local.rows.filter(pl.col("state") == state)["name"].head(3).to_list()
        for state in ("本地空白", "本地企业空白")
    }
    said_zh = [f"{state}的方向有{'、'.join(names)}" for state, names in named.items() if names]
    if not said_zh:
        return None
    english = {
        "本地空白": "No local patent is in",
        "本地企业空白": "No local firm, but local research, is in",
    }
    said_en = [f"{english[state]} {', '.join(names)}" for state, names in named.items() if names]
    return said(f"{'；'.join(said_zh)}。", f"{'; '.join(said_en)}.", local)
