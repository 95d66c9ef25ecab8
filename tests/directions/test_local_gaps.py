"""What a region lacks, by hand: chance is no gap, and research without firms is one."""

from dataclasses import replace
from datetime import date

import pytest

from directions.indicators.local_gaps import local_gaps
from tests.directions.hand_made import INVENTION, JIA, YI, column, pairs, patent, study, themes_of

LANZHOU, SHENYANG = ("甘肃省", "兰州市"), ("辽宁省", "沈阳市")


def drawn(lots, home="甘肃省"):
    """Lots of (patents, applicant, place, class); one theme for each of C22B (冶炼) and H01M (电池)."""
    made, number = [], 1000
    for count, applicant, place, symbol in lots:
        for _ in range(count):
            number += 1
            day = date(2014 + number % 6, 5, 5)
            made.append(patent(number, INVENTION, day, (applicant,), place, (symbol,), state="审中"))
    found = study(made)
    return replace(found, home=home, themes=themes_of(found))


def test_a_theme_without_local_patents_is_a_gap_where_three_were_to_be_expected():
    # 10 of 40 are local: of 20 batteries 5 are expected, and none is there.
    found = local_gaps(
        drawn(
            [
                (10, JIA, LANZHOU, "C22B1/00"),
                (10, JIA, SHENYANG, "C22B1/00"),
                (20, JIA, SHENYANG, "H01M10/05"),
            ]
        )
    )
    assert pairs(found, "name", "state") == {"电池": "本地空白", "冶炼": None}
    assert pairs(found, "name", "expected") == {"电池": pytest.approx(5), "冶炼": pytest.approx(5)}
    assert pairs(found, "name", "local") == {"电池": 0, "冶炼": 10}


def test_what_chance_alone_may_leave_out_is_no_gap():
    # 2 of 40 are local: of 20 batteries 1 is expected.
    lots = [(2, JIA, LANZHOU, "C22B1/00"), (18, JIA, SHENYANG, "C22B1/00"), (20, JIA, SHENYANG, "H01M10/05")]
    assert set(column(local_gaps(drawn(lots)), "state")) == {None}


def test_local_research_without_local_firms_is_a_gap_of_firms():
    # 10 of 40 are of local firms: 5 are expected among batteries; a local university holds some.
    lots = [
        (10, JIA, LANZHOU, "C22B1/00"),
        (10, JIA, SHENYANG, "C22B1/00"),
        (6, YI, LANZHOU, "H01M10/05"),
        (14, JIA, SHENYANG, "H01M10/05"),
    ]
    found = local_gaps(drawn(lots))
    assert pairs(found, "name", "state") == {"电池": "本地企业空白", "冶炼": None}
    assert pairs(found, "name", "local_research")["电池"] == 6


def test_without_a_home_or_provinces_the_next_step_is_named():
    lots = [(3, JIA, LANZHOU, "C22B1/00")]
    assert "设置 home" in local_gaps(drawn(lots, home="")).missing.zh
    assert local_gaps(drawn([(3, JIA, None, "C22B1/00")])).missing
