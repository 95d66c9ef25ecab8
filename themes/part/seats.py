"""Where every patent of a snapshot sits: its themes, whether in the core, and its place on the map."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from patents.messages import text
from themes.part.format import WHOLE_LIBRARY, Scope, base_model, edited_model, read_map, read_part
from themes.part.source import Rows, ThemeSource

if TYPE_CHECKING:
    import pyarrow as pa

    from themes.model import ThemeModel
    from themes.placement import Placed

#: Columns that lie beside each other: entry i of each is about theme i of the patent.
COLUMNS = ("theme", "theme_core", "theme_strength", "theme_leaf")


@dataclass(frozen=True, slots=True)
class Members:
    """Who sits where; e entries, those of one patent beside each other.

    Attributes:
        row: int64 of shape (e,), ascending.
        theme: int64 of shape (e,): place in `ids`.
        core: bool of shape (e,).
        strength: float32 of shape (e,): cosine to the theme's centroid.
        leaf: int64 of shape (e,): leaf of the scope's tree, −1 for a theme that a user made.
        ids: every theme id that holds a patent.
    """

    row: Rows
    theme: Rows
    core: npt.NDArray[np.bool_]
    strength: npt.NDArray[np.float32]
    leaf: Rows
    ids: tuple[str, ...]


def members_of(table: pa.Table) -> Members:
    """Read who sits where from the columns of a snapshot that has them."""
    import polars as pl

    frame = pl.DataFrame([pl.Series(name, pl.from_arrow(table.column(name))) for name in COLUMNS])
    long = frame.with_row_index("row").explode(COLUMNS).drop_nulls("theme")
    ids = long["theme"].unique().sort().to_list()
    number = {id_: place for place, id_ in enumerate(ids)}
    return Members(
        long["row"].to_numpy().astype(np.int64),
        long["theme"].replace_strict(number, return_dtype=pl.Int64).to_numpy().astype(np.int64),
        long["theme_core"].to_numpy().astype(np.bool_),
        long["theme_strength"].to_numpy().astype(np.float32),
        long["theme_leaf"].to_numpy().astype(np.int64),
        tuple(ids),
    )


@dataclass(frozen=True, slots=True)
class _Sitting:
    """The patents of one scope: e of them sit in a theme of it."""

    rows: Rows
    theme: Rows
    core: npt.NDArray[np.bool_]
    strength: npt.NDArray[np.float32]
    leaf: Rows


def place_patents(source: ThemeSource, folder: Path) -> tuple[dict[str, pa.Array[Any]], list[str]]:
    """Place all patents by the one rule.

    Args:
        source: of the patents; those that the themes were made of keep their place.
        folder: the part.

    Returns:
        The columns, a list for each patent with the theme of the whole library first; and what to say
        about the patents that came after the build.
    """
    found: list[_Sitting] = []
    ids: list[str] = []
    notes: list[str] = []
    for scope in read_part(folder).scopes:
        sitting, said = _seated(source, folder, scope, len(ids))
        found.append(sitting)
        notes.extend(said)
        ids.extend(theme.id for theme in scope.themes)
    return _columns(found, ids, source.table.num_rows), notes


def place_again(source: ThemeSource, folder: Path, changed: str) -> dict[str, pa.Array[Any]]:
    """Place the patents of one scope whose themes were changed; those of the others stay.

    Args:
        source: of the snapshot that was changed, its columns of themes included.
        folder: the new part.
        changed: id of the scope.
    """
    found: list[_Sitting] = []
    ids: list[str] = []
    old = members_of(source.table)
    for scope in read_part(folder).scopes:
        own = [theme.id for theme in scope.themes]
        if scope.id == changed:
            found.append(_seated(source, folder, scope, len(ids))[0])
        else:
            numbers = {id_: len(ids) + number for number, id_ in enumerate(own)}
            theme = np.array([numbers.get(id_, -1) for id_ in old.ids], dtype=np.int64)[old.theme]
            kept = theme >= 0
            found.append(
                _Sitting(old.row[kept], theme[kept], old.core[kept], old.strength[kept], old.leaf[kept])
            )
        ids.extend(own)
    return _columns(found, ids, source.table.num_rows)


def _seated(source: ThemeSource, folder: Path, scope: Scope, first: int) -> tuple[_Sitting, list[str]]:
    """Place the patents of one scope; its themes are numbered from `first`."""
    rows = source.scopes.get(scope.id, np.empty(0, dtype=np.int64))
    model, base = edited_model(folder / scope.folder), base_model(folder / scope.folder)
    vectors, keys = source.heads.take(rows), [source.keys[row] for row in rows.tolist()]
    placed = model.place(vectors, keys)
    leaves = base.leaves_of(vectors, base.place(vectors, keys), keys).labels
    inside = placed.labels >= 0
    sitting = _Sitting(
        rows[inside],
        placed.labels[inside] + first,
        model.in_core(keys)[inside],
        placed.strength[inside],
        leaves[inside],
    )
    return sitting, _drift(scope, model, placed, keys)


def write_maps(source: ThemeSource, folder: Path, target: Path) -> None:
    """Write where the patents of each scope stand: `<n>.npy`, float32 (m, 2) in the order of its rows.

    Args:
        source: of the patents. One that came after the build stands among those of its theme.
        folder: the part `themes`.
        target: the part `maps`.
    """
    for scope in read_part(folder).scopes:
        rows = source.scopes.get(scope.id, np.empty(0, dtype=np.int64))
        np.save(target / f"{scope.folder}.npy", _standing(source, folder / scope.folder, rows))


def _standing(source: ThemeSource, folder: Path, rows: Rows) -> npt.NDArray[np.float32]:
    from themes.map import stand_among

    model, drawn = base_model(folder), read_map(folder).patents
    place = {key: number for number, key in enumerate(model.keys)}
    own = np.array([place.get(source.keys[row], -1) for row in rows.tolist()], dtype=np.int64)
    found = np.full((len(rows), 2), np.nan, dtype=np.float32)
    found[own >= 0] = drawn[own[own >= 0]]
    fresh = np.flatnonzero(own < 0)
    vectors = source.heads.take(rows[fresh])
    fresh, vectors = fresh[vectors.any(axis=1)], vectors[vectors.any(axis=1)]
    if not len(fresh) or not model.themes:
        return found
    nearest = model.nearest(vectors).labels
    label = np.append(model.clustering.assigned_label, -1)[own]
    for theme in np.unique(nearest).tolist():
        members = np.flatnonzero((label == theme) & ~np.isnan(found[:, 0]))
        these = nearest == theme
        around = source.heads.take(rows[members])
        found[fresh[these]] = stand_among(vectors[these], around, found[members])
    return found


def _drift(scope: Scope, model: ThemeModel, placed: Placed, keys: list[str]) -> list[str]:
    """A sentence about the patents that came after the build; none where there are none."""
    from themes.drift import drift
    from themes.placement import Placed

    known = frozenset(model.keys)
    fresh = np.array([key not in known for key in keys], dtype=np.bool_)
    if not fresh.any():
        return []
    found = drift(model, Placed(placed.labels[fresh], placed.strength[fresh]))
    if not found.rebuild and scope.id != WHOLE_LIBRARY:
        return []
    reason = found.reason.text()
    name = scope.id or "全库"
    if found.rebuild:
        return [text("themes-drift-rebuild", scope=name, reason=reason)]
    return [text("themes-drift", scope=name, reason=reason)]


def _columns(found: list[_Sitting], ids: list[str], count: int) -> dict[str, pa.Array[Any]]:
    import pyarrow as pa

    rows = np.concatenate([each.rows for each in found] or [np.empty(0, dtype=np.int64)])
    order = np.argsort(rows, kind="stable")
    offsets = np.zeros(count + 1, dtype=np.int32)
    np.cumsum(np.bincount(rows, minlength=count), out=offsets[1:])

    def listed(values: pa.Array[Any]) -> pa.Array[Any]:
        lists: pa.Array[Any] = pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), values)
        return lists

    def joined(name: str, kind: type[Any]) -> npt.NDArray[Any]:
        parts = [getattr(each, name) for each in found] or [np.empty(0)]
        return np.concatenate(parts)[order].astype(kind)

    return {
        "theme": listed(pa.array(ids, pa.string()).take(pa.array(joined("theme", np.int32)))),
        "theme_core": listed(pa.array(joined("core", np.bool_))),
        "theme_strength": listed(pa.array(joined("strength", np.float32))),
        "theme_leaf": listed(pa.array(joined("leaf", np.int32))),
    }
