"""Place names → division codes: every spelling that may stand at the start of a Chinese address."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from patents.tables.divisions import aliases, divisions

MUNICIPALITIES = frozenset({"11", "12", "31", "50"})
_PROVINCE_END = re.compile(r"(?:壮族|回族|维吾尔)?(?:自治区|特别行政区|省|市)$")
_PEOPLES = (
    "蒙古族|蒙古|回族|藏族|维吾尔族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族|哈萨克|傣族|黎族|"
    "傈僳族|佤族|畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜族|柯尔克孜|土族|达斡尔族|达斡尔|仫佬族|羌族|布朗族|撒拉族|毛南族|"
    "仡佬族|锡伯族|锡伯|阿昌族|普米族|塔吉克族|塔吉克|怒族|鄂温克族|鄂伦春族|保安族|裕固族|独龙族|各族"
)
_AUTONOMOUS = re.compile(rf"(?P<stem>.+?)(?:{_PEOPLES})*自治(?P<kind>[州县旗])$")
_COUNTY_END = re.compile(r"(?:区|县|旗)$")
_CITY_END = re.compile(r"(?:市|地区|盟)$")


Form = Literal["full", "short", "stem"]


@dataclass(frozen=True, slots=True)
class Place:
    """One reading of a name.

    Attributes:
        code: division code, two, four or six digits.
        context: the name means this only inside that division; empty for everywhere.
        form: `full` (广州市); `short`, a city without its ending (广州, 昆山), which may be the start of
            a street's name; `stem`, a county without it (江宁), which counts before a zone's name only.
    """

    code: str
    context: str
    form: Form


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All names.

    Attributes:
        places: folded name → its readings.
        lengths: first two characters of a name → lengths of the names that begin so, longest first.
        counties: city code → pattern that finds a full county name of that city inside a text.
    """

    places: Mapping[str, tuple[Place, ...]]
    lengths: Mapping[str, tuple[int, ...]]
    counties: Mapping[str, re.Pattern[str]]


def fold_name(text: str) -> str:
    """Full-width characters to half-width, no spaces, no dashes between the levels."""
    return re.sub(r"[\s\-—–_·,，、]+", "", unicodedata.normalize("NFKC", text))


def is_zone(code: str) -> bool:
    """Tell whether a code is a development zone of the statistics, not a county: 3205**76**."""
    return len(code) == 6 and "71" <= code[4:] <= "79"


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """Build the index once, in about 0.1 s."""
    places: dict[str, set[Place]] = defaultdict(set)
    for code, name in divisions().items():
        for place, spelling in _spellings(code, name):
            places[fold_name(spelling)].add(place)
    for alias in aliases():
        name = fold_name(alias.name)
        taken = (place for place in places[name] if place.form == "full")
        if len(alias.context) >= 4 or not any(place.code.startswith(alias.context) for place in taken):
            places[name].add(Place(alias.division, alias.context, "full"))
    frozen = {name: tuple(sorted(found, key=lambda p: p.code)) for name, found in places.items() if found}
    lengths: dict[str, set[int]] = defaultdict(set)
    for name in frozen:
        lengths[name[:2]].add(len(name))
    by_head = {head: tuple(sorted(found, reverse=True)) for head, found in lengths.items()}
    return Gazetteer(frozen, by_head, dict(_county_patterns(frozen)))


def _spellings(code: str, name: str) -> Iterator[tuple[Place, str]]:
    """Yield every spelling of one division with its reading."""
    yield Place(code, "", "full"), name
    if len(code) == 2:
        yield Place(code, "", "short"), _PROVINCE_END.sub("", name)
    elif autonomous := _AUTONOMOUS.match(name):
        stem = autonomous["stem"]
        yield Place(code, "" if len(code) == 4 else code[:2], "full"), stem + autonomous["kind"]
        if len(code) == 4:
            yield Place(code, code[:2], "short"), stem
    elif len(code) == 4:
        yield Place(code, "", "short"), _CITY_END.sub("", name)
    elif name.endswith("市"):
        yield Place(code, code[:2], "short"), name[:-1]
    elif not is_zone(code) and len(name) > 2:
        yield Place(code, _city_code(code), "stem"), _COUNTY_END.sub("", name)


def _county_patterns(places: Mapping[str, tuple[Place, ...]]) -> Iterator[tuple[str, re.Pattern[str]]]:
    names: dict[str, list[str]] = defaultdict(list)
    for name, found in places.items():
        for place in found:
            if len(place.code) == 6 and place.form == "full" and not is_zone(place.code) and len(name) > 2:
                names[_city_code(place.code)].append(name)
    for city, of_city in names.items():
        yield city, re.compile("|".join(map(re.escape, sorted(of_city, key=lambda n: (-len(n), n)))))


def _city_code(code: str) -> str:
    return code[:2] if code[:2] in MUNICIPALITIES else code[:4]
