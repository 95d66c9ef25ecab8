"""The fused search as it ships, evaluated: the same index, candidates and weights that a library gets."""

from __future__ import annotations

import shutil
import weakref
from collections.abc import Sequence
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
import numpy.typing as npt

from embed.encoder import Encoder
from index.evaluation.systems import EncoderSystem
from index.exact import ExactIndex
from index.hybrid import FusionWeights, HybridIndex
from index.lexical import LexicalIndex
from index.patents import PatentIndex
from terms.words import words

Scores = npt.NDArray[np.float32]
# Hits that are taken from the fused list; what lies deeper follows in order of the cosine.
_DEPTH = 50


class FusedSystem:
    """Meaning and words by `index.hybrid.HybridIndex`.

    Args:
        encoder: the encoder of the library.
    """

    def __init__(self, encoder: EncoderSystem) -> None:
        self._encoder = encoder
        self.name = f"fused: words + {encoder.name}"

    def fit(self, documents: Sequence[str]) -> FittedFused:
        """Index the documents, each one passage of one patent."""
        return FittedFused(self._encoder.encoder, documents)


class FittedFused:
    """Both indexes over some documents."""

    def __init__(self, encoder: Encoder, documents: Sequence[str]) -> None:
        self._encoder = encoder
        self._vectors = encoder.encode(documents)
        folder = mkdtemp(prefix="patlas-evaluation-")
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        lexical = LexicalIndex.build((words(text) for text in documents), Path(folder))
        rows = np.arange(len(documents))
        dense = PatentIndex(ExactIndex(self._vectors), rows, len(documents))
        self._documents = documents
        self._parts = (dense, lexical, rows, self._vectors)
        self.fuse_by(FusionWeights())

    def fuse_by(self, weights: FusionWeights) -> None:
        """Search with other constants from now on."""
        self._index = HybridIndex(*self._parts, self._texts_of, weights)

    def _texts_of(self, rows: npt.NDArray[np.int64]) -> list[str]:
        return [self._documents[row] for row in rows]

    def scores(self, queries: Sequence[str]) -> Scores:
        """See `Fitted.scores`; fused scores lie above all cosines."""
        vectors = self._encoder.encode(queries, role="query")
        scores = vectors @ self._vectors.T
        for own, vector, query in zip(scores, vectors, queries, strict=True):
            hits = self._index.search(vector[None], words(query), _DEPTH, text=query)
            own[hits.rows] = 2 + hits.scores - hits.scores.min(initial=0)
        return scores
