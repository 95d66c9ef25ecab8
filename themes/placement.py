"""The one rule that places a patent: the nearest theme centroid, when it is near enough."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from themes.grid import Vectors, on_grid, unit_on_grid

__all__ = ["Placed", "centroids_of", "cosines_to", "nearest", "refine", "sums_of", "thresholds_of"]

Labels = npt.NDArray[np.int64]
_BLOCK = 8_192
_DIMENSIONS = 32


class Placed(NamedTuple):
    """Where patents belong.

    Attributes:
        labels: int64 of shape (n,): theme number, −1 for unplaced.
        strength: float32 of shape (n,): cosine to the nearest centroid, in [−1, 1].
    """

    labels: Labels
    strength: npt.NDArray[np.float32]


def centroids_of(vectors: Vectors, labels: Labels, themes: int) -> Vectors:
    """Mean direction of the members of each theme.

    Args:
        vectors: float32 of shape (n, d), on the grid.
        labels: int64 of shape (n,), −1 for none.
        themes: number of themes K.

    Returns:
        float32 of shape (K, d), unit rows on the grid.
    """
    return unit_on_grid(sums_of(vectors, labels, themes))


def sums_of(vectors: Vectors, labels: Labels, themes: int) -> npt.NDArray[np.float64]:
    """Sum of the members of each theme; float64 of shape (K, d); arguments as `centroids_of`'s."""
    rows = np.flatnonzero(labels >= 0)
    ones = np.ones(len(rows), dtype=np.float64)
    member = sparse.csr_matrix((ones, (labels[rows], rows)), shape=(themes, len(vectors)))
    sums = np.empty((themes, vectors.shape[1]), dtype=np.float64)
    # Some dimensions at a time: the product wants the vectors in float64, twice their memory.
    for start in range(0, vectors.shape[1], _DIMENSIONS):
        sums[:, start : start + _DIMENSIONS] = member @ vectors[:, start : start + _DIMENSIONS]
    return sums


def cosines_to(
    vectors: Vectors, centroids: Vectors, labels: Labels, rows: Labels | None = None
) -> npt.NDArray[np.float32]:
    """Cosine of patents to given centroids; exact on the grid.

    Args:
        vectors: float32 of shape (n, d), unit rows or zero.
        centroids: float32 of shape (K, d), on the grid.
        labels: int64 of shape (m,), the centroid of each.
        rows: int64 of shape (m,), which vectors; None for all, m being n then.

    Returns:
        float32 of shape (m,).
    """
    cosines = np.empty(len(labels), dtype=np.float32)
    for start in range(0, len(labels), _BLOCK):
        stop = start + _BLOCK
        block = vectors[start:stop] if rows is None else vectors[rows[start:stop]]
        cosines[start:stop] = np.einsum("ij,ij->i", on_grid(block), centroids[labels[start:stop]])
    return cosines


def nearest(vectors: Vectors, centroids: Vectors) -> Placed:
    """Nearest centroid of each patent, however far; the lower number where two are equally near.

    Args:
        vectors: float32 of shape (n, d), unit rows or zero.
        centroids: float32 of shape (K, d), on the grid.

    Returns:
        Labels in [0, K), or −1 throughout when there is no theme, with the cosines.
    """
    labels = np.full(len(vectors), -1, dtype=np.int64)
    strength = np.zeros(len(vectors), dtype=np.float32)
    if not len(centroids):
        return Placed(labels, strength)
    for start in range(0, len(vectors), _BLOCK):
        scores = on_grid(vectors[start : start + _BLOCK]) @ centroids.T
        best = scores.argmax(axis=1)
        labels[start : start + _BLOCK] = best
        strength[start : start + _BLOCK] = scores[np.arange(len(best)), best]
    return Placed(labels, strength)


def refine(vectors: Vectors, core: Labels, *, rounds: int = 3) -> Vectors:
    """Centroids of everything that is nearest to them; core members keep their theme.

    Args:
        vectors: float32 of shape (n, d), on the grid.
        core: int64 of shape (n,): theme of the core members, −1 for others.
        rounds: placings before the last centroids.

    Returns:
        float32 of shape (K, d).
    """
    themes = int(core.max(initial=-1)) + 1
    centroids = centroids_of(vectors, core, themes)
    for _ in range(rounds):
        labels = np.where(core >= 0, core, nearest(vectors, centroids).labels)
        centroids = centroids_of(vectors, labels, themes)
    return centroids


def thresholds_of(
    vectors: Vectors, core: Labels, centroids: Vectors, *, quantile: float
) -> npt.NDArray[np.float32]:
    """How near a patent must be to each theme: a low quantile of the cosines of its core members.

    Args:
        vectors: float32 of shape (n, d), on the grid.
        core: int64 of shape (n,), every theme with at least one member.
        centroids: float32 of shape (K, d).
        quantile: in [0, 1].

    Returns:
        float32 of shape (K,).
    """
    if not len(centroids):
        return np.empty(0, dtype=np.float32)
    rows = np.flatnonzero(core >= 0)
    order = rows[np.argsort(core[rows], kind="stable")]
    scores = cosines_to(vectors, centroids, core[order], order)
    bounds = np.cumsum(np.bincount(core[order], minlength=len(centroids)))[:-1]
    parts = np.split(scores, bounds)
    return np.array([np.quantile(part, quantile, method="lower") for part in parts], dtype=np.float32)
