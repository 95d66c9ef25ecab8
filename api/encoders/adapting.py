"""Adapting the default encoder to a library, and taking the result only when it helps."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from api.live.library import open_live
from embed.loading import load_encoder
from embed.of_library import INSIDE, resolved
from library.folder import Library
from library.progress import Report, silent
from patents.errors import InputError

if TYPE_CHECKING:
    from embed.default import DefaultEncoder
    from index.ruler.corpus import RulerCorpus
    from index.ruler.report import RulerReport
    from index.ruler.verdict import EncoderVerdict

_FOLDER = "encoders"
_BEFORE, _AFTER = "before", "after"


@dataclass(frozen=True, slots=True, kw_only=True)
class Adapted:
    """What came of adapting.

    Attributes:
        encoder: the setting that names the new encoder; empty when it was not kept.
        taken: the library is set to it now.
        verdict: of the ruler, on records that neither encoder learnt from.
        report: its figures.
    """

    encoder: str
    taken: bool
    verdict: EncoderVerdict
    report: RulerReport


def adapt_to(path: Path, *, insist: bool = False, queries: int = 1_000, report: Report = silent) -> Adapted:
    """Train the library's encoder further on its own records, judge it, and take it when it is better.

    Args:
        path: of the library.
        insist: take it even when the ruler does not find it better.
        queries: of each task of the ruler.
        report: of progress.

    Raises:
        InputError: the library's encoder is not a static one, or there are too few records.
        MissingExtraError: torch is not installed.
    """
    from embed.default import DefaultEncoder
    from embed.training.adapt import adapt
    from embed.training.config import ADAPTING
    from embed.training.corpus import corpus_from_table
    from index.ruler.corpus import ruler_corpus

    with open_live(path) as live:
        before = load_encoder(resolved(live.library, live.library.settings["encoder"]))
        table = live.table
    if not isinstance(before, DefaultEncoder):
        raise InputError(
            f"{before.id} is not a static encoder and cannot be adapted here",
            help=f"patlas settings encoder default --library {path}",
        )
    with Library.open(path) as library, library.lock(), _workplace(library.path / _FOLDER) as folder:
        after = adapt(
            before,
            corpus_from_table(table),
            folder,
            progress=lambda step, _: report("train", step, ADAPTING.steps),
        )
        measured, verdict = _judge(before, after, ruler_corpus(table).part("test"), queries)
        taken = verdict.better or insist
        name = _keep(library, folder, after.revision) if taken else ""
    return Adapted(encoder=name, taken=taken, verdict=verdict, report=measured)


def _judge(
    before: DefaultEncoder, after: DefaultEncoder, corpus: RulerCorpus, queries: int
) -> tuple[RulerReport, EncoderVerdict]:
    from index.ruler.evaluate import evaluate, ruler_tasks
    from index.ruler.systems import EncoderSystem
    from index.ruler.verdict import compare

    if not len(corpus):
        raise InputError("no held-out record with an abstract to judge by", help="import more patents")
    systems = [EncoderSystem(before, _BEFORE), EncoderSystem(after, _AFTER)]
    measured = evaluate(corpus, systems, ruler_tasks(corpus, queries=queries), part="test")
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
