"""How the themes of a scope develop: counts and shares by year and plan, growth, emergence."""

from __future__ import annotations

from datetime import date
from math import isfinite

import numpy as np

from api.live.parts import themes_of
from api.live.snapshot import LiveSnapshot
from api.themes.counting import (
    ALL_PATENTS,
    EVERYTHING,
    Within,
    counted,
    incomplete_from_year,
    scope_named,
    where_of,
)
from api.themes.shapes import EmergenceFacts, GrowthFacts, PeriodCounts, ThemeTrend, TrendsAnswer
from patents.errors import InputError
from patents.messages import text
from themes.part.format import Scope
from themes.part.opened import Seats
from themes.trends import Emergence, Growth, emergence, growth, spans
from themes.years import YearTable, by_plan, by_year

SPAN_YEARS = 3
_LEVEL = 0.9
# A later span with less than this share of the earlier one says more of the exports than of technology.
_THIN = 0.3


def trends(
    live: LiveSnapshot, industry: str = "", *, within: Within = EVERYTHING, until: int | None = None
) -> TrendsAnswer:
    """The themes of an industry over time, those that look most like coming up first.

    Args:
        live: the snapshot.
        industry: `scheme:name`, a name, or empty for the whole library.
        within: which of its patents are counted.
        until: last year of the later span; None for the last complete one.

    Raises:
        NotFoundError: there is no such industry, or it has no themes.
        InputError: `until` lies before the first filing.
    """
    scope = scope_named(live, industry)
    if within is EVERYTHING:
        return themes_of(live).once(("trends", scope.id, until), lambda: _trends(live, scope, within, until))
    return _trends(live, scope, within, until)


def _trends(live: LiveSnapshot, scope: Scope, within: Within, until: int | None) -> TrendsAnswer:
    seats, _ = counted(live, scope, within)
    as_of = live.as_of or date.today()
    number = len(scope.themes)
    years = _years(live, seats)
    table = by_year(seats.theme, years, number, as_of=as_of)
    plans = by_plan(seats.theme, years, number, as_of=as_of)
    earlier, later = spans(table, SPAN_YEARS, until=until)
    if until is not None and table.periods and not later.any():
        raise InputError("themes-until-too-early", year=until, first=table.periods[0], last=table.periods[-1])
    pair = _plan_pair(plans)
    rising = emergence(table, _applicants(live, seats), seats.theme, years, span=SPAN_YEARS, until=until)
    found = [
        _trend(scope, theme, table, plans, (earlier, later), pair, rising[theme])
        for theme in range(number)
        if not scope.themes[theme].hidden
    ]
    return TrendsAnswer(
        scope=scope.id or ALL_PATENTS,
        where=where_of(within),
        count=len(seats.rows),
        tagged_noise=within.chosen.noise if within.chosen else 0,
        incomplete_from_year=incomplete_from_year(live.as_of),
        years=_periods(table),
        plans=_periods(plans),
        earlier_span=_named(table, earlier),
        later_span=_named(table, later),
        plan_pair=[plans.periods[place] for place in pair],
        note=_thin(table, earlier, later),
        themes=sorted(found, key=lambda trend: (-trend.emergence.score, trend.id)),
    )


def _years(live: LiveSnapshot, seats: Seats) -> list[int | None]:
    return [year if year >= 0 else None for year in themes_of(live).years[seats.rows].tolist()]


def _applicants(live: LiveSnapshot, seats: Seats) -> list[list[str]]:
    listed = live.table.column("applicants").take(seats.rows).to_pylist()
    return [names or [] for names in listed]


def _plan_pair(plans: YearTable) -> tuple[int, ...]:
    """Places of the last complete plan with patents and the one before; () without two."""
    complete = np.flatnonzero(~plans.incomplete & (plans.totals > 0))
    return tuple(complete[-2:].tolist()) if len(complete) > 1 else ()


def _trend(
    scope: Scope,
    theme: int,
    table: YearTable,
    plans: YearTable,
    spans: tuple[np.ndarray[tuple[int], np.dtype[np.bool_]], np.ndarray[tuple[int], np.dtype[np.bool_]]],
    pair: tuple[int, ...],
    rising: Emergence,
) -> ThemeTrend:
    earlier, later = spans
    before, after = int(table.counts[theme, earlier].sum()), int(table.counts[theme, later].sum())
    lengths = float(earlier.sum()), float(later.sum())
    totals = float(table.totals[earlier].sum()), float(table.totals[later].sum())
    plan_counts = tuple(int(plans.counts[theme, place]) for place in pair)
    return ThemeTrend(
        id=scope.themes[theme].id,
        name=scope.themes[theme].name,
        counts=table.counts[theme].tolist(),
        shares=_rounded(table, theme),
        plan_counts=plans.counts[theme].tolist(),
        plan_shares=_rounded(plans, theme),
        unknown=int(table.unknown[theme]),
        growth=_growth(before, after, lengths),
        share_growth=_growth(before, after, totals),
        plan_growth=_growth(plan_counts[0], plan_counts[1], (1.0, 1.0)) if pair else None,
        emergence=EmergenceFacts(
            score=round(rising.score, 4),
            rising=round(rising.rising, 4),
            diverse=round(rising.diverse, 4),
            young=round(rising.young, 4),
        ),
    )


def _growth(before: int, after: int, exposure: tuple[float, float]) -> GrowthFacts | None:
    """None where one of the spans has nothing to compare with."""
    if min(exposure) <= 0:
        return None
    found: Growth = growth(before, after, exposure=exposure, level=_LEVEL)
    return GrowthFacts(
        earlier=before,
        later=after,
        ratio=None if found.ratio is None else round(found.ratio, 4),
        increase=None if found.increase is None else round(found.increase, 4),
        low=round(found.low, 4),
        high=round(found.high, 4) if isfinite(found.high) else None,
        level=_LEVEL,
    )


def _rounded(table: YearTable, theme: int) -> list[float]:
    return [round(share, 5) for share in table.shares()[theme].tolist()]


def _thin(
    table: YearTable,
    earlier: np.ndarray[tuple[int], np.dtype[np.bool_]],
    later: np.ndarray[tuple[int], np.dtype[np.bool_]],
) -> str:
    """Warn where the later span holds far fewer patents altogether: the exports end before it."""
    before, after = int(table.totals[earlier].sum()), int(table.totals[later].sum())
    if after >= _THIN * before:
        return ""
    full = np.flatnonzero(table.totals >= 0.5 * table.totals.max(initial=0))
    last = table.periods[full[-1]] if len(full) else ""
    return text("themes-later-span-thin", after=after, before=before, year=last)


def _periods(table: YearTable) -> PeriodCounts:
    return PeriodCounts(
        periods=list(table.periods), totals=table.totals.tolist(), incomplete=table.incomplete.tolist()
    )


def _named(table: YearTable, chosen: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> list[str]:
    return [period for period, used in zip(table.periods, chosen.tolist(), strict=True) if used]
