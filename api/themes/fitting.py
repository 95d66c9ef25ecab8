"""Themes found anew for a selection, and new clusters among the patents that no theme takes; not stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from api.live.parts import corpus_of, themes_of
from api.live.snapshot import LiveSnapshot
from api.selections.environment import environment_of
from api.themes.counting import (
    ALL_PATENTS,
    EVERYTHING,
    Within,
    by_year,
    incomplete_from_year,
    leading_classes_mask,
    resolve,
    scope_named,
    summary,
    where_of,
)
from api.themes.shapes import ThemeInSnapshot, ThemesAnswer
from patents.errors import InputError
from patents.messages import text
from selection.evaluation import evaluate
from selection.language import parse
from themes.clusters import ThemeSettings
from themes.describe import describe
from themes.drift import emerging
from themes.fit import fit_themes
from themes.model import ThemeModel
from themes.part.opened import Seats
from themes.placement import Placed

_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class _Fitted:
    """Themes of m patents."""

    rows: npt.NDArray[np.int64]
    model: ThemeModel


def fit(
    live: LiveSnapshot,
    industry: str = "",
    *,
    within: Within = EVERYTHING,
    layer: int | None = None,
    most: int | None = None,
) -> ThemesAnswer:
    """Find the themes of any patents: a 检索式, an applicant, the leading classes of an industry.

    Args:
        live: the snapshot.
        industry: the scope; empty for the whole library.
        within: which of its patents.
        layer: how many themes; None goes by the number of patents.
        most: refuse more patents than that.

    Returns:
        As for the themes that are kept, without ids.

    Raises:
        NotFoundError: there is no such industry.
        InputError: too many patents, or no number of themes.
    """
    if layer is not None and layer < 1:
        raise InputError("themes-too-few", asked=layer)
    scope_id, _ = resolve(live, industry)
    rows = _rows(live, scope_id, within)
    if most is not None and len(rows) > most:
        raise InputError("themes-fit-too-many", count=len(rows), most=most)
    return _answer(live, rows, scope_id or ALL_PATENTS, within, layer, lambda: _fitted(live, rows, layer))


def find_new(live: LiveSnapshot, industry: str = "") -> ThemesAnswer:
    """Look for new clusters among the patents that no theme of an industry takes.

    Raises:
        NotFoundError: there is no such industry, or it has no themes.
    """
    scope = scope_named(live, industry)
    seats = themes_of(live).seats(scope)
    rows = seats.rows[seats.theme < 0]

    def look() -> _Fitted:
        nowhere = Placed(np.full(len(rows), -1, dtype=np.int64), np.zeros(len(rows), dtype=np.float32))
        vectors = themes_of(live).source.heads.take(rows)
        model = emerging(vectors, [live.keys[row] for row in rows.tolist()], nowhere)
        place = {
            key: row
            for key, row in zip((live.keys[row] for row in rows.tolist()), rows.tolist(), strict=True)
        }
        return _Fitted(np.array([place[key] for key in model.keys], dtype=np.int64), model)

    return _answer(live, rows, scope.id or ALL_PATENTS, EVERYTHING, None, look)


def _rows(live: LiveSnapshot, scope_id: str, within: Within) -> npt.NDArray[np.int64]:
    if scope_id in themes_of(live).source.scopes:
        rows = themes_of(live).source.scopes[scope_id]
    else:
        query = parse(f'INDUSTRY="{scope_id}"', "incopat")
        rows = evaluate(query, corpus_of(live), environment_of(live)).array()
    if within.leading_classes is not None:
        rows = rows[leading_classes_mask(live, rows, within.leading_classes)[rows]]
    if within.chosen is not None:
        rows = rows[within.chosen.selection.mask()[rows]]
    return rows


def _fitted(live: LiveSnapshot, rows: npt.NDArray[np.int64], layer: int | None) -> _Fitted:
    vectors = themes_of(live).source.heads.take(rows)
    keys = [live.keys[row] for row in rows.tolist()]
    return _Fitted(rows, fit_themes(vectors, keys, settings=ThemeSettings(themes=layer)))


def _answer(
    live: LiveSnapshot,
    rows: npt.NDArray[np.int64],
    scope: str,
    within: Within,
    layer: int | None,
    make: Callable[[], _Fitted],
) -> ThemesAnswer:
    """Describe what was found; patents without text stay unplaced."""
    fitted = make()
    labels, core = fitted.model.clustering.assigned_label, fitted.model.clustering.core_label >= 0
    place = {row: number for number, row in enumerate(fitted.rows.tolist())}
    own = np.array([place.get(row, -1) for row in rows.tolist()], dtype=np.int64)
    seats = Seats(
        rows,
        np.append(labels, -1)[own],
        np.append(core, False)[own],
        np.full(len(rows), -1, dtype=np.int64),
        np.append(fitted.model.clustering.strength, np.float32(0))[own],
    )
    few = len(rows) < 10
    return summary(
        live,
        seats,
        _described(live, fitted, seats),
        ThemesAnswer(
            scope=scope,
            where=where_of(within),
            count=len(rows),
            core=0,
            assigned=0,
            unplaced=0,
            tagged_noise=within.chosen.noise if within.chosen else 0,
            layer=fitted.model.themes,
            most=fitted.model.tree.leaves if fitted.model.themes else 0,
            incomplete_from_year=incomplete_from_year(live.as_of),
            note=text("themes-fit-too-few", count=len(rows)) if few else text("themes-fit-not-kept"),
            themes=[],
        ),
    )


def _described(live: LiveSnapshot, fitted: _Fitted, seats: Seats) -> list[ThemeInSnapshot]:
    model, source = fitted.model, themes_of(live).source
    if not model.themes:
        return []
    texts = describe(
        source.heads.take(fitted.rows),
        model.clustering.core_label,
        model.themes,
        source.words(fitted.rows),
        lambda row: source.text(int(fitted.rows[row])),
        examples=_EXAMPLES,
    )
    years = by_year(live, seats, seats.theme, model.themes)
    sizes = np.bincount(seats.theme[seats.theme >= 0], minlength=model.themes)
    cores = np.bincount(seats.theme[seats.core], minlength=model.themes)
    return [
        ThemeInSnapshot(
            id="",
            name=text.name,
            keywords=tuple(word.text for word in text.keywords),
            size=int(sizes[theme]),
            core_size=int(cores[theme]),
            share=int(sizes[theme]) / len(seats.rows) if len(seats.rows) else 0.0,
            representatives=[live.number_of(int(fitted.rows[row])) for row in text.representatives],
            counts_by_year=years[theme],
        )
        for theme, text in enumerate(texts)
    ]
