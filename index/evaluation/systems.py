"""What is measured: anything that scores all documents for a query."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

import numpy as np
import numpy.typing as npt

from embed.encoder import Encoder
from index.evaluation.bm25 import Bm25
from index.fusion import MixWeights, mix
from terms.words import cut_many

Scores = npt.NDArray[np.float32]
_LSA_DIMENSIONS = 256
_LSA_SEED = 13


class Fitted(Protocol):
    """A system that has read its documents."""

    def scores(self, queries: Sequence[str]) -> Scores:
        """float32 of shape (q, n), higher is nearer."""
        ...


class System(Protocol):
    """A way to find documents."""

    @property
    def name(self) -> str:
        """What the tables call it."""
        ...

    def fit(self, documents: Sequence[str]) -> Fitted:
        """Read n documents."""
        ...


class Bm25System:
    """The baseline of every run."""

    name = "BM25"

    def fit(self, documents: Sequence[str]) -> Fitted:
        """Cut and count the documents."""
        return _FittedBm25(tuple(documents))


class _FittedBm25:
    def __init__(self, documents: tuple[str, ...]) -> None:
        self._index = _bm25(documents)

    def scores(self, queries: Sequence[str]) -> Scores:
        return self._index.scores(cut_many(queries))


@lru_cache(maxsize=3)
def _bm25(documents: tuple[str, ...]) -> Bm25:
    """One index for BM25 alone and for every mix with it."""
    return Bm25(cut_many(documents))


class LsaSystem:
    """The second baseline: TF-IDF of jieba's words, 256 latent dimensions, cosine."""

    name = "TF-IDF + LSA-256"

    def fit(self, documents: Sequence[str]) -> Fitted:
        """Learn the latent dimensions from the documents."""
        return _FittedLsa(documents)


class _FittedLsa:
    def __init__(self, documents: Sequence[str]) -> None:
        from sklearn.decomposition import TruncatedSVD
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._tfidf = TfidfVectorizer(analyzer=_same, sublinear_tf=True, min_df=2, dtype=np.float32)
        matrix = self._tfidf.fit_transform(cut_many(documents))
        rank = min(_LSA_DIMENSIONS, min(matrix.shape) - 1)
        self._svd = TruncatedSVD(rank, random_state=_LSA_SEED)
        self._documents = _unit(self._svd.fit_transform(matrix))

    def scores(self, queries: Sequence[str]) -> Scores:
        vectors = _unit(self._svd.transform(self._tfidf.transform(cut_many(queries))))
        return vectors @ self._documents.T


class EncoderSystem:
    """An encoder alone, by cosine.

    Args:
        encoder: queries are encoded as queries, documents as passages.
        name: what the tables call it; None for its id.
    """

    def __init__(self, encoder: Encoder, name: str | None = None) -> None:
        self.encoder = encoder
        self.name = name or encoder.id

    def fit(self, documents: Sequence[str]) -> Fitted:
        """Encode the documents."""
        return _FittedEncoder(self.encoder, self.encoder.encode(documents))


class _FittedEncoder:
    def __init__(self, encoder: Encoder, vectors: Scores) -> None:
        self._encoder = encoder
        self._vectors = vectors

    def scores(self, queries: Sequence[str]) -> Scores:
        return self._encoder.encode(queries, role="query") @ self._vectors.T


class MixSystem:
    """Encoder and BM25 by their z-scores; see `index.fusion`."""

    def __init__(self, encoder: EncoderSystem, weights: MixWeights) -> None:
        self._encoder = encoder
        self._weights = weights
        self.name = f"BM25 + {encoder.name}"

    def fit(self, documents: Sequence[str]) -> Fitted:
        """Encode and count the documents."""
        return _FittedMix(self._encoder.fit(documents), Bm25System().fit(documents), self._weights)


class _FittedMix:
    def __init__(self, dense: Fitted, lexical: Fitted, weights: MixWeights) -> None:
        self._dense = dense
        self._lexical = lexical
        self._weights = weights

    def scores(self, queries: Sequence[str]) -> Scores:
        weights = np.array([self._weights.of(query) for query in queries], dtype=np.float32)
        return mix(self._dense.scores(queries), self._lexical.scores(queries), weights)


def _same(words: list[str]) -> list[str]:
    return words


def _unit(vectors: npt.NDArray[np.floating]) -> Scores:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)
