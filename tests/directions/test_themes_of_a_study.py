"""主题 directions and who is in them, by hand: 电池 (H01M, seven) and 冶炼 (C22B, six)."""

from dataclasses import replace
from datetime import date

import pytest

from directions.indicators.compare import compare, compare_by_year, compare_ipc
from directions.indicators.themes import (
    emerging_themes,
    fading_themes,
    theme_map,
    theme_quadrant,
    theme_table,
    themes_by_year,
)
from directions.indicators.who import theme_gaps, theme_holders, white_space
from directions.study import Period
from tests.directions.hand_made import (
    BING,
    GUIYANG,
    INVENTION,
    JIA,
    LV,
    YI,
    column,
    pairs,
    patent,
    records,
    study,
    themes_of,
)
from themes.trends import growth


def many(early: int, late: int):
    """Batteries: `early` in 2015 and `late` in 2018, of a university; metals: `early` in each, of a firm."""

    def some(first, count, year, symbol, applicant=YI):
        return [
            patent(first + n, INVENTION, date(year, 5, 5), (applicant,), GUIYANG, (symbol,), state="审中")
            for n in range(count)
        ]

    made = study(
        [
            *some(1000, early, 2015, "H01M10/05"),
            *some(2000, late, 2018, "H01M10/05"),
            *some(3000, early, 2015, "C22B1/00", JIA),
            *some(4000, early, 2018, "C22B1/00", JIA),
        ]
    )
    return replace(made, themes=themes_of(made))


def test_growth_compares_shares_of_the_last_three_complete_years_with_the_three_before():
    table = theme_table(study(themes=True))
    # 2014–2016: 4 patents, 2017–2019: 10; 冶炼 3 of 4 and 2 of 10; 电池 0 and 6
    assert pairs(table, "name", "count") == {"电池": 7, "冶炼": 6}
    assert pairs(table, "name", "share") == {"电池": 7 / 16, "冶炼": 6 / 16}
    assert pairs(table, "name", "growth") == {"电池": None, "冶炼": pytest.approx((2 / 10) / (3 / 4))}
    assert table.notes[0].zh == "3件未归入任何主题。"


def test_the_interval_is_the_exact_one_of_two_poisson_counts():
    table = theme_table(study(themes=True))
    told = growth(3, 2, exposure=(4.0, 10.0), level=0.95)
    assert pairs(table, "name", "low")["冶炼"] == pytest.approx(told.low)
    assert pairs(table, "name", "high")["冶炼"] == pytest.approx(told.high)


def test_quadrants_are_bounded_by_the_median_share_and_growth_one():
    table = theme_table(many(20, 60))
    assert pairs(table, "name", "quadrant") == {"电池": "主导", "冶炼": "衰退"}
    figure = theme_quadrant(theme_table(many(20, 60)))
    assert figure.lines == (("x", pytest.approx((80 + 40) / 120 / 2)), ("y", 1.0))
    assert (figure.x, figure.y, figure.size, figure.label) == ("share", ("growth",), "count", "name")


def test_a_theme_that_begins_in_the_later_span_is_rising_and_one_outside_the_study_has_no_quadrant():
    assert pairs(theme_table(study(themes=True)), "name", "quadrant") == {"电池": "主导", "冶炼": "衰退"}
    short = theme_table(study(themes=True, period=Period(2016, 2021)))
    assert column(short, "growth") == column(short, "quadrant") == [None, None]


def test_only_what_moved_beyond_chance_is_rising_or_falling():
    moved, still = many(60, 180), many(60, 66)
    assert column(emerging_themes(moved), "name") == ["电池"]
    assert column(fading_themes(moved), "name") == ["冶炼"]
    assert column(emerging_themes(moved), "growth") == [pytest.approx((180 / 240) / (60 / 120))]
    assert emerging_themes(still).rows.is_empty() and fading_themes(still).rows.is_empty()


def test_themes_by_year_with_their_share_of_the_year():
    table = themes_by_year(study(themes=True), 1)
    assert column(table, "count") == [0, 0, 0, 1, 2, 3, 1, 0]
    assert column(table, "share") == [0, 0, 0, 0.5, 0.5, 0.75, 0.5, None]


def test_without_themes_nothing_is_said():
    assert theme_table(study()).missing.zh.startswith("没有主题")
    assert theme_holders(study()).empty and themes_by_year(study()).empty


