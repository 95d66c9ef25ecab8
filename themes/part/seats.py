"""Where every patent of a snapshot sits: its themes, whether in the core, and its place on the map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
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


@dataclass(frozen=True, slots=True)
class Seats:
    """Patents that sit where they sat, because neither they nor the themes changed.

    Attributes:
        members: who sat where; rows are those of the new table, −1 for a patent that is to be placed again.
        same: bool of shape (n,): which patents of the new table are not placed again.
    """

    members: Members
    same: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, old: pa.Table, new: pa.Table, old_rows: Rows) -> Seats:
        """Those of a snapshot with the same themes.

        Args:
            old: its columns.
            new: n rows, with `industries`.
            old_rows: int64 of shape (n,): the row of the same record in `old`, −1 for none.
        """
        here = np.flatnonzero(old_rows >= 0)
        same = np.zeros(len(old_rows), dtype=np.bool_)
        same[here] = _industries(old, old_rows[here]) == _industries(new, here)
        new_rows = np.full(old.num_rows, -1, dtype=np.int64)
        new_rows[old_rows[same]] = np.flatnonzero(same)
        members = members_of(old)
        return cls(replace(members, row=new_rows[members.row]), same)

    def of_scope(self, ids: Sequence[str], first: int) -> _Sitting:
        """Those who sit in the themes of one scope, which are numbered from `first`."""
        old, numbers = self.members, {id_: first + number for number, id_ in enumerate(ids)}
        theme = np.array([numbers.get(id_, -1) for id_ in old.ids], dtype=np.int64)[old.theme]
        kept = (theme >= 0) & (old.row >= 0)
        return _Sitting(old.row[kept], theme[kept], old.core[kept], old.strength[kept], old.leaf[kept])


def _industries(table: pa.Table, rows: Rows) -> npt.NDArray[np.object_]:
    import polars as pl

    listed = pl.Series(pl.from_arrow(table.column("industries").take(rows)))
    return listed.list.join("\n").to_numpy()


def place_patents(
    source: ThemeSource, folder: Path, seats: Seats | None = None
) -> tuple[dict[str, pa.Array[Any]], list[str]]:
    """Place all patents by the one rule.

    Args:
        source: of the patents; those that the themes were made of keep their place.
        folder: the part.
        seats: of patents that need not be placed again, because the part is that of the snapshot before.

    Returns:
        The columns, a list for each patent with the theme of the whole library first; and what to say
        about the patents that came after the build.
    """
    found: list[_Sitting] = []
    ids: list[str] = []
    notes: list[str] = []
    for scope in read_part(folder).scopes:
        sitting, drifted = _seated(source, folder, scope, len(ids), seats)
        found.append(sitting)
        notes.extend(drifted)
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
    seats = Seats(members_of(source.table), np.ones(source.table.num_rows, dtype=np.bool_))
    for scope in read_part(folder).scopes:
        own = [theme.id for theme in scope.themes]
        if scope.id == changed:
            found.append(_seated(source, folder, scope, len(ids))[0])
        else:
            found.append(seats.of_scope(own, len(ids)))
        ids.extend(own)
    return _columns(found, ids, source.table.num_rows)


def _seated(
    source: ThemeSource, folder: Path, scope: Scope, first: int, seats: Seats | None = None
) -> tuple[_Sitting, list[str]]:
    """Place the patents of one scope that have no seat; its themes are numbered from `first`."""
    everyone = source.scopes.get(scope.id, np.empty(0, dtype=np.int64))
    rows = everyone if seats is None else everyone[~seats.same[everyone]]
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
    if seats is not None:
        sitting = _together([seats.of_scope([theme.id for theme in scope.themes], first), sitting])
    sits = np.zeros(source.table.num_rows, dtype=np.bool_)
    sits[sitting.rows] = True
    return sitting, _drift(scope, model, sits[everyone], [source.keys[row] for row in everyone.tolist()])


def _together(parts: Sequence[_Sitting]) -> _Sitting:
    names = _Sitting.__slots__
    return _Sitting(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in names})


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


def _drift(scope: Scope, model: ThemeModel, sits: npt.NDArray[np.bool_], keys: list[str]) -> list[str]:
    """A sentence about the patents that came after the build; none where there are none.

    Args:
        scope: whose patents they are.
        model: the build.
        sits: bool of shape (m,): whether each patent of the scope sits in a theme.
        keys: m keys.
    """
    from themes.drift import drift

    known = frozenset(model.keys)
    fresh = np.array([key not in known for key in keys], dtype=np.bool_)
    if not fresh.any():
        return []
    found = drift(model, sits[fresh])
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
