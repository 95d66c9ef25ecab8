"""What a library of one or ten million passages costs on this machine, on simulated vectors.

    python -m benchmarks.search.vectors WORK --clustered 1000000
    python -m benchmarks.scale.run WORK --out benchmarks/results/scale-1000000.json

Builds the index that a snapshot would get, opens it again from disk, asks one query at a time and then
all at once, also within Selections of a tenth, a hundredth and a thousandth, and adds one per cent.
"""

from __future__ import annotations

import argparse
import gc
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from index.choice import BuiltIndex, IndexFigures, build_index, load_index, recall, save_index, update_index
from index.evaluation.report import Machine, this_machine
from index.exact import ExactIndex

_K = 10
_SHARES = (0.1, 0.01, 0.001)
_CHECKED = 100
_NEW_SHARE = 0.01


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Queries one at a time: milliseconds at p50 and p99, and recall@10."""

    p50_ms: float
    p99_ms: float
    recall: float


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One size.

    Attributes:
        chosen: what the build says about its index.
        own_mb, mapped_mb: resident memory after all queries: of the process, and of files mapped.
        build_peak_mb: resident memory of the process at the peak of the build, files mapped left out.
        everything, within: single queries on all vectors, and within a share of them.
        together_qps: queries a second when all are handed over at once, all cores.
        update_s: for the index of a snapshot with one per cent of new vectors.
    """

    vectors: int
    dim: int
    machine: Machine
    load: float
    chosen: IndexFigures
    build_s: float
    build_peak_mb: float
    disk_mb: float
    open_s: float
    own_mb: float
    mapped_mb: float
    everything: Asked
    within: dict[str, Asked]
    together_qps: float
    update_s: float


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    vectors = np.load(options.work / "passages.npy", mmap_mode="r")
    queries, truth = np.load(options.work / "queries.npy"), np.load(options.work / "truth.npy")
    with tempfile.TemporaryDirectory(dir=options.work) as folder:
        report = measured(vectors, queries, truth[:, :_K], Path(folder))
    options.out.write_bytes(msgspec.json.format(msgspec.json.encode(report), indent=1) + b"\n")
    print(msgspec.json.format(msgspec.json.encode(report), indent=1).decode())


def measured(
    vectors: npt.NDArray[np.float32],
    queries: npt.NDArray[np.float32],
    truth: npt.NDArray[np.int64],
    folder: Path,
) -> Report:
    """Build, open, ask, add."""
    built, build_s = _timed(lambda: build_index(vectors))
    peak = _memory("VmHWM") - _memory("RssFile")
    save_index(built, folder, vectors=False)
    figures = built.figures
    del built
    gc.collect()
    opened, open_s = _timed(lambda: load_index(folder, vectors))
    everything = _asked(opened, queries, truth, None)
    generator = np.random.default_rng(0)
    within = {}
    for share in _SHARES:
        allowed = generator.random(len(vectors)) < share
        some = queries[:_CHECKED]
        nearest = ExactIndex(vectors).search(some, _K, allowed=allowed).rows
        within[str(share)] = _asked(opened, some, nearest, allowed)
    _, together = _timed(lambda: opened.index.search(queries, _K))
    own, mapped = _memory("RssAnon"), _memory("RssFile")
    old = np.arange(len(vectors))
    old[generator.random(len(vectors)) < _NEW_SHARE] = -1
    _, update_s = _timed(lambda: update_index(opened, vectors, old))
    return Report(
        vectors=len(vectors),
        dim=vectors.shape[1],
        machine=this_machine(),
        load=round(os.getloadavg()[0], 1),
        chosen=figures,
        build_s=round(build_s, 1),
        build_peak_mb=round(peak),
        disk_mb=round(sum(path.stat().st_size for path in folder.iterdir()) / 1e6),
        open_s=round(open_s, 2),
        own_mb=round(own),
        mapped_mb=round(mapped),
        everything=everything,
        within=within,
        together_qps=round(len(queries) / together, 1),
        update_s=round(update_s, 1),
    )


def _asked(
    built: BuiltIndex,
    queries: npt.NDArray[np.float32],
    truth: npt.NDArray[np.int64],
    allowed: npt.NDArray[np.bool_] | None,
) -> Asked:
    for query in queries[:20]:
        built.index.search(query[None], _K, allowed=allowed)
    times, shares = [], []
    for query, nearest in zip(queries, truth, strict=True):
        hits, seconds = _timed(lambda query=query: built.index.search(query[None], _K, allowed=allowed))
        times.append(1e3 * seconds)
        shares.append(recall(nearest.tolist(), hits.rows[0].tolist()))
    p50, p99 = (float(value) for value in np.percentile(times, [50, 99]))
    return Asked(p50_ms=round(p50, 3), p99_ms=round(p99, 3), recall=round(float(np.mean(shares)), 4))


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    start = time.perf_counter()
    done = work()
    return done, time.perf_counter() - start


def _memory(field: str) -> float:
    """A line of /proc/self/status in MB; VmHWM is the peak."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{field}:"):
            return int(line.split()[1]) / 1e3
    raise KeyError(field)


if __name__ == "__main__":
    main()
