"""The plainest mix of meaning and words: z-scores of both, weighed.

Cosines and BM25 scores have no common unit. Over all documents of a query each is brought to mean 0
and standard deviation 1, and the two are added with a weight that depends on the length of the query:
a short one is a matter of words, a long one is not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]

# In characters: titles and key words lie under it, abstracts and claims above.
SHORT_QUERY = 60
# Weights are tried in steps of 0.05; finer ones are within the noise of a thousand queries.
_STEPS = 21


@dataclass(frozen=True, slots=True)
class MixWeights:
    """How much the encoder counts, from 0 (words alone) to 1 (encoder alone).

    Attributes:
        short: for queries under `SHORT_QUERY` characters.
        long: for the others.
    """

    short: float
    long: float

    def of(self, query: str) -> float:
        """The weight of the encoder for this query."""
        return self.short if len(query) < SHORT_QUERY else self.long


def z_scores(scores: Scores) -> Scores:
    """Bring each row to mean 0 and standard deviation 1.

    Args:
        scores: float32 of shape (q, n).

    Returns:
        float32 of shape (q, n); a row of equal scores becomes zeros.
    """
    centred = scores - scores.mean(axis=1, keepdims=True)
    spread = centred.std(axis=1, keepdims=True)
    scaled: Scores = np.divide(centred, spread, out=np.zeros_like(centred), where=spread > 0)
    return scaled


def mix(dense: Scores, lexical: Scores, weights: npt.NDArray[np.float32]) -> Scores:
    """Weighed sum of z-scores.

    Args:
        dense: float32 of shape (q, n), cosines of all documents.
        lexical: float32 of shape (q, n), BM25 of the same documents.
        weights: float32 of shape (q,), the share of `dense` in [0, 1].

    Returns:
        float32 of shape (q, n).
    """
    if dense.shape != lexical.shape:
        raise ValueError(f"scores of shape {dense.shape} and {lexical.shape} cannot be mixed")
    share = weights[:, None]
    return share * z_scores(dense) + (1 - share) * z_scores(lexical)


def best_weight(
    dense: Scores, lexical: Scores, measure: Callable[[Scores], float], tried: Sequence[float] | None = None
) -> float:
    """The weight under which a measure of the mixed scores is highest; of equals the smaller.

    Args:
        dense: float32 of shape (q, n).
        lexical: float32 of shape (q, n).
        measure: figure of mixed scores, higher is better.
        tried: weights to try; None for 0 to 1 in steps of 0.05.
    """
    weights = np.linspace(0, 1, _STEPS) if tried is None else np.asarray(tried)
    first, second = z_scores(dense), z_scores(lexical)
    figures = [measure((weight * first + (1 - weight) * second).astype(np.float32)) for weight in weights]
    return float(weights[int(np.argmax(figures))])
