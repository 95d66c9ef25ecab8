"""Run the evaluation: every task with every system, BM25 always among them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from index.evaluation.citations import citations_task
from index.evaluation.corpus import EvaluationCorpus
from index.evaluation.known_items import MRR, claim_task, half_task, title_task
from index.evaluation.neighbours import neighbours_task
from index.evaluation.report import (
    EncoderFacts,
    EvaluationReport,
    Figure,
    Speed,
    TaskCoverage,
    figure,
    this_machine,
)
from index.evaluation.systems import Bm25System, EncoderSystem, Fitted, System
from index.evaluation.task import Task
from index.evaluation.twins import twins_task
from index.fusion import MixWeights, best_weight

# Scores of one block: 64 queries by a hundred thousand documents are 26 MB.
_BLOCK = 64
_FEWEST_IN_GROUP = 20
Progress = Callable[[str], None]


def evaluation_tasks(
    corpus: EvaluationCorpus,
    *,
    queries: int = 2_000,
    seed: int = 0,
    known_twins: Sequence[Sequence[str]] | None = None,
) -> list[Task]:
    """All tasks that a corpus can serve; those without a query are left out."""
    tasks = [
        title_task(corpus, queries, seed),
        claim_task(corpus, queries, seed),
        half_task(corpus, queries, seed),
        neighbours_task(corpus, queries, seed),
        twins_task(corpus, queries, seed, known_twins),
        citations_task(corpus, queries, seed),
    ]
    return [task for task in tasks if task.queries]


def evaluate(
    corpus: EvaluationCorpus,
    systems: Sequence[System],
    tasks: Sequence[Task] | None = None,
    *,
    part: str = "all",
    seed: int = 0,
    weights: dict[str, MixWeights] | None = None,
    speeds: Sequence[Speed] = (),
    progress: Progress | None = None,
) -> EvaluationReport:
    """Measure systems on a corpus; BM25 is added when it is not among them.

    Args:
        corpus: n records with an abstract, at least one.
        systems: what to measure.
        tasks: see `evaluation_tasks`; None for all that the corpus can serve.
        part: name of the part of the library that the corpus is.
        seed: of the resampling.
        weights: weights of the mixes among the systems, for the record.
        speeds: measured by `index.evaluation.speed`, for the record.
        progress: gets what is being measured.

    Raises:
        ValueError: an empty corpus.
    """
    if not len(corpus):
        raise ValueError("the evaluation needs at least one record with an abstract")
    tasks = evaluation_tasks(corpus, seed=seed) if tasks is None else tasks
    if not any(isinstance(system, Bm25System) for system in systems):
        systems = [Bm25System(), *systems]
    systems = sorted(systems, key=lambda system: not isinstance(system, Bm25System))
    values = _measure(systems, tasks, progress)
    encoders = [system for system in systems if isinstance(system, EncoderSystem)]
    return EvaluationReport(
        part=part,
        records=len(corpus),
        corpus_hash=corpus.hash(),
        seed=seed,
        machine=this_machine(),
        encoders=tuple(_facts(system) for system in encoders),
        weights={name: (one.short, one.long) for name, one in (weights or {}).items()},
        coverage=tuple(
            TaskCoverage(
                task=task.name,
                queries=len(task.queries),
                documents=len(task.documents),
                share=round(task.coverage, 4),
            )
            for task in tasks
        ),
        figures=tuple(one for task in tasks for one in _figures(task, systems, values, seed)),
        speeds=tuple(speeds),
    )


def choose_weights(
    corpus: EvaluationCorpus, encoder: EncoderSystem, *, queries: int = 1_000, seed: int = 1
) -> MixWeights:
    """Weights of the mix with BM25: titles decide for short queries, halves of abstracts for long ones.

    Args:
        corpus: records that no published figure rests on.
        encoder: the encoder to mix.
        queries: of each kind.
        seed: of their choice.
    """
    title = title_task(corpus, queries, seed)
    half = half_task(corpus, queries, seed)
    return MixWeights(short=_weight(title, encoder), long=_weight(half, encoder))


def _weight(task: Task, encoder: EncoderSystem) -> float:
    if not task.queries:
        return 0.5
    rows = np.arange(len(task.queries))

    def measure(scores: npt.NDArray[np.float32]) -> float:
        return float(task.judge(rows, scores)[MRR].mean())

    dense = encoder.fit(task.documents).scores(task.queries)
    lexical = Bm25System().fit(task.documents).scores(task.queries)
    return best_weight(dense, lexical, measure)


Values = dict[tuple[str, str, str], npt.NDArray[np.float64]]


def _measure(systems: Sequence[System], tasks: Sequence[Task], progress: Progress | None) -> Values:
    """Values by (system, task, metric); a system reads each collection of documents once."""
    values: Values = {}
    for system in systems:
        collections = {id(task.documents): task.documents for task in tasks}
        for identity, documents in collections.items():
            fitted = system.fit(documents)
            for task in (one for one in tasks if id(one.documents) == identity):
                if progress:
                    progress(f"{system.name}: {task.name}, {len(task.queries):,} queries")
                for metric, found in _judge(fitted, task).items():
                    values[system.name, task.name, metric] = found
    return values


def _judge(fitted: Fitted, task: Task) -> dict[str, npt.NDArray[np.float64]]:
    blocks = []
    for start in range(0, len(task.queries), _BLOCK):
        rows = np.arange(start, min(start + _BLOCK, len(task.queries)))
        scores = np.array(fitted.scores(task.queries[start : start + _BLOCK]))
        blocks.append(task.judge(rows, scores))
    return {metric: np.concatenate([block[metric] for block in blocks]) for metric in blocks[0]}


def _figures(task: Task, systems: Sequence[System], values: Values, seed: int) -> list[Figure]:
    metrics = list(dict.fromkeys(metric for _, name, metric in values if name == task.name))
    everyone = np.ones(len(task.queries), dtype=np.bool_)
    groups = {"": everyone} | {
        name: members for name, members in task.groups.items() if members.sum() >= _FEWEST_IN_GROUP
    }
    figures = []
    for system in systems:
        for metric in metrics:
            own = values[system.name, task.name, metric]
            base = None if isinstance(system, Bm25System) else values[Bm25System.name, task.name, metric]
            for group, members in groups.items():
                given = None if base is None else base[members]
                figures.append(figure(task.name, metric, group, system.name, own[members], given, seed))
    return figures


def _facts(system: EncoderSystem) -> EncoderFacts:
    encoder = system.encoder
    return EncoderFacts(name=system.name, id=encoder.id, revision=encoder.revision, dim=encoder.dim)
