"""PCT, 高价值发明专利, 专利密集型产业, by hand."""

from dataclasses import replace
from datetime import date

import pytest

from directions.chapters.contents import Scope, make_chapter
from directions.indicators.dense import dense_industries
from directions.indicators.facts_file import Fact, Facts
from directions.indicators.high_value import high_value, high_value_criteria, high_value_share
from directions.indicators.pct import pct_by_year, pct_filings, pct_share
from tests.directions.hand_made import column, pairs, records, study


def test_pct_patents_are_those_with_a_number_or_an_entry_date():
    assert pct_filings(study()).value == 1  # 8
    assert pct_share(study()).value == pytest.approx(1 / 16)
    entered = replace(records()[0], pct_entry_date=date(2014, 9, 9))
    assert pct_filings(study([entered, *records()[1:]])).value == 2
    assert pairs(pct_by_year(study()), "year", "count")[2018] == 1


def test_an_export_without_pct_columns_says_so():
    bare = study([replace(one, pct_application_number=None) for one in records()])
    assert pct_filings(bare).value is None
    assert pct_filings(bare).missing.zh.startswith("需要PCT申请号（pct_application_number）")


def test_a_part_of_a_library_that_knows_pct_may_have_none():
    import polars as pl

    assert pct_filings(study().of(pl.col("patent_type") == "实用新型")).value == 0


def test_high_value_inventions_meet_one_of_the_criteria_that_can_be_told():
    # in force: 2 (SEI), 5, 8 (SEI), 14 (family abroad)
    assert high_value(study()).value == 3
    assert high_value_share(study()).value == pytest.approx(3 / 4)
    table = high_value_criteria(study())
    assert column(table, "count") == [2, 1, 0, None, None, 3]
    assert column(table, "missing")[3:5] == ["需要质押融资金额达标的专利名单", "需要获奖专利名单"]


def test_lists_of_the_user_complete_the_criteria():
    awarded = {"CN100000005B"}
    assert high_value(study(), awarded).value == 4
    assert column(high_value_criteria(study(), awarded), "count") == [2, 1, 0, None, 1, 4]


def test_more_than_ten_years_are_more_than_ten_years():
    day = date(2011, 12, 31)
    made = [replace(records()[1], filing_date=date(2011, 12, 30)), replace(records()[4], filing_date=day)]
    assert column(high_value_criteria(study(made)), "count")[2] == 1  # ten years to the day are not more


def test_dense_industries_lie_above_the_mean_in_scale_and_density():
    facts = Facts(
        "就业.csv",
        (
            Fact(name="电池", employees=1.0),
            Fact(name="有色", year=2019, employees=2.0),
            Fact(name="高端", year=2020, employees=4.0),
        ),
    )
    table = dense_industries(study(), "x", facts)
    # inventions granted 2017–2021: 2 (有色); 5, 8, 14 (电池); 8, 14 (高端)
    assert pairs(table, "industry", "grants") == {"电池": 3, "有色": 1, "高端": 2}
    assert pairs(table, "industry", "density") == {"电池": 3.0, "有色": 0.5, "高端": 0.5}
    assert pairs(table, "industry", "dense") == {"电池": "是", "有色": "否", "高端": "否"}


def test_an_industry_without_figures_is_not_judged():
    table = dense_industries(study(), "x", Facts("空.csv", ()))
    assert set(column(table, "dense")) == {None}
    assert "3个产业缺数" in table.notes[0].zh


def test_the_chapter_of_industries_tells_the_intensive_ones_when_employment_is_known():
    facts = Facts(
        "就业.csv",
        (
            Fact(name="电池", employees=1.0),
            Fact(name="有色", employees=2.0),
            Fact(name="高端", employees=4.0),
        ),
    )
    told = make_chapter("industries", study(), Scope("x", facts=facts))
    assert "dense_industries" in {table.id for table in told.tables}
    assert "发明专利规模和密集度均高于平均水平的产业为电池。" in {one.text.zh for one in told.findings}
    untold = make_chapter("industries", study(), Scope("x"))
    assert "dense_industries" not in {table.id for table in untold.tables}


def test_the_overview_tells_the_share_of_home_when_there_is_one():
    local = make_chapter("overview", replace(study(), home="贵州省"), Scope())
    assert "region_share.home" in {one.id for one in local.tables[0].definitions}
    elsewhere = make_chapter("overview", study(), Scope())
    assert "region_share.home" not in {one.id for one in elsewhere.tables[0].definitions}
