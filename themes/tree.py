"""One tree over the themes: any number of themes is a cut of it.

The dense groups are the leaves. The two that the neighbour graph joins most closely, for their
sizes, become one, and so on to the root. The density tree itself is no good for that: near its
root it sheds one small group after the other. Measured in docs/themes.md: cuts of this tree agree
with IPC as well as k-means of the same number does and are more stable.

Source: the linkage of Bonald et al., "Hierarchical Graph Clustering using Node Pair Sampling"
(2018), begun at the dense groups instead of single patents.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["ThemeTree", "build_tree", "links_between"]

Labels = npt.NDArray[np.int64]
# Neighbours of every list that are counted at a time: 60 of 120,000 patents would take 300 MB.
_COLUMNS = 8


@dataclass(frozen=True, slots=True)
class Node:
    """A theme of some layer in the tree of layers.

    Attributes:
        leaves: numbers of the leaves below, ascending.
        parent: place of the parent in the list of nodes, −1 for a root.
        children: places of the children: none or at least two.
        layers: numbers of themes of the layers that the node belongs to, ascending.
    """

    leaves: tuple[int, ...]
    parent: int
    children: tuple[int, ...]
    layers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ThemeTree:
    """Merges of L leaves.

    Attributes:
        merges: int64 of shape (L − 1, 2): step s joins two clusters into cluster L + s; clusters
            0 … L − 1 are the leaves.
    """

    merges: npt.NDArray[np.int64]

    @property
    def leaves(self) -> int:
        """Number of leaves L; a tree without merges has one."""
        return len(self.merges) + 1

    def cut(self, themes: int) -> Labels:
        """Join leaves until so many themes are left.

        Args:
            themes: wanted number, at least 1; more than L gives L.

        Returns:
            int64 of shape (L,): theme of each leaf, numbered by the first leaf in each.
        """
        leaves = self.leaves
        cluster = np.arange(2 * leaves - 1)
        for step in range(leaves - max(1, min(themes, leaves))):
            cluster[self.merges[step]] = leaves + step
        for _ in range(leaves):
            higher = cluster[cluster]
            if np.array_equal(higher, cluster):
                break
            cluster = higher
        _, first, group = np.unique(cluster[:leaves], return_index=True, return_inverse=True)
        rank = np.empty(len(first), dtype=np.int64)
        rank[np.argsort(first)] = np.arange(len(first))
        return np.asarray(rank[group], dtype=np.int64)

    def layered(self, layers: tuple[int, ...]) -> tuple[Node, ...]:
        """Tree of the themes of some layers, coarse to fine, without single children.

        Args:
            layers: wanted numbers of themes; those above L mean L.

        Returns:
            Nodes, parents before children. A theme that a finer layer does not divide is one node
            that belongs to both layers.
        """
        sets: dict[tuple[int, ...], list[int]] = {}
        for layer in sorted({max(1, min(layer, self.leaves)) for layer in layers}):
            group = self.cut(layer)
            for theme in range(int(group.max()) + 1):
                sets.setdefault(tuple(np.flatnonzero(group == theme).tolist()), []).append(layer)
        return _nodes(sets)


def _nodes(sets: dict[tuple[int, ...], list[int]]) -> tuple[Node, ...]:
    """Link nested sets of leaves: the parent is the smallest set around."""
    order = sorted(sets, key=lambda leaves: (-len(leaves), leaves))
    at: dict[int, int] = {}  # leaf → smallest set so far
    parents: list[int] = []
    for place, leaves in enumerate(order):
        parents.append(at.get(leaves[0], -1))
        at.update(dict.fromkeys(leaves, place))
    children: list[list[int]] = [[] for _ in order]
    for place, parent in enumerate(parents):
        if parent >= 0:
            children[parent].append(place)
    return tuple(
        Node(leaves, parents[place], tuple(children[place]), tuple(sets[leaves]))
        for place, leaves in enumerate(order)
    )


def links_between(rows: npt.NDArray[np.int32], labels: Labels, groups: int) -> npt.NDArray[np.float64]:
    """How many neighbour pairs join each two groups.

    Args:
        rows: int32 of shape (n, k): neighbour lists.
        labels: int64 of shape (n,): group of each patent, −1 for none.
        groups: number of groups L.

    Returns:
        float64 of shape (L, L), symmetric, whole numbers.
    """
    counts = np.zeros(groups * groups, dtype=np.int64)
    for start in range(0, rows.shape[1], _COLUMNS):
        other = labels[rows[:, start : start + _COLUMNS]]
        own = np.broadcast_to(labels[:, None], other.shape)
        both = (own >= 0) & (other >= 0)
        counts += np.bincount(own[both] * groups + other[both], minlength=groups * groups)
    table = counts.reshape(groups, groups).astype(np.float64)
    return np.asarray(table + table.T)


def build_tree(links: npt.NDArray[np.float64], sizes: npt.NDArray[np.int64]) -> ThemeTree:
    """Join the two groups with the most links for their sizes, until one is left.

    Args:
        links: float64 of shape (L, L): see `links_between`.
        sizes: int64 of shape (L,): patents of each group, at least 1.

    Returns:
        The tree; where two pairs are equally close, the one with the lower numbers goes first.
    """
    leaves = len(sizes)
    links, sizes = links.copy(), sizes.astype(np.float64)
    closeness = links / np.outer(sizes, sizes)
    np.fill_diagonal(closeness, -1.0)
    cluster = np.arange(leaves)
    merges = np.empty((max(leaves - 1, 0), 2), dtype=np.int64)
    for step in range(len(merges)):
        low, high = divmod(int(closeness.argmax()), leaves)
        merges[step] = cluster[low], cluster[high]
        links[low] += links[high]
        links[:, low] += links[:, high]
        sizes[low] += sizes[high]
        row = np.where(closeness[low] < 0, -1.0, links[low] / (sizes[low] * sizes))
        closeness[low] = closeness[:, low] = row
        closeness[high] = closeness[:, high] = -1.0
        cluster[low] = leaves + step
    return ThemeTree(merges)
