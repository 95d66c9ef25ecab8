"""A 检索式 → a study: the patents laid out for counting, with themes and home of the library."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pyarrow as pa

from api.live.parts import themes_of
from api.live.snapshot import LiveSnapshot
from api.selections.choosing import Chosen, choose
from directions.counting import Counting
from directions.study import Left, Period, Study, StudyTheme, make_study


def study_of(
    live: LiveSnapshot,
    where: str = "",
    *,
    title: str = "",
    counting: Counting | None = None,
    period: Period | None = None,
    with_noise: bool = False,
) -> Study:
    """Lay the patents of a 检索式 out for counting.

    Args:
        live: the snapshot.
        where: 检索式; empty for every patent.
        title: as printed; the library's name, or the 检索式, when empty.
        counting: 口径; the default one when None.
        period: years shown; see `directions.study.make_study`.
        with_noise: keep the patents tagged 噪声.

    Raises:
        QueryError: the 检索式 is wrong.
        InputError: nothing is left to study.
    """
    chosen = choose(live, where, with_noise=with_noise)
    return study_of_chosen(live, chosen, title=title, counting=counting, period=period)


def study_of_chosen(
    live: LiveSnapshot,
    chosen: Chosen,
    *,
    title: str = "",
    counting: Counting | None = None,
    period: Period | None = None,
    table: pa.Table | None = None,
    groups: tuple[tuple[str, str], ...] = (),
) -> Study:
    """Lay chosen patents out for counting; see `study_of`.

    Args:
        live: the snapshot.
        chosen: patents, with those taken out as 噪声 counted.
        title: see `study_of`.
        counting: see `study_of`.
        period: see `study_of`.
        table: columns that are enough for what will be counted; all of the snapshot when None.
        groups: (member, group) names of applicants.
    """
    study = make_study(
        live.table if table is None else table,
        chosen.selection.array(),
        title=title or title_of(live, chosen),
        query=chosen.selection.text,
        as_of=live.as_of or date.today(),
        counting=counting,
        period=period,
        home=live.library.settings["home"],
        groups=groups,
        snapshot=live.number,
    )
    noise = (Left(reason="噪声", count=chosen.noise),) if chosen.noise else ()
    return replace(study, left=(*study.left, *noise))


def with_themes(live: LiveSnapshot, study: Study, scope: str | None = None) -> Study:
    """Add the themes that hold patents of a study.

    Args:
        live: the snapshot.
        study: without themes.
        scope: `scheme:industry`, or empty for the themes of the whole library; None takes those of all
            scopes.
    """
    if "theme" not in study.patents.columns or not live.snapshot.has("themes"):
        return study
    placed = study.patents.select(theme="theme").with_row_index("place").explode("theme").drop_nulls("theme")
    lists = placed.group_by("theme").agg(pl.col("place").sort())
    places = {
        str(theme): np.array(own, dtype=np.int64)
        for theme, own in zip(lists["theme"], lists["place"].to_list(), strict=True)
    }
    facts = [
        theme
        for id_, one in themes_of(live).scopes.items()
        if scope is None or id_ == scope
        for theme in one.themes
        if not theme.hidden and theme.id in places
    ]
    spots = {} if scope is None else _spots(live, scope)
    found = tuple(
        StudyTheme(
            id=theme.id,
            name=theme.name,
            keywords=theme.keywords,
            rows=places[theme.id],
            spot=spots.get(theme.id),
        )
        for theme in facts
    )
    return replace(study, themes=found)


def _spots(live: LiveSnapshot, scope: str) -> dict[str, tuple[float, float]]:
    """Where the themes of a scope stand on its map, by id."""
    one = themes_of(live).scopes.get(scope)
    if one is None:
        return {}
    drawn = themes_of(live).drawn(one).themes
    return {
        theme.id: (float(drawn[number, 0]), float(drawn[number, 1]))
        for number, theme in enumerate(one.themes)
        if np.isfinite(drawn[number]).all()
    }


def title_of(live: LiveSnapshot, chosen: Chosen) -> str:
    """What a study without a title is called: the library's name for all patents, else the 检索式."""
    text = chosen.selection.text
    name = live.library.settings["name"] or live.library.path.name
    return name if text == "*" else text


def home_query(home: str) -> str:
    """The 检索式 of a region: `甘肃省`, `广东省/东莞市`."""
    province, _, city = home.partition("/")
    return f'PROVINCE="{province}" and CITY="{city}"' if city else f'PROVINCE="{province}"'
