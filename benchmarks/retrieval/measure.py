"""Measure encoders against BM25 on the held-out records of a parquet of patents.

    python benchmarks/retrieval/measure.py patents.parquet --twins known_twins.json \
        --encoder default --out benchmarks/results/retrieval.json

Weights of the mix with BM25 are chosen on the validation part, figures are those of the test part; no
encoder trained by scripts/train_encoder.py has seen either.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import msgspec

from embed.loader import EncoderOptions, load_encoder
from index.evaluation.corpus import EvaluationCorpus, evaluation_corpus_from_parquet
from index.evaluation.evaluate import choose_weights, evaluate, evaluation_tasks
from index.evaluation.fused import FusedSystem
from index.evaluation.known_items import CLAIM, FIRST, HALF, MRR, TITLE
from index.evaluation.neighbours import CROSS_CLASS, NDCG, NEIGHBOURS, PRECISION
from index.evaluation.report import EvaluationReport, table
from index.evaluation.speed import measure_speed
from index.evaluation.systems import EncoderSystem, LsaSystem, MixSystem, System
from index.evaluation.twins import AT_1, AT_3, TWINS, read_known_twins, twins_task
from index.fusion import MixWeights

_MAIN = ((TITLE, MRR), (HALF, MRR), (NEIGHBOURS, NDCG), (NEIGHBOURS, PRECISION))
_OTHERS = ((CLAIM, MRR), (TITLE, FIRST), (TWINS, AT_1), (TWINS, AT_3))


def main() -> None:
    """Measure and write."""
    options = _options()
    start = time.monotonic()

    def tell(text: str) -> None:
        print(f"{time.monotonic() - start:6.0f} s  {text}", file=sys.stderr, flush=True)

    corpus = evaluation_corpus_from_parquet(options.parquet)
    test = corpus.part("test")
    tell(f"{len(corpus):,} records, {len(test):,} held out")
    systems, weights = _systems(options, corpus.part("validation"))
    known = read_known_twins(options.twins) if options.twins else None
    tasks = evaluation_tasks(test, queries=options.queries, seed=options.seed, known_twins=known)
    if options.all_twins:
        twins = twins_task(test, len(test), options.seed, known)
        tasks = [twins if task.name == TWINS else task for task in tasks]
    speeds = [measure_speed(path, corpus.abstracts[:2_000]) for path in options.speed]
    report = evaluate(
        test, systems, tasks, part="test", seed=options.seed, weights=weights, speeds=speeds, progress=tell
    )
    if options.add:
        report = _added(msgspec.json.decode(options.out.read_bytes(), type=EvaluationReport), report)
    options.out.write_bytes(report.to_json())
    _show(report)


def _added(before: EvaluationReport, now: EvaluationReport) -> EvaluationReport:
    """The rows of both runs; a system measured again takes the place of its old row.

    Raises:
        SystemExit: other records, another seed, or other figures of BM25: rows that cannot stand together.
    """
    same = (before.corpus_hash, before.seed, _figures_of(before, "BM25"))
    if same != (now.corpus_hash, now.seed, _figures_of(now, "BM25")):
        raise SystemExit("the file holds a run on other records, another seed or other tasks")
    fresh = {figure.system for figure in now.figures} - {"BM25"}
    return msgspec.structs.replace(
        before,
        encoders=(*(one for one in before.encoders if one.name not in fresh), *now.encoders),
        weights=before.weights | now.weights,
        figures=(
            *(one for one in before.figures if one.system not in fresh),
            *(one for one in now.figures if one.system in fresh),
        ),
        speeds=(*before.speeds, *now.speeds),
    )


def _figures_of(report: EvaluationReport, system: str) -> set[tuple[str, str, str, float]]:
    return {(one.task, one.metric, one.group, one.value) for one in report.figures if one.system == system}


def _systems(
    options: argparse.Namespace, validation: EvaluationCorpus
) -> tuple[list[System], dict[str, MixWeights]]:
    systems: list[System] = [] if options.no_lsa else [LsaSystem()]
    weights: dict[str, MixWeights] = {}
    for given in options.encoder:
        path, _, rest = given.partition("=")
        name, _, dim = rest.partition("@")
        settings = EncoderOptions(dim=int(dim)) if dim else None
        system = EncoderSystem(load_encoder(path, settings), name or None)
        systems.append(system)
        if not options.no_mix:
            weights[system.name] = choose_weights(validation, system)
            systems.append(MixSystem(system, weights[system.name]))
            systems.append(FusedSystem(system))
    return systems, weights


def _show(report: EvaluationReport) -> None:
    print(f"{report.records:,} held-out records, {report.machine}\n")
    print(table(report, _MAIN), table(report, _OTHERS), sep="\n\n")
    for group in (*"ABCDEFGH", CROSS_CLASS):
        print(f"\nneighbours, {group}\n\n{table(report, _MAIN[2:], group)}")
    for speed in report.speeds:
        print(f"\n{speed}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("parquet", type=Path)
    parser.add_argument("--encoder", action="append", default=[], help="PATH, PATH=NAME or PATH=NAME@DIM")
    parser.add_argument("--speed", action="append", default=[], help="encoder whose speed is measured")
    parser.add_argument("--twins", type=Path, help="JSON list of groups of publication numbers")
    parser.add_argument("--queries", type=int, default=2_000, help="most of each task")
    parser.add_argument("--all-twins", action="store_true", help="ask for every known twin")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--no-lsa", action="store_true")
    parser.add_argument("--no-mix", action="store_true")
    parser.add_argument("--add", action="store_true", help="keep the systems that --out already has")
    parser.add_argument("--out", type=Path, required=True)
    return parser.parse_args()


if __name__ == "__main__":
    main()
