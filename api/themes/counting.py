"""Which patents of which industry are counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches

import numpy as np
import numpy.typing as npt

from api.live.parts import themes_of
from api.live.snapshot import LiveSnapshot
from api.selections.choosing import Chosen, choose
from api.themes.shapes import (
    Choice,
    Counted,
    IndustryFacts,
    ThemeInSnapshot,
    ThemesAnswer,
)
from patents.errors import InputError, NotFoundError
from selection.industries import industry_counts, library_schemes
from themes.part.format import WHOLE_LIBRARY, Scope
from themes.part.opened import Seats
from themes.part.source import subclasses
from themes.years import incomplete_from

ALL_PATENTS = "全库"


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """Which patents of a scope are counted.

    Attributes:
        chosen: of a 检索式; None counts all.
        placed_only: leave the unplaced out, and report how many.
        leading_classes: only patents of so many leading main IPC subclasses of the scope.
    """

    chosen: Chosen | None = None
    placed_only: bool = False
    leading_classes: int | None = None


EVERYTHING = Within()


def within(live: LiveSnapshot, choice: Choice, counted: Counted | None = None) -> Within:
    """Choose the patents that are counted; those tagged 噪声 are not, unless asked for.

    Raises:
        QueryError: the 检索式 is wrong.
    """
    chosen = choose(live, choice.where, dialect=choice.dialect, with_noise=choice.with_noise)
    counted = counted or Counted()
    if chosen.selection.count == live.count and not choice.where.strip() and counted == Counted():
        return EVERYTHING
    return Within(chosen=chosen, placed_only=counted.placed_only, leading_classes=counted.leading_classes)


def industries(live: LiveSnapshot, chosen: Chosen | None = None) -> list[IndustryFacts]:
    """Every industry that holds a patent, scheme by scheme, with the number of its themes.

    Args:
        live: the snapshot.
        chosen: count its patents only; shares are of them.
    """
    column = live.table.column("industries")
    if chosen is not None:
        column = column.filter(chosen.selection.mask())
    themes = {id_: len(scope.themes) for id_, scope in themes_of(live).scopes.items()}
    return [
        IndustryFacts(
            id=one.id,
            scheme=one.scheme,
            name=one.name,
            count=one.count,
            share=one.share,
            themes=themes.get(one.id, 0),
        )
        for one in industry_counts(column, library_schemes(live.library.path))
        if one.count
    ]


def counted(live: LiveSnapshot, scope: Scope, within: Within) -> tuple[Seats, int]:
    """The seats that are counted, and how many unplaced ones were left out."""
    seats = themes_of(live).seats(scope)
    if within.leading_classes is not None:
        seats = seats.within(leading_classes_mask(live, seats.rows, within.leading_classes))
    if within.chosen is not None:
        seats = seats.within(within.chosen.selection.mask())
    if not within.placed_only:
        return seats, 0
    placed = seats.placed()
    return placed, len(seats.rows) - len(placed.rows)


def leading_classes_mask(
    live: LiveSnapshot, rows: npt.NDArray[np.int64], number: int
) -> npt.NDArray[np.bool_]:
    """Rows whose main IPC subclass is among the leading ones of some patents; bool of shape (n,).

    Args:
        live: the snapshot.
        rows: patents whose leading subclasses are meant.
        number: how many, as regional studies take the ten leading ones of an industry.
    """
    if number < 1:
        raise InputError("themes-leading-classes-too-few", asked=number)
    classes = themes_of(live).once("subclasses", lambda: subclasses(live.table))
    known = classes[rows]
    counts = np.bincount(known[known >= 0], minlength=int(classes.max(initial=0)) + 1)
    leading = np.argsort(-counts, kind="stable")[:number]
    return np.isin(classes, leading[counts[leading] > 0])


def by_year(
    live: LiveSnapshot, seats: Seats, labels: npt.NDArray[np.int64], groups: int
) -> list[dict[int, int]]:
    """Patents of each group by filing year.

    Args:
        live: the snapshot.
        seats: m patents.
        labels: int64 of shape (m,): group of each, −1 for none.
        groups: number of groups.
    """
    years = themes_of(live).years[seats.rows]
    known = (labels >= 0) & (years >= 0)
    if not known.any():
        return [{} for _ in range(groups)]
    first, last = int(years[known].min()), int(years[known].max())
    span = last - first + 1
    table = np.bincount(labels[known] * span + years[known] - first, minlength=groups * span).reshape(
        groups, span
    )
    return [{first + int(year): int(row[year]) for year in np.flatnonzero(row)} for row in table]


def incomplete_from_year(as_of: date | None) -> int:
    """First filing year that is not fully published at the as-of date."""
    return incomplete_from(as_of or date.today())


def layers_of(live: LiveSnapshot, scope: Scope) -> list[int]:
    """Numbers of themes of the layers that the build named."""
    return sorted({layer for node in themes_of(live).layers(scope) for layer in node.layers})


def where_of(within: Within) -> str:
    """The 检索式 that is counted."""
    return within.chosen.selection.text if within.chosen else "*"


def scope_named(live: LiveSnapshot, industry: str) -> Scope:
    """The scope of an industry.

    Raises:
        NotFoundError: there is no such industry, or it has no themes.
    """
    scope_id, rows = resolve(live, industry)
    scope = themes_of(live).scopes.get(scope_id)
    if scope is None:
        raise NotFoundError("themes-none-of-industry", industry=scope_id, **rule_of(live, rows))
    return scope


def resolve(live: LiveSnapshot, industry: str) -> tuple[str, int]:
    """Full id and size of an industry; a bare name means that of the theme scheme first.

    Raises:
        NotFoundError: there is no such industry.
    """
    wanted = industry.strip()
    if not wanted or wanted == ALL_PATENTS:
        return WHOLE_LIBRARY, live.count
    known = themes_of(live).once("industries", lambda: {one.id: one.count for one in industries(live)})
    scheme = live.library.settings["theme_scheme"]
    candidates = [wanted, f"{scheme}:{wanted}", *(one for one in known if one.partition(":")[2] == wanted)]
    for candidate in candidates:
        if candidate in known:
            return candidate, known[candidate]
    names = {one.partition(":")[2]: one for one in known}
    near = [names[name] for name in get_close_matches(wanted, names, n=3, cutoff=0.3)]
    if near:
        raise NotFoundError("industry-not-found-near", name=wanted, near="、".join(near))
    raise NotFoundError("industry-not-found", name=wanted)


def numbers_of(live: LiveSnapshot, keys: Sequence[str]) -> list[str]:
    """The numbers that patents are called by; those that are gone are left out."""
    rows = (live.rows_by_key.get(key) for key in keys)
    return [live.number_of(row) for row in rows if row is not None]


def rule_of(live: LiveSnapshot, rows: int) -> dict[str, object]:
    """What an industry needs to have themes, and what it has."""
    return {"scheme": live.library.settings["theme_scheme"], "count": rows}


def summary(
    live: LiveSnapshot, seats: Seats, found: Sequence[ThemeInSnapshot], head: ThemesAnswer
) -> ThemesAnswer:
    """Fill in who sits where, and put the largest themes first."""
    placed = seats.theme >= 0
    return replace(
        head,
        core=int((placed & seats.core).sum()),
        assigned=int((placed & ~seats.core).sum()),
        unplaced=int((~placed).sum()),
        themes=sorted(found, key=lambda theme: (-theme.size, theme.id, theme.name)),
    )
