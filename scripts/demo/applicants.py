"""Applicants: firms, groups with members, universities, institutes, hospitals, authorities, individuals.

One table of applicants, and one matrix that says how likely each is to file on each topic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from scripts.demo.settings import SEPARATOR
from scripts.demo.vocabulary import Shape, Topic, load_toml

MUNICIPALITIES = ("北京市", "上海市", "天津市", "重庆市")
_FORMS = ("有限公司", "有限公司", "有限公司", "有限公司", "有限责任公司", "股份有限公司")
_FORMER = {"股份有限公司": "有限公司", "有限公司": "有限责任公司", "有限责任公司": "有限公司"}
_ENDS = ("", "", "", "科技", "", "发展", "实业")
_RENAMED, _NAMESAKES, _HOME_AGENCY = 0.07, 0.04, 0.6
_TEAM = {"企业": (4, 9), "高校": (4, 8), "科研院所": (4, 8), "医院": (3, 6), "个人": (1, 1)}
_TEAMS = {"高校": 3, "科研院所": 2}
_COLUMNS = ("name", "kind", "country", "province", "city", "county", "address", "group", "topic", "former",
            "renamed", "agencies")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Applicants:
    """Who may file.

    Attributes:
        table: name, kind, country, province, city, county, address, group, topic (main one of a firm),
            former (name until the end of the year before `renamed`), agencies; a row an applicant.
        weights: float64 (topics, applicants), each row sums to 1; those from abroad weigh 0.
        abroad: topic name → rows of applicants abroad.
        agents: agency → its agents.
    """

    table: pl.DataFrame
    weights: NDArray[np.float64]
    abroad: dict[str, list[int]]
    agents: dict[str, list[str]]

    def draw(self, topic: int, random: Random, fits: NDArray[np.bool_]) -> int | None:
        """A row among those that fit and work on a topic; None where nobody does."""
        weights = np.cumsum(self.weights[topic] * fits)
        return int(np.searchsorted(weights, random.random() * weights[-1], "right")) if weights[-1] else None


class People:
    """Invented names; now and then two persons share one.

    Args:
        random: where decisions come from.
    """

    def __init__(self, random: Random) -> None:
        self.words = {key: str(text).split() for key, text in load_toml("people").items()}
        self._random, self._names = random, list[str]()
        self._frequency = [1 / (rank + 6) for rank in range(len(self.words["surnames"]))]

    def person(self) -> str:
        """A name of two or three characters (four with a double surname)."""
        random, words = self._random, self.words
        if self._names and random.random() < _NAMESAKES:
            return random.choice(self._names)
        surname = random.choices(words["surnames"], self._frequency)[0]
        first = random.choice(words["first"]) if random.random() < 0.78 else ""
        self._names.append(surname + first + random.choice(words["last"]))
        return self._names[-1]

    def team(self, size: int) -> list[str]:
        """Different persons."""
        names: dict[str, None] = {}
        while len(names) < size:
            names[self.person()] = None
        return list(names)


@dataclass(frozen=True, slots=True)
class Teams:
    """Who invents: every applicant has one or several teams a topic, which stay together."""

    people: People
    random: Random
    known: dict[tuple[str, str, int], list[str]] = field(default_factory=dict)

    def inventors(self, name: str, kind: str, topic: str, most: int) -> list[str]:
        """Some of one team, its head usually first; an individual invents by himself."""
        random = self.random
        key = (name, topic, random.randrange(_TEAMS.get(kind, 1)))
        if key not in self.known:
            own = [name] if kind == "个人" else []
            self.known[key] = own or self.people.team(random.randint(*_TEAM.get(kind, (2, 5))))
        team = self.known[key]
        others = random.sample(team[1:], min(len(team) - 1, random.randint(1, most)))
        return [team[0], *others] if len(team) == 1 or random.random() < 0.7 else others


def short_city(city: str) -> str:
    """贵阳市 → 贵阳, 黔南布依族苗族自治州 → 黔南, 黔东南苗族侗族自治州 → 黔东南."""
    if city.endswith("自治州"):
        return city[:3] if city[1] in "东西" else city[:2]
    return city.removesuffix("市")


class _Gazetteer:
    """Real divisions with invented streets."""

    def __init__(self, random: Random) -> None:
        document = load_toml("places")
        self._random, self.home = random, str(document["home"])
        self._words = {key: document[key].split() for key in ("streets", "parks", "villages")}
        self._others = document["weights"]
        self._cities = document["provinces"]
        self._codes = {row[0]: (name, row[2]) for name, rows in self._cities.items() for row in rows}

    def draw(self, home: bool) -> dict[str, str]:
        """Any county of the home province, or of the others; big cities likelier."""
        random = self._random
        province = self.home if home else random.choices([*self._others], [*self._others.values()])[0]
        cities = self._cities[province]
        city, _, code, counties = random.choices(cities, [line[1] for line in cities])[0]
        rank = [1 / (place + 1.5) for place in range(max(1, len(counties.split())))]
        county = random.choices(counties.split() or [""], rank)[0]
        return {"province": province, "city": city, "county": county, "code": code}

    def named(self, text: str) -> dict[str, str]:
        """The place of `贵阳市 白云区` or `东莞市`."""
        city, _, county = text.partition(" ")
        province, code = self._codes[city]
        return {"province": province, "city": city, "county": county, "code": code}

    def address(self, place: dict[str, str], kind: str) -> str:
        """A full address with postcode, as portals print it; a municipality is named once."""
        random, words = self._random, self._words
        province = "" if place["province"] in MUNICIPALITIES else place["province"]
        tail = f"{random.choice(words['streets'])}{random.randint(1, 398)}号"
        if kind == "个人" and random.random() < 0.6:
            tail = f"{random.choice(words['villages'])}{random.randint(1, 12)}组{random.randint(1, 98)}号"
        elif kind == "企业" and random.random() < 0.45:
            tail = random.choice(words["parks"]) + tail
        return f"{place['code']} {province}{place['city']}{place['county']}{tail}"


class _Maker:
    """Fills the table row by row; `pools` holds (topic, row, weight)."""

    def __init__(self, people: People, random: Random) -> None:
        self.random, self.people, self.gazetteer = random, people, _Gazetteer(random)
        self.rows: list[dict[str, Any]] = []
        self.pools: list[tuple[str, int, float]] = []
        self.agents: dict[str, list[str]] = {}
        self._by_city: dict[str, list[str]] = {}

    def add(self, name: str, kind: str, place: dict[str, str], **more: object) -> int:
        """Adds one applicant, returns its row."""
        agencies = [self._agency(place["city"]) for _ in range(self.random.randint(1, 2))]
        if kind in ("个人", "企业") and self.random.random() < (0.4 if kind == "个人" else 0.12):
            agencies = []
        row = dict.fromkeys(_COLUMNS, "") | {"country": "CN", "renamed": 0}
        row |= {key: place[key] for key in ("province", "city", "county")}
        row |= {"name": name, "kind": kind, "address": self.gazetteer.address(place, kind)}
        self.rows.append(row | {"agencies": SEPARATOR.join(agencies)} | more)
        return len(self.rows) - 1

    def agency(self, city: str) -> str:
        """贵阳岑峤专利代理事务所(普通合伙)."""
        words = self.people.words
        name = f"{city}{self.random.choice(words['agencies'])}{self.random.choice(words['agency_ends'])}"
        self.agents.setdefault(name, self.people.team(self.random.randint(3, 9)))
        return name

    def _agency(self, city: str) -> str:
        at_home = self.random.random() < _HOME_AGENCY
        near = short_city(city) if at_home else self.random.choice(("贵阳", "北京", "成都"))
        known = self._by_city.setdefault(near, [])
        if len(known) < 6 and (not known or self.random.random() < 0.5):
            known.append(self.agency(near))
        return self.random.choice(known)

    def firm_name(self, topic: Topic, city: str, province: str) -> str:
        """黔峤… by seat, brand, trade and legal form."""
        random, words = self.random, self.people.words
        seat = random.choice((short_city(city), short_city(city), province[:2], ""))
        brand = random.choice(words["brand_first"]) + random.choice(words["brand_last"])
        trade = random.choice(topic.firms)
        end = "" if trade.endswith(("科技", "技术", "业")) else random.choice(_ENDS)
        return f"{seat}{brand}{trade}{end}{random.choice(_FORMS)}"


def make_applicants(
    topics: Sequence[Topic], shapes: dict[str, Shape], expected: NDArray[np.float64],
    people: People, random: Random,
) -> Applicants:  # fmt: skip
    """All applicants for topics with so many expected patents each."""
    maker = _Maker(people, random)
    _add_groups(maker)
    abroad = _add_institutions(maker, topics)
    taken = {row["name"] for row in maker.rows}
    for topic, count in zip(topics, expected, strict=True):
        home = shapes[topic.industry].home
        for rank in range(max(4, round(0.75 * count**0.72))):
            _add_firm(maker, topic, 2.2 / (rank + 1.5) ** 0.8, random.random() < home, taken)
        for _ in range(max(3, round(0.2 * count))):
            place = maker.gazetteer.draw(random.random() < home)
            maker.pools.append((topic.name, maker.add(people.person(), "个人", place), 1.0))
    table = pl.DataFrame(maker.rows, schema_overrides={"renamed": pl.Int64})
    return Applicants(table, _weights(topics, shapes, table, maker), abroad, maker.agents)


def _add_groups(maker: _Maker) -> None:
    for group in load_toml("groups")["groups"]:
        for name, place, topics in group["members"]:
            listed = topics.split()
            row = maker.add(name, "企业", maker.gazetteer.named(place), group=group["name"], topic=listed[0])
            weight = 1.5 * group["weight"]
            maker.pools += [(topic, row, weight / (1 + rank)) for rank, topic in enumerate(listed)]


def _add_institutions(maker: _Maker, topics: Sequence[Topic]) -> dict[str, list[int]]:
    """Universities and others of institutions.toml; returns those abroad by topic."""
    document, abroad = dict(load_toml("institutions")), dict[str, list[int]]()
    for name, address, country, subjects in document.pop("foreign"):
        nowhere = {"province": "", "city": "北京市", "county": "", "code": ""}
        row = maker.add(name, "企业", nowhere, country=country)
        maker.rows[row] |= {"city": "", "address": address, "agencies": maker.agency("北京")}
        for topic in subjects.split():
            abroad.setdefault(topic, []).append(row)
    for kind, listed in document.items():
        for name, place, weight, subjects in listed:
            row = maker.add(name, kind, maker.gazetteer.named(place))
            wanted = set(subjects.split())
            maker.pools += [(t.name, row, float(weight)) for t in topics if wanted & {t.name, t.industry}]
    return abroad


def _add_firm(maker: _Maker, topic: Topic, weight: float, home: bool, taken: set[str]) -> None:
    place, name = maker.gazetteer.draw(home), ""
    while not name or name in taken:
        name = maker.firm_name(topic, place["city"], place["province"])
    taken.add(name)
    more: dict[str, object] = {"topic": topic.name}
    if maker.random.random() < _RENAMED:
        form = next(form for form in _FORMER if name.endswith(form))
        more |= {"former": name.removesuffix(form) + _FORMER[form]}
        more |= {"renamed": maker.random.randint(2015, 2023)}
    maker.pools.append((topic.name, maker.add(name, "企业", place, **more), weight))


def _weights(
    topics: Sequence[Topic], shapes: dict[str, Shape], table: pl.DataFrame, maker: _Maker
) -> NDArray[np.float64]:
    """Within a topic every kind has its share, and of each the home province has its share."""
    weights = np.zeros((len(topics), len(table)))
    place = {topic.name: i for i, topic in enumerate(topics)}
    for topic_name, row, weight in maker.pools:
        if topic_name in place:
            weights[place[topic_name], row] += weight
    kinds = table["kind"].to_numpy()
    at_home = (table["province"] == maker.gazetteer.home).to_numpy()
    for i, topic in enumerate(topics):
        shape = shapes[topic.industry]
        for kind in np.unique(kinds):
            for side, share in ((at_home, shape.home), (~at_home, 1 - shape.home)):
                cell = (kinds == kind) & side
                total = weights[i, cell].sum()
                weights[i, cell] *= shape.kinds.get(kind, 0) * share / total if total else 0
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))
