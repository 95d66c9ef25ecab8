"""Applicants: firms, groups with members, universities, institutes, hospitals, authorities, individuals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from scripts.demo.draw import Draws, Weights
from scripts.demo.people import Agency, People
from scripts.demo.reading import load_yaml
from scripts.demo.regions import Gazetteer, Place
from scripts.demo.vocabulary import Topic

_LEGAL_FORMS = ("有限公司", "有限公司", "有限公司", "有限公司", "有限责任公司", "股份有限公司")
_TRADE_ENDS = ("", "", "", "科技", "", "发展", "实业")
_TEAM_SIZES = {"企业": 9, "高校": 26, "科研院所": 18, "医院": 12, "政府": 6, "其他": 5, "个人": 1}


@dataclass(slots=True)
class Holder:
    """One applicant.

    Attributes:
        kind: 企业, 高校, 科研院所, 医院, 政府, 个人 or 其他.
        country: two-letter code; place is None for those abroad.
        group: name of its group, or empty.
        founded: first year in which it can file.
        staff: its inventors.
        agencies: those it works with; empty for those who file by themselves.
    """

    name: str
    kind: str
    place: Place | None
    address: str
    country: str = "CN"
    group: str = ""
    founded: int = 0
    staff: tuple[str, ...] = ()
    agencies: tuple[Agency, ...] = ()


@dataclass(slots=True)
class Pool:
    """Holders of one kind for one topic, home and elsewhere apart."""

    home: list[Holder] = field(default_factory=list)
    away: list[Holder] = field(default_factory=list)
    home_weights: list[float] = field(default_factory=list)
    away_weights: list[float] = field(default_factory=list)

    def add(self, holder: Holder, weight: float, home_province: str) -> None:
        """Puts a holder in with its weight."""
        at_home = holder.place is not None and holder.place.province == home_province
        (self.home if at_home else self.away).append(holder)
        (self.home_weights if at_home else self.away_weights).append(weight)


class Directory:
    """All applicants of one corpus.

    Args:
        topics: all topics.
        expected: number of patents expected per topic, by topic name; sets how many firms there are.
        home_shares: share filed from the home province, by industry.
        draws: where decisions come from.
    """

    def __init__(
        self,
        topics: Sequence[Topic],
        expected: Mapping[str, float],
        home_shares: Mapping[str, float],
        draws: Draws,
    ) -> None:
        self._draws = draws
        self.gazetteer = Gazetteer()
        self.people = People(draws)
        self._names: set[str] = set()
        self._agencies: dict[str, list[Agency]] = {}
        self._pools: dict[tuple[str, str], Pool] = {}
        self._weights: dict[tuple[str, str, bool], tuple[list[Holder], Weights]] = {}
        self.foreign: dict[str, list[Holder]] = {}
        self.members: dict[str, list[Holder]] = {}
        self._add_groups()
        self._add_institutions(topics)
        for topic in topics:
            self._add_firms(topic, expected[topic.name], home_shares[topic.industry])

    def draw(self, topic: Topic, kind: str, year: int, *, home: bool) -> Holder | None:
        """A holder of a kind that works on a topic and existed in a year; None when there is none."""
        if kind == "个人":
            return self._individual(topic, home)
        holders, weights = self._weighted(topic, kind, home)
        if not holders:
            holders, weights = self._weighted(topic, kind, not home)
        for _ in range(6):
            if not holders:
                return None
            holder = self._draws.weighted(holders, weights)
            if holder.founded <= year:
                return holder
        return holders[0] if holders and holders[0].founded <= year else None

    def _weighted(self, topic: Topic, kind: str, home: bool) -> tuple[list[Holder], Weights]:
        key = (topic.name, kind, home)
        if key not in self._weights:
            pool = self._pools.get((topic.name, kind), Pool())
            holders = pool.home if home else pool.away
            self._weights[key] = (holders, Weights(pool.home_weights if home else pool.away_weights))
        return self._weights[key]

    def _individual(self, topic: Topic, home: bool) -> Holder:
        """Now and then one who filed before, else somebody new."""
        pool = self._pools.setdefault((topic.name, "个人"), Pool())
        known = pool.home if home else pool.away
        if known and self._draws.chance(0.4):
            return self._draws.pick(known)
        name = self.people.person()
        place = self.gazetteer.place(self._draws, home=home)
        holder = Holder(
            name, "个人", place, self.gazetteer.address(place, "个人", self._draws), staff=(name,)
        )
        if self._draws.chance(0.6):
            holder.agencies = (self._agency(place),)
        pool.add(holder, 1.0, self.gazetteer.home)
        return holder

    def _add_groups(self) -> None:
        for group in cast(list[dict[str, object]], load_yaml("groups")):
            name, weight = str(group["name"]), float(str(group["weight"]))
            for member, place, topics in cast(list[list[str]], group["members"]):
                holder = self._curated(member, "企业", place, staff=14)
                holder.group = name
                self.members.setdefault(name, []).append(holder)
                for rank, topic in enumerate(topics.split()):
                    self._pool(topic, "企业").add(holder, 1.5 * weight / (1 + rank), self.gazetteer.home)

    def _add_institutions(self, topics: Sequence[Topic]) -> None:
        document = cast(dict[str, list[list[object]]], load_yaml("institutions"))
        for name, place, country, subjects in document.pop("foreign"):
            for subject in str(subjects).split():
                staff = self.people.team(4)
                holder = Holder(str(name), "企业", None, str(place), country=str(country), staff=staff)
                self.foreign.setdefault(subject, []).append(holder)
        for kind, lines in document.items():
            for name, place, weight, subjects in lines:
                holder = self._curated(str(name), kind, str(place), staff=_TEAM_SIZES[kind])
                wanted = set(str(subjects).split())
                for topic in topics:
                    if wanted & {topic.name, topic.industry}:
                        self._pool(topic.name, kind).add(holder, float(str(weight)), self.gazetteer.home)

    def _curated(self, name: str, kind: str, place_name: str, staff: int) -> Holder:
        place = self.gazetteer.named(place_name)
        self._names.add(name)
        return Holder(
            name,
            kind,
            place,
            self.gazetteer.address(place, kind, self._draws),
            staff=self.people.team(staff),
            agencies=(self._agency(place), self._agency(place)),
        )

    def _add_firms(self, topic: Topic, expected: float, home_share: float) -> None:
        count = max(3, round(0.75 * expected**0.72))
        for rank in range(count):
            place = self.gazetteer.place(self._draws, home=self._draws.chance(home_share))
            holder = Holder(
                name=self._firm_name(topic, place),
                kind="企业",
                place=place,
                address=self.gazetteer.address(place, "企业", self._draws),
                founded=self._draws.between(1998, 2021) if rank else 2000,
                staff=self.people.team(self._draws.between(3, _TEAM_SIZES["企业"])),
            )
            if self._draws.chance(0.88):
                holder.agencies = (self._agency(place),)
            self._pool(topic.name, "企业").add(holder, 2.2 / (rank + 1.5) ** 0.8, self.gazetteer.home)

    def _firm_name(self, topic: Topic, place: Place) -> str:
        while True:
            seat = self._draws.pick((place.short_city, place.short_city, place.province[:2], ""))
            trade = self._draws.pick(topic.firms)
            end = "" if trade.endswith(("科技", "技术", "业")) else self._draws.pick(_TRADE_ENDS)
            name = f"{seat}{self.people.brand()}{trade}{end}{self._draws.pick(_LEGAL_FORMS)}"
            if name not in self._names:
                self._names.add(name)
                return name

    def _agency(self, place: Place) -> Agency:
        city = (
            place.short_city
            if self._draws.chance(0.6)
            else self._draws.pick(("贵阳", "北京", "成都", "重庆"))
        )
        known = self._agencies.setdefault(city, [])
        if len(known) < 6 and self._draws.chance(0.5 if known else 1.0):
            known.append(self.people.agency(city))
        return self._draws.pick(known)

    def _pool(self, topic: str, kind: str) -> Pool:
        return self._pools.setdefault((topic, kind), Pool())
