"""Random draws from one numpy generator, fast enough for a province.

A scalar draw from `numpy.random.Generator` costs microseconds; texts need about a hundred each. Uniform
numbers are therefore taken from the generator in blocks and everything else is derived from them, so a
seed gives the same corpus on every machine.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from math import cos, log, pi, sqrt
from typing import TypeVar

import numpy as np

T = TypeVar("T")
_BLOCK = 8192


class Weights:
    """Cumulative weights, made once and drawn from often."""

    __slots__ = ("cumulative",)

    def __init__(self, weights: Sequence[float]) -> None:
        self.cumulative = list(accumulate(weights))

    def place(self, fraction: float) -> int:
        """The index into which a fraction of the total weight, in [0, 1), falls."""
        found = bisect_right(self.cumulative, fraction * self.cumulative[-1])
        return min(found, len(self.cumulative) - 1)


class Draws:
    """A stream of random decisions."""

    def __init__(self, generator: np.random.Generator) -> None:
        self._generator = generator
        self._block: list[float] = []

    def uniform(self) -> float:
        """A float in [0, 1)."""
        if not self._block:
            self._block = self._generator.random(_BLOCK).tolist()
        return self._block.pop()

    def chance(self, probability: float) -> bool:
        """True with the given probability."""
        return self.uniform() < probability

    def below(self, n: int) -> int:
        """An integer in [0, n)."""
        return int(self.uniform() * n)

    def between(self, low: int, high: int) -> int:
        """An integer in [low, high], both ends included."""
        return low + int(self.uniform() * (high - low + 1))

    def pick(self, items: Sequence[T]) -> T:
        """One of the items, all alike likely."""
        return items[int(self.uniform() * len(items))]

    def weighted(self, items: Sequence[T], weights: Weights) -> T:
        """One of the items, by weight."""
        return items[weights.place(self.uniform())]

    def sample(self, items: Sequence[T], count: int) -> list[T]:
        """`count` different items (fewer when there are fewer), in the order of `items`."""
        places = self.shuffled(range(len(items)))[:count]
        return [items[place] for place in sorted(places)]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """All items in random order (Fisher–Yates)."""
        row = list(items)
        for i in range(len(row) - 1):
            j = i + self.below(len(row) - i)
            row[i], row[j] = row[j], row[i]
        return row

    def normal(self) -> float:
        """A standard normal number (Box–Muller, one of the pair)."""
        return sqrt(-2.0 * log(1.0 - self.uniform())) * cos(2.0 * pi * self.uniform())

    def around(self, centre: float, spread: float, low: float, high: float) -> float:
        """A normal number cut to [low, high]."""
        return min(high, max(low, centre + spread * self.normal()))
