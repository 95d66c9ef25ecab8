"""Administrative divisions of China: today's names, former ones, aliases, and CNIPA's 国省代码.

Codes are those of GB/T 2260 without trailing zeros: two digits a province, four a city, six a county.
Taiwan's cities, which GB/T 2260 leaves out, have codes of our own (71xx). Sources: README.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from patents.tables.files import read_csv


@dataclass(frozen=True, slots=True)
class Alias:
    """A name that is no division's own.

    Attributes:
        context: code of the division in which the alias means this; empty for everywhere. A former
            county of that city (寿县 in 六安) may lie outside of it.
        name: 两江新区, 塘沽区, 农八师 …
        division: code it stands for; may be shorter than a county when it spans several.
    """

    context: str
    name: str
    division: str


@lru_cache(maxsize=1)
def divisions() -> Mapping[str, str]:
    """Return code → name of every province, city, county and development zone (`…71` to `…79`)."""
    return MappingProxyType({row["code"]: row["name"] for row in read_csv("divisions.csv")})


@lru_cache(maxsize=1)
def aliases() -> tuple[Alias, ...]:
    """Return former names (since 1984) and the aliases kept by hand, these last."""
    former = (
        Alias(row["context"], row["name"], row["successor"]) for row in read_csv("divisions_former.csv")
    )
    by_hand = (Alias(row["context"], row["alias"], row["division"]) for row in read_csv("region_aliases.csv"))
    return (*former, *by_hand)


@lru_cache(maxsize=1)
def cnipa_region_codes() -> Mapping[str, str]:
    """Return 国省代码 → division code: `44` → `44`, `94` → `4403` (深圳), `66` → `46` (海南), `TW` → `71`."""
    return MappingProxyType({row["code"]: row["division"] for row in read_csv("cnipa_region_codes.csv")})


@lru_cache(maxsize=1)
def postcode_prefixes() -> Mapping[str, str]:
    """Return the first two digits of a postcode → province code."""
    return MappingProxyType({row["prefix"]: row["division"] for row in read_csv("postcode_prefixes.csv")})


@lru_cache(maxsize=1)
def country_names() -> Mapping[str, str]:
    """Return country name, Chinese or English (lower case) → ISO 3166 code of two letters."""
    names: dict[str, str] = {}
    for row in read_csv("countries.csv"):
        names[row["name"]] = row["code"]
        names[row["name_en"].partition(" (")[0].lower()] = row["code"]
    for row in read_csv("country_aliases.csv"):
        names[row["alias"]] = row["code"]
    return MappingProxyType(names)
