"""技术方向: the themes of a study, which rise and which fall, and who holds them."""

from __future__ import annotations

import polars as pl

from directions.chapters.sentences import cell, enumeration, leaders, present, sentence
from directions.facts import Chapter, Figure, Finding, Table
from directions.indicators.filings import lacking_year
from directions.indicators.local_gaps import BLANK, NO_FIRM, local_gaps
from directions.indicators.themes import (
    emerging_themes,
    fading_themes,
    theme_map,
    theme_quadrant,
    theme_table,
    themes_by_year,
)
from directions.indicators.who import theme_holders, white_space
from directions.shapes import first
from directions.study import Study
from patents.bilingual import Text

_LINES = 20
_RIVER = 10


def chapter(study: Study) -> Chapter:
    """Compose the chapter with its sections."""
    return Chapter(
        id="themes",
        title=Text("技术方向", "Themes and directions"),
        chapters=(_growth(study), _holders(study)),
        step="ways",
    )


def _growth(study: Study) -> Chapter:
    whole = theme_table(study)
    table = first(whole, _LINES)
    rising, falling = emerging_themes(study), fading_themes(study)
    figures = [theme_map(study), theme_quadrant(whole)] if study.themes else []
    if study.themes and not lacking_year(study):
        figures.append(
            Figure(
                "area",
                themes_by_year(study, _RIVER),
                "year",
                ("count",),
                id="theme_river",
                title=Text("主要主题的年度专利量", "Themes over the years"),
                series="name",
                incomplete_from=study.incomplete_from,
                in_parts=True,
            )
        )
    return Chapter(
        id="theme_growth",
        title=Text("主题分布与增长", "Themes and their growth"),
        findings=present(
            _largest(table),
            leaders(
                rising,
                "name",
                "growth",
                "占比显著上升的方向为{leading}，区间下限均高于1倍。",
                "The share of {leading} rose significantly.",
            ),
            leaders(
                falling,
                "name",
                "growth",
                "占比显著下降的方向为{leading}。",
                "The share of {leading} fell significantly.",
            ),
        ),
        tables=(table, rising, falling),
        figures=tuple(filter(_drawable, figures)),
        step="ways",
    )


def _drawable(drawn: Figure) -> bool:
    """Whether a point can be drawn: growth lacks where there are too few complete years."""
    if drawn.table.empty:
        return False
    return drawn.table.rows.drop_nulls([drawn.x, *drawn.y]).height > 0


def _largest(table: Table) -> Finding | None:
    known = table.coverage.known
    return leaders(
        table,
        "name",
        "count",
        "{known}件专利归入主题，专利量居前的方向为{leading}。",
        "{known} patents are in a theme; the largest are {leading}.",
        bracket="share",
        known=Text(str(known), f"{known:,}"),
    )


def _holders(study: Study) -> Chapter:
    holders, left = first(theme_holders(study), _LINES), first(white_space(study), _LINES)
    local = (first(local_gaps(study), _LINES),) if study.home else ()
    return Chapter(
        id="theme_holders",
        title=Text("主题持有人", "Who holds the themes"),
        findings=present(_firms(holders), _open(left), *map(_blank, local)),
        tables=(holders, left, *local),
        step="ways",
    )


def _firms(holders: Table) -> Finding | None:
    if holders.empty:
        return None
    known = holders.rows.with_row_index("place").filter(pl.col("firms").is_not_null())
    if known.is_empty():
        return None
    ordered = known.sort("firms", descending=True)["place"].to_list()
    most, least = int(ordered[0]), int(ordered[-1])
    names = holders.rows["name"]
    return sentence(
        "在主要方向中，企业占比最高的是“{most}”（{highest}），最低的是“{least}”（{lowest}）。",
        "Firms hold the largest share of {most} ({highest}) and the smallest of {least} ({lowest}).",
        holders,
        most=names[most],
        highest=cell(holders, "firms", most),
        least=names[least],
        lowest=cell(holders, "firms", least),
    )


def _open(left: Table) -> Finding | None:
    if left.empty:
        return None
    names = left.rows["name"].head(3).to_list()
    return sentence(
        "企业尚少布局而高校院所已有积累的方向有{themes}。",
        "Themes held by universities and institutes but hardly by firms: {themes}.",
        left,
        themes=Text("、".join(names), ", ".join(names)),
    )


def _blank(local: Table) -> Finding | None:
    if local.empty:
        return None
    states = {
        BLANK: Text("本地空白的方向有", "No local patent is in "),
        NO_FIRM: Text("本地企业空白的方向有", "No local firm, but local research, is in "),
    }
    parts = []
    for state, heading in states.items():
        names = local.rows.filter(pl.col("state") == state)["name"].head(3).to_list()
        if names:
            parts.append(heading + Text("、".join(names), ", ".join(names)))
    if not parts:
        return None
    return sentence("{parts}。", "{parts}.", local, parts=enumeration(parts, "；", "; "))
