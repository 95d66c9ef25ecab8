"""Patlas's vector index beside those of others: recall, times, memory; one process a candidate.

    python -m benchmarks.search.peers WORK --out benchmarks/results/search-peers-120000.json

WORK is what `benchmarks.search.vectors` wrote. Every candidate runs in a process of its own with one
thread, gets the same unit vectors and is asked one query at a time. Its effort is raised step by step
until recall@10 reaches .99 (`reached`); where none does, the last step is printed. The packages that
are compared are not Patlas's own: pip install hnswlib usearch lancedb qdrant-client 'pymilvus[milvus_lite]'.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np

from benchmarks.search.candidates import CANDIDATES, Candidate, Vectors
from index.ruler.report import Machine, this_machine

_AIM = 0.99
_K = 10
_WARM = 20


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One effort: milliseconds a query at its p50 and p99, queries a second, recall@10."""

    effort: str
    recall: float
    p50_ms: float
    p99_ms: float
    qps: float


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """What one candidate needs; memory in MB above the process with the vectors' file closed."""

    name: str
    version: str
    build_s: float
    disk_mb: float
    memory_mb: float
    reached: bool
    step: Step
    tried: tuple[Step, ...]


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """All candidates, in the order of their p50."""

    passages: int
    dim: int
    queries: int
    threads: int
    machine: Machine
    load: float
    figures: list[Figures]
    failed: dict[str, str]


def main() -> None:
    """Measure all, or one when called for itself."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--only", choices=sorted(CANDIDATES))
    parser.add_argument("--candidates", default=",".join(CANDIDATES))
    options = parser.parse_args()
    if options.only:
        sys.stdout.buffer.write(msgspec.json.encode(_measure(CANDIDATES[options.only], options.work)))
        return
    figures, failed = [], {}
    for name in options.candidates.split(","):
        answer = _apart(name, options.work)
        if isinstance(answer, str):
            failed[name] = answer
        else:
            figures.append(answer)
        print(name, answer, flush=True)
    shape = np.load(options.work / "passages.npy", mmap_mode="r").shape
    report = Report(
        passages=shape[0],
        dim=shape[1],
        queries=len(np.load(options.work / "queries.npy")),
        threads=1,
        machine=this_machine(),
        load=round(os.getloadavg()[0], 1),
        figures=sorted(figures, key=lambda one: (not one.reached, one.step.p50_ms)),
        failed=failed,
    )
    options.out.write_bytes(msgspec.json.format(msgspec.json.encode(report), indent=1) + b"\n")


def _apart(name: str, work: Path) -> Figures | str:
    threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "RAYON_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "benchmarks.search.peers", str(work), "--only", name]
    done = subprocess.run(command, capture_output=True, env={**os.environ, **threads}, check=False)
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        return said[-1] if said else f"ended with {done.returncode}"
    return msgspec.json.decode(done.stdout.splitlines()[-1], type=Figures)


def _measure(make: Callable[[], Candidate], work: Path) -> Figures:
    queries, truth = np.load(work / "queries.npy"), np.load(work / "truth.npy")[:, :_K]
    passages: Vectors = np.load(work / "passages.npy")
    candidate = make()
    with tempfile.TemporaryDirectory(dir=work) as folder:
        before = _resident_mb()
        start = time.perf_counter()
        candidate.build(passages, Path(folder))
        build_s = time.perf_counter() - start
        memory = max(0.0, _resident_mb() - before)
        tried: list[Step] = []
        for effort in candidate.efforts:
            tried.append(_step(candidate, effort, queries, truth))
            if tried[-1].recall >= _AIM:
                break
        disk = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file()) / 1e6
    return Figures(
        name=candidate.name,
        version=candidate.version(),
        build_s=round(build_s, 2),
        disk_mb=round(disk, 1),
        memory_mb=round(memory, 1),
        reached=tried[-1].recall >= _AIM,
        step=tried[-1],
        tried=tuple(tried),
    )


def _step(candidate: Candidate, effort: int, queries: Vectors, truth: np.ndarray) -> Step:
    search = candidate.searcher(effort)
    for query in queries[:_WARM]:
        search(query, _K)
    times, found = [], 0
    for query, nearest in zip(queries, truth, strict=True):
        start = time.perf_counter()
        rows = search(query, _K)
        times.append(time.perf_counter() - start)
        found += len(set(rows) & set(nearest.tolist()))
    p50, p99 = np.percentile(times, [50, 99])
    return Step(
        effort=candidate.effort_text(effort),
        recall=round(found / truth.size, 4),
        p50_ms=round(1e3 * float(p50), 3),
        p99_ms=round(1e3 * float(p99), 3),
        qps=round(len(times) / sum(times), 1),
    )


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


if __name__ == "__main__":
    main()
