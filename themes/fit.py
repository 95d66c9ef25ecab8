"""From vectors to themes: graph, dense groups, tree, default layer, placing.

Deterministic: patents are ordered by key before anything is computed, nothing is drawn at random,
and all inner products are exact (`themes.grid`), so that the same patents give the same themes
whatever the order of the rows or the number of threads.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from themes.clusters import Clustering, ThemeSettings, default_themes
from themes.density import dense_groups, grow, growing_share, jaccard, linkage, smallest_theme, spanning_tree
from themes.graph import Neighbours, neighbour_count, neighbours
from themes.grid import Vectors, on_grid
from themes.model import ThemeModel
from themes.placement import centroids_of, nearest, refine, thresholds_of
from themes.tree import ThemeTree, build_tree, links_between

__all__ = ["FittedGraph", "fit_themes", "fit_with_graph"]

Labels = npt.NDArray[np.int64]
# Below so many patents there is nothing to cluster.
_FEWEST = 10


class FittedGraph(NamedTuple):
    """The neighbour graph that themes were made of, for what else is drawn from it.

    Attributes:
        order: int64 of shape (m,): row of each point, the patents with text in the order of their keys.
        neighbours: lists of points, not rows.
    """

    order: npt.NDArray[np.int64]
    neighbours: Neighbours


def fit_themes(
    vectors: Vectors,
    keys: Sequence[str],
    *,
    settings: ThemeSettings | None = None,
) -> ThemeModel:
    """Find the themes of some patents.

    Args:
        vectors: float32 of shape (n, d): one unit vector per patent (its title-and-abstract
            passage); a zero row is a patent without text and stays unplaced.
        keys: n different keys of patents.
        settings: None for the defaults.

    Returns:
        The themes, the largest numbered 0. Fewer than ten patents give none.

    Raises:
        ValueError: lengths differ, or a key comes twice.
    """
    return fit_with_graph(vectors, keys, settings=settings)[0]


def fit_with_graph(
    vectors: Vectors,
    keys: Sequence[str],
    *,
    settings: ThemeSettings | None = None,
) -> tuple[ThemeModel, FittedGraph]:
    """Find the themes of some patents, and hand out the graph too; arguments as `fit_themes`'s."""
    settings = settings or ThemeSettings()
    _check(vectors, keys)
    order = np.array(
        sorted(np.flatnonzero(vectors.any(axis=1)).tolist(), key=keys.__getitem__), dtype=np.int64
    )
    points = on_grid(vectors[order])
    leaf, graph = _leaves(points, settings)
    leaves = int(leaf.max(initial=-1)) + 1
    tree = _tree(points, leaf, graph, leaves)
    leaf_theme = tree.cut(settings.themes or default_themes(len(points)))[:leaves]
    core = _through(leaf_theme, leaf)
    model = _model(points, core, leaf, leaf_theme, tree, settings)
    return _in_callers_order(model, order, keys), FittedGraph(order, graph)


def _check(vectors: Vectors, keys: Sequence[str]) -> None:
    if len(vectors) != len(keys):
        raise ValueError(f"{len(vectors)} vectors, but {len(keys)} keys")
    if len(set(keys)) != len(keys):
        raise ValueError("a key comes twice: every patent needs a key of its own")


def _leaves(points: Vectors, settings: ThemeSettings) -> tuple[Labels, Neighbours]:
    """Dense groups, as many as the wanted number of themes needs, with the neighbour graph."""
    count = len(points)
    k = neighbour_count(count) if settings.neighbours is None else min(settings.neighbours, max(count - 1, 0))
    if count < _FEWEST or k < 1:
        empty = np.empty((count, 0))
        return np.full(count, -1, np.int64), Neighbours(empty.astype(np.int32), empty.astype(np.float32))
    graph = neighbours(points, k)
    hierarchy = linkage(spanning_tree(jaccard(graph.rows), count))
    smallest = settings.smallest or smallest_theme(count)
    labels = dense_groups(hierarchy, smallest)
    while settings.themes and labels.max(initial=-1) + 1 < settings.themes and smallest > 2:
        smallest -= 1
        labels = dense_groups(hierarchy, smallest)
    if labels.max(initial=-1) < 0:
        labels = np.zeros(count, dtype=np.int64)  # nothing divides them: one theme
    return grow(labels, graph.rows, share=settings.grow_share or growing_share(k)), graph


def _tree(points: Vectors, leaf: Labels, graph: Neighbours, leaves: int) -> ThemeTree:
    if not leaves:
        return ThemeTree(np.empty((0, 2), dtype=np.int64))
    placed = nearest(points, centroids_of(points, leaf, leaves)).labels
    everywhere = np.where(leaf >= 0, leaf, placed)
    sizes = np.bincount(everywhere, minlength=leaves)
    return build_tree(links_between(graph.rows, everywhere, leaves), sizes.astype(np.int64))


def _through(mapping: Labels, labels: Labels) -> Labels:
    """Map labels, −1 staying −1."""
    return np.append(mapping, -1)[labels]


def _model(
    points: Vectors,
    core: Labels,
    leaf: Labels,
    leaf_theme: Labels,
    tree: ThemeTree,
    settings: ThemeSettings,
) -> ThemeModel:
    """Place all points and number the themes by size."""
    themes = int(leaf_theme.max(initial=-1)) + 1
    centroids = refine(points, core)
    thresholds = thresholds_of(points, core, centroids, quantile=settings.threshold)
    keys = tuple(map(str, range(len(points))))
    nothing = Clustering(core, core, np.zeros(len(points), dtype=np.float32))
    leaf_centroids = centroids_of(points, leaf, len(leaf_theme))
    draft = ThemeModel(keys, nothing, leaf, leaf_theme, tree, centroids, thresholds, leaf_centroids, settings)
    labels, strength = draft.place(points, keys)
    sizes = np.bincount(labels[labels >= 0], minlength=themes)
    largest = np.argsort(-sizes, kind="stable")
    rank = np.argsort(largest).astype(np.int64)
    clustering = Clustering(_through(rank, core), _through(rank, labels), strength)
    return ThemeModel(
        keys,
        clustering,
        leaf,
        rank[leaf_theme],
        tree,
        centroids[largest],
        thresholds[largest],
        leaf_centroids,
        settings,
    )


def _in_callers_order(model: ThemeModel, order: Labels, keys: Sequence[str]) -> ThemeModel:
    """Spread the labels of the sorted, non-empty patents over all of the caller's."""
    core, assigned, leaf = (np.full(len(keys), -1, dtype=np.int64) for _ in range(3))
    strength = np.zeros(len(keys), dtype=np.float32)
    core[order], assigned[order] = model.clustering.core_label, model.clustering.assigned_label
    leaf[order], strength[order] = model.core_leaf, model.clustering.strength
    return ThemeModel(
        tuple(keys),
        Clustering(core, assigned, strength),
        leaf,
        model.leaf_theme,
        model.tree,
        model.centroids,
        model.thresholds,
        model.leaf_centroids,
        model.settings,
    )
