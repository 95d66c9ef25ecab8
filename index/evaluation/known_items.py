"""Known-item search: a piece of a record must find the rest of it.

A record of the same title counts as found: twins (一案双申) cannot be told apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from index.evaluation.corpus import EvaluationCorpus
from index.evaluation.task import Rows, Scores, Task, Values, best_rank, numbered, sample

TITLE = "title → abstract"
CLAIM = "first claim → abstract"
HALF = "half → half"
MRR = "MRR"
FIRST = "found first"
_CLAUSE_END = re.compile(r"[，。；：,;！!？?]")
_SHORTEST_HALF = 10


class ReciprocalRank:
    """Judges by the reciprocal rank of the first record with the query's title.

    Args:
        wanted: number of the title of each query, shape (q,).
        given: number of the title of each document, shape (n,).
    """

    def __init__(self, wanted: Rows, given: Rows) -> None:
        self._wanted = wanted
        self._given = given

    def __call__(self, queries: Rows, scores: Scores) -> dict[str, Values]:
        """See `index.evaluation.task.Judge`."""
        ranks = np.array(
            [
                best_rank(row, self._given == self._wanted[query])
                for query, row in zip(queries, scores, strict=True)
            ]
        )
        return {MRR: 1 / ranks, FIRST: (ranks <= 1).astype(np.float64)}


def title_task(corpus: EvaluationCorpus, count: int, seed: int) -> Task:
    """Title → its own record, of which only the abstract is indexed."""
    return _piece_task(TITLE, corpus, corpus.titles, count, seed)


def claim_task(corpus: EvaluationCorpus, count: int, seed: int) -> Task:
    """First claim → abstract."""
    return _piece_task(CLAIM, corpus, corpus.first_claims, count, seed)


def half_task(corpus: EvaluationCorpus, count: int, seed: int) -> Task:
    """First half of an abstract → the second halves of all."""
    halves = [halved(abstract) for abstract in corpus.abstracts]
    rows = np.flatnonzero([half is not None for half in halves])
    cut = [half for half in halves if half is not None]
    titles = _title_numbers(corpus)[rows]
    chosen = sample(np.arange(len(cut)), count, seed)
    return Task(
        HALF,
        [cut[row][0] for row in chosen],
        [second for _, second in cut],
        ReciprocalRank(titles[chosen], titles),
        len(cut) / max(len(corpus), 1),
    )


def halved(text: str) -> tuple[str, str] | None:
    """Cut at the first end of a clause behind the middle, or the last before it; None without any."""
    ends = [
        match.end()
        for match in _CLAUSE_END.finditer(text)
        if _SHORTEST_HALF <= match.end() <= len(text) - _SHORTEST_HALF
    ]
    if not ends:
        return None
    cut = next((end for end in ends if 2 * end >= len(text)), ends[-1])
    return text[:cut], text[cut:]


def _piece_task(name: str, corpus: EvaluationCorpus, pieces: Sequence[str], count: int, seed: int) -> Task:
    rows = np.flatnonzero([bool(piece) for piece in pieces])
    chosen = sample(rows, count, seed)
    titles = _title_numbers(corpus)
    return Task(
        name,
        [pieces[row] for row in chosen],
        corpus.abstracts,
        ReciprocalRank(titles[chosen], titles),
        len(rows) / max(len(corpus), 1),
    )


def _title_numbers(corpus: EvaluationCorpus) -> Rows:
    return numbered(corpus.titles)
