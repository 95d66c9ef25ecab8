"""What one run of the generator is made from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from scripts.demo.draw import Draws

AS_OF = date(2026, 6, 30)
"""The day the made-up export was made: nothing later than this is known."""

FIRST_YEAR, LAST_YEAR = 2011, 2026
RECORDS = 3000
SEED = 20260630
MARK = "合成数据 SYNTHETIC"
"""Stands in the 备注 column of every row."""


@dataclass(frozen=True, slots=True)
class Streams:
    """One random stream a concern, so that a change in one leaves the others as they are."""

    plan: Draws
    people: Draws
    life: Draws
    texts: Draws
    links: Draws


def streams(seed: int) -> Streams:
    """Independent streams from one seed."""
    children = np.random.SeedSequence(seed).spawn(5)
    return Streams(*(Draws(np.random.default_rng(child)) for child in children))