def test_holders_of_a_theme():
    table = theme_holders(study(themes=True))
    line = table.rows.to_dicts()[0]  # 5 7 8 11 13 14 15
    assert line["applicants"] == 4
    assert line["leaders"] == [f"{YI}（3）", f"{LV}（2）", f"{JIA}（2）"]
    assert line["firms"] == pytest.approx(5 / 7)
    assert line["research"] == pytest.approx(3 / 7)
    assert line["cities"] == ["贵阳市（4）", "遵义市（3）"]
    assert line["joint"] == 1


def test_gaps_of_an_applicant_and_of_a_group():
    made = study(themes=True)
    assert pairs(theme_gaps(made, BING), "name", "gap") == {"冶炼": "空白", "电池": "已布局"}
    assert pairs(theme_gaps(made, BING), "name", "quotient")["电池"] == pytest.approx((1 / 7) / (1 / 16))
    assert pairs(theme_gaps(made, "甲集团"), "name", "own") == {"冶炼": 3, "电池": 4}


def test_white_space_is_rising_and_without_firms():
    assert column(white_space(many(20, 60)), "name") == ["电池"]  # all of 乙大学; firms hold metals
    assert white_space(many(20, 10)).rows.is_empty()


def test_studies_stand_side_by_side():
    whole, firms = study(), study([records()[0], *records()[4:6]], title="企业")
    table = compare([whole, firms])
    lines = {line["measure"]: line for line in table.rows.to_dicts()}
    assert (lines["申请量"]["v0"], lines["申请量"]["v1"]) == (16, 3)
    assert lines["授权率（队列）"]["s0"] == "68.8"
    assert lines["PCT 专利量"]["v0"] == 1 and lines["PCT 专利量"]["v1"] is None
    assert any(note.zh.startswith("PCT 专利量：企业需要") for note in table.notes)
    assert [each.label.zh for each in table.columns[2:]] == ["全省", "企业"]


def test_years_and_classes_stand_side_by_side():
    whole, some = study(), study(list(records()[:4]), title="早")
    assert column(compare_by_year([whole, some]), "s1")[:4] == [1, 1, 2, 0]
    table = compare_ipc([whole, some])
    assert pairs(table, "ipc", "s1")["C22B"] == pytest.approx(3 / 4)
    assert pairs(table, "ipc", "q1")["C22B"] == pytest.approx((3 / 4) / (9 / 20))


def test_studies_that_count_differently_cannot_be_compared():
    with pytest.raises(ValueError, match="count differently"):
        compare([study(), study(growth="mean")])
    with pytest.raises(ValueError, match="nothing to compare"):
        compare([])


def test_counts_that_rest_on_few_patents_do_not_stand_beside_others():
    hidden = [replace(record, legal_state="未知") for record in records()[1:6]]
    table = compare([study(), study([records()[0], *hidden], title="少知")])
    lines = {line["measure"]: line for line in table.rows.to_dicts()}
    assert lines["有效量"]["v0"] is not None and lines["有效量"]["v1"] is None
    assert any("有效量：少知仅17%的专利可知" in note.zh for note in table.notes)
    assert lines["有效量"]["measure_en"]


def test_large_figures_are_written_in_full():
    days = [date(2015, 5, 5)] + [date(2018, 5, 5)] * 3006
    made = study(
        [
            patent(10_000 + n, INVENTION, day, (YI,), GUIYANG, ("H01M10/05",), state="审中")
            for n, day in enumerate(days)
        ],
        period=Period(2015, 2018),
    )
    lines = {line["measure"]: line for line in compare([made, made]).rows.to_dicts()}
    increment = lines["年均增长量（T−1）"]
    assert increment["v0"] == pytest.approx(3005 / 3) and increment["s0"] == "1002"


def test_themes_stand_on_their_map_when_they_are_of_one_scope():
    made = study(themes=True)
    several = theme_map(made).table
    assert several.rows.is_empty() and several.missing.zh.startswith("主题分属多个范围")
    spots = zip(made.themes, ((1.0, 2.0), (-3.0, 0.5)), strict=True)
    table = theme_map(replace(made, themes=tuple(replace(theme, spot=spot) for theme, spot in spots))).table
    assert table.rows.rows() == [("电池", 7, 1.0, 2.0), ("冶炼", 6, -3.0, 0.5)]
