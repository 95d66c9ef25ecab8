"""Applying users' edits to a build of themes.

Merge, split and seed change the model, so that new patents are placed by the same rule as ever.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from themes.clusters import Clustering
from themes.edits import Edit, Hide, Merge, Part, Pin, Rename, Seed, Split
from themes.grid import Vectors, on_grid
from themes.model import ThemeModel
from themes.placement import centroids_of, nearest, refine, thresholds_of

__all__ = ["EditedThemes", "Styles", "apply_edits", "parts_of", "styles_of"]

Labels = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Styles:
    """How users want themes to be shown; what they hold does not hang on it.

    Attributes:
        names: by id: names that users gave.
        hidden: ids off the lists.
        pinned: by id: keywords that come first.
    """

    names: dict[str, str]
    hidden: frozenset[str]
    pinned: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class EditedThemes:
    """A build as the users want it.

    Attributes:
        model: with K themes after merges, splits and seeds; not renumbered by size.
        ids: id of each theme.
        styles: how they are shown.
        skipped: places (in the list of edits) of those whose theme is no longer there.
    """

    model: ThemeModel
    ids: tuple[str, ...]
    styles: Styles
    skipped: tuple[int, ...]


def styles_of(edits: Sequence[Edit]) -> Styles:
    """How themes are to be shown after some edits, oldest first; the last word counts."""
    names: dict[str, str] = {}
    hidden: dict[str, bool] = {}
    pinned: dict[str, tuple[str, ...]] = {}
    for edit in edits:
        match edit:
            case Rename() | Seed():
                names[edit.id] = edit.name
            case Hide():
                hidden[edit.id] = edit.hidden
            case Pin():
                pinned[edit.id] = edit.keywords
    off = frozenset(id_ for id_, hide in hidden.items() if hide)
    return Styles({id_: name for id_, name in names.items() if name}, off, pinned)


def parts_of(model: ThemeModel, theme: int, ids: Sequence[str]) -> tuple[Part, ...]:
    """Propose a split along the tree: the theme's leaves joined into as many parts as there are ids.

    Args:
        model: a build.
        theme: number of the theme.
        ids: an id for each part; the first, usually the theme's own, goes to the largest.

    Returns:
        Parts whose anchors are core patents; fewer than ids when there are fewer leaves.
    """
    below = np.flatnonzero(model.leaf_theme == theme)
    for wanted in range(1, model.tree.leaves + 1):
        group = model.tree.cut(wanted)[below]
        if len(np.unique(group)) >= min(len(ids), len(below)):
            break
    members = [
        np.flatnonzero(np.isin(model.core_leaf, below[group == one])) for one in np.unique(group).tolist()
    ]
    members.sort(key=lambda rows: (-len(rows), int(rows[0]) if len(rows) else -1))
    return tuple(
        Part(id_, tuple(model.keys[row] for row in rows.tolist()))
        for id_, rows in zip(ids, members, strict=False)
    )


@dataclass(slots=True)
class _Draft:
    """Core labels and ids while edits are applied one after the other."""

    core: Labels
    assigned: Labels
    ids: list[str]

    def number(self, id_: str) -> int:
        return self.ids.index(id_) if id_ in self.ids else -1


def apply_edits(
    model: ThemeModel,
    ids: Sequence[str],
    edits: Sequence[Edit],
    vectors: Vectors,
    holders: Callable[[tuple[str, ...]], npt.NDArray[np.bool_]],
) -> EditedThemes:
    """Apply edits in their order.

    Args:
        model: a build.
        ids: id of each of its themes.
        edits: the users' changes, oldest first.
        vectors: float32 of shape (n, d): the vectors it was made of.
        holders: which of the n patents hold one of some terms; bool of shape (n,).

    Returns:
        The edited build; an edit whose theme has gone is skipped and said so.
    """
    draft = _Draft(model.clustering.core_label.copy(), model.clustering.assigned_label.copy(), list(ids))
    skipped: list[int] = []
    reshaped = False
    for place, edit in enumerate(edits):
        if not isinstance(edit, Seed) and draft.number(edit.id) < 0:
            skipped.append(place)
        elif isinstance(edit, Merge | Split | Seed):
            changed = _reshape(edit, draft, model, vectors, holders)
            reshaped |= changed
            if not changed:
                skipped.append(place)
    return EditedThemes(
        _remodel(model, draft, vectors) if reshaped else model,
        tuple(_living(draft)) if reshaped else tuple(draft.ids),
        styles_of(edits),
        tuple(skipped),
    )


def _reshape(
    edit: Merge | Split | Seed,
    draft: _Draft,
    model: ThemeModel,
    vectors: Vectors,
    holders: Callable[[tuple[str, ...]], npt.NDArray[np.bool_]],
) -> bool:
    """Change the labels of a draft; False when nothing changed."""
    if isinstance(edit, Merge):
        into = draft.number(edit.id)
        gone = [draft.number(id_) for id_ in edit.ids if draft.number(id_) not in (-1, into)]
        draft.core[np.isin(draft.core, gone)] = into
        draft.assigned[np.isin(draft.assigned, gone)] = into
        return bool(gone)
    if isinstance(edit, Split):
        return _split(edit, draft, model, vectors)
    holding = holders(edit.terms) & vectors.any(axis=1)
    if not holding.any():
        return False
    if edit.id not in draft.ids:
        draft.ids.append(edit.id)
    draft.core[holding] = draft.assigned[holding] = draft.number(edit.id)
    return True


def _split(edit: Split, draft: _Draft, model: ThemeModel, vectors: Vectors) -> bool:
    """Give each member of a theme to the part whose anchors' centroid is nearest."""
    row_of = {key: row for row, key in enumerate(model.keys)}
    anchors = [[row_of[key] for key in part.anchors if key in row_of] for part in edit.parts]
    living = [place for place, rows in enumerate(anchors) if rows]
    if len(living) < 2:
        return False
    around = np.full(len(vectors), -1, dtype=np.int64)
    for number, place in enumerate(living):
        around[anchors[place]] = number
    points = on_grid(vectors)
    centroids = centroids_of(points, around, len(living))
    theme = draft.number(edit.id)
    numbers = np.array([_numbered(draft, edit.parts[place].id) for place in living], dtype=np.int64)
    for labels in (draft.core, draft.assigned):
        rows = np.flatnonzero(labels == theme)
        own = around[rows]
        part = np.where(own >= 0, own, nearest(points[rows], centroids).labels)
        labels[rows] = numbers[part]
    return True


