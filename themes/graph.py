"""The neighbours of every patent among the patents of one selection."""

from __future__ import annotations

from typing import NamedTuple

import faiss
import numpy as np
import numpy.typing as npt

from themes.grid import Vectors
from themes.placement import centroids_of

__all__ = ["Neighbours", "neighbour_count", "neighbours"]

# Up to so many patents the graph is exact; above, an inverted file looks at a part of the cells.
EXACT = 20_000
# Nearest cells looked at of each patent: recall of 60 neighbours .94 on 120,000 real patents, in half
# the time of 32 cells (.97), and no difference in the themes (docs/themes.md).
PROBES = 16
_ROUNDS = 5
_PER_CELL = 40


class Neighbours(NamedTuple):
    """The k nearest patents of each patent, nearest first, itself not among them.

    Attributes:
        rows: int32 of shape (n, k); equal scores are in the order of the rows.
        scores: float32 of shape (n, k): cosine.
    """

    rows: npt.NDArray[np.int32]
    scores: npt.NDArray[np.float32]


def neighbour_count(patents: int) -> int:
    """How many neighbours make a good graph: 12 for 300 patents, 32 for 3,000, 60 from 75,000 on.

    Few neighbours tell small themes apart; many make the themes of a large industry stable.

    Args:
        patents: number of patents.

    Returns:
        At least 1 where there are two patents, and less than `patents`.
    """
    grown = round(6 * np.log2(max(patents, 1) / 75)) if patents > 75 else 0
    return max(0, min(max(8, min(grown, 60)), patents - 1))


def neighbours(vectors: Vectors, k: int) -> Neighbours:
    """Find the k nearest rows of every row.

    Args:
        vectors: float32 of shape (n, d), on the grid (`themes.grid`).
        k: neighbours wanted, 0 ≤ k < n.

    Returns:
        The graph; the same whatever the number of threads.
    """
    count = len(vectors)
    wide = min(count, k + 1)
    if count <= EXACT:
        scores, rows = faiss.knn(vectors, vectors, wide, metric=faiss.METRIC_INNER_PRODUCT)
    else:
        scores, rows = _inverted_file(vectors).search(vectors, wide)
    return _without_self(rows, scores, k)


def _inverted_file(vectors: Vectors) -> faiss.IndexIVFFlat:
    """Put the vectors into cells around means that are learned in a fixed order, on the grid."""
    means = _means(vectors, cells=_cells(len(vectors)))
    quantizer = faiss.IndexFlatIP(vectors.shape[1])
    quantizer.add(means)
    index = faiss.IndexIVFFlat(quantizer, vectors.shape[1], len(means), faiss.METRIC_INNER_PRODUCT)
    index.is_trained = True
    index.nprobe = min(PROBES, len(means))
    index.add(vectors)
    return index


def _cells(patents: int) -> int:
    """Cells of the inverted file: 512 for 20,000 patents, 1,024 for 120,000, 4,096 for 1.6 million."""
    return int(2 ** np.clip(round(np.log2(3 * np.sqrt(patents))), 4, 14))


def _means(vectors: Vectors, *, cells: int) -> Vectors:
    """Spherical k-means on a sample of evenly spaced rows."""
    sample = vectors[:: max(1, len(vectors) // (cells * _PER_CELL))]
    means = np.ascontiguousarray(sample[np.linspace(0, len(sample) - 1, cells).astype(np.int64)])
    for _ in range(_ROUNDS):
        nearest = faiss.knn(sample, means, 1, metric=faiss.METRIC_INNER_PRODUCT)[1].ravel()
        used = np.bincount(nearest, minlength=cells) > 0
        means[used] = centroids_of(sample, nearest, cells)[used]
    return means


def _without_self(rows: npt.NDArray[np.int64], scores: npt.NDArray[np.float32], k: int) -> Neighbours:
    """Drop each row from its own list (it is not first where others are equal to it)."""
    own = rows == np.arange(len(rows))[:, None]
    own[~own.any(axis=1), -1] = True  # not found among its own equals: the last is one too many
    shape = (len(rows), rows.shape[1] - 1)
    kept = rows[~own].reshape(shape)[:, :k]
    return Neighbours(
        np.ascontiguousarray(kept, dtype=np.int32),
        np.ascontiguousarray(scores[~own].reshape(shape)[:, :k], dtype=np.float32),
    )
