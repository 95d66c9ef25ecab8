"""Transfers, licences and pledges of patents, with parties and days."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

import numpy as np

from scripts.demo.applicants import Applicants
from scripts.demo.life import Lives, gazette_day
from scripts.demo.settings import AS_OF

_SOLD = {"企业": 0.05, "高校": 0.085, "科研院所": 0.05, "个人": 0.09, "医院": 0.012}
_LICENSED = {"企业": 0.01, "高校": 0.04, "科研院所": 0.03, "个人": 0.02}
_PLEDGED = {"企业": 0.04}
_IN_GROUP = 0.07


class Deed(NamedTuple):
    """One entry of the register: 转让, 许可 or 质押."""

    kind: str
    day: np.datetime64
    given: tuple[str, ...]
    taken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Register:
    """Draws what happened to the right of a patent.

    Attributes:
        applicants: who may take over.
        banks: who takes pledges.
        name_at: name of an applicant in a year.
    """

    applicants: Applicants
    banks: tuple[str, ...]
    name_at: Callable[[int, int], str]
    random: Random

    def enter(self, lives: Lives, row: int, topic: int, holders: list[int]) -> tuple[list[Deed], list[int]]:
        """Deeds until the day of the export, oldest first, and who holds it then."""
        table, random, deeds = self.applicants.table, self.random, list[Deed]()
        kind, group = table["kind"][holders[0]], table["group"][holders[0]]
        granted = not np.isnat(lives.grant[row])
        sold = (_SOLD.get(kind, 0) + (_IN_GROUP if group else 0)) * (1 if granted else 0.3)
        start = lives.first_publication[row]
        for _ in range(2):
            day = self._day(lives, row, start) if random.random() < sold else None
            buyer = self._firm(topic, holders, group) if day is not None else None
            if day is None or buyer is None:
                break
            deeds.append(self._deed("转让", day, holders, [buyer]))
            holders, start, sold = [buyer], day + 200, 0.1
        if granted:
            deeds += self._uses(lives, row, topic, holders, max(start, lives.grant[row]))
        return sorted(deeds, key=lambda deed: deed.day), holders

    def _uses(
        self, lives: Lives, row: int, topic: int, holders: list[int], start: np.datetime64
    ) -> list[Deed]:
        """A licence, a pledge, both or neither."""
        random, found = self.random, list[Deed]()
        kind = self.applicants.table["kind"][holders[0]]
        if random.random() < _LICENSED.get(kind, 0):
            day, taker = self._day(lives, row, start), self._firm(topic, holders, "")
            if day is not None and taker is not None:
                found.append(self._deed("许可", day, holders, [taker]))
        if random.random() < _PLEDGED.get(kind, 0):
            day = self._day(lives, row, start)
            if day is not None:
                pledge = self._deed("质押", day, holders, [])
                found.append(pledge._replace(taken=(random.choice(self.banks),)))
        return found

    def _deed(self, kind: str, day: np.datetime64, given: list[int], taken: list[int]) -> Deed:
        year = int(str(day)[:4])
        return Deed(kind, day, tuple(self.name_at(one, year) for one in given),
                    tuple(self.name_at(one, year) for one in taken))  # fmt: skip

    def _firm(self, topic: int, holders: list[int], group: str) -> int | None:
        """Another member of the group, or a firm of the trade."""
        table = self.applicants.table
        fits = (table["kind"] == "企业").to_numpy() & ~np.isin(np.arange(len(table)), holders)
        members = np.flatnonzero(fits & (table["group"] == group).to_numpy() & bool(group))
        if len(members) and self.random.random() < 0.55:
            return int(self.random.choice(members))
        return self.applicants.draw(topic, self.random, fits)

    def _day(self, lives: Lives, row: int, start: np.datetime64) -> np.datetime64 | None:
        """A gazette day while the patent lived, later ones likelier; None when there is no room."""
        ends = (lives.lapse[row], lives.ended[row], np.datetime64(AS_OF, "D"))
        room = int((min(end for end in ends if not np.isnat(end)) - start).astype(int)) - 70
        if room < 1:
            return None
        wait = 60 + int(room * self.random.random() ** 0.7)
        found: np.datetime64 = gazette_day(np.array([start + wait]))[0]
        return found
