"""What an office does every day, a process for each command: import, build, one row more, questions.

    python -m benchmarks.everyday.run patents.parquet --work FOLDER
    python -m benchmarks.everyday.run patents.parquet --work FOLDER --peer OTHER-CHECKOUT

A table is imported without its last 1,001 rows and built; then 1,000 of them are imported, then one. Each
question is asked `--repeat` times and the least counts. With `--peer` another checkout (with its own `.venv`)
does every step right after this one, so that load of the machine falls on both. Writes
benchmarks/results/everyday-<rows>.json: seconds on the clock, seconds of processor (user and system), most
memory, and what the command itself says its stages took.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

import polars as pl

HERE = Path(__file__).resolve().parents[2]
RESULTS = HERE / "benchmarks" / "results"
MORE = 1_000
TEXT = "一种锂离子电池正极材料的包覆方法，在颗粒表面包覆碳层以提高循环寿命"
_STAGE = re.compile(r"^ {2}(\S+) +(\d+\.\d) s$", re.MULTILINE)


@dataclass(frozen=True)
class Step:
    """What one command took: seconds on the clock and of processor, most memory in MB, its own stages."""

    name: str
    wall: float
    processor: float
    memory: float
    stages: dict[str, float] = field(default_factory=dict)


def main() -> None:
    """Read the arguments, run and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("table", type=Path)
    parser.add_argument("--work", type=Path, required=True, help="an empty folder for the libraries")
    parser.add_argument("--peer", type=Path, help="another checkout, run side by side")
    parser.add_argument("--repeat", type=int, default=3)
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    whole = pl.read_parquet(given.table)
    parts = [whole[: -MORE - 1], whole[-MORE - 1 : -1], whole[-1:]]
    files = [given.work / f"{name}.parquet" for name in ("most", "thousand", "one")]
    for part, file in zip(parts, files, strict=True):
        part.write_parquet(file)
    sides = {"this": HERE} | ({"peer": given.peer.resolve()} if given.peer else {})
    number = next(number for number in whole["publication_number"].to_list() if number)
    found: dict[str, list[Step]] = {side: [] for side in sides}
    for name, command, repeat in steps(files, number, given.repeat):
        for side, checkout in sides.items():
            step = fastest(name, checkout, [*command, "--library", str(given.work / side)], repeat)
            found[side].append(step)
            print(
                f"{side:5} {name:28} {step.wall:7.2f} s  {step.processor:7.2f} s CPU  {step.memory:6.0f} MB"
            )
            sys.stdout.flush()
    result = {
        "rows": whole.height,
        "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}",
        **{side: [asdict(step) for step in steps_of] for side, steps_of in found.items()},
    }
    target = RESULTS / f"everyday-{whole.height}.json"
    target.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def steps(files: list[Path], number: str, repeat: int) -> list[tuple[str, list[str], int]]:
    """Name, command and how often it is run."""
    most, thousand, one = map(str, files)
    changes = [
        ("import", ["import", most]),
        ("build", ["build"]),
        (f"import {MORE} more", ["import", thousand]),
        ("import one more", ["import", one]),
    ]
    questions = [
        ("show", ["show", number]),
        ("info", ["info"]),
        ("select", ["select", "TIAB=(电池 and 正极)"]),
        ("query explain", ["query", "explain", "TIAB=(电池 and 正极)"]),
        ("search", ["search", TEXT]),
        ("prior-art", ["prior-art", TEXT]),
        ("themes who", ["themes", "who"]),
    ]
    return [(*change, 1) for change in changes] + [(*question, repeat) for question in questions]


def fastest(name: str, checkout: Path, command: list[str], repeat: int) -> Step:
    """Run a command so many times; the figures of the run with least processor time."""
    return min((run(name, checkout, command) for _ in range(repeat)), key=lambda step: step.processor)


def run(name: str, checkout: Path, command: list[str]) -> Step:
    """Run a command of a checkout; see `Step`.

    Raises:
        SystemExit: the command failed.
    """
    start = time.perf_counter()
    process = subprocess.Popen(
        [str(checkout / ".venv/bin/patlas"), *command],
        cwd=checkout,
        env={**os.environ, "PATLAS_LANG": "en"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    output = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    if status:
        raise SystemExit(f"{name}: {' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
    stages = {stage: float(seconds) for stage, seconds in _STAGE.findall(output)}
    return Step(name, round(wall, 2), round(used.ru_utime + used.ru_stime, 2), used.ru_maxrss / 1024, stages)


if __name__ == "__main__":
    main()
