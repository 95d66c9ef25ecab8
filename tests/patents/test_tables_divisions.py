"""Divisions, aliases and 国省代码 agree with each other."""

from __future__ import annotations

import re

from patents.tables.divisions import (
    aliases,
    cnipa_region_codes,
    country_names,
    divisions,
    postcode_prefixes,
)
from patents.tables.files import DATA, read_csv


def test_every_division_has_its_province_and_city():
    known = divisions()
    orphans = [
        code
        for code in known
        if code[:2] not in known
        or (len(code) == 6 and code[:4] not in known and code[2:4] not in {"90", "01", "02"})
    ]
    assert orphans == []
    assert sum(len(code) == 2 for code in known) == 34


def test_every_alias_code_and_prefix_names_a_division():
    known = set(divisions())
    assert {alias.division for alias in aliases()} <= known
    assert {alias.context for alias in aliases()} - {""} <= known
    assert set(cnipa_region_codes().values()) <= known
    assert set(postcode_prefixes().values()) <= known


def test_every_alias_by_hand_gives_its_reason():
    assert all(row["reason"] for row in read_csv("region_aliases.csv"))


def test_the_codes_of_single_plan_cities_mean_cities():
    codes = cnipa_region_codes()
    assert codes["94"] == "4403"
    assert codes["81"] == "4401"
    assert codes["66"] == codes["46"] == "46"


def test_countries_are_read_in_chinese_and_english():
    names = country_names()
    assert names["日本"] == names["japan"] == "JP"
    assert names["美国"] == names["united states of america"] == names["usa"] == "US"
    assert names["韩国"] == names["大韩民国"] == names["republic of korea"] == "KR"
    assert all(re.fullmatch(r"[A-Z]{2}", code) for code in names.values())


def test_the_tables_stay_small():
    assert sum(file.stat().st_size for file in DATA.iterdir()) < 1_500_000
