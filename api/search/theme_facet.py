"""How the searched patents, and the nearest of them, divide by theme."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from api.live.parts import themes_of
from api.live.snapshot import LiveSnapshot
from patents.messages import text
from selection.facets import MOST_VALUES, Coded, Facet, facet_of, rows_counted
from selection.selection import Selection
from themes.part.format import WHOLE_LIBRARY, Scope
from themes.part.opened import themes_in
from themes.part.seats import COLUMNS


def theme_facet(
    live: LiveSnapshot,
    industries: Sequence[str],
    selection: Selection,
    near: npt.NDArray[np.int64],
    *,
    most: int = MOST_VALUES,
) -> Facet | None:
    """Count the themes of one scope, at its default layer.

    Args:
        live: the snapshot.
        industries: that the search is narrowed to. With one of them its own themes are counted, else those
            of the whole library: themes of several scopes overlap.
        selection: the patents that were searched.
        near: int64 rows of the nearest ones.
        most: themes shown.

    Returns:
        None where there is no theme; `without` counts the unplaced.
    """
    if not set(COLUMNS) <= set(live.table.column_names):
        return None
    scope = _scope(live, industries)
    if scope is None:
        return None
    coded = themes_of(live).once(("facet", scope.id), lambda: _coded(live, scope))
    names = {theme.id: theme.name for theme in scope.themes}
    found = facet_of(
        "theme", text("facet-theme"), coded, rows_counted(selection), near, most, names.__getitem__
    )
    return found if found.values else None


def _scope(live: LiveSnapshot, industries: Sequence[str]) -> Scope | None:
    scopes = themes_of(live).scopes
    if len(industries) == 1:
        for id_, scope in scopes.items():
            if industries[0].strip() in (id_, id_.partition(":")[2]):
                return scope
    return scopes.get(WHOLE_LIBRARY)


def _coded(live: LiveSnapshot, scope: Scope) -> Coded:
    """The theme of each row that is placed in the scope; hidden ones are none."""
    numbers = {theme.id: number for number, theme in themes_in(scope)}
    members = themes_of(live).members
    number = np.array([numbers.get(id_, -1) for id_ in members.ids], dtype=np.int64)[members.theme]
    placed = np.flatnonzero(number >= 0)
    codes = number[placed]
    return Coded(
        values=[theme.id for theme in scope.themes],
        starts=np.searchsorted(members.row[placed], np.arange(live.count + 1)).astype(np.int64),
        codes=codes.astype(np.int32),
        totals=np.bincount(codes, minlength=len(scope.themes)),
    )
