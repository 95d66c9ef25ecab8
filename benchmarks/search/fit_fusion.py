"""What other constants of the fusion would find, on records that no published figure rests on.

    python -m benchmarks.search.fit_fusion patents.parquet --twins known_twins.json --constant repeat=30,40

Prints one line for each value of a constant (the others as shipped) with the figures of every task of the
evaluation on the validation part, which `index.hybrid.FusionWeights` was fitted on.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np

from embed.loader import load_encoder
from index.evaluation.corpus import evaluation_corpus_from_parquet
from index.evaluation.evaluate import evaluation_tasks
from index.evaluation.fused import FittedFused, FusedSystem
from index.evaluation.systems import EncoderSystem
from index.evaluation.task import Task
from index.evaluation.twins import read_known_twins
from index.hybrid import FusionWeights

_BLOCK = 64


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parquet", type=Path)
    parser.add_argument("--constant", action="append", default=[], help="NAME=VALUE,VALUE …")
    parser.add_argument("--twins", type=Path)
    parser.add_argument("--queries", type=int, default=600)
    parser.add_argument("--part", choices=("training", "validation"), default="validation")
    options = parser.parse_args()
    tried = [("as shipped", FusionWeights())]
    for constant in options.constant:
        name, _, values = constant.partition("=")
        tried += [(f"{name}={value}", _with(name, float(value))) for value in values.split(",")]
    corpus = evaluation_corpus_from_parquet(options.parquet).part(options.part)
    twins = read_known_twins(options.twins) if options.twins else None
    tasks = evaluation_tasks(corpus, queries=options.queries, seed=1, known_twins=twins)
    system = FusedSystem(EncoderSystem(load_encoder()))
    for documents in {id(task.documents): task.documents for task in tasks}.values():
        fitted = system.fit(documents)
        for task in (one for one in tasks if one.documents is documents):
            for name, weights in tried:
                fitted.fuse_by(weights)
                print(f"{task.name:40} {name:24} {_figures(task, fitted)}", flush=True)


def _with(name: str, value: float) -> FusionWeights:
    if name not in FusionWeights.__slots__:
        raise SystemExit(f"no constant {name!r}; there are {', '.join(FusionWeights.__slots__)}")
    return replace(FusionWeights(), **{name: value})


def _figures(task: Task, fitted: FittedFused) -> str:
    values: dict[str, list[float]] = {}
    for start in range(0, len(task.queries), _BLOCK):
        rows = np.arange(start, min(start + _BLOCK, len(task.queries)))
        scores = fitted.scores([task.queries[row] for row in rows])
        for metric, found in task.judge(rows, scores).items():
            values.setdefault(metric, []).extend(found.tolist())
    return "  ".join(f"{metric} {np.nanmean(found):.4f}" for metric, found in values.items())


if __name__ == "__main__":
    main()