def _numbered(draft: _Draft, id_: str) -> int:
    if id_ not in draft.ids:
        draft.ids.append(id_)
    return draft.number(id_)


def _living(draft: _Draft) -> list[str]:
    """Ids of the themes that have a core member left, in their order."""
    used = set(draft.core.tolist())
    return [id_ for number, id_ in enumerate(draft.ids) if number in used]


def _remodel(model: ThemeModel, draft: _Draft, vectors: Vectors) -> ThemeModel:
    """A model of the edited cores: centroids, thresholds and placing as for any other."""
    used = np.unique(draft.core[draft.core >= 0])
    number = np.full(len(draft.ids) + 1, -1, dtype=np.int64)
    number[used] = np.arange(len(used))
    core = number[draft.core]
    points = on_grid(vectors)
    centroids = refine(points, core)
    thresholds = thresholds_of(points, core, centroids, quantile=model.settings.threshold)
    leaf_theme = _leaf_themes(model, core)
    nothing = Clustering(core, core, np.zeros(len(core), dtype=np.float32))
    edited = replace(
        model, clustering=nothing, leaf_theme=leaf_theme, centroids=centroids, thresholds=thresholds
    )
    placed = edited.place(vectors, model.keys)
    return replace(edited, clustering=Clustering(core, placed.labels, placed.strength))


def _leaf_themes(model: ThemeModel, core: Labels) -> Labels:
    """Theme that most core members of each leaf are in; −1 where it has none left."""
    leaves = len(model.leaf_theme)
    both = (model.core_leaf >= 0) & (core >= 0)
    themes = int(core.max(initial=-1)) + 1
    counts = np.bincount(model.core_leaf[both] * themes + core[both], minlength=leaves * themes)
    table = counts.reshape(leaves, themes)
    return np.where(table.sum(axis=1) > 0, table.argmax(axis=1), -1).astype(np.int64)
