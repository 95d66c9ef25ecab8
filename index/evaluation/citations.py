"""Citations: does an abstract find the documents that its record cites?

Only for exports that carry 引证专利, and only citations that are in the library and were published
before the query was filed.
"""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

from index.evaluation.corpus import EvaluationCorpus
from index.evaluation.task import Rows, Scores, Task, Values, best_rank, sample

CITATIONS = "citations"
RECALL_10 = "Recall@10"
RECALL_100 = "Recall@100"
MRR = "MRR"
FIRST_RANK = "rank of the first"
_KIND = re.compile(r"[A-Z]\d?$")


class CitedBefore:
    """Judges by the places of cited documents among those published before the query's filing.

    Args:
        rows: row of each query in the corpus, shape (q,).
        cited: rows that each query cites.
        filed, published: datetime64[D] of shape (n,).
    """

    def __init__(
        self,
        rows: Rows,
        cited: list[Rows],
        filed: npt.NDArray[np.datetime64],
        published: npt.NDArray[np.datetime64],
    ) -> None:
        self._rows = rows
        self._cited = cited
        self._filed = filed
        self._published = published

    def __call__(self, queries: Rows, scores: Scores) -> dict[str, Values]:
        """See `index.evaluation.task.Judge`."""
        found = [self._ranks(int(query), row) for query, row in zip(queries, scores, strict=True)]
        first = np.array([ranks.min() for ranks in found])
        return {
            RECALL_10: np.array([(ranks <= 10).mean() for ranks in found]),
            RECALL_100: np.array([(ranks <= 100).mean() for ranks in found]),
            MRR: 1 / first,
            FIRST_RANK: first,
        }

    def _ranks(self, query: int, scores: Scores) -> Values:
        own = int(self._rows[query])
        scores[~(self._published < self._filed[own])] = -np.inf
        scores[own] = -np.inf
        ranks = []
        for cited in self._cited[query]:
            relevant = np.zeros(len(scores), dtype=np.bool_)
            relevant[cited] = True
            ranks.append(best_rank(scores, relevant))
        return np.array(ranks)


def citations_task(corpus: EvaluationCorpus, count: int, seed: int) -> Task:
    """Abstract → abstracts of cited records; without queries when the library has no such pair."""
    cited = _cited_rows(corpus)
    rows = sample(np.flatnonzero([len(one) > 0 for one in cited]), count, seed)
    return Task(
        CITATIONS,
        [corpus.abstracts[row] for row in rows],
        corpus.abstracts,
        CitedBefore(rows, [cited[row] for row in rows], corpus.filed, corpus.published),
        sum(len(one) > 0 for one in cited) / max(len(corpus), 1),
    )


def _cited_rows(corpus: EvaluationCorpus) -> list[Rows]:
    rows: dict[str, int] = {}
    for row, numbers in enumerate(corpus.publications):
        for number in (*numbers, corpus.numbers[row]):
            rows[_bare(number)] = row
    cited = []
    for own, numbers in enumerate(corpus.cites):
        found = {rows[_bare(number)] for number in numbers if _bare(number) in rows} - {own}
        earlier = sorted(row for row in found if corpus.published[row] < corpus.filed[own])
        cited.append(np.array(earlier, dtype=np.int64))
    return cited


def _bare(number: str) -> str:
    """Number without spaces and kind: A and B of one application are one document."""
    return _KIND.sub("", re.sub(r"\s", "", number).upper())
