"""Twins: is the other filing of the same technology among the first three?"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.evaluation.corpus import EvaluationCorpus
from index.evaluation.task import Rows, Scores, Task, Values, best_rank, sample
from patents.errors import UnreadableFileError

TWINS = "twins"
AT_1 = "found at 1"
AT_3 = "found at 1–3"


class TwinRank:
    """Judges by the rank of the first twin.

    Args:
        rows: row of each query in the corpus, shape (q,).
        groups: number of the group of each record, shape (n,); −1 without twin.
    """

    def __init__(self, rows: Rows, groups: Rows) -> None:
        self._rows = rows
        self._groups = groups

    def __call__(self, queries: Rows, scores: Scores) -> dict[str, Values]:
        """See `index.evaluation.task.Judge`."""
        ranks = np.array(
            [self._rank(int(self._rows[query]), row) for query, row in zip(queries, scores, strict=True)]
        )
        return {AT_1: (ranks <= 1).astype(np.float64), AT_3: (ranks <= 3).astype(np.float64)}

    def _rank(self, own: int, scores: Scores) -> float:
        relevant = self._groups == self._groups[own]
        relevant[own] = False
        scores[own] = -np.inf
        return best_rank(scores, relevant)


def twins_task(
    corpus: EvaluationCorpus, count: int, seed: int, known: Sequence[Sequence[str]] | None = None
) -> Task:
    """Abstract → the abstract of a twin, all other records in between.

    Args:
        corpus: n records.
        count: most queries.
        seed: of their choice.
        known: groups of publication numbers; None derives them: same title and first applicant, other
            application.
    """
    groups = _derived(corpus) if known is None else _given(corpus, known)
    rows = np.flatnonzero(groups >= 0)
    chosen = sample(rows, count, seed)
    return Task(
        TWINS,
        [corpus.abstracts[row] for row in chosen],
        corpus.abstracts,
        TwinRank(chosen, groups),
        len(rows) / max(len(corpus), 1),
    )


def read_known_twins(path: Path) -> list[list[str]]:
    """Groups of publication numbers from a JSON file: a list of lists of texts."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return [[str(number) for number in group] for group in content]
    except (OSError, ValueError, TypeError) as error:
        raise UnreadableFileError("twins-file-wrong", path=path, reason=error) from error


def _derived(corpus: EvaluationCorpus) -> Rows:
    members: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for row, (title, applicant) in enumerate(zip(corpus.titles, corpus.applicants, strict=True)):
        if title and applicant:
            members[title, applicant].append(row)
    return _number_groups(corpus, list(members.values()))


def _given(corpus: EvaluationCorpus, known: Sequence[Sequence[str]]) -> Rows:
    rows = {number: row for row, numbers in enumerate(corpus.publications) for number in numbers}
    return _number_groups(corpus, [[rows[number] for number in group if number in rows] for group in known])


def _number_groups(corpus: EvaluationCorpus, groups: Sequence[Sequence[int]]) -> Rows:
    numbers = np.full(len(corpus), -1, dtype=np.int64)
    for number, group in enumerate(groups):
        if len({corpus.numbers[row] for row in group}) > 1:
            numbers[list(group)] = number
    return numbers
