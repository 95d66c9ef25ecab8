"""The exact index: plain numpy, the oracle that every other backend is tested against."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.hits import Hits, VectorIndex, Vectors

# Scores of one block stay under 64 MB: larger blocks gain nothing on two cores.
_BLOCK_SCORES = 16_000_000
_BLOCK_QUERIES = 1_024
_BLOCK_ROWS = 32_768


class ExactIndex:
    """Scores every vector; never approximates.

    Args:
        vectors: float32 of shape (n, dim), unit L2 norm or zero. Kept by reference, may be
            memory-mapped.
    """

    def __init__(self, vectors: Vectors) -> None:
        if vectors.ndim != 2 or vectors.dtype != np.float32:
            raise ValueError(
                f"vectors must be float32 of shape (n, dim), got {vectors.dtype} {vectors.shape}"
            )
        self._vectors = vectors

    @property
    def count(self) -> int:
        """Number of vectors."""
        return int(self._vectors.shape[0])

    @property
    def dim(self) -> int:
        """Dimensions of a vector."""
        return int(self._vectors.shape[1])

    def search(self, queries: Vectors, k: int, *, allowed: npt.NDArray[np.bool_] | None = None) -> Hits:
        """Find the k nearest rows to each query; see `VectorIndex.search`."""
        check_search(self, queries, k, allowed)
        candidates = None if allowed is None else np.flatnonzero(allowed)
        hits = empty_hits(len(queries), k)
        for start in range(0, len(queries), _BLOCK_QUERIES):
            some = slice(start, start + _BLOCK_QUERIES)
            self._search(queries[some], candidates, Hits(hits.rows[some], hits.scores[some]))
        return hits

    def _search(self, queries: Vectors, candidates: npt.NDArray[np.int64] | None, best: Hits) -> None:
        """Fill the hits of a block of queries, reading every vector once."""
        count = self.count if candidates is None else len(candidates)
        step = max(1, _BLOCK_SCORES // len(queries))
        for start in range(0, count, step):
            end = min(start + step, count)
            if candidates is None:
                scores = queries @ self._vectors[start:end].T
            else:
                scores = self._scores(queries, candidates[start:end])
            _improve(best, scores, start) if start else _begin(best, scores)
        if candidates is not None:
            best.rows[:] = np.where(best.rows < 0, -1, np.append(candidates, -1)[best.rows])

    def scores(self, queries: Vectors, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        """Score some rows.

        Args:
            queries: float32 of shape (q, dim).
            rows: int64 of shape (m,).

        Returns:
            float32 of shape (q, m).
        """
        return self._scores(queries, rows)

    def _scores(self, queries: Vectors, candidates: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        scores = np.empty((len(queries), len(candidates)), dtype=np.float32)
        # In blocks: a large Selection must not copy all vectors.
        for start in range(0, len(candidates), _BLOCK_ROWS):
            rows = candidates[start : start + _BLOCK_ROWS]
            np.matmul(queries, self._vectors[rows].T, out=scores[:, start : start + len(rows)])
        return scores

    def save(self, folder: Path, *, vectors: bool = True) -> None:
        """Write the vectors into an existing folder; without them there is nothing to write."""
        if vectors:
            np.save(folder / "vectors.npy", self._vectors, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> ExactIndex:
        """Open saved vectors, memory-mapped."""
        return cls(np.load(folder / "vectors.npy", mmap_mode="r", allow_pickle=False))


def empty_hits(queries: int, k: int) -> Hits:
    """Hits of shape (queries, k) with nothing in them: rows −1, scores −inf."""
    return Hits(
        np.full((queries, k), -1, dtype=np.int64),
        np.full((queries, k), -np.inf, dtype=np.float32),
    )


def top_k(scores: npt.NDArray[np.float32], k: int) -> npt.NDArray[np.int64]:
    """Positions of the k highest scores, best first; equal scores by position.

    `argpartition` may pick any of the scores that tie at the border, hence the second look there.
    """
    if k >= len(scores):
        return np.argsort(-scores, kind="stable")
    border = np.partition(scores, len(scores) - k)[len(scores) - k]
    above = np.flatnonzero(scores > border)
    level = np.flatnonzero(scores == border)[: k - len(above)]
    best = np.sort(np.concatenate([above, level]))
    return best[np.argsort(-scores[best], kind="stable")]


def _begin(best: Hits, scores: npt.NDArray[np.float32]) -> None:
    for number, row_scores in enumerate(scores):
        found = top_k(row_scores, best.rows.shape[1])
        best.rows[number, : len(found)] = found
        best.scores[number, : len(found)] = row_scores[found]


def _improve(best: Hits, scores: npt.NDArray[np.float32], first: int) -> None:
    """Merge the scores of further rows, which begin at `first`.

    Only what is above a query's last hit counts: of equal scores the lower row stays.
    """
    places = np.flatnonzero(scores > best.scores[:, -1:])
    if not len(places):
        return
    k, width = best.rows.shape[1], scores.shape[1]
    better, counts = np.unique(places // width, return_counts=True)
    owners = np.concatenate([np.repeat(better, k), places // width])
    all_scores = np.concatenate([best.scores[better].reshape(-1), scores.reshape(-1)[places]])
    all_rows = np.concatenate([best.rows[better].reshape(-1), places % width + first])
    order = np.lexsort((all_rows, -all_scores, owners))
    starts = np.cumsum(counts + k) - counts - k
    kept = order[starts[:, None] + np.arange(k)]
    best.rows[better], best.scores[better] = all_rows[kept], all_scores[kept]


def check_search(index: VectorIndex, queries: Vectors, k: int, allowed: npt.NDArray[np.bool_] | None) -> None:
    """Refuse what no backend can answer.

    Raises:
        ValueError: wrong shape of queries or mask, or k < 1.
    """
    count, dim = index.count, index.dim
    if queries.ndim != 2 or queries.shape[1] != dim:
        raise ValueError(f"queries must have shape (q, {dim}), got {queries.shape}")
    if k < 1:
        raise ValueError(f"k must be at least 1, got {k}")
    if allowed is not None and allowed.shape != (count,):
        raise ValueError(f"allowed must have shape ({count},), got {allowed.shape}")
