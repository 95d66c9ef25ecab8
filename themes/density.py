"""HDBSCAN on the neighbour lists: dense groups of patents with a clear edge.

Two patents are near when their neighbour lists agree: the distance of an edge of the graph is the
Jaccard distance of the two lists. It knows nothing of how dense a field is, which raw cosine
does, so that one hierarchy serves crowded and sparse technologies alike. The spanning tree is
SciPy's, the condensed tree hdbscan's.

Source: Campello, Moulavi, Sander (2013) for the tree; Jarvis and Patrick (1973) for lists that
agree. Measured against raw cosine, UMAP, Leiden and k-means in docs/themes.md.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse.csgraph import connected_components, minimum_spanning_tree

__all__ = [
    "Edges",
    "dense_groups",
    "grow",
    "growing_share",
    "jaccard",
    "linkage",
    "smallest_theme",
    "spanning_tree",
]

Labels = npt.NDArray[np.int64]
_BLOCK = 64


class Edges(NamedTuple):
    """Edges of a graph on n patents.

    Attributes:
        first: int32 of shape (e,).
        second: int32 of shape (e,).
        lengths: float64 of shape (e,), in [0, 1].
    """

    first: npt.NDArray[np.int32]
    second: npt.NDArray[np.int32]
    lengths: npt.NDArray[np.float64]


def smallest_theme(patents: int) -> int:
    """Least patents in the dense core of a leaf: 5 for 300, 10 for 3,000, 19 for 27,000.

    Smaller leaves follow classes no better, and are found again less often (docs/themes.md).
    """
    return max(4, int(np.rint(patents**0.29)))


def growing_share(neighbours: int) -> float:
    """Share of its neighbours in one core that takes a patent in: .5 of 24, .4 of 40, .3 of 56.

    Measured so that cores of industries of 200 to 27,000 patents are equally stable.
    """
    return float(np.clip(0.65 - neighbours / 160, 0.3, 0.5))


def jaccard(rows: npt.NDArray[np.int32], *, nearest: int = 30) -> Edges:
    """Lengths of the edges from each patent to its nearest neighbours.

    Args:
        rows: int32 of shape (n, k): neighbour lists, nearest first; a patent belongs to its own list.
        nearest: neighbours of each list that get an edge; the whole lists are compared. More edges
            than 30 change nothing that can be measured.

    Returns:
        n · min(k, nearest) edges: all first neighbours, then all second ones, and so on.
    """
    count, k = rows.shape
    reach = min(k, nearest)
    own = np.concatenate([np.arange(count, dtype=np.int64)[:, None], rows], axis=1)
    shared = np.empty((count, reach), dtype=np.int32)
    member = np.zeros(_BLOCK * count, dtype=np.bool_)  # which patents are in the list of each row of a block
    for start in range(0, count, _BLOCK):
        lists = own[start : start + _BLOCK]
        offset = np.arange(len(lists))[:, None] * count
        member[lists + offset] = True
        theirs = own[lists[:, 1 : reach + 1]] + offset[..., None]
        shared[start : start + _BLOCK] = member.take(theirs).sum(axis=2)
        member[lists + offset] = False
    first = np.tile(np.arange(count, dtype=np.int32), reach)
    agreed = shared.T.ravel()
    return Edges(first, rows[:, :reach].T.ravel(), 1 - agreed / (2 * (k + 1) - agreed))


def spanning_tree(edges: Edges, count: int) -> Edges:
    """Shortest tree over all patents; parts that no edge joins are joined with length 1.

    Many edges are equally long. The earlier one is taken, so that the tree does not depend on how a
    machine sorts.

    Args:
        edges: the graph.
        count: number of patents n.

    Returns:
        n − 1 edges, shortest first.
    """
    order = np.argsort(edges.lengths, kind="stable").astype(np.int32)
    ranks = np.empty(len(order), dtype=np.float64)
    ranks[order] = np.arange(1, len(order) + 1)
    graph = sparse.csr_matrix((ranks, (edges.first, edges.second)), shape=(count, count))
    del ranks
    parts, part = connected_components(graph, directed=False)
    taken = order[np.sort(minimum_spanning_tree(graph).data).astype(np.int64) - 1]
    heads = np.unique(part, return_index=True)[1].astype(np.int32)
    return Edges(
        np.concatenate([edges.first[taken], heads[:-1]]),
        np.concatenate([edges.second[taken], heads[1:]]),
        np.concatenate([edges.lengths[taken], np.ones(parts - 1)]),
    )


def linkage(tree: Edges) -> npt.NDArray[np.float64]:
    """Single-linkage hierarchy of a spanning tree; SciPy's format, shape (n − 1, 4)."""
    from hdbscan._hdbscan_linkage import label

    return np.asarray(label(np.column_stack([tree.first, tree.second, tree.lengths]).astype(np.float64)))


def dense_groups(hierarchy: npt.NDArray[np.float64], smallest: int) -> Labels:
    """Leaves of HDBSCAN's condensed tree.

    Args:
        hierarchy: single-linkage hierarchy of n patents.
        smallest: least patents of a group, at least 2.

    Returns:
        int64 of shape (n,): group of each patent, −1 for none; groups numbered from 0.
    """
    from hdbscan._hdbscan_tree import condense_tree

    count = len(hierarchy) + 1
    condensed = condense_tree(hierarchy, smallest)
    parent, child, size = condensed["parent"], condensed["child"], condensed["child_size"]
    splits = size > 1
    leaves = np.setdiff1d(child[splits], parent[splits])
    labels = np.full(count, -1, dtype=np.int64)
    number = np.full(int(parent.max()) + 1, -1, dtype=np.int64)
    number[leaves] = np.arange(len(leaves))
    labels[child[~splits]] = number[parent[~splits]]
    return labels


def grow(
    labels: Labels, rows: npt.NDArray[np.int32], *, share: float, nearest: int = 45, rounds: int = 2
) -> Labels:
    """Take into the groups the patents that sit among one group's members.

    Leaves of a density tree hold the innermost patents only. A patent whose nearest neighbours are
    to a good share members of one and the same group joins it: on 27,016 held-out patents half as
    many again, at the same stability (docs/themes.md).

    Args:
        labels: int64 of shape (n,), −1 for no group.
        rows: int32 of shape (n, k): neighbour lists, nearest first.
        share: of the neighbours looked at that must be in the group, in (0, 1].
        nearest: how many neighbours are looked at.
        rounds: how often; members who joined count in the next round.

    Returns:
        int64 of shape (n,).
    """
    groups = int(labels.max(initial=-1)) + 1
    near = rows[:, :nearest]
    if not groups or not near.shape[1]:
        return labels
    for _ in range(rounds):
        outside = np.flatnonzero(labels < 0)
        votes, group = _votes(labels[near[outside]], groups)
        joins = votes >= share * near.shape[1]
        labels = labels.copy()
        labels[outside[joins]] = group[joins]
    return labels


def _votes(around: Labels, groups: int) -> tuple[npt.NDArray[np.int64], Labels]:
    """Most frequent group of each row of labels and its count; the lower number where two tie."""
    count = len(around)
    row, column = np.nonzero(around >= 0)
    codes, votes = np.unique(row * groups + around[row, column], return_counts=True)
    best = np.zeros(count, dtype=np.int64)
    winner = np.full(count, -1, dtype=np.int64)
    order = np.lexsort((-codes, votes))  # the last one written wins: most votes, then lowest group
    best[codes[order] // groups] = votes[order]
    winner[codes[order] // groups] = codes[order] % groups
    return best, winner
