"""Explore the property tests at random until the time is up; a counterexample is printed and fails.

python scripts/fuzz.py --minutes 60 [TEST…]
"""

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
_PASSED = re.compile(r"(\d+) passing")
_NO_TESTS_COLLECTED = 5


def property_tests() -> list[str]:
    """Test files that use hypothesis."""
    files = sorted((CHECKOUT / "tests").rglob("test_*.py"))
    return [str(path.relative_to(CHECKOUT)) for path in files if "@given" in path.read_text(encoding="utf-8")]


def explore(tests: Sequence[str], seed: int, left_s: float) -> tuple[int, int | None]:
    """Run every property test once from a seed.

    Returns:
        Examples tried, and the exit status of pytest; None where the time ended before it.
    """
    command = [sys.executable, "-m", "pytest", "-q", "-x", "--hypothesis-show-statistics"]
    command += ["-p", "no:cacheprovider", "-k", "not shared", f"--hypothesis-seed={seed}", *tests]
    environment = {**os.environ, "PATLAS_HYPOTHESIS": "random"}
    try:
        done = subprocess.run(
            command, cwd=CHECKOUT, env=environment, capture_output=True, encoding="utf-8", timeout=left_s
        )
    except subprocess.TimeoutExpired:
        return 0, None
    if done.returncode not in (0, _NO_TESTS_COLLECTED):
        print(done.stdout, done.stderr, sep="\n")
    return sum(map(int, _PASSED.findall(done.stdout))), done.returncode


def main() -> int:
    """Explore; the exit status is that of the first failing run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, help="of the first run; a random one when not given")
    parser.add_argument("tests", nargs="*", metavar="TEST", help="test files; all that use hypothesis")
    options = parser.parse_args()
    seed = random.SystemRandom().randrange(2**31) if options.seed is None else options.seed
    tests = options.tests or property_tests()
    until, total, runs = time.monotonic() + options.minutes * 60, 0, 0
    while (left_s := until - time.monotonic()) > 0:
        tried, status = explore(tests, seed + runs, left_s)
        if status is None:
            break
        runs, total = runs + 1, total + tried
        print(f"run {runs}, seed {seed + runs - 1}: {tried} examples, {total} in all", flush=True)
        if status:
            return status
    print(f"{runs} complete runs of {len(tests)} files from seed {seed}: {total} examples, no counterexample")
    return 0


if __name__ == "__main__":
    sys.exit(main())
