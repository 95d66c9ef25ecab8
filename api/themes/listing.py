"""Industries and their themes, as the live snapshot has them, for all patents or those of a 检索式."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from api.live.parts import themes_of
from api.selections.choosing import Chosen
from patents.errors import InputError, NotFoundError
from themes.part.format import WHOLE_LIBRARY, Scope, ThemeFacts
from themes.part.opened import Seats
from themes.years import incomplete_from

if TYPE_CHECKING:
    from api.live.snapshot import LiveSnapshot
    from themes.identity import ThemeEvent

ALL_PATENTS = "全库"


@dataclass(frozen=True, slots=True, kw_only=True)
class IndustryFacts:
    """One industry of one scheme."""

    id: str
    scheme: str
    name: str
    count: int
    share: float
    themes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedIndustries:
    """The industries of some patents; `tagged_noise` patents were left out as 噪声."""

    where: str
    count: int
    tagged_noise: int
    industries: list[IndustryFacts]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeInSnapshot:
    """One theme with its figures on this snapshot.

    Attributes:
        id: empty for a theme of another layer than the default one, which keeps no id.
        size, core_size: patents of the selection in it, and in its core.
        share: of the patents counted.
        layer: number of themes of its layer; 0 for the default layer.
        stability: in [0, 1]; None where the build did not measure it.
    """

    id: str
    name: str
    keywords: tuple[str, ...]
    size: int
    core_size: int
    share: float
    representatives: list[str]
    counts_by_year: dict[int, int]
    hidden: bool = False
    stability: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemesOfScope:
    """The themes of one industry or of the whole library.

    Attributes:
        scope: `scheme:industry`, or 全库.
        where: the 检索式 that the counts are of; `*` for all patents.
        count: patents looked at: core, assigned and unplaced.
        tagged_noise: patents that were left out because a user tagged them 噪声.
        left_out: unplaced patents that were left out as asked.
        layer: number of themes of the layer shown.
        layers: layers that are at hand by number; any number up to `most` can be asked for.
        most: themes of the finest layer.
        hidden: themes off the list by a user's wish.
    """

    scope: str
    where: str = "*"
    count: int
    core: int
    assigned: int
    unplaced: int
    tagged_noise: int = 0
    left_out: int = 0
    layer: int = 0
    layers: list[int] = field(default_factory=list)
    most: int = 0
    hidden: int = 0
    incomplete_from_year: int
    note: str
    themes: list[ThemeInSnapshot]


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """Which patents of a scope are counted.

    Attributes:
        chosen: of a 检索式; None counts all.
        placed_only: leave the unplaced out, and say how many.
        leading_classes: only patents of so many leading main IPC subclasses of the scope.
    """

    chosen: Chosen | None = None
    placed_only: bool = False
    leading_classes: int | None = None


EVERYTHING = Within()


def industries(live: LiveSnapshot, chosen: Chosen | None = None) -> list[IndustryFacts]:
    """Every industry that holds a patent, scheme by scheme, with the number of its themes.

    Args:
        live: the snapshot.
        chosen: count its patents only; shares are of them.
    """
    from selection.industries import industry_counts, library_schemes

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


def counted_industries(live: LiveSnapshot, within: Within) -> CountedIndustries:
    """The industries of the patents of a selection, with what was left out."""
    chosen = within.chosen
    return CountedIndustries(
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
) -> ThemesOfScope:
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
    from api.themes.layers import themes_of_layer

    scope_id, rows = resolve(live, industry)
    scope = themes_of(live).scopes.get(scope_id)
    if scope is None:
        return _without_themes(live, scope_id, rows)
    if layer is not None and layer < 1:
        raise InputError(f"{layer} themes cannot be had", help="ask for one or more: --layer 8")
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
        ThemesOfScope(
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


def summary(
    live: LiveSnapshot, seats: Seats, found: Sequence[ThemeInSnapshot], head: ThemesOfScope
) -> ThemesOfScope:
    """Fill in who sits where, and put the largest themes first."""
    from dataclasses import replace

    placed = seats.theme >= 0
    return replace(
        head,
        core=int((placed & seats.core).sum()),
        assigned=int((placed & ~seats.core).sum()),
        unplaced=int((~placed).sum()),
        themes=sorted(found, key=lambda theme: (-theme.size, theme.id, theme.name)),
    )


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
    from themes.part.source import subclasses

    if number < 1:
        raise InputError(f"{number} leading classes cannot be had", help="ask for one or more, such as 10")
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


def history(live: LiveSnapshot, industry: str = "") -> tuple[ThemeEvent, ...]:
    """What the last build did to the themes of an industry: kept, merged, split, born, died.

    Raises:
        NotFoundError: there is no such industry.
    """
    scope_id, _ = resolve(live, industry)
    scope = themes_of(live).scopes.get(scope_id)
    return scope.events if scope else ()


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
        raise NotFoundError(f"{scope_id} has no themes", help=_no_themes(live, rows))
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
    raise NotFoundError(
        f"no industry {wanted!r} in this library",
        help=f"nearest: {', '.join(near)}" if near else "patlas industries lists them",
    )


def numbers_of(live: LiveSnapshot, keys: Sequence[str]) -> list[str]:
    """The numbers that patents are called by; those that are gone are left out."""
    rows = (live.rows_by_key.get(key) for key in keys)
    return [live.number_of(row) for row in rows if row is not None]


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


def _without_themes(live: LiveSnapshot, scope_id: str, rows: int) -> ThemesOfScope:
    return ThemesOfScope(
        scope=scope_id or ALL_PATENTS,
        count=rows,
        core=0,
        assigned=0,
        unplaced=rows,
        incomplete_from_year=incomplete_from_year(live.as_of),
        note=f"no themes: {_no_themes(live, rows)}",
        themes=[],
    )


def _no_themes(live: LiveSnapshot, rows: int) -> str:
    scheme = live.library.settings["theme_scheme"]
    return f"they are found for industries of scheme {scheme} with 30 patents or more; here: {rows}"
