"""What a search gives back, and what every vector index offers."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]


class Hits(NamedTuple):
    """The k best of each of q queries, best first.

    Attributes:
        rows: int64 of shape (q, k); −1 where there are fewer than k.
        scores: float32 of shape (q, k); cosine in [−1, 1], higher is nearer; −inf where row is −1.
    """

    rows: npt.NDArray[np.int64]
    scores: npt.NDArray[np.float32]


class VectorIndex(Protocol):
    """Nearest unit vectors by inner product.

    Equal scores are ordered by row, so that every backend gives one answer.
    """

    @property
    def count(self) -> int:
        """Number of vectors."""
        ...

    @property
    def dim(self) -> int:
        """Dimensions of a vector."""
        ...

    def search(self, queries: Vectors, k: int, *, allowed: npt.NDArray[np.bool_] | None = None) -> Hits:
        """Find the k nearest rows to each query.

        Args:
            queries: float32 of shape (q, dim).
            k: at least 1; more than there are rows is padded.
            allowed: bool of shape (count,); False rows are never returned.

        Raises:
            ValueError: wrong shape or k < 1.
        """
        ...

    def save(self, folder: Path, *, vectors: bool = True) -> None:
        """Write the index into an existing folder.

        Args:
            folder: to write into.
            vectors: False where the caller keeps them; loading is then given them.
        """
        ...
