"""Where an applicant sits: 省, 市, 县 from an export's region columns and the first applicant's address.

The columns decide first (国省代码, province, city, county), the address fills what they leave open.
Names are today's: 襄樊 reads as 襄阳市, 双流县 as 双流区, a county that moved belongs to its present city.
A name that several places share (鼓楼区) is read only where province or city says which.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from patents.tables.divisions import cnipa_region_codes, country_names, divisions, postcode_prefixes
from patents.tables.gazetteer import MUNICIPALITIES, Gazetteer, Place, fold_name, gazetteer, is_zone

_POSTCODE = re.compile(r"^\s*(?:邮编[:：]?)?(\d{6})(?!\d)\s*")
_CHINA = re.compile(r"^(?:中华人民共和国|中国(?!台湾|香港|澳门|[(（]))")
_FREE_TRADE = re.compile(r"^中国\(([^)]{2,4})\)")
_BEFORE_1997 = re.compile(r"^四川省?(?=重庆|万县|涪陵|黔江)|^广东省?(?=海口|三亚|海南)")
_FILLER = re.compile(
    r"^(?:市辖区|市区|省直辖县级行政(?:区划|单位)|自治区直辖县级行政(?:区划|单位)|[;；。.:：])"
)
_FILLER_STARTS = frozenset("市省自;；。.:：")
_STREET = re.compile(r"^(?:[东西南北中]?(?:路|街|大道|大街|巷)|大学|学院)")
_ZONE_WORD = re.compile(
    r"^(?:国家级?|省级|高新|经济|经开|工业|科学园|科技|开发区|产业|空港|新城|园区|循环|化工|综合保税|保税|出口加工)"
)
_SEVERAL = re.compile(r"[;；|]\s*(?=\S)")
_READ = 80  # characters of an address that are read; regions stand at its beginning
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Region:
    """Canonical names, None where unknown.

    Attributes:
        province: 贵州省, 内蒙古自治区, 北京市, 香港特别行政区, 台湾省.
        city: 贵阳市, 黔东南苗族侗族自治州; a municipality repeats its name; a county-level division
            without a city above it (济源市, 仙桃市, 石河子市) stands here and has no county.
        county: 观山湖区; None for cities without counties (东莞市, 中山市, 儋州市, 嘉峪关市) and for
            development zones that are no division.
        country: ISO 3166 code of two letters; `CN` for every Chinese region.
    """

    province: str | None = None
    city: str | None = None
    county: str | None = None
    country: str | None = None


@lru_cache(maxsize=1 << 17)
def resolve_region(
    region_code: str | None = None,
    province: str | None = None,
    city: str | None = None,
    county: str | None = None,
    address: str | None = None,
) -> Region:
    """Return the region of a first applicant.

    Args:
        region_code: 国省代码 as exports write it: `浙江;33`, `33`, `94`, `CN440000`, `US`.
        province: the export's own column, any spelling.
        city: the export's own column.
        county: the export's own column.
        address: of the first applicant; of several in one cell the first is read.
    """
    code, country = _from_columns(region_code, province, city, county)
    if address and (code or country in (None, "CN")):
        code, country = _with_address(code, country, address)
    return _region(code, country)


def _from_columns(*columns: str | None) -> tuple[str, str | None]:
    """Read 国省代码, province, city, county one inside the other: (division code, country)."""
    region_code, *names = columns
    code, country = _read_region_code(region_code) if region_code else ("", None)
    for name in names:
        if not name:
            continue
        found = _walk(fold_name(name), code)[0]
        if not code and not found:
            country = country or _country(name)
        elif not code or found.startswith(code):
            code = found
    return code, country


def _read_region_code(text: str) -> tuple[str, str | None]:
    """Read `浙江;33`: a name decides over a number, because 81 has meant 广州 and 香港."""
    tokens = [token for token in re.split(r"[\s;；,，()（）:：|/]+", text.strip()) if token]
    for token in tokens:
        if code := _walk(fold_name(token), "")[0]:
            return code, None
    for token in tokens:
        bare = re.sub(r"^CN[\s-]*(?=\S)", "", token.upper())
        if bare in cnipa_region_codes():
            return cnipa_region_codes()[bare], None
        if re.fullmatch(r"\d{6}", bare):
            return _known(bare), None
        if country := _country(token):
            return "", country
    return "", None


def _known(six_digits: str) -> str:
    """The longest known division of a six-digit code of GB/T 2260."""
    for length in (6, 4, 2):
        code = six_digits[:length]
        if code in divisions() and (length == 6 or set(six_digits[length:]) <= {"0"}):
            return code
    return six_digits[:2] if six_digits[:2] in divisions() else ""


def _with_address(code: str, country: str | None, address: str) -> tuple[str, str | None]:
    """Let the address say what the columns left open; it never contradicts them."""
    first = _SEVERAL.split(address[:_READ].strip(), maxsplit=1)[0]
    postcode = _POSTCODE.match(first)
    text = _CHINA.sub("", fold_name(first[postcode.end() :] if postcode else first))
    text = _BEFORE_1997.sub("", _FREE_TRADE.sub(r"\1", text))
    found, rest = _walk(text, "")
    if code and not found.startswith(code):
        inside, inner_rest = _walk(text, code)
        found, rest = (inside, inner_rest) if len(inside) > len(code) or not found else (code, "")
    if found:
        return _county_inside(found, rest), None
    country = country or _country(_SEVERAL.split(address.strip(), maxsplit=1)[0])
    if postcode and country in (None, "CN"):
        return postcode_prefixes().get(postcode[1][:2], ""), None
    return code, country


def _walk(text: str, context: str) -> tuple[str, str]:
    """Read division after division from the start: (deepest code, what is left)."""
    names, code, rest = gazetteer(), context, text
    while True:
        if rest[:1] in _FILLER_STARTS:
            rest = _FILLER.sub("", rest)
        step = _step(names, rest, code)
        if step is None:
            return code, rest
        code, rest = step[0], rest[step[1] :]


def _step(names: Gazetteer, rest: str, code: str) -> tuple[str, int] | None:
    """Read one name at the start: (code, length); None when there is none, or several places have it."""
    for length in names.lengths.get(rest[:2], ()):
        places = names.places.get(rest[:length])
        if not places:
            continue
        found = [place.code for place in places if _fits(place, code, rest[length:])]
        if len(found) > 1:
            shortest = min(map(len, found))
            found = list({one for one in found if len(one) == shortest})
        if len(found) == 1:
            return (code if code.startswith(found[0]) else found[0]), length
        if found:
            return None
    return None


def _fits(place: Place, code: str, rest: str) -> bool:
    """Tell whether a reading agrees with what was read before and with what follows."""
    nested = place.code.startswith(code) or code.startswith(place.code)
    if not code.startswith(place.context) or not (nested or (code and code == place.context)):
        return False
    if place.form == "full":
        return True
    if place.form == "stem":
        return len(code) < 6 and _ZONE_WORD.match(rest) is not None
    if _STREET.match(rest):
        return False
    if code or len(place.code) == 2 or not rest:
        return True
    return _step(gazetteer(), rest, place.code) is not None


def _county_inside(code: str, rest: str) -> str:
    """Find the county behind a zone or town: 南京市高新区**浦口区**…; full names of that city only."""
    depth = 2 if code[:2] in MUNICIPALITIES else 4
    pattern = gazetteer().counties.get(code) if len(code) == depth else None
    match = pattern.search(rest) if pattern and rest else None
    if match is None:
        return code
    found = {
        p.code for p in gazetteer().places[match.group()] if len(p.code) == 6 and p.code.startswith(code)
    }
    return found.pop() if len(found) == 1 else code


def _country(text: str) -> str | None:
    """Read a country from a code, a Chinese name at the start or an English one at the end."""
    names, folded = country_names(), fold_name(text)
    if re.fullmatch(r"[A-Za-z]{2}", folded):
        return folded.upper() if folded.upper() in set(names.values()) else names.get(folded.lower())
    if _HAN.search(folded):
        return next(
            (names[folded[:n]] for n in range(min(12, len(folded)), 1, -1) if folded[:n] in names), None
        )
    parts = [re.sub(r"[\d\-]+|^the\s+", "", part.lower()).strip(" .") for part in re.split(r"[,;]", text)]
    return next((names[part] for part in reversed(parts) if part in names), None)


def _region(code: str, country: str | None) -> Region:
    """Name a code."""
    if not code:
        return Region(country=country)
    names = divisions()
    province = names[code[:2]]
    if len(code) == 6 and code[2:4] == "90":
        return Region(province, names[code], None, "CN")
    city = province if code[:2] in MUNICIPALITIES else names.get(code[:4]) if len(code) > 2 else None
    county = names[code] if len(code) == 6 and not is_zone(code) else None
    return Region(province, city, county, "CN")
