"""Industries and their themes, as the live snapshot has them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING

from api.service.theme_scopes import WHOLE_LIBRARY, Scope, ThemeFacts, read_part
from patents.errors import NotFoundError

if TYPE_CHECKING:
    import polars as pl

    from api.service.live import LiveSnapshot
    from themes.identity import ThemeEvent

# Patents are published up to 18 months after filing: younger filing years are incomplete.
_MONTHS_TO_PUBLICATION = 18


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
class ThemeInSnapshot:
    """One theme with its figures on this snapshot."""

    id: str
    name: str
    keywords: tuple[str, ...]
    size: int
    core_size: int
    share: float
    representatives: list[str]
    counts_by_year: dict[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemesOfScope:
    """The themes of one industry or of the whole library."""

    scope: str
    count: int
    core: int
    assigned: int
    unplaced: int
    incomplete_from_year: int
    note: str
    themes: list[ThemeInSnapshot]


def industries(live: LiveSnapshot) -> list[IndustryFacts]:
    """Every industry that holds a patent, scheme by scheme, with the number of its themes."""
    from selection.industries import industry_counts, library_schemes

    themes = {scope.id: len(scope.themes) for scope in scopes_of(live)}
    counted = industry_counts(live.table.column("industries"), library_schemes(live.library.path))
    return [
        IndustryFacts(
            id=one.id,
            scheme=one.scheme,
            name=one.name,
            count=one.count,
            share=one.share,
            themes=themes.get(one.id, 0),
        )
        for one in counted
        if one.count
    ]


def themes(live: LiveSnapshot, industry: str = "") -> ThemesOfScope:
    """The themes of an industry, largest first.

    Args:
        live: the snapshot.
        industry: `scheme:name`, a name, or empty for the whole library.

    Raises:
        NotFoundError: there is no such industry; the message names the nearest.
    """
    scope_id, rows = _resolve(live, industry)
    scope = next((one for one in scopes_of(live) if one.id == scope_id), None)
    if scope is None:
        return _without_themes(live, scope_id, rows)
    members = live.theme_members
    found = [_theme(live, theme, members, rows) for theme in scope.themes]
    placed = sum(theme.size for theme in found)
    core = sum(theme.core_size for theme in found)
    return ThemesOfScope(
        scope=scope_id or "全库",
        count=rows,
        core=core,
        assigned=placed - core,
        unplaced=rows - placed,
        incomplete_from_year=incomplete_from_year(live.as_of),
        note="",
        themes=sorted(found, key=lambda theme: (-theme.size, theme.id)),
    )


def history(live: LiveSnapshot, industry: str = "") -> tuple[ThemeEvent, ...]:
    """What the last build did to the themes of an industry: kept, merged, split, born, died.

    Raises:
        NotFoundError: there is no such industry.
    """
    scope_id, _ = _resolve(live, industry)
    return next((scope.events for scope in scopes_of(live) if scope.id == scope_id), ())


def scopes_of(live: LiveSnapshot) -> tuple[Scope, ...]:
    """The scopes that themes were built for."""
    return read_part(live.snapshot.part("themes")).scopes


def incomplete_from_year(as_of: date | None) -> int:
    """First filing year that is not fully published at the as-of date.

    Filings of the 18 months before it are still coming in, so the year in which that span begins is
    the first that is incomplete.
    """
    day = as_of or date.today()
    months = day.year * 12 + day.month - 1 - _MONTHS_TO_PUBLICATION
    return months // 12


def _theme(live: LiveSnapshot, theme: ThemeFacts, members: pl.DataFrame, rows: int) -> ThemeInSnapshot:
    import polars as pl

    own = members.filter(pl.col("theme") == theme.id)
    years = own.drop_nulls("year").group_by("year").len().sort("year")
    numbers = [
        live.number_of(row) for key in theme.representatives if (row := live.rows_by_key.get(key)) is not None
    ]
    return ThemeInSnapshot(
        id=theme.id,
        name=theme.name,
        keywords=theme.keywords,
        size=len(own),
        core_size=theme.core_size,
        share=len(own) / rows if rows else 0.0,
        representatives=numbers,
        counts_by_year=dict(zip(years["year"].to_list(), years["len"].to_list(), strict=True)),
    )


def _without_themes(live: LiveSnapshot, scope_id: str, rows: int) -> ThemesOfScope:
    scheme = live.library.settings["theme_scheme"]
    note = (
        f"no themes: they are found for industries of scheme {scheme} with 30 patents or more; here: {rows}"
    )
    return ThemesOfScope(
        scope=scope_id or "全库",
        count=rows,
        core=0,
        assigned=0,
        unplaced=rows,
        incomplete_from_year=incomplete_from_year(live.as_of),
        note=note,
        themes=[],
    )


def _resolve(live: LiveSnapshot, industry: str) -> tuple[str, int]:
    """Full id and size of an industry; a bare name means that of the theme scheme first."""
    if not industry.strip():
        return WHOLE_LIBRARY, live.count
    known = {one.id: one.count for one in industries(live)}
    wanted = industry.strip()
    scheme = live.library.settings["theme_scheme"]
    candidates = [wanted, f"{scheme}:{wanted}", *(one for one in known if one.partition(":")[2] == wanted)]
    for candidate in candidates:
        if candidate in known:
            return candidate, known[candidate]
    names = {one.partition(":")[2]: one for one in known}
    near = [names[name] for name in get_close_matches(wanted, names, n=3, cutoff=0.3)]
    raise NotFoundError(
        f"no industry {wanted!r} in this library",
        help=f"nearest: {', '.join(near)}" if near else "see /api/industries",
    )
