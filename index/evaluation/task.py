"""A task of the evaluation: queries, documents, and how a ranking is judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float32]
Values = npt.NDArray[np.float64]


class Judge(Protocol):
    """Turns the scores of some queries into figures."""

    def __call__(self, queries: Rows, scores: Scores) -> dict[str, Values]:
        """Judge rankings.

        Args:
            queries: positions in `Task.queries`, shape (b,).
            scores: float32 of shape (b, n), writable.

        Returns:
            For each metric, float64 of shape (b,); NaN where it does not apply.
        """
        ...


@dataclass(frozen=True, slots=True)
class Task:
    """One task.

    Attributes:
        name: what the tables call it.
        queries: q texts.
        documents: n texts; tasks over the same documents share the list itself.
        judge: see `Judge`.
        coverage: share of the records that can be a query.
        groups: named parts of the queries, bool of shape (q,) each.
    """

    name: str
    queries: Sequence[str]
    documents: Sequence[str]
    judge: Judge
    coverage: float
    groups: dict[str, npt.NDArray[np.bool_]] = field(default_factory=dict)


def best_rank(scores: Scores, relevant: npt.NDArray[np.bool_]) -> float:
    """Rank of the best relevant document, 1 for the first; infinite where there is none.

    Of documents that tie with it, half are taken to stand before it, so that a system which scores
    nothing (BM25 without a known word) is not given the first place.

    Args:
        scores: float32 of shape (n,); −inf for what is no candidate.
        relevant: bool of shape (n,).
    """
    if not relevant.any():
        return np.inf
    best = scores[relevant].max()
    if best == -np.inf:
        return np.inf
    others = scores[~relevant]
    return 1 + np.count_nonzero(others > best) + np.count_nonzero(others == best) / 2


def sample(rows: Rows, count: int, seed: int) -> Rows:
    """At most `count` of these rows, chosen by seed, in ascending order."""
    if len(rows) <= count:
        return rows
    chosen = np.random.default_rng(seed).choice(rows, size=count, replace=False)
    return np.sort(chosen)


def numbered(values: Sequence[str]) -> Rows:
    """A number for each distinct value; every empty value is distinct."""
    seen: dict[str, int] = {}
    numbers = np.empty(len(values), dtype=np.int64)
    for row, value in enumerate(values):
        numbers[row] = seen.setdefault(value, len(seen)) if value else -1 - row
    return numbers
