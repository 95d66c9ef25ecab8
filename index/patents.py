"""From passages to patents: a patent scores its best passage."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from index.exact import empty_hits
from index.hits import Hits, VectorIndex, Vectors


class PatentHits(NamedTuple):
    """Hits on patents, with the passage that earned each score.

    Attributes:
        rows: int64 of shape (q, k), −1 where there are fewer than k.
        scores: float32 of shape (q, k), cosine.
        passages: int64 of shape (q, k), index of the best passage, −1 likewise.
    """

    rows: npt.NDArray[np.int64]
    scores: npt.NDArray[np.float32]
    passages: npt.NDArray[np.int64]


class PatentIndex:
    """A `VectorIndex` over passages, asked for patents.

    Args:
        index: over p passages.
        passage_rows: int64 of shape (p,), the patent (row) of each passage.
        count: number of patents n; rows are 0 … n−1.
    """

    def __init__(self, index: VectorIndex, passage_rows: npt.NDArray[np.int64], count: int) -> None:
        if passage_rows.shape != (index.count,):
            raise ValueError(f"{index.count} passages, but {passage_rows.shape[0]} passage rows")
        self._index = index
        self._passage_rows = passage_rows
        self.count = count

    @property
    def dim(self) -> int:
        """Dimensions of a vector."""
        return self._index.dim

    def search(self, queries: Vectors, k: int, *, allowed: npt.NDArray[np.bool_] | None = None) -> PatentHits:
        """Find the k nearest patents to each query.

        Args:
            queries: float32 of shape (q, dim).
            k: at least 1.
            allowed: bool of shape (count,); False patents are never returned, and k are returned
                whenever k are allowed and have a passage.
        """
        passages_allowed = None if allowed is None else allowed[self._passage_rows]
        total = self._index.count if passages_allowed is None else int(np.count_nonzero(passages_allowed))
        # A patent has one to three passages, so this nearly always holds k patents; else ask for more.
        wanted = k + k // 2 + 8
        while True:
            hits = self._index.search(queries, min(wanted, max(total, 1)), allowed=passages_allowed)
            found = [self._best_per_patent(hits, number, k) for number in range(len(queries))]
            if wanted >= total or all(len(rows) == k for rows, _, _ in found):
                return _stack(found, k)
            wanted *= 4

    def _best_per_patent(
        self, hits: Hits, number: int, k: int
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32], npt.NDArray[np.int64]]:
        passages = hits.rows[number][hits.rows[number] >= 0]
        rows = self._passage_rows[passages]
        # np.unique keeps the first, which is the best, passage of each patent.
        first = np.sort(np.unique(rows, return_index=True)[1])
        scores = hits.scores[number][first]
        order = np.lexsort((rows[first], -scores))[:k]
        return rows[first][order], scores[order], passages[first][order]


def _stack(
    found: list[tuple[npt.NDArray[np.int64], npt.NDArray[np.float32], npt.NDArray[np.int64]]], k: int
) -> PatentHits:
    rows, scores = empty_hits(len(found), k)
    passages = np.full_like(rows, -1)
    for number, (row, score, passage) in enumerate(found):
        rows[number, : len(row)] = row
        scores[number, : len(row)] = score
        passages[number, : len(row)] = passage
    return PatentHits(rows, scores, passages)
