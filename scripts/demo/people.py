"""Invented persons and agencies."""

from __future__ import annotations

from dataclasses import dataclass

from scripts.demo.draw import Draws, Weights
from scripts.demo.reading import load_yaml


@dataclass(frozen=True, slots=True)
class Agency:
    """A patent agency and its agents."""

    name: str
    agents: tuple[str, ...]


class People:
    """Names of persons, agencies, banks and brands.

    Args:
        draws: where decisions come from; also later, when names are asked for.
    """

    def __init__(self, draws: Draws) -> None:
        document = load_yaml("people")
        words = {key: str(text).split() for key, text in document.items()}
        self._draws = draws
        self._words = words
        self._surnames = words["surnames"]
        self._by_frequency = Weights([1 / (rank + 6) for rank in range(len(self._surnames))])
        self.banks = tuple(words["banks"])
        self.examiners = tuple(self.person() for _ in range(160))

    def person(self) -> str:
        """A name of two or three characters (four with a double surname)."""
        surname = self._draws.weighted(self._surnames, self._by_frequency)
        first = self._draws.pick(self._words["first"]) if self._draws.chance(0.78) else ""
        return surname + first + self._draws.pick(self._words["last"])

    def team(self, size: int) -> tuple[str, ...]:
        """Different persons."""
        names: dict[str, None] = {}
        while len(names) < size:
            names[self.person()] = None
        return tuple(names)

    def brand(self) -> str:
        """Two characters that name a firm."""
        return self._draws.pick(self._words["brand_first"]) + self._draws.pick(self._words["brand_last"])

    def agency(self, city: str) -> Agency:
        """An agency of a city; 贵阳岑峤专利代理事务所(普通合伙)."""
        name = (
            f"{city}{self._draws.pick(self._words['agencies'])}{self._draws.pick(self._words['agency_ends'])}"
        )
        return Agency(name, self.team(self._draws.between(3, 9)))
