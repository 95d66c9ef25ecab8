"""Themes and patents on a plane: first the themes, then the patents around them.

Both steps pull neighbours together and push others apart, as UMAP does, but start from a layout
that already has everything near its place: the themes from their shortest ways through the
neighbour graph, the patents from the themes of their neighbours. No compiler, no other graph, and
no chance: what is drawn at random is drawn by number, so the same themes give the same map.

Source: the forces of McInnes, Healy, Melville, "UMAP" (2018); stress majorization by Gansner,
Koren, North (2004).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse.csgraph import shortest_path

from themes.fit import FittedGraph
from themes.grid import on_grid
from themes.model import ThemeModel
from themes.tree import ThemeTree, build_tree, links_between

__all__ = ["ThemeMap", "draw_map", "labels_and_outlines", "stand_among"]

Points = npt.NDArray[np.float32]
Floats = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]

# Curve of the pull, 1 / (1 + A d²ᴮ): between UMAP's for min_dist .3 and .5, so that themes have room.
_A, _B = 0.9, 1.15
_PULL, _PUSH = 0.1, 0.2
_STRANGERS = 5
_FURTHEST = 4.0
# Half the width of the finished map.
_WIDTH = 10.0
_CORNERS = 32


@dataclass(frozen=True, slots=True)
class ThemeMap:
    """Where everything is on a plane; the middle is (0, 0), most of it within ±10.

    Attributes:
        patents: float32 of shape (n, 2); NaN for patents without text.
        themes: float32 of shape (K, 2): the middle of each theme's core, for its label.
        outlines: float32 of shape (K, 32, 2): closed line around the inner three quarters of each core.
    """

    patents: Points
    themes: Points
    outlines: Points


def draw_map(model: ThemeModel, graph: FittedGraph, *, rounds: int = 100) -> ThemeMap:
    """Lay out a build.

    Args:
        model: the build.
        graph: the graph it was made of (`themes.fit.fit_with_graph`).
        rounds: of pulling and pushing; 120,000 patents take about 15 s for 100.

    Returns:
        Places; the same for the same build whatever the order of its rows.
    """
    points, order = np.full((len(model.keys), 2), np.nan, dtype=np.float32), graph.order
    if not model.themes:
        points[order] = 0.0
        return ThemeMap(points, np.empty((0, 2), np.float32), np.empty((0, _CORNERS, 2), np.float32))
    rows = graph.neighbours.rows
    core = model.clustering.core_label[order]
    near = _nearest_theme(model, rows, order)
    links = links_between(rows, near, model.themes)
    middles = _theme_places(links, np.bincount(near, minlength=model.themes).astype(np.int64))
    around = middles[near[rows[:, :15]]].mean(axis=1) if rows.shape[1] else middles[near]
    placed = _settle(rows[:, :10], 0.5 * middles[near] + 0.5 * around, rounds=rounds)
    placed = _centred(placed)
    points[order] = placed
    return ThemeMap(points, *labels_and_outlines(placed, core, model.themes))


def stand_among(vectors: Points, members: Points, places: Points, *, around: int = 3) -> Points:
    """Where patents that came later stand: in the middle of the nearest members of their theme.

    Args:
        vectors: float32 of shape (m, d), unit rows.
        members: float32 of shape (n, d): members of the theme that have a place.
        places: float32 of shape (n, 2).
        around: how many members.

    Returns:
        float32 of shape (m, 2); NaN where there is no member.
    """
    found = np.full((len(vectors), 2), np.nan, dtype=np.float32)
    if not len(members):
        return found
    points = on_grid(members)
    for row, vector in enumerate(on_grid(vectors)):
        nearest = np.argsort(-(points @ vector), kind="stable")[:around]
        found[row] = places[nearest].mean(axis=0)
    return found


def _nearest_theme(model: ThemeModel, rows: npt.NDArray[np.int32], order: Labels) -> Labels:
    """Theme of each point; of an unplaced one the most frequent among its neighbours, else the largest."""
    label = model.clustering.assigned_label[order]
    near = label.copy()
    for point in np.flatnonzero(label < 0).tolist():
        around = label[rows[point]]
        around = around[around >= 0]
        near[point] = np.bincount(around).argmax() if len(around) else 0
    return near


def _theme_places(links: Floats, sizes: Labels) -> Points:
    """Lay out the themes by the length of the ways between them."""
    themes = len(sizes)
    if themes == 1:
        return np.zeros((1, 2), dtype=np.float32)
    closeness = links / np.outer(np.maximum(sizes, 1), np.maximum(sizes, 1))
    np.fill_diagonal(closeness, 0.0)
    start = _circle(build_tree(links, np.maximum(sizes, 1)))
    places = _majorize(_ways(closeness), start)
    k = min(20, themes - 1)
    nearest = np.argsort(-closeness, axis=1, kind="stable")[:, :k].astype(np.int32)
    spread = places / max(float(np.abs(places).max()), 1e-9) * np.sqrt(themes)
    settled = _settle(nearest[:, :6], spread.astype(np.float32), rounds=100)
    return _centred(settled) * np.float32(0.6)


def _circle(tree: ThemeTree) -> Floats:
    """Themes on a circle in the order of the tree, so that near ones start near."""
    leaves = tree.leaves
    below: list[list[int]] = [[leaf] for leaf in range(leaves)]
    for one, other in tree.merges.tolist():
        below.append(below[one] + below[other])
    angle = np.empty(leaves)
    angle[below[-1]] = np.linspace(0, 2 * np.pi, leaves, endpoint=False)
    return np.column_stack([np.cos(angle), np.sin(angle)])


def _ways(closeness: Floats) -> Floats:
    """Lengths of the shortest ways between themes; those without a way are as far as the furthest."""
    highest = closeness.max()
    with np.errstate(divide="ignore"):
        steps = np.where(closeness > 0, -np.log(0.99 * closeness / max(highest, 1e-300)), 0.0)
    ways = np.asarray(shortest_path(steps, directed=False), dtype=np.float64)
    reached = np.isfinite(ways)
    ways[~reached] = ways[reached].max(initial=1.0) + 1.0
    return ways


def _majorize(lengths: Floats, places: Floats, *, rounds: int = 300) -> Floats:
    """Move places until their distances are like the wanted lengths; far pairs matter less."""
    with np.errstate(divide="ignore"):
        weights = np.where(lengths > 0, lengths**-2.0, 0.0)
    places = places * lengths.mean()
    total = np.maximum(weights.sum(axis=1), 1e-12)[:, None]
    for _ in range(rounds):
        apart = places[:, None] - places[None]
        distance = np.sqrt((apart**2).sum(axis=-1))
        scale = np.where(distance > 0, weights * lengths / np.maximum(distance, 1e-12), 0.0)
        # Sums over an axis, not matrix products: their order does not depend on the threads.
        pulled = (weights[..., None] * places[None]).sum(axis=1)
        places = (pulled + (scale[..., None] * apart).sum(axis=1)) / total
    return np.asarray(places)


def _settle(nearest: npt.NDArray[np.int32], start: npt.NDArray[np.floating], *, rounds: int) -> Points:
    """Pull each point to its neighbours and push it from strangers, ever more gently.

    Args:
        nearest: int32 of shape (n, k): neighbours of each point.
        start: floats of shape (n, 2).
        rounds: how often.

    Returns:
        float32 of shape (n, 2).
    """
    flat = np.ascontiguousarray(start.T, dtype=np.float32)  # x and y apart: sums run along memory
    around = np.ascontiguousarray(nearest.T)
    rng = np.random.default_rng(0)
    for done in range(rounds):
        step = 1.0 - done / rounds
        apart, squared = _apart(flat, around)
        power = np.maximum(squared, 1e-12) ** np.float32(_B)
        pull = -2 * _A * _B * power / np.maximum(squared, 1e-12) / (1 + _A * power)
        away, far = _apart(
            flat, rng.integers(0, flat.shape[1], size=(_STRANGERS, flat.shape[1]), dtype=np.int32)
        )
        push = 2 * _B / ((0.001 + far) * (1 + _A * far ** np.float32(_B)))
        flat += np.float32(step * _PULL) * _capped(pull, apart)
        flat += np.float32(step * _PUSH) * _capped(push, away)
    return np.ascontiguousarray(flat.T)


def _apart(places: Points, others: npt.NDArray[np.int32]) -> tuple[Points, Points]:
    """Vectors from others (k, n) to each point, (2, k, n), and their squared lengths, (k, n)."""
    apart = np.stack([axis - axis[others] for axis in places])
    return apart, np.asarray(apart[0] * apart[0] + apart[1] * apart[1])


def _capped(force: npt.NDArray[np.floating], apart: Points) -> Points:
    """Sum of forces along directions, none of them stronger than the cap; (2, n)."""
    return np.asarray(np.clip(force * apart, -_FURTHEST, _FURTHEST).sum(axis=1), dtype=np.float32)


def _centred(places: Points) -> Points:
    """Move the middle to (0, 0) and scale so that 99 % lies within the width."""
    places = np.asarray(places - np.median(places, axis=0), dtype=np.float32)
    reach = float(np.quantile(np.abs(places), 0.99)) if len(places) else 1.0
    return np.asarray(places * np.float32(_WIDTH / max(reach, 1e-6)), dtype=np.float32)


def labels_and_outlines(places: Points, core: Labels, themes: int) -> tuple[Points, Points]:
    """Middle and outline of each theme: the inner three quarters of its core.

    Args:
        places: float32 of shape (n, 2); NaN for patents without a place.
        core: int64 of shape (n,): theme of the core members, −1 for others.
        themes: number of themes K; each has a core member with a place.

    Returns:
        float32 of shape (K, 2) and of shape (K, 32, 2).
    """
    core = np.where(np.isnan(places).any(axis=1), -1, core)
    middles = np.zeros((themes, 2), dtype=np.float32)
    outlines = np.zeros((themes, _CORNERS, 2), dtype=np.float32)
    angles = np.linspace(0, 2 * np.pi, _CORNERS, endpoint=False)
    corners = np.column_stack([np.cos(angles), np.sin(angles)])
    for theme in range(themes):
        own = places[core == theme]
        middles[theme] = np.median(own, axis=0)
        outlines[theme] = middles[theme] + _reach(own - middles[theme], angles)[:, None] * corners
    return middles, outlines


def _reach(offsets: Points, angles: Floats) -> Floats:
    """How far the inner three quarters of the points reach in each direction, smoothed around the circle."""
    distance = np.hypot(offsets[:, 0], offsets[:, 1]).astype(np.float64)
    direction = np.arctan2(offsets[:, 1], offsets[:, 0])
    inner = distance <= np.quantile(distance, 0.75)
    turn = np.abs((direction[None] - angles[:, None] + np.pi) % (2 * np.pi) - np.pi)
    near = np.where(inner[None] & (turn < 2 * np.pi / _CORNERS), distance[None], 0.0).max(axis=1)
    floor = float(np.quantile(distance, 0.5)) * 0.5
    ring = np.maximum(near, floor)
    return np.asarray(np.maximum((np.roll(ring, 1) + 2 * ring + np.roll(ring, -1)) / 4, 1e-3))
