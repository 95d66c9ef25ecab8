"""增长, by hand: 1, 1, 2, 2, 4, 4 patents from 2014 to 2019; 2020 is incomplete."""

import pytest

from directions.indicators.growth import (
    growth_by_year,
    growth_rate,
    increment,
    multiple,
    peak_years,
    plan_multiples,
    year_on_year,
)
from directions.indicators.phases import change_points, growth_phases, phase_name
from directions.study import Period
from tests.directions.hand_made import column, pairs, study

EARLIER, LATER = Period(2014, 2016), Period(2017, 2019)


def test_growth_is_compound_or_the_mean_of_yearly_rates():
    assert growth_rate(study()).value == pytest.approx(4 ** (1 / 5) - 1)
    mean = growth_rate(study(growth="mean"))
    assert mean.value == pytest.approx((0 + 1 + 0 + 1 + 0) / 5)
    assert mean.definition.id == "growth_rate.mean"


def test_growth_ends_with_the_last_complete_year():
    assert growth_rate(study(), Period(2014, 2021)).value == growth_rate(study(), Period(2014, 2019)).value
    assert growth_rate(study(), Period(2020, 2021)).value is None
    assert "2020年起" not in growth_rate(study()).missing.zh


def test_growth_from_nothing_has_no_value():
    found = growth_rate(study(), Period(2013, 2019))
    assert found.value is None
    assert found.missing.zh == "2013年没有专利，增长率无从计算"


def test_increments_are_over_years_or_intervals():
    assert increment(study()).value == pytest.approx(3 / 5)
    assert increment(study(increment="T")).value == pytest.approx(3 / 6)


def test_multiples_are_r_or_r_less_one():
    whole, more = multiple(study(), EARLIER, LATER), multiple(study(multiple="R-1"), EARLIER, LATER)
    assert whole.value == pytest.approx(10 / 4)
    assert more.value == pytest.approx(10 / 4 - 1)
    assert whole.low is not None and more.low is not None
    assert whole.low - more.low == pytest.approx(1)
    assert multiple(study(), EARLIER, Period(2018, 2020)).value is None


def test_year_on_year():
    assert year_on_year(study(), 2018).value == pytest.approx(1)
    assert year_on_year(study(), 2019).value == pytest.approx(0)
    assert year_on_year(study(), 2020).value is None
    assert year_on_year(study(), 2014).missing.zh == "2013年没有专利"


def test_growth_by_year_leaves_incomplete_years_blank():
    table = growth_by_year(study())
    assert column(table, "yoy") == [None, 0, 1, 0, 1, 0, None, None]
    assert column(table, "moving_average") == [
        None, None, *map(pytest.approx, (4 / 3, 5 / 3, 8 / 3, 10 / 3)), None, None,
    ]  # fmt: skip


def test_plans_are_compared_once_both_are_complete():
    table = plan_multiples(study())
    assert column(table, "period") == ["十二五", "十三五"]
    assert column(table, "count") == [2, 14]
    assert column(table, "multiple") == [None, None]
    own = plan_multiples(study(), (EARLIER, LATER))
    assert column(own, "multiple") == [None, 2.5]
    assert column(own, "increase") == [None, 1.5]
    assert column(own, "increment") == [0.5, 1.0]
    printed = {each.name for each in plan_multiples(study(multiple="R-1")).columns}
    assert "increase" in printed and "multiple" not in printed


def test_peaks_are_above_the_year_before():
    table = peak_years(study())
    assert pairs(table, "year", "count") == {2018: 4, 2016: 2}
    assert pairs(table, "year", "yoy") == {2018: 1.0, 2016: 1.0}


def test_change_points_are_found_where_growth_changes():
    import numpy as np

    level, doubling = [100] * 6, [200, 400, 800, 1600, 3200, 6400]
    assert change_points(np.array([*level, *doubling], dtype=np.float64)) == [0, 6, 12]
    assert change_points(np.array([100, 101, 99, 100, 102, 98, 100, 101], dtype=np.float64)) == [0, 8]


def test_phases_name_the_rate_of_growth():
    assert [phase_name(rate) for rate in (0.2, 0.15, 0.05, 0.0, -0.05, -0.06)] == [
        "快速增长", "快速增长", "稳步增长", "平稳", "平稳", "回落",
    ]  # fmt: skip


def test_phases_cover_the_complete_years():
    table = growth_phases(study())
    assert sum(column(table, "count")) == 14
    assert column(table, "years")[0].startswith("2014") and column(table, "years")[-1].endswith("2019")
    short = growth_phases(study(period=Period(2016, 2021)))
    assert short.missing.zh == "完整年份不足6年，不分阶段"
