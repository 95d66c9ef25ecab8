"""What a run of the evaluation says, and how it is written."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

_RESAMPLES = 1_000
_INTERVAL = (2.5, 97.5)


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One figure with its 95 % interval (bootstrap over queries).

    Attributes:
        group: part of the queries, empty for all.
        gain: difference to BM25 on the same queries, with its own interval; None for BM25 itself.
    """

    task: str
    metric: str
    group: str
    system: str
    value: float
    low: float
    high: float
    queries: int
    gain: float | None = None
    gain_low: float | None = None
    gain_high: float | None = None


class TaskCoverage(msgspec.Struct, frozen=True, kw_only=True):
    """How much of the library a task rests on."""

    task: str
    queries: int
    documents: int
    share: float


class EncoderFacts(msgspec.Struct, frozen=True, kw_only=True):
    """Which encoder was measured."""

    name: str
    id: str
    revision: str
    dim: int


class Machine(msgspec.Struct, frozen=True, kw_only=True):
    """Where it was measured."""

    processor: str
    cores: int
    memory_gb: float
    system: str
    python: str


class Speed(msgspec.Struct, frozen=True, kw_only=True):
    """How fast an encoder is, measured in a process of its own.

    Attributes:
        passages_per_second: texts of about 250 characters, best of three runs.
        query_ms: one query of 60 characters at a time, the mean.
        load_s: reading the model, imports done before.
        peak_mb: resident memory at its highest.
        model_mb: size of the model's files; None when unknown.
        torch: whether torch was imported.
    """

    encoder: str
    passages_per_second: float
    query_ms: float
    load_s: float
    peak_mb: float
    model_mb: float | None
    torch: bool


class EvaluationReport(msgspec.Struct, frozen=True, kw_only=True):
    """All figures of one run."""

    part: str
    records: int
    corpus_hash: str
    seed: int
    machine: Machine
    encoders: tuple[EncoderFacts, ...]
    weights: dict[str, tuple[float, float]]
    coverage: tuple[TaskCoverage, ...]
    figures: tuple[Figure, ...]
    speeds: tuple[Speed, ...] = ()

    def value(self, system: str, task: str, metric: str, group: str = "") -> float:
        """One figure.

        Raises:
            KeyError: it was not measured.
        """
        for figure in self.figures:
            if (figure.system, figure.task, figure.metric, figure.group) == (system, task, metric, group):
                return figure.value
        raise KeyError(f"{system}, {task}, {metric}, {group or 'all'}")

    def to_json(self) -> bytes:
        """JSON, indented, UTF-8."""
        return msgspec.json.format(msgspec.json.encode(self), indent=1) + b"\n"


def figure(
    task: str,
    metric: str,
    group: str,
    system: str,
    values: npt.NDArray[np.float64],
    baseline: npt.NDArray[np.float64] | None,
    seed: int,
) -> Figure:
    """Mean with its interval, and the paired difference to the baseline.

    Args:
        task: name of the task.
        metric: name of the metric.
        group: part of the queries, empty for all.
        system: name of the system.
        values: float64 of shape (q,), q ≥ 1.
        baseline: BM25's values for the same queries, or None.
        seed: of the resampling.
    """
    low, high = interval(values, seed)
    gain = None if baseline is None else values - baseline
    gain_low, gain_high = (None, None) if gain is None else interval(gain, seed)
    return Figure(
        task=task,
        metric=metric,
        group=group,
        system=system,
        value=_short(values.mean()),
        low=low,
        high=high,
        queries=len(values),
        gain=None if gain is None else _short(gain.mean()),
        gain_low=gain_low,
        gain_high=gain_high,
    )


def interval(values: npt.NDArray[np.float64], seed: int) -> tuple[float, float]:
    """95 % bootstrap interval of the mean: percentiles over a thousand resamples of the queries."""
    generator = np.random.default_rng(seed)
    chosen = generator.integers(0, len(values), size=(_RESAMPLES, len(values)))
    low, high = np.percentile(values[chosen].mean(axis=1), _INTERVAL)
    return _short(low), _short(high)


def table(report: EvaluationReport, columns: Sequence[tuple[str, str]], group: str = "") -> str:
    """Markdown table: a row per system, a column per (task, metric), with half the interval's width."""
    cells = {(one.system, one.task, one.metric): one for one in report.figures if one.group == group}
    systems = list(dict.fromkeys(one.system for one in report.figures))
    lines = [
        "| | " + " | ".join(f"{task}, {metric}" for task, metric in columns) + " |",
        "|---" * (len(columns) + 1) + "|",
    ]
    for system in systems:
        shown = [_cell(cells.get((system, task, metric))) for task, metric in columns]
        lines.append(f"| {system} | " + " | ".join(shown) + " |")
    return "\n".join(lines)


def this_machine() -> Machine:
    """The machine that this process runs on; no name, no path."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") if hasattr(os, "sysconf") else 0
    return Machine(
        processor=_processor(),
        cores=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        memory_gb=round(memory / 2**30, 1),
        system=f"{platform.system()} {platform.machine()}",
        python=platform.python_version(),
    )


def _processor() -> str:
    facts = Path("/proc/cpuinfo")
    if facts.exists():
        for line in facts.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown"


def _cell(one: Figure | None) -> str:
    return "–" if one is None else f"{one.value:.3f} ± {(one.high - one.low) / 2:.3f}"


def _short(value: float | np.floating) -> float:
    return round(float(value), 5)
