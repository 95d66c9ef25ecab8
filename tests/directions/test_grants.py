"""授权量 and 授权率, by hand on the sixteen patents."""

from dataclasses import replace

import pytest

from directions.indicators.grants import grant_rate, grants, grants_by_type, grants_by_year
from directions.study import Period
from tests.directions.hand_made import column, pairs, records, study


def test_grants_are_the_patents_ever_granted():
    assert grants(study()).value == 11  # 1 2 3 5 6 8 9 10 13 14 16
    assert grants(study(), patent_type="发明").value == 5  # 1 2 5 8 14


def test_grants_of_a_period_are_of_the_cohort_or_of_the_years():
    years = Period(2016, 2018)
    assert grants(study(), years).value == 6  # filed then and granted: 3 5 6 8 9 10
    assert grants(study(grant_rate="year"), years).value == 5  # granted then: 1 3 2 6 9


def test_the_grant_rate_is_of_the_cohort_or_of_the_years_and_says_which():
    years = Period(2016, 2018)
    cohort, of_year = grant_rate(study(), years), grant_rate(study(grant_rate="year"), years)
    assert cohort.value == pytest.approx(6 / 8)
    assert cohort.definition.id == "grant_rate.cohort"
    assert of_year.value == pytest.approx(5 / 8)
    assert of_year.definition.id == "grant_rate.year"
    assert cohort.low is not None and cohort.high is not None
    assert cohort.low < 6 / 8 < cohort.high


def test_the_grant_rate_of_inventions_leaves_utility_models_out():
    assert grant_rate(study(), patent_type="发明").value == pytest.approx(5 / 10)


def test_grants_by_year_hold_filings_grants_and_the_cohort():
    table = grants_by_year(study())
    assert column(table, "filings") == [1, 1, 2, 2, 4, 4, 2, 0]
    assert column(table, "grants") == [0, 0, 2, 1, 2, 3, 1, 2]
    assert column(table, "granted") == [1, 1, 1, 2, 3, 2, 1, 0]
    assert column(table, "rate") == [1, 1, 0.5, 1, 0.75, 0.5, 0.5, None]


def test_grants_by_type():
    table = grants_by_type(study())
    assert pairs(table, "patent_type", "granted") == {"发明": 5, "实用新型": 6}
    assert pairs(table, "patent_type", "rate") == {"发明": 0.5, "实用新型": 1.0}


def test_a_right_that_lapsed_for_a_fee_was_granted_though_no_date_says_so():
    bare = [replace(one, grant_date=None, grant_number=None) for one in records()]
    kept = records()[1]  # one date, so that the column is not empty
    assert grants(study([bare[0], kept])).value == 2
    assert grants(study([bare[3], kept])).value == 1  # 驳回


def test_there_is_no_rate_where_the_fate_of_too_many_is_unknown():
    unknown = [
        replace(one, grant_date=None, grant_number=None, legal_state="未知", lapse_reason=None)
        for one in records()[4:14]
    ]
    found = grant_rate(study([*records()[:4], *unknown]))
    assert found.value is None
    assert "需要授权公告日" in found.missing.zh
    assert (found.coverage.known, found.coverage.of) == (4, 14)


def test_no_grant_date_at_all_names_the_column():
    bare = [replace(one, grant_date=None) for one in records()]
    assert grant_rate(study(bare)).missing.zh == "需要授权公告日（grant_date）"
    assert grants_by_year(study(bare)).missing.zh == "需要授权公告日（grant_date）"


def test_the_interval_allows_for_the_few_whose_fate_is_unknown():
    known = grant_rate(study())
    one_unknown = replace(records()[6], legal_state="未知")
    found = grant_rate(study([*records()[:6], one_unknown, *records()[7:]]))
    assert found.value == known.value == pytest.approx(11 / 16)
    assert found.high is not None and known.high is not None
    assert found.high > known.high
