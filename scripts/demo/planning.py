"""How many patents of which topic are filed when: the shape of the corpus."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import cast

from scripts.demo.draw import Draws, Weights
from scripts.demo.reading import load_yaml
from scripts.demo.settings import FIRST_YEAR, LAST_YEAR
from scripts.demo.vocabulary import Topic

_MONTHS = (0.065, 0.05, 0.085, 0.08, 0.08, 0.095, 0.08, 0.08, 0.09, 0.08, 0.1, 0.115)
_GOLDEN = (5**0.5 - 1) / 2
_YEARS = tuple(range(FIRST_YEAR, LAST_YEAR + 1))


@dataclass(frozen=True, slots=True)
class IndustryShape:
    """What industries.yaml says of one industry."""

    share: float
    home: float
    utility: float
    years: tuple[tuple[int, float], ...]
    kinds: Mapping[str, float]


def load_shapes() -> dict[str, IndustryShape]:
    """Shapes by industry."""
    document = cast(dict[str, Mapping[str, object]], load_yaml("industries"))
    return {name: _shape(entry) for name, entry in document.items()}


def _shape(entry: Mapping[str, object]) -> IndustryShape:
    knots = (knot.split(":") for knot in str(entry["years"]).split())
    return IndustryShape(
        share=float(str(entry["share"])),
        home=float(str(entry["home"])),
        utility=float(str(entry["utility"])),
        years=tuple((int(year), float(value)) for year, value in knots),
        kinds=cast(Mapping[str, float], entry["kinds"]),
    )


def at(knots: Sequence[tuple[int, float]], year: int) -> float:
    """Linear between knots, constant outside."""
    if year <= knots[0][0]:
        return knots[0][1]
    for (before, low), (after, high) in pairwise(knots):
        if year <= after:
            return low + (high - low) * (year - before) / (after - before)
    return knots[-1][1]


class Plan:
    """Draws topic and filing day.

    Topic and year follow a golden-ratio sequence over their weights, so that even a small corpus has the
    shares and growth that industries.yaml and the topics ask for; only the day is random.

    Args:
        topics: all topics.
        shapes: by industry.
    """

    def __init__(self, topics: Sequence[Topic], shapes: Mapping[str, IndustryShape]) -> None:
        self._cells = [(topic, year) for topic in topics for year in _YEARS]
        weights = _cell_weights(topics, shapes)
        self._weights = Weights([weights[topic.name, year] for topic, year in self._cells])
        self._place = 0.5
        total = self._weights.cumulative[-1]
        self.shares = {
            topic.name: sum(weights[topic.name, year] for year in _YEARS) / total for topic in topics
        }

    def draw(self, draws: Draws) -> tuple[Topic, date]:
        """A topic, and a working day of a year in which it was filed."""
        self._place = (self._place + _GOLDEN) % 1.0
        topic, year = self._cells[self._weights.place(self._place)]
        month = draws.weighted(range(1, 13), _BY_MONTH)
        day = date(year, month, draws.between(1, 28)) + timedelta(days=draws.between(0, 2))
        if day.weekday() > 4 and draws.chance(0.9):
            day -= timedelta(days=day.weekday() - 4)
        return topic, max(day, date(year, 1, 4))


_BY_MONTH = Weights(_MONTHS)


def _cell_weights(
    topics: Sequence[Topic], shapes: Mapping[str, IndustryShape]
) -> dict[tuple[str, int], float]:
    """Weight of topic and year: the industry's year times the topic's share of it in that year."""
    weights: dict[tuple[str, int], float] = {}
    for industry, shape in shapes.items():
        own = [topic for topic in topics if topic.industry == industry]
        activity = {year: at(shape.years, year) for year in _YEARS}
        whole = sum(activity.values())
        for year in _YEARS:
            parts = {topic.name: topic.weight * at(topic.trend, year) for topic in own}
            for name, part in parts.items():
                weights[name, year] = shape.share * activity[year] / whole * part / sum(parts.values())
    return weights
