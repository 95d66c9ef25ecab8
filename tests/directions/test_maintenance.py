"""维持年限, by hand: patents 1, 3 and 6 lapsed after grant."""

import math
from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from directions.indicators.maintenance import (
    kaplan_meier,
    maintenance_bands,
    maintenance_years,
    mean_age,
    mean_maintenance,
    survival,
)
from tests.directions.hand_made import column, pairs, records, study


def test_the_mean_is_from_filing_or_from_grant():
    assert mean_maintenance(study()).value == pytest.approx((1461 + 366 + 1096) / 3 / 365.25)
    assert mean_maintenance(study(term_from="grant")).value == pytest.approx((730 + 153 + 912) / 3 / 365.25)


def test_the_age_of_rights_in_force_runs_to_the_as_of_date():
    some = study([records()[1], records()[4]])
    days = [(date(2021, 12, 31) - day).days for day in (date(2015, 5, 1), date(2017, 2, 1))]
    assert mean_age(some).value == pytest.approx(sum(days) / 2 / 365.25)


def test_bands_contain_each_other_and_an_anniversary_belongs_to_the_years_before_it():
    table = maintenance_bands(study())  # 4 years; 1 year to the day; 3 years to the day
    assert pairs(table, "band", "count") == {"0—1": 1, "0—2": 1, "0—3": 2, "≥5": 0}
    assert pairs(table, "band", "share")["0—3"] == pytest.approx(2 / 3)


def test_disjoint_bands_add_up():
    table = maintenance_years(study())
    assert pairs(table, "band", "count") == {"0—1": 1, "1—2": 0, "2—3": 1, "3—5": 1, "5—10": 0, "≥10": 0}
    assert sum(column(table, "share")) == pytest.approx(1)


def test_from_grant_the_bands_shift():
    table = maintenance_years(study(term_from="grant"))  # 2 years to the day; 153 days; 2.5 years
    assert pairs(table, "band", "count") == {"0—1": 1, "1—2": 1, "2—3": 1, "3—5": 0, "5—10": 0, "≥10": 0}


def test_five_years_to_the_day_are_five():
    lapse = {"lapse_date": date(2019, 3, 1)}  # filed 2014-03-01
    some = study([replace(records()[0], **lapse)])
    assert pairs(maintenance_bands(some), "band", "count") == {"0—1": 0, "0—2": 0, "0—3": 0, "≥5": 1}
    assert pairs(maintenance_years(some), "band", "count")["5—10"] == 1


def test_survival_is_that_of_kaplan_and_meier_with_rights_in_force_censored():
    # days after grant: 151+ 153 362+ 656+ 730 760+ 912 1022+ 1064+ 1112+ 1705+ (+ in force)
    table = survival(study())
    assert column(table, "age") == [1, 2, 3, 4]
    assert column(table, "at_risk") == [8, 6, 2, 1]
    first, second = 9 / 10, 9 / 10 * 6 / 7
    assert column(table, "share") == pytest.approx([first, second, second * 4 / 5, second * 4 / 5])
    for share, low, high in zip(*(column(table, name) for name in ("share", "low", "high")), strict=True):
        assert 0 < low < share < high < 1


def test_the_interval_is_greenwoods_on_log_minus_log_by_hand():
    # Ten rights: after 100 days one of 10 ends, after 200 days one is no longer watched, after 300 days two
    # of 8 end, after 500 days (beyond the year) one of 6.
    lasted = pl.DataFrame(
        {
            "days": [100, 200, 300, 300, 500, 700, 700, 700, 700, 700],
            "ended": [True, False, True, True, True, *[False] * 5],
        }
    )
    made = kaplan_meier(lasted, 5)
    assert made["age"].to_list() == [1] and made["at_risk"].to_list() == [6]
    share = 9 / 10 * 6 / 8
    greenwood = 1 / (10 * 9) + 2 / (8 * 6)
    width = 1.959964 * math.sqrt(greenwood) / abs(math.log(share))
    assert made["share"][0] == pytest.approx(share)
    assert made["low"][0] == pytest.approx(share ** math.exp(width), abs=5e-6)
    assert made["high"][0] == pytest.approx(share ** math.exp(-width), abs=5e-6)


def test_before_the_first_end_the_share_has_no_interval_and_without_rights_there_is_no_line():
    lasted = pl.DataFrame({"days": [400, 500, 900], "ended": [False, True, False]})
    made = kaplan_meier(lasted, 2)
    assert made.row(0, named=True) == {"age": 1, "at_risk": 3, "share": 1.0, "low": 1.0, "high": 1.0}
    assert made["low"][1] < made["share"][1] == 0.5 < made["high"][1]
    assert kaplan_meier(lasted.clear(), 2).is_empty()


def test_a_missing_lapse_date_is_named():
    bare = study([replace(one, lapse_date=None) for one in records()])
    assert mean_maintenance(bare).missing.zh == "需要失效日（lapse_date）"
    assert maintenance_bands(bare).missing.zh == "需要失效日（lapse_date）"
    assert survival(bare).empty
