"""Compare Patlas's lexical index with bm25s on the passages of a parquet of patents.

    python benchmarks/search/lexical.py patents.parquet --out benchmarks/results/search-lexical.json

Each candidate runs in a process of its own, so that memory is its own; one thread each.
"""

from __future__ import annotations

import argparse
import gc
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import numpy as np
import polars as pl

from index.evaluation.report import Machine, this_machine
from terms.words import cut_many

_QUERIES = 100
_LENGTHS = (8, 40, 100)
_SHARES = (0.1, 0.01, 0.001, 0.0001)
_ADDED = 1_000
CANDIDATES = ("patlas", "bm25s")


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """What one candidate needs: seconds, megabytes, milliseconds (p50, p99) by words or share."""

    name: str
    build_s: float
    size_mb: float
    opened_mb: float
    query_ms: dict[str, tuple[float, float]]
    within_ms: dict[str, tuple[float, float]]
    add_1000_s: float
    unknown_words: str


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """All candidates."""

    passages: int
    machine: Machine
    load: float
    figures: list[Figures]


def main() -> None:
    """Measure all, or one when called for itself."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("parquet", type=Path)
    parser.add_argument("--rows", type=int, default=120_000)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--only", choices=CANDIDATES)
    options = parser.parse_args()
    if options.only:
        sys.stdout.buffer.write(msgspec.json.encode(_measure(options.only, _passages(options))))
        return
    figures = []
    for name in CANDIDATES:
        command = [
            sys.executable,
            __file__,
            str(options.parquet),
            "--rows",
            str(options.rows),
            "--only",
            name,
        ]
        answer = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
        figures.append(msgspec.json.decode(answer, type=Figures))
        print(figures[-1])
    report = Report(
        passages=options.rows, machine=this_machine(), load=round(os.getloadavg()[0], 1), figures=figures
    )
    options.out.write_bytes(msgspec.json.format(msgspec.json.encode(report), indent=1) + b"\n")


def _passages(options: argparse.Namespace) -> list[list[str]]:
    frame = pl.read_parquet(options.parquet, columns=["title", "abstract"]).head(options.rows)
    texts = frame.select(pl.concat_str("title", "abstract", separator="。", ignore_nulls=True)).to_series()
    return cut_many(text or "" for text in texts.to_list())


def _measure(name: str, passages: list[list[str]]) -> Figures:
    with tempfile.TemporaryDirectory() as folder:
        build, opened = (_patlas if name == "patlas" else _bm25s())(Path(folder))
        seconds = _seconds(lambda: build(passages))
        size = sum(path.stat().st_size for path in Path(folder).rglob("*")) / 1e6
        gc.collect()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        search = opened()
        rng = np.random.default_rng(0)
        queries = [passages[row] for row in rng.choice(len(passages), _QUERIES, replace=False)]
        for query in queries[:3]:
            search(query[:40], None)
        lengths = {str(n): _times(lambda query, n=n: search(query[:n], None), queries) for n in _LENGTHS}
        masks = {str(share): rng.random(len(passages)) < share for share in _SHARES}
        within = {
            share: _times(lambda query, mask=mask: search(query[:100], mask), queries)
            for share, mask in masks.items()
        }
        grown = max(0, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1e3
        unknown = search(["没有人用的词"], None)
        more = [*passages, *passages[:_ADDED]]
        with tempfile.TemporaryDirectory() as other:
            build, _ = (_patlas if name == "patlas" else _bm25s())(Path(other))
            again = _seconds(lambda: build(more))
    return Figures(
        name=name,
        build_s=round(seconds, 2),
        size_mb=round(size, 1),
        opened_mb=round(grown, 1),
        query_ms=lengths,
        within_ms=within,
        add_1000_s=round(again, 2),
        unknown_words="nothing" if unknown == 0 else f"{unknown} arbitrary passages",
    )


Build = Callable[[Sequence[Sequence[str]]], object]
Search = Callable[[Sequence[str], "np.ndarray | None"], int]


def _patlas(folder: Path) -> tuple[Build, Callable[[], Search]]:
    from index.lexical import LexicalIndex

    def opened() -> Search:
        index = LexicalIndex(folder)
        return lambda words, mask: int((index.search(words, 10, allowed=mask).rows >= 0).sum())

    return lambda passages: LexicalIndex.build(passages, folder), opened


def _bm25s() -> Callable[[Path], tuple[Build, Callable[[], Search]]]:
    import bm25s

    def prepared(folder: Path) -> tuple[Build, Callable[[], Search]]:
        def build(passages: Sequence[Sequence[str]]) -> None:
            index = bm25s.BM25(k1=1.2, b=0.75, method="lucene")
            index.index([list(words) for words in passages], show_progress=False)
            index.save(folder)

        def opened() -> Search:
            index = bm25s.BM25.load(folder, mmap=True)

            def search(words: Sequence[str], mask: np.ndarray | None) -> int:
                weights = None if mask is None else mask.astype(np.float32)
                rows, _ = index.retrieve(
                    [list(words)], k=10, show_progress=False, weight_mask=weights, n_threads=0
                )
                return int(rows.size)

            return search

        return build, opened

    return prepared


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _times(work: Callable[[Sequence[str]], object], queries: Sequence[Sequence[str]]) -> tuple[float, float]:
    spent = [_seconds(lambda query=query: work(query)) * 1e3 for query in queries]
    return round(float(np.percentile(spent, 50)), 2), round(float(np.percentile(spent, 99)), 2)


if __name__ == "__main__":
    main()
