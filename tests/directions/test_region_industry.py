"""区域×产业 counted by hand."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from directions.counting import Counting
from directions.reference import PatentReference
from directions.region_industry import region_industry
from directions.study import Period, Study

# city, industries, year
ROWS = [
    ("贵阳市", ["p:有色"], 2018),
    ("贵阳市", ["p:有色", "p:茶"], 2019),
    ("贵阳市", ["p:有色"], 2019),
    ("贵阳市", [], 2019),
    ("遵义市", ["p:茶"], 2018),
    ("遵义市", ["p:茶"], 2020),
    (None, ["p:茶"], 2020),
    ("安顺市", ["q:别的"], 2020),
]


@pytest.fixture
def study() -> Study:
    cities, industries, years = zip(*ROWS, strict=True)
    frame = pl.DataFrame(
        {
            "key": [str(row) for row in range(len(ROWS))],
            "row": range(len(ROWS)),
            "province": ["贵州省"] * len(ROWS),
            "city": cities,
            "county": pl.Series([None] * len(ROWS), dtype=pl.String),
            "industries": industries,
            "year": years,
        },
        schema_overrides={"industries": pl.List(pl.String)},
    )
    return Study(
        title="贵州",
        query="*",
        patents=frame,
        counting=Counting(),
        as_of=date(2026, 6, 30),
        period=Period(2018, 2020),
    )


def cell(made, region, industry):
    found = made.cells.rows.filter((pl.col("region") == region) & (pl.col("industry") == industry))
    return found.row(0, named=True)


def test_every_cell_counts_patents_shares_and_rta(study):
    made = region_industry(study, "p")
    assert made.counts.rows["region"].to_list() == ["贵阳市", "遵义市", "安顺市"]
    assert made.counts.rows.columns == ["region", "茶", "有色"]
    guiyang = cell(made, "贵阳市", "有色")
    assert (guiyang["count"], guiyang["share"]) == (3, 1.0)
    # 3 of 4 patents of 贵阳市; 3 of 7 patents whose city is known.
    assert guiyang["rta"] == pytest.approx((3 / 4) / (3 / 7))
    zunyi = cell(made, "遵义市", "茶")
    assert (zunyi["count"], zunyi["share"]) == (2, pytest.approx(2 / 3))
    assert zunyi["rta"] == pytest.approx((2 / 2) / (3 / 7))
    assert cell(made, "安顺市", "茶")["standing"] == "空白"


def test_counts_of_a_region_add_up_to_its_memberships(study):
    made = region_industry(study, "p")
    assert made.cells.rows["count"].sum() == 6
    shares = made.cells.rows.group_by("industry").agg(pl.col("share").sum())
    assert shares["share"].to_list() == [pytest.approx(1.0)] * 2


def test_growth_of_a_cell_is_that_of_its_years(study):
    # 贵阳市 × 有色: 1, 2, 0 over 2018–2020; 遵义市 × 茶: 1, 0, 1.
    made = region_industry(study, "p")
    assert cell(made, "贵阳市", "有色")["growth_rate"] == pytest.approx(-1.0)
    assert cell(made, "遵义市", "茶")["growth_rate"] == pytest.approx(0.0)


def test_a_reference_takes_the_place_of_the_regions_together(study):
    nation = replace(study, patents=study.patents.filter(pl.col("row") > 0))
    made = region_industry(study, "p", reference=PatentReference(title="全国", study=nation))
    # 有色 in the reference: 2 of 7.
    assert cell(made, "贵阳市", "有色")["rta"] == pytest.approx((3 / 4) / (2 / 7))
    assert "全国" in made.cells.notes[0].zh


def test_names_and_the_number_of_regions_can_be_chosen(study):
    made = region_industry(study, "p", ("茶", "酒"), most=1)
    assert made.counts.rows.rows() == [("贵阳市", 1, 0)]
    assert cell(made, "贵阳市", "酒")["rta"] is None


def test_without_regions_it_says_what_is_needed(study):
    bare = replace(study, patents=study.patents.with_columns(city=pl.lit(None, dtype=pl.String)))
    made = region_industry(bare, "p")
    assert "city" in made.cells.missing.zh
    assert made.counts.empty
    assert made.quotients.empty
