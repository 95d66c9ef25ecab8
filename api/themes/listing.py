"""Industries and their themes, as the live snapshot has them, for all patents or those of a 检索式."""

from __future__ import annotations

import numpy as np

from api.live.parts import themes_of
from api.live.snapshot import LiveSnapshot
from api.themes.counting import (
    ALL_PATENTS,
    EVERYTHING,
    Within,
    counted,
    incomplete_from_year,
    industries,
    layers_of,
    numbers_of,
    resolve,
    rule_of,
    summary,
    where_of,
)
from api.themes.layers import themes_of_layer
from api.themes.shapes import (
    IndustriesAnswer,
    ThemeHistoryAnswer,
    ThemeInSnapshot,
    ThemesAnswer,
)
from patents.errors import InputError
from patents.messages import text
from themes.part.format import ThemeFacts
from themes.part.opened import Seats


def counted_industries(live: LiveSnapshot, within: Within) -> IndustriesAnswer:
    """The industries of the patents of a selection, with what was left out."""
    chosen = within.chosen
    return IndustriesAnswer(
        where=where_of(within),
        count=chosen.selection.count if chosen else live.count,
        tagged_noise=chosen.noise if chosen else 0,
        industries=industries(live, chosen),
    )


def themes(
    live: LiveSnapshot,
    industry: str = "",
    *,
    within: Within = EVERYTHING,
    layer: int | None = None,
    hidden: bool = False,
) -> ThemesAnswer:
    """The themes of an industry, largest first.

    Args:
        live: the snapshot.
        industry: `scheme:name`, a name, or empty for the whole library.
        within: which of its patents are counted.
        layer: about how many themes; None for the default layer, whose themes keep their ids.
        hidden: also those that users hid.

    Raises:
        NotFoundError: there is no such industry; the message names the nearest.
        InputError: the layer is no number of themes.
    """
    scope_id, rows = resolve(live, industry)
    scope = themes_of(live).scopes.get(scope_id)
    if scope is None:
        return _without_themes(live, scope_id, rows)
    if layer is not None and layer < 1:
        raise InputError("themes-too-few", asked=layer)
    seats, left = counted(live, scope, within)
    if layer is None or layer == len(scope.themes):
        found = [
            _theme(live, seats, number, theme)
            for number, theme in enumerate(scope.themes)
            if hidden or not theme.hidden
        ]
    else:
        found = themes_of_layer(live, scope, seats, layer)
    return summary(
        live,
        seats,
        found,
        ThemesAnswer(
            scope=scope.id or ALL_PATENTS,
            where=where_of(within),
            count=len(seats.rows),
            core=0,
            assigned=0,
            unplaced=0,
            tagged_noise=within.chosen.noise if within.chosen else 0,
            left_out=left,
            layer=len(scope.themes) if layer is None else len(found),
            layers=layers_of(live, scope),
            most=themes_of(live).base(scope).tree.leaves,
            hidden=0 if hidden else sum(theme.hidden for theme in scope.themes),
            incomplete_from_year=incomplete_from_year(live.as_of),
            note="",
            themes=[],
        ),
    )


def history(live: LiveSnapshot, industry: str = "") -> ThemeHistoryAnswer:
    """What the last build did to the themes of an industry: kept, merged, split, born, died.

    Raises:
        NotFoundError: there is no such industry.
    """
    scope_id, _ = resolve(live, industry)
    scope = themes_of(live).scopes.get(scope_id)
    return ThemeHistoryAnswer(events=list(scope.events) if scope else [])


def _theme(live: LiveSnapshot, seats: Seats, number: int, theme: ThemeFacts) -> ThemeInSnapshot:
    own = np.flatnonzero(seats.theme == number)
    years = themes_of(live).years[seats.rows[own]]
    known, counts = np.unique(years[years >= 0], return_counts=True)
    return ThemeInSnapshot(
        id=theme.id,
        name=theme.name,
        keywords=theme.keywords,
        size=len(own),
        core_size=int(seats.core[own].sum()),
        share=len(own) / len(seats.rows) if len(seats.rows) else 0.0,
        representatives=numbers_of(live, theme.representatives),
        counts_by_year=dict(zip(known.tolist(), counts.tolist(), strict=True)),
        hidden=theme.hidden,
        stability=theme.stability,
    )


def _without_themes(live: LiveSnapshot, scope_id: str, rows: int) -> ThemesAnswer:
    return ThemesAnswer(
        scope=scope_id or ALL_PATENTS,
        count=rows,
        core=0,
        assigned=0,
        unplaced=rows,
        incomplete_from_year=incomplete_from_year(live.as_of),
        note=text("themes-none", **rule_of(live, rows)),
        themes=[],
    )
