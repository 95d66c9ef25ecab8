"""What comparing a snapshot with its checksums costs: opening it, every part, other checksums, commands.

    python benchmarks/damage/checks.py LIBRARY [--before CHECKOUT LIBRARY]

`--before` runs the same commands with another checkout on a library that it reads, turn by turn. Files are in
the page cache.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

# A checkout of ours is run from wherever it lies.
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from library.checksums import checksum_of
from library.folder import Library
from library.snapshot import SMALL_PART, Snapshot

TIMES = 5
COMMANDS = (
    ("show", "CN103647073"),
    ("select", "TIAB=(电池 and 正极)", "--limit", "1"),
    ("search", "提高循环寿命的锂离子电池正极材料"),
)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("library", type=Path)
    parser.add_argument("--before", type=Path, nargs=2, metavar=("CHECKOUT", "LIBRARY"))
    options = parser.parse_args()
    with Library.open(options.library) as library:
        snapshot = library.current()
    assert snapshot is not None
    print(f"{snapshot.count:,} patents, snapshot {snapshot.number}")
    print(f"open without comparing   {_ms(lambda: Snapshot(snapshot.path, checked=False)):8.1f} ms")
    print(f"open                     {_ms(lambda: Snapshot(snapshot.path)):8.1f} ms")
    for name in snapshot.manifest.parts:
        if snapshot.size(name) > SMALL_PART:
            took = _ms(lambda part=name: Snapshot(snapshot.path, checked=False).misfit(part))
            print(f"  {name:<22} {took:8.1f} ms {snapshot.size(name) / 1e6:8.1f} MB")
    _checksums(max((path for path in snapshot.path.rglob("*") if path.is_file()), key=_size))
    places = {Path(__file__).resolve().parents[2]: options.library.absolute()}
    if options.before:
        places[options.before[0].absolute()] = options.before[1].absolute()
    for command in COMMANDS:
        _command(command, places)


def _size(path: Path) -> int:
    return path.stat().st_size


def _ms(do: Callable[[], object]) -> float:
    took = []
    for _ in range(TIMES):
        start = time.perf_counter()
        do()
        took.append(time.perf_counter() - start)
    return 1_000 * statistics.median(took)


def _checksums(path: Path) -> None:
    """Speed of checksums over one file."""

    def digest(name: str) -> None:
        with path.open("rb") as file:
            hashlib.file_digest(file, name)

    kinds: dict[str, Callable[[], object]] = {"xxh3_128": lambda: checksum_of(path)}
    kinds |= {name: lambda name=name: digest(name) for name in ("sha256", "blake2b")}
    for name, do in kinds.items():
        print(f"{name:<10} {_size(path) / _ms(do) / 1e6:6.2f} GB/s over {_size(path) / 1e6:.0f} MB")


def _command(command: tuple[str, ...], places: dict[Path, Path]) -> None:
    """CPU seconds of a command in each checkout, on its library, turn by turn."""
    seconds: dict[Path, list[float]] = {place: [] for place in places}
    for _ in range(TIMES):
        for place, library in places.items():
            start = resource.getrusage(resource.RUSAGE_CHILDREN)
            words = [sys.executable, "-m", "api", *command, "--library", str(library)]
            environment = os.environ | {"PYTHONPATH": str(place)}
            subprocess.run(words, cwd=place, env=environment, capture_output=True, check=True)
            end = resource.getrusage(resource.RUSAGE_CHILDREN)
            seconds[place].append(end.ru_utime + end.ru_stime - start.ru_utime - start.ru_stime)
    shown = "  ".join(f"{place.name} {statistics.median(taken):.2f}" for place, taken in seconds.items())
    print(f"{command[0]:<10} CPU s: {shown}")


if __name__ == "__main__":
    main()
