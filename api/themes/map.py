"""The map of a scope as the page draws it: columns of whole numbers, labels by layer, outlines."""

from __future__ import annotations

import msgspec
import numpy as np
import numpy.typing as npt
import polars as pl

from api.live.parts import themes_of
from api.live.snapshot import LiveSnapshot
from api.themes.counting import ALL_PATENTS, EVERYTHING, Within, counted, scope_named, where_of
from api.themes.shapes import MapLabel, MapTheme, ThemeMapAnswer
from themes.part.format import Scope
from themes.part.opened import Seats

#: Whole numbers for one unit of the plane, so that a coordinate takes five characters.
SCALE = 1000


def draw(live: LiveSnapshot, industry: str = "", *, within: Within = EVERYTHING) -> bytes:
    """The map of an industry as JSON, see `ThemeMapAnswer`.

    Raises:
        NotFoundError: there is no such industry, or it has no themes.
    """
    scope = scope_named(live, industry)
    if within is EVERYTHING:
        name = ("drawn", scope.id)
        return themes_of(live).once(name, lambda: msgspec.json.encode(_drawn(live, scope, within)))
    return msgspec.json.encode(_drawn(live, scope, within))


def _drawn(live: LiveSnapshot, scope: Scope, within: Within) -> ThemeMapAnswer:
    seats, _ = counted(live, scope, within)
    own = np.searchsorted(themes_of(live).seats(scope).rows, seats.rows)
    places = np.asarray(themes_of(live).places(scope))[own]
    there = ~np.isnan(places[:, 0])
    x, y = (np.rint(places[there] * SCALE).astype(np.int64)).T
    numbers = _numbers(live)
    return ThemeMapAnswer(
        scope=scope.id or ALL_PATENTS,
        where=where_of(within),
        snapshot=live.number,
        count=len(seats.rows),
        without_place=int((~there).sum()),
        scale=SCALE,
        x=x.tolist(),
        y=y.tolist(),
        theme=_listed(scope, seats.theme[there]),
        core=seats.core[there].astype(np.int64).tolist(),
        number=[numbers[row] for row in seats.rows[there].tolist()],
        themes=_themes(live, scope, seats),
        labels=_labels(live, scope, seats.leaf[there], places[there]),
    )


def _listed(scope: Scope, labels: npt.NDArray[np.int64]) -> list[int]:
    """Places in the list of themes that are shown; hidden ones are drawn as unplaced."""
    shown = [number for number, theme in enumerate(scope.themes) if not theme.hidden]
    place = np.full(len(scope.themes) + 1, -1, dtype=np.int64)
    place[shown] = np.arange(len(shown))
    found: list[int] = place[labels].tolist()
    return found


def _themes(live: LiveSnapshot, scope: Scope, seats: Seats) -> list[MapTheme]:
    drawn = themes_of(live).drawn(scope)
    sizes = np.bincount(seats.theme[seats.theme >= 0], minlength=len(scope.themes)).tolist()
    return [
        MapTheme(
            id=theme.id,
            name=theme.name,
            size=sizes[number],
            x=round(float(drawn.themes[number, 0]) * SCALE),
            y=round(float(drawn.themes[number, 1]) * SCALE),
            outline=np.rint(drawn.outlines[number].ravel() * SCALE).astype(np.int64).tolist(),
        )
        for number, theme in enumerate(scope.themes)
        if not theme.hidden
    ]


def _labels(
    live: LiveSnapshot, scope: Scope, leaf: npt.NDArray[np.int64], places: npt.NDArray[np.float32]
) -> list[MapLabel]:
    """Names of all layers at the medians of their patents; those without a patent are left out."""
    found = []
    for node in themes_of(live).layers(scope):
        own = np.isin(leaf, node.leaves)
        if not own.any():
            continue
        middle = np.median(places[own], axis=0)
        name = node.name
        if node.theme in themes_of(live).by_id:
            holder, number = themes_of(live).by_id[node.theme]
            if holder.themes[number].hidden:
                continue
            name = holder.themes[number].name
        found += [
            MapLabel(
                layer=layer,
                name=name,
                size=int(own.sum()),
                x=round(float(middle[0]) * SCALE),
                y=round(float(middle[1]) * SCALE),
            )
            for layer in node.layers
        ]
    return sorted(found, key=lambda label: (label.layer, -label.size, label.name))


def _numbers(live: LiveSnapshot) -> list[str]:
    """The number that each patent is called by, as `LiveSnapshot.number_of` says it."""

    def load() -> list[str]:
        names = ["publication_number", "application_number", "key"]
        frame = pl.from_arrow(live.table.select(names))
        assert isinstance(frame, pl.DataFrame)
        found: list[str] = frame.select(pl.coalesce(names)).to_series().to_list()
        return found

    return themes_of(live).once("numbers", load)
