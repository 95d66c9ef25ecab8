"""The evaluation on a library: how well encoders find what they should, beside BM25."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from api.live.library import open_live
from embed.loader import load_encoder
from embed.of_library import resolved
from patents.errors import InputError

if TYPE_CHECKING:
    from index.evaluation.report import EvaluationReport
    from index.evaluation.systems import System
    from index.fusion import MixWeights


def evaluate(
    path: Path,
    *,
    encoders: Sequence[str] = (),
    queries: int = 1_000,
    part: str = "all",
    lsa: bool = False,
    seed: int = 0,
) -> EvaluationReport:
    """Measure encoders on the live snapshot of a library.

    Args:
        path: of the library.
        encoders: names or paths; the library's own when none is given.
        queries: of each task, at most.
        part: "all", or "test" for the records that the shipped encoder was never trained on when the
            library holds the corpus that it was trained on.
        lsa: measure TF-IDF + LSA too.
        seed: of choices and resampling.

    Raises:
        InputError: no such part, or nothing to measure on.
        MissingColumnError: the library has no abstracts.
    """
    from index.evaluation.corpus import evaluation_corpus
    from index.evaluation.evaluate import choose_weights, evaluation_tasks
    from index.evaluation.evaluate import evaluate as measure
    from index.evaluation.fused import FusedSystem
    from index.evaluation.systems import EncoderSystem, LsaSystem, MixSystem

    if part not in ("all", "test"):
        raise InputError("evaluation-part-unknown", part=part)
    with open_live(path) as live:
        corpus = evaluation_corpus(live.table)
        names = encoders or [resolved(live.library, live.library.settings["encoder"])]
    measured = corpus if part == "all" else corpus.part("test")
    # Weights of the mix come from records that are not among those measured with part="test".
    tuning = corpus.part("validation")
    if len(measured) == 0:
        raise InputError("evaluation-part-empty", part=part)
    systems: list[System] = [LsaSystem()] if lsa else []
    weights: dict[str, MixWeights] = {}
    for name in names:
        encoder = EncoderSystem(load_encoder(name))
        systems.append(encoder)
        if len(tuning):
            weights[encoder.name] = choose_weights(tuning, encoder, queries=queries, seed=seed + 1)
            systems.append(MixSystem(encoder, weights[encoder.name]))
        systems.append(FusedSystem(encoder))
    tasks = evaluation_tasks(measured, queries=queries, seed=seed)
    return measure(measured, systems, tasks, part=part, seed=seed, weights=weights)
