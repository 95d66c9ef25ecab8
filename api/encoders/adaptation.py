"""Adapting the default encoder to a library, and taking the result only when it helps."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from api.encoders.shapes import AdaptedEncoder
from api.live.library import open_live
from embed.loader import load_encoder
from embed.of_library import INSIDE, resolved
from library.folder import Library
from library.progress import Report, silent
from patents.errors import InputError
from patents.messages import text

if TYPE_CHECKING:
    from embed.default import DefaultEncoder
    from index.evaluation.corpus import EvaluationCorpus
    from index.evaluation.report import EvaluationReport
    from index.evaluation.verdict import EncoderVerdict

_FOLDER = "encoders"
_BEFORE, _AFTER = "before", "after"


def adapt_to(
    path: Path, *, insist: bool = False, queries: int = 1_000, report: Report = silent
) -> AdaptedEncoder:
    """Train the library's encoder further on its own records, judge it, and take it when it is better.

    Args:
        path: of the library.
        insist: take it even when the evaluation does not find it better.
        queries: of each task of the evaluation.
        report: of progress.

    Raises:
        InputError: the library's encoder is not a static one, or there are too few records.
        MissingExtraError: torch is not installed.
    """
    from embed.default import DefaultEncoder
    from embed.training.adapt import adapt
    from embed.training.config import ADAPTING
    from embed.training.corpus import corpus_from_table
    from index.evaluation.corpus import evaluation_corpus

    with open_live(path) as live:
        before = load_encoder(resolved(live.library, live.library.settings["encoder"]))
        table = live.table
    if not isinstance(before, DefaultEncoder):
        raise InputError("encoder-not-static", encoder=before.id, library=path)
    with Library.open(path) as library, library.lock(), _workplace(library.path / _FOLDER) as folder:
        after = adapt(
            before,
            corpus_from_table(table),
            folder,
            progress=lambda step, _: report(text("progress-train"), step, ADAPTING.steps),
        )
        measured, verdict = _judge(before, after, evaluation_corpus(table).part("test"), queries)
        taken = verdict.better or insist
        name = _keep(library, folder, after.revision) if taken else ""
    return AdaptedEncoder(
        encoder=name,
        taken=taken,
        changes=verdict.changes,
        better=verdict.better,
        reason=verdict.reason.text(),
        report=measured,
    )


def _judge(
    before: DefaultEncoder, after: DefaultEncoder, corpus: EvaluationCorpus, queries: int
) -> tuple[EvaluationReport, EncoderVerdict]:
    from index.evaluation.evaluate import evaluate, evaluation_tasks
    from index.evaluation.systems import EncoderSystem
    from index.evaluation.verdict import compare

    if not len(corpus):
        raise InputError("encoder-nothing-to-judge-by")
    systems = [EncoderSystem(before, _BEFORE), EncoderSystem(after, _AFTER)]
    measured = evaluate(corpus, systems, evaluation_tasks(corpus, queries=queries), part="test")
    return measured, compare(measured, _BEFORE, _AFTER)


def _keep(library: Library, folder: Path, revision: str) -> str:
    place = library.path / _FOLDER / revision
    if not place.exists():
        shutil.copytree(folder, place)
    name = f"{INSIDE}{_FOLDER}/{revision}"
    library.settings.set("encoder", name)
    return name


@contextmanager
def _workplace(folder: Path) -> Iterator[Path]:
    """A folder that is gone afterwards, whatever happened."""
    place = folder / "partial"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)
