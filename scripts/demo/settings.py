"""What one run of the generator is made from."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

AS_OF = date(2026, 6, 30)
"""The day the made-up export was made: nothing later than this is known."""

YEARS = tuple(range(2011, 2027))
RECORDS = 3000
SEED = 20260630
MARK = "合成数据 SYNTHETIC"
"""Stands in the 备注 column of every row."""

SEPARATOR = " | "
"""Stands between several values of one cell."""

FOLDER = Path(__file__).parent / "vocabulary"


def stream(seed: int, concern: str) -> np.random.Generator:
    """A random stream of its own for each concern, so that a change in one leaves the others as they are."""
    return np.random.default_rng([seed, *concern.encode()])
