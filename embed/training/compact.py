"""Turning a trained table so that its leading dimensions serve alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse
from tokenizers import Tokenizer

from embed.training.ragged import tokenise

Table = npt.NDArray[np.float32]
# Enough texts to know the directions in which vectors vary.
_TEXTS = 20_000


def rotated(table: Table, texts: Sequence[str], tokenizer: Tokenizer) -> Table:
    """Turn the rows so that the vectors of texts vary most along the first dimension, and so on.

    A rotation changes no cosine of whole vectors; it makes the first 128 or 64 dimensions the best ones
    to keep (Matryoshka).

    Args:
        table: float32 of shape (v, d).
        texts: what vectors are made of; the first 20,000 are used.
        tokenizer: of v tokens.
    """
    bags = tokenise(tokenizer, texts[:_TEXTS])
    ones = np.ones(len(bags.ids), dtype=np.float32)
    counts = sparse.csr_matrix((ones, bags.ids, bags.offsets), shape=(len(bags.offsets) - 1, len(table)))
    vectors = (counts @ table).astype(np.float64)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    # Not centred: cosines are measured from the origin.
    _, directions = np.linalg.eigh(vectors.T @ vectors)
    turned: Table = (table.astype(np.float64) @ directions[:, ::-1]).astype(np.float32)
    return turned
