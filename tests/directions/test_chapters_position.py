"""Chapters on position and comparison: sentences hold what their tables hold."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from directions.chapters.compare import chapter as compare_chapter
from directions.chapters.position import chapter, level_of
from directions.counting import Counting
from directions.study import Period, Study


def make(cities: list[str], industries: list[list[str]], **changes: object) -> Study:
    count = len(cities)
    frame = pl.DataFrame(
        {
            "key": [str(row) for row in range(count)],
            "row": list(range(count)),
            "province": ["贵州省"] * count,
            "city": cities,
            "county": pl.Series([None] * count, dtype=pl.String),
            "industries": industries,
            "year": [2020] * count,
        },
        schema_overrides={"industries": pl.List(pl.String)},
    )
    study = Study(
        title="贵州",
        query="*",
        patents=frame,
        counting=Counting(),
        as_of=date(2026, 6, 30),
        period=Period(2018, 2020),
    )
    return replace(study, **changes)


@pytest.fixture
def study() -> Study:
    tea, steel = [["p:茶"]] * 40, [["p:钢"]] * 60
    return make(["遵义市"] * 38 + ["贵阳市"] * 62, tea + steel)


def test_the_most_concentrated_pair_and_the_strong_ones_are_named(study):
    made = chapter(study, "p")
    text = "".join(finding.text.zh for finding in made.findings)
    assert "专利最集中的是贵阳市的钢（60件，占该产业的100.0%）" in text
    # 遵义市: 38 of 38 in 茶, against 40 of 100.
    assert "区位熵显著大于1的组合共2个，最高的为遵义市的茶（2.50）、贵阳市的钢（1.61）。" in text
    assert [table.id for table in made.tables] == ["region_industry_count", "region_industry_rta"]


def test_regions_are_those_of_the_home(study):
    assert level_of(study) == ("city", "")
    assert level_of(replace(study, home="贵州省")) == ("city", "贵州省")
    assert level_of(replace(study, home="贵州省/贵阳市")) == ("county", "贵州省/贵阳市")
    many = replace(study, patents=study.patents.with_columns(province=pl.col("row").cast(pl.String) + "省"))
    assert level_of(many) == ("province", "")


def test_without_regions_the_chapter_has_no_sentence(study):
    bare = replace(study, patents=study.patents.with_columns(city=pl.lit(None, dtype=pl.String)))
    made = chapter(bare, "p")
    assert made.findings == () and made.figures == ()


def test_studies_that_count_differently_are_refused(study):
    with pytest.raises(ValueError, match="count differently"):
        compare_chapter([study, replace(study, counting=Counting(designs=True))])
