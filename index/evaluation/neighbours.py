"""Neighbours: does an abstract find others of its classification?

The main classifications of query and document agree to a level: 4 same subgroup, 3 same main group,
2 same subclass, 1 same class, 0 none. The gain is 2^level − 1, and the ideal is ten documents of level
4, whether or not there are ten, so that figures of different queries have one unit.

A record whose applicant is unknown could be of the query's own applicant, whose near copies any system
finds; where applicants are known at all, such records are left out as queries and as candidates.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from index.evaluation.corpus import EvaluationCorpus
from index.evaluation.task import Rows, Scores, Task, Values, numbered, sample
from index.exact import top_k

NEIGHBOURS = "neighbours"
NDCG = "nDCG@10"
PRECISION = "same subclass P@10"
CROSS_CLASS = "cross-class"
_DEPTH = 10
_DISCOUNT = 1 / np.log2(np.arange(2, _DEPTH + 2))
_IDEAL = float((2**4 - 1) * _DISCOUNT.sum())


class Agreement:
    """Judges by agreement of the main classification.

    Args:
        rows: row of each query in the corpus, shape (q,).
        levels: numbers of class, subclass, main group and subgroup, shape (4, n); −1 unclassified.
        barred: numbers of application, title and applicant, shape (3, n): a document that shares one
            with the query is no candidate; negative numbers are shared with none.
    """

    def __init__(self, rows: Rows, levels: Rows, barred: Rows) -> None:
        self._rows = rows
        self._levels = levels
        self._barred = barred

    def __call__(self, queries: Rows, scores: Scores) -> dict[str, Values]:
        """See `index.evaluation.task.Judge`."""
        found = [
            self._levels_found(int(self._rows[query]), row)
            for query, row in zip(queries, scores, strict=True)
        ]
        levels = np.array(found, dtype=np.float64).reshape(len(queries), _DEPTH)
        return {
            NDCG: ((2**levels - 1) * _DISCOUNT).sum(axis=1) / _IDEAL,
            PRECISION: (levels >= 2).mean(axis=1),
        }

    def _levels_found(self, own: int, scores: Scores) -> npt.NDArray[np.int64]:
        barred = (self._barred == self._barred[:, own : own + 1]).any(axis=0) | (self._levels[0] < 0)
        scores[barred] = -np.inf
        scores[own] = -np.inf
        best = top_k(scores, min(_DEPTH, len(scores)))
        best = best[scores[best] > -np.inf]
        agreement = (self._levels[:, best] == self._levels[:, own : own + 1]).sum(axis=0)
        return np.pad(agreement, (0, _DEPTH - len(best)))


def neighbours_task(corpus: EvaluationCorpus, count: int, seed: int) -> Task:
    """Abstract → other abstracts, less own application, same title and same applicant.

    Groups: one per IPC section, and the cross-class cases: records classified in two classes or more.
    """
    main = [symbols[0] if symbols else "" for symbols in corpus.ipc]
    levels = ipc_levels(main)
    if any(corpus.applicants):
        levels[:, [not applicant for applicant in corpus.applicants]] = -1
    rows = sample(np.flatnonzero(levels[0] >= 0), count, seed)
    barred = np.stack([numbered(corpus.numbers), numbered(corpus.titles), numbered(corpus.applicants)])
    sections = {section: np.array([main[row][0] == section for row in rows]) for section in "ABCDEFGH"}
    crossing = np.array([len({symbol[:3] for symbol in corpus.ipc[row]}) > 1 for row in rows], dtype=np.bool_)
    return Task(
        NEIGHBOURS,
        [corpus.abstracts[row] for row in rows],
        corpus.abstracts,
        Agreement(rows, levels, barred),
        float(np.mean(levels[0] >= 0)) if len(corpus) else 0.0,
        sections | {CROSS_CLASS: crossing},
    )


def ipc_levels(symbols: list[str]) -> Rows:
    """Numbers of class, subclass, main group and subgroup: int64 of shape (4, n), −1 where unknown."""
    cuts = (
        [symbol[:3] for symbol in symbols],
        [symbol[:4] for symbol in symbols],
        [symbol.partition("/")[0] for symbol in symbols],
        symbols,
    )
    levels = np.stack([numbered(cut) for cut in cuts])
    unknown = np.array([not symbol for symbol in symbols], dtype=np.bool_)
    levels[:, unknown] = -1
    return levels
