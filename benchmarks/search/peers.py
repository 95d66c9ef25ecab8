"""Patlas's vector index beside those of others: recall, times, memory; one process a candidate.

    python -m benchmarks.search.peers WORK --out benchmarks/results/search-peers-120000.json

WORK is what `benchmarks.search.vectors` wrote. Every candidate runs in a process of its own and gets the
same unit vectors. It is built with all cores, and asked one query at a time with one thread. Its effort is
raised step by step until recall@10 reaches .99 (`reached`); where none does, the last step is printed. A
step is asked for no longer than `--step` seconds, and no further step is begun after `--limit` seconds; a
candidate that is not built by then is left out. What is measured is written after every candidate.

The packages that are compared are not Patlas's own: pip install hnswlib usearch lancedb qdrant-client
pymilvus milvus-lite.
"""

from __future__ import annotations

import argparse
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import msgspec
import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.search.candidates import CANDIDATES, Candidate, Vectors
from index.evaluation.report import Machine, this_machine

_AIM = 0.99
_K = 10
_WARM = 20


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One effort: milliseconds a query at its p50 and p99, queries a second, recall@10 over those asked."""

    effort: str
    asked: int
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
    """All candidates, in the order of their p50; threads of the build, and of the queries."""

    passages: int
    dim: int
    queries: int
    build_threads: int
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
    parser.add_argument("--step", type=float, default=60.0, help="seconds that one effort is asked for")
    parser.add_argument("--limit", type=float, default=600.0, help="seconds for one candidate")
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only:
        sys.stdout.buffer.write(msgspec.json.encode(_measure(options)))
        return
    # What is stopped from outside clears up as what is stopped from the keyboard does.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    figures: list[Figures] = []
    failed: dict[str, str] = {}
    for name in options.candidates.split(","):
        answer = _apart(name, options)
        if isinstance(answer, str):
            failed[name] = answer
        else:
            figures.append(answer)
        print(name, answer, flush=True)
        _write(options, figures, failed)


def _write(options: argparse.Namespace, figures: list[Figures], failed: dict[str, str]) -> None:
    shape = np.load(options.work / "passages.npy", mmap_mode="r").shape
    machine = this_machine()
    report = Report(
        passages=shape[0],
        dim=shape[1],
        queries=len(np.load(options.work / "queries.npy")),
        build_threads=machine.cores,
        threads=1,
        machine=machine,
        load=round(os.getloadavg()[0], 1),
        figures=sorted(figures, key=lambda one: (not one.reached, one.step.p50_ms)),
        failed=failed,
    )
    if options.out:
        options.out.write_bytes(msgspec.json.format(msgspec.json.encode(report), indent=1) + b"\n")


def _apart(name: str, options: argparse.Namespace) -> Figures | str:
    """Measure in another process, which ends with this one, as does its folder."""
    with tempfile.TemporaryDirectory(dir=options.work) as folder:
        command = [sys.executable, "-m", "benchmarks.search.peers", str(options.work), "--only", name]
        command += ["--folder", folder, "--step", str(options.step), "--limit", str(options.limit)]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        try:
            output, complained = child.communicate(timeout=options.limit + 2 * options.step)
        except subprocess.TimeoutExpired:
            return f"not built within {options.limit:.0f} s"
        finally:
            child.kill()
            child.wait()
    if child.returncode:
        lines = complained.decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else f"ended with {child.returncode}"
    return msgspec.json.decode(output.splitlines()[-1], type=Figures)


def _measure(options: argparse.Namespace) -> Figures:
    """Build with all cores, then ask with one thread."""
    work, folder = options.work, options.folder
    queries, truth = np.load(work / "queries.npy"), np.load(work / "truth.npy")[:, :_K]
    passages: Vectors = np.load(work / "passages.npy")
    candidate = CANDIDATES[options.only]()
    candidate.threads(this_machine().cores)
    before = _resident_mb()
    start = time.perf_counter()
    candidate.build(passages, folder)
    build_s = time.perf_counter() - start
    memory = max(0.0, _resident_mb() - before)
    tried: list[Step] = []
    with threadpool_limits(1):
        candidate.threads(1)
        for effort in candidate.efforts:
            tried.append(_step(candidate, effort, queries, truth, options.step))
            if tried[-1].recall >= _AIM or time.perf_counter() - start > options.limit:
                break
    disk = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
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


def _step(candidate: Candidate, effort: int, queries: Vectors, truth: np.ndarray, seconds: float) -> Step:
    """Ask all queries, or those that the seconds allow, at least one."""
    search = candidate.searcher(effort)
    begun = time.perf_counter()
    for query in queries[:_WARM]:
        search(query, _K)
        if time.perf_counter() - begun > seconds:
            break
    times: list[float] = []
    found, begun = 0, time.perf_counter()
    for query, nearest in zip(queries, truth, strict=True):
        start = time.perf_counter()
        rows = search(query, _K)
        times.append(time.perf_counter() - start)
        found += len(set(rows) & set(nearest.tolist()))
        if time.perf_counter() - begun > seconds:
            break
    p50, p99 = np.percentile(times, [50, 99])
    return Step(
        effort=candidate.effort_text(effort),
        asked=len(times),
        recall=round(found / (len(times) * _K), 4),
        p50_ms=round(1e3 * float(p50), 3),
        p99_ms=round(1e3 * float(p99), 3),
        qps=round(len(times) / sum(times), 1),
    )


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


if __name__ == "__main__":
    main()
