"""Real divisions with invented streets: where applicants sit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from scripts.demo.draw import Draws, Weights
from scripts.demo.reading import load_yaml

MUNICIPALITIES = frozenset({"北京市", "上海市", "天津市", "重庆市"})


@dataclass(frozen=True, slots=True)
class Place:
    """A county of a city of a province; `county` is empty for cities without counties."""

    province: str
    city: str
    county: str
    postcode: str

    @property
    def text(self) -> str:
        """As it begins an address: 贵州省贵阳市白云区; a municipality is named once."""
        province = "" if self.province in MUNICIPALITIES else self.province
        return f"{province}{self.city}{self.county}"

    @property
    def short_city(self) -> str:
        """贵阳市 → 贵阳, 黔南布依族苗族自治州 → 黔南, 黔东南苗族侗族自治州 → 黔东南."""
        if self.city.endswith("自治州"):
            return self.city[:3] if self.city[1] in "东西" else self.city[:2]
        return self.city.removesuffix("市")


class Gazetteer:
    """Places to draw from."""

    def __init__(self) -> None:
        document = load_yaml("places")
        self.home = str(document["home"])
        self._streets = str(document["streets"]).split()
        self._parks = str(document["parks"]).split()
        self._villages = str(document["villages"]).split()
        self._cities: dict[str, list[tuple[str, str, list[str]]]] = {}
        self._weights: dict[str, Weights] = {}
        for province, lines in cast(dict[str, list[list[object]]], document["provinces"]).items():
            self._cities[province] = [
                (str(c), str(code), str(counties).split()) for c, _, code, counties in lines
            ]
            self._weights[province] = Weights([float(str(line[1])) for line in lines])
        others = cast(dict[str, float], document["weights"])
        self._others, self._other_weights = list(others), Weights(list(others.values()))

    def place(self, draws: Draws, *, home: bool) -> Place:
        """Any place of the home province, or of the others."""
        province = self.home if home else draws.weighted(self._others, self._other_weights)
        city, postcode, counties = draws.weighted(self._cities[province], self._weights[province])
        return Place(province, city, draws.pick(counties) if counties else "", postcode)

    def named(self, text: str) -> Place:
        """The place of a curated applicant, `贵阳市 白云区` or `东莞市`.

        Raises:
            KeyError: no such city in places.yaml.
        """
        city, _, county = text.partition(" ")
        for province, cities in self._cities.items():
            for name, postcode, _ in cities:
                if name == city:
                    return Place(province, city, county, postcode)
        raise KeyError(f"{text} is not in places.yaml")

    def address(self, place: Place, kind: str, draws: Draws) -> str:
        """A full address with postcode, as portals print it."""
        house = draws.between(1, 398)
        if kind == "个人" and draws.chance(0.6):
            tail = f"{draws.pick(self._villages)}{draws.between(1, 12)}组{house}号"
        elif kind == "企业" and draws.chance(0.45):
            tail = f"{draws.pick(self._parks)}{draws.pick(self._streets)}{house}号"
        else:
            tail = f"{draws.pick(self._streets)}{house}号"
        return f"{place.postcode} {place.text}{tail}"
