"""产业 and 新兴产业, by hand: 有色 six patents, 电池 seven, 高端 two of these."""

from dataclasses import replace

import pytest

from directions.indicators.industries import (
    industries_by_year,
    industry_overlaps,
    industry_table,
    industry_within,
)
from directions.indicators.sei import most_active_sei, top_sei
from tests.directions.hand_made import column, pairs, records, study


def test_shares_are_of_unique_patents_or_of_the_overlapping_sum():
    unique, overlapping = industry_table(study(), "x"), industry_table(study(shares="overlapping"), "x")
    assert pairs(unique, "industry", "count") == {"电池": 7, "有色": 6, "高端": 2}
    assert pairs(unique, "industry", "share") == pytest.approx(
        {"电池": 7 / 13, "有色": 6 / 13, "高端": 2 / 13}
    )
    assert column(overlapping, "share") == pytest.approx([7 / 15, 6 / 15, 2 / 15])
    assert unique.notes[0].zh == "一件专利可归入多个产业：去重后13件，重复计数15件。"


def test_an_industry_shows_its_inventions_grants_rights_in_force_and_operated_patents():
    table = industry_table(study(), "x")
    assert pairs(table, "industry", "invention") == {"电池": 6, "有色": 3, "高端": 2}
    assert pairs(table, "industry", "granted") == {"电池": 4, "有色": 5, "高端": 2}
    assert pairs(table, "industry", "in_force") == {"电池": 4, "有色": 3, "高端": 2}
    assert pairs(table, "industry", "operated") == {"电池": 2, "有色": 1, "高端": 1}
    # 有色 from 2014 to 2019: 1, 1, 1, 1, 1, 0; 电池 begins with none
    assert pairs(table, "industry", "growth_rate")["有色"] == pytest.approx(-1)
    assert pairs(table, "industry", "growth_rate")["电池"] is None


def test_industries_named_come_in_that_order_empty_ones_too():
    table = industry_table(study(), "x", ("高端", "有色", "煤炭"))
    assert column(table, "industry") == ["高端", "有色", "煤炭"]
    assert column(table, "count") == [2, 6, 0]
    assert column(table, "share") == pytest.approx([2 / 8, 6 / 8, 0])


def test_what_too_few_patents_tell_of_stays_empty():

    some = [replace(one, legal_state="未知", lapse_reason=None) for one in records()[:8]] + list(
        records()[8:]
    )
    table = industry_table(study(some), "x")
    assert column(table, "in_force") == [None, None, None]
    assert any("有效量" in note.zh and "不足80%" in note.zh for note in table.notes)


def test_industries_by_year_have_a_line_for_every_year():
    table = industries_by_year(study(), "x", ("电池",))
    assert column(table, "count") == [0, 0, 0, 1, 2, 3, 1, 0]
    assert column(table, "complete")[-2:] == [False, False]


def test_one_industry_within_another():
    assert industry_within(study(), "x:高端", "x:电池").value == pytest.approx(2 / 7)
    assert industry_within(study(), "x:电池", "x:高端").value == 1
    assert industry_within(study(), "x:电池", "x:煤炭").missing.zh == "外层产业的专利为零"


def test_overlaps_list_pairs_with_their_share_of_the_smaller():
    table = industry_overlaps(study(), "x")
    assert table.rows.rows() == [("电池", "高端", 2, 1.0)]


def test_emerging_industries_of_both_levels():
    first, second = top_sei(study()), top_sei(study(), 2)
    assert pairs(first, "industry", "count") == {"新材料产业": 6, "新能源产业": 2}
    assert pairs(first, "industry", "code") == {"新材料产业": "3", "新能源产业": "6"}
    assert pairs(second, "industry", "share") == {"先进有色金属材料": pytest.approx(6 / 16)}


def test_the_most_active_emerging_industry_grew_and_is_above_the_floor():
    assert most_active_sei(study(), 1).empty  # two patents are below the floor of ten
    table = most_active_sei(study(), 1, floor=2)
    assert pairs(table, "industry", "later") == {"新能源产业": 2}
    assert column(table, "growth") == [None]  # nothing before
