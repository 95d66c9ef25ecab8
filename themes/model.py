"""The themes of one selection as they are kept: where each patent sits and how others are placed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from patents.errors import SnapshotError
from themes.clusters import Clustering, ThemeSettings
from themes.grid import Vectors
from themes.placement import Placed, cosines_to, nearest
from themes.tree import ThemeTree

__all__ = ["ThemeModel"]

FORMAT = 1
_ARRAYS = "themes.npz"
_FACTS = "themes.json"


@dataclass(frozen=True, slots=True)
class ThemeModel:
    """Themes of n patents: K on the default layer, cut from a tree of L leaves.

    Attributes:
        keys: n keys of patents (`patents.merge.record_key`), in the caller's order.
        clustering: themes of the default layer, numbered by size, the largest first.
        core_leaf: int64 of shape (n,): leaf whose core holds the patent, −1 for none.
        leaf_theme: int64 of shape (L,): theme of each leaf.
        tree: merges of the leaves.
        centroids: float32 of shape (K, d), on the grid.
        thresholds: float32 of shape (K,): least cosine at which a patent is assigned.
        leaf_centroids: float32 of shape (L, d), on the grid.
        settings: what it was made with.
    """

    keys: tuple[str, ...]
    clustering: Clustering
    core_leaf: npt.NDArray[np.int64]
    leaf_theme: npt.NDArray[np.int64]
    tree: ThemeTree
    centroids: Vectors
    thresholds: npt.NDArray[np.float32]
    leaf_centroids: Vectors
    settings: ThemeSettings

    @property
    def themes(self) -> int:
        """Number of themes K of the default layer."""
        return len(self.centroids)

    def place(self, vectors: Vectors, keys: Sequence[str] | None = None) -> Placed:
        """Place patents by the one rule: the nearest centroid, if at its threshold or above.

        Args:
            vectors: float32 of shape (m, d), unit rows or zero.
            keys: m keys; core members keep the theme whose core they are in. None when all are new.

        Returns:
            Labels, −1 = unplaced, and cosines. For the patents that the themes were made of, with
            their keys, exactly `clustering`'s.
        """
        labels, strength = nearest(vectors, self.centroids)
        near_enough = labels >= 0
        if self.themes:
            near_enough = (strength >= self.thresholds[labels]) & vectors.any(axis=1)
        placed = np.where(near_enough, labels, -1)
        if keys is None:
            return Placed(placed, strength)
        core = self._core_of(keys)
        known = core >= 0
        placed[known] = core[known]
        strength[known] = cosines_to(vectors, self.centroids, core[known], np.flatnonzero(known))
        return Placed(placed, strength)

    def leaves_of(self, vectors: Vectors, placed: Placed, keys: Sequence[str] | None = None) -> Placed:
        """Go down from themes to leaves: the nearest leaf of the theme each patent was placed in.

        Args:
            vectors: float32 of shape (m, d).
            placed: what `place` gave for them.
            keys: as given to `place`; core members keep their leaf.

        Returns:
            Leaf numbers, −1 where unplaced, with the cosines of `placed`.
        """
        leaves = np.full(len(vectors), -1, dtype=np.int64)
        for theme in np.unique(placed.labels[placed.labels >= 0]).tolist():
            rows = np.flatnonzero(placed.labels == theme)
            below = np.flatnonzero(self.leaf_theme == theme)
            if not len(below):
                continue  # a theme that a user made
            leaves[rows] = below[nearest(vectors[rows], self.leaf_centroids[below]).labels]
        if keys is not None:
            own = self._core_of(keys, leaf=True)
            inside = (own >= 0) & (np.append(self.leaf_theme, -2)[own] == placed.labels)
            leaves = np.where(inside, own, leaves)
        return Placed(leaves, placed.strength)

    def nearest(self, vectors: Vectors) -> Placed:
        """The nearest theme of each patent, however far; −1 throughout when there is no theme."""
        return nearest(vectors, self.centroids)

    def in_core(self, keys: Sequence[str]) -> npt.NDArray[np.bool_]:
        """Whether each patent is in the core of a theme; bool of shape (m,), False for unknown keys."""
        return self._core_of(keys) >= 0

    def _core_of(self, keys: Sequence[str], *, leaf: bool = False) -> npt.NDArray[np.int64]:
        """Theme (or leaf) whose core holds each key; −1 for other and unknown keys."""
        labels = self.core_leaf if leaf else self.clustering.core_label
        own = {key: label for key, label in zip(self.keys, labels.tolist(), strict=True) if label >= 0}
        return np.fromiter((own.get(key, -1) for key in keys), dtype=np.int64, count=len(keys))

    def save(self, folder: Path) -> None:
        """Write ``themes.npz`` and ``themes.json`` into an existing folder."""
        np.savez(
            folder / _ARRAYS,
            core_label=self.clustering.core_label,
            assigned_label=self.clustering.assigned_label,
            strength=self.clustering.strength,
            core_leaf=self.core_leaf,
            leaf_theme=self.leaf_theme,
            merges=self.tree.merges,
            centroids=self.centroids,
            thresholds=self.thresholds,
            leaf_centroids=self.leaf_centroids,
        )
        facts = {"format": FORMAT, "settings": asdict(self.settings), "keys": self.keys}
        (folder / _FACTS).write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> ThemeModel:
        """Read what `save` wrote.

        Raises:
            SnapshotError: it is not there, or was written by another version.
        """
        try:
            facts = json.loads((folder / _FACTS).read_text(encoding="utf-8"))
            with np.load(folder / _ARRAYS, allow_pickle=False) as file:
                arrays = {name: file[name] for name in file.files}
        except (OSError, ValueError) as error:
            raise SnapshotError("themes-unreadable", folder=folder, reason=error) from error
        if facts["format"] != FORMAT:
            raise SnapshotError("themes-of-other-format", folder=folder, format=facts["format"])
        settings = facts["settings"]
        settings["layers"] = tuple(settings["layers"])
        return cls(
            keys=tuple(facts["keys"]),
            clustering=Clustering(arrays["core_label"], arrays["assigned_label"], arrays["strength"]),
            core_leaf=arrays["core_leaf"],
            leaf_theme=arrays["leaf_theme"],
            tree=ThemeTree(arrays["merges"]),
            centroids=arrays["centroids"],
            thresholds=arrays["thresholds"],
            leaf_centroids=arrays["leaf_centroids"],
            settings=ThemeSettings(**settings),
        )
