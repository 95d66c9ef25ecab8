"""申请量, by hand on the sixteen patents of tests/directions/hand_made.py."""

from datetime import date

import pytest

from directions.indicators.filings import filings, filings_by_period, filings_by_year, patent_types
from directions.study import Period
from tests.directions.hand_made import column, pairs, records, study


def test_filings_count_every_patent_but_the_design():
    found = filings(study())
    assert found.value == 16
    assert (found.coverage.known, found.coverage.of) == (16, 16)
    assert filings(study(designs=True)).value == 17


def test_filings_of_a_period_go_by_the_year_chosen():
    assert filings(study(), Period(2016, 2018)).value == 8  # 3, 4, 5, 6, 7, 8, 9, 10
    assert filings(study(year_by="grant"), Period(2016, 2018)).value == 5  # 1, 3, 2, 6, 9


def test_filings_by_year_list_every_year_with_types_and_mark_the_incomplete_ones():
    table = filings_by_year(study())
    assert pairs(table, "year", "count") == {
        2014: 1, 2015: 1, 2016: 2, 2017: 2, 2018: 4, 2019: 4, 2020: 2, 2021: 0,
    }  # fmt: skip
    assert column(table, "invention") == [1, 1, 1, 1, 2, 3, 1, 0]
    assert column(table, "utility") == [0, 0, 1, 1, 2, 1, 1, 0]
    assert column(table, "complete") == [True] * 6 + [False] * 2
    assert "2020年及以后" in table.notes[0].zh


def test_years_of_grant_are_complete_to_the_day():
    table = filings_by_year(study(year_by="grant"))
    assert column(table, "count") == [0, 0, 2, 1, 2, 3, 1, 2]
    assert all(column(table, "complete"))
    assert table.coverage.known == 11
    assert any("5件专利年份未知" in note.zh for note in table.notes)


def test_periods_show_plans_with_patents_their_yearly_mean_and_share():
    table = filings_by_period(study())
    assert column(table, "period") == ["十二五", "十三五"]
    assert column(table, "count") == [2, 14]
    assert column(table, "per_year") == [0.4, 2.8]
    assert column(table, "share") == [pytest.approx(2 / 16), pytest.approx(14 / 16)]


def test_types_share_the_patents_whose_type_is_known():
    table = patent_types(study())
    assert pairs(table, "patent_type", "count") == {"发明": 10, "实用新型": 6}
    assert column(table, "share") == [0.625, 0.375]


def test_a_library_without_publication_dates_says_so_instead_of_counting_zero():
    from dataclasses import replace

    bare = study([replace(one, publication_date=None) for one in records()], year_by="publication")
    table = filings_by_year(bare)
    assert table.empty
    assert table.missing.zh == "需要公开(公告)日（publication_date）"
    assert filings(bare, Period(2014, 2020)).value is None


def test_incomplete_years_follow_the_as_of_date():
    assert study(as_of=date(2021, 6, 30)).incomplete_from == 2020  # 2019 ended 18 months before
    assert study(as_of=date(2021, 6, 29)).incomplete_from == 2019
