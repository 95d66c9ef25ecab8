"""Transfers, licences and pledges."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from scripts.demo.draw import Draws
from scripts.demo.holders import Holder
from scripts.demo.life import Life, gazette_day
from scripts.demo.parties import Parties, Party
from scripts.demo.vocabulary import Topic

_SOLD = {"企业": 0.05, "高校": 0.085, "科研院所": 0.05, "个人": 0.09, "医院": 0.012}
_LICENSED = {"企业": 0.01, "高校": 0.035, "科研院所": 0.03, "个人": 0.02}
_PLEDGED = {"企业": 0.035}
_IN_GROUP = 0.07


@dataclass(frozen=True, slots=True)
class Deed:
    """One entry of the register with its parties."""

    kind: Literal["转让", "许可", "质押"]
    day: date
    given: tuple[str, ...]
    taken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Register:
    """All deeds of a patent, and who holds it now."""

    deeds: tuple[Deed, ...]
    holders: tuple[Holder, ...]


def register(topic: Topic, party: Party, life: Life, parties: Parties, as_of: date, draws: Draws) -> Register:
    """Draws what happened to the right of one patent until `as_of`."""
    deeds: list[Deed] = []
    holders = party.applicants
    kind = holders[0].kind
    sold = _SOLD.get(kind, 0.0) + (_IN_GROUP if holders[0].group else 0.0)
    start = life.first_publication
    if life.grant is None:
        sold *= 0.3
    for _ in range(2):
        day = _some_day(start, life, as_of, draws) if draws.chance(sold) else None
        buyers = parties.successor(topic, day.year, holders) if day else ()
        if day is None or not buyers:
            break
        deeds.append(Deed("转让", day, _names(holders), _names(buyers)))
        holders, start, sold = buyers, day + timedelta(days=200), 0.1
    deeds += _uses(topic, holders, life, max(start, life.grant or start), parties, as_of, draws)
    return Register(tuple(sorted(deeds, key=lambda deed: deed.day)), holders)


def _uses(
    topic: Topic,
    holders: tuple[Holder, ...],
    life: Life,
    start: date,
    parties: Parties,
    as_of: date,
    draws: Draws,
) -> list[Deed]:
    """A licence or a pledge of a granted right by its last holder."""
    if life.grant is None:
        return []
    found: list[Deed] = []
    kind = holders[0].kind
    if draws.chance(_LICENSED.get(kind, 0.0)):
        day = _some_day(start, life, as_of, draws)
        takers = parties.successor(topic, day.year, holders) if day else ()
        if day and takers:
            found.append(Deed("许可", day, _names(holders), _names(takers)))
    if draws.chance(_PLEDGED.get(kind, 0.0)):
        day = _some_day(start, life, as_of, draws)
        if day:
            bank = draws.pick(parties.directory.people.banks)
            found.append(Deed("质押", day, _names(holders), (bank,)))
    return found


def _some_day(start: date, life: Life, as_of: date, draws: Draws) -> date | None:
    """A gazette day while the patent lived, later ones likelier; None when there is no room."""
    end = min(life.lapse or as_of, life.ended or as_of, as_of)
    room = (end - start).days - 70
    if room < 1:
        return None
    return gazette_day(start + timedelta(days=60 + int(room * draws.uniform() ** 0.7)))


def _names(holders: tuple[Holder, ...]) -> tuple[str, ...]:
    return tuple(holder.name for holder in holders)
