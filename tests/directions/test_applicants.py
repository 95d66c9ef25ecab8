"""申请人, groups and cooperation, by hand."""

from dataclasses import replace

import pytest

from directions.indicators.applicants import applicant_kinds, cr10, hhi, top_applicants
from directions.indicators.cooperation import (
    cooperation,
    cooperation_by_year,
    cooperation_kinds,
    cooperation_share,
    industry_university,
    partners,
)
from directions.indicators.groups import applicant_groups, group_members, holder_table, named_groups
from directions.study import Period
from tests.directions.hand_made import BING, DING, JIA, LV, YI, column, pairs, records, study


def test_applicants_rank_by_all_their_patents_or_by_those_they_lead():
    table = top_applicants(study())
    assert pairs(table, "applicant", "count") == {JIA: 6, YI: 5, LV: 3, DING: 2, BING: 1, "张三": 1}
    assert pairs(table, "applicant", "kind")[DING] == "科研院所"
    assert pairs(table, "applicant", "first_year")[YI] == 2015
    first = top_applicants(study(applicants="first"))
    assert pairs(first, "applicant", "count") == {JIA: 6, YI: 4, LV: 3, DING: 1, BING: 1, "张三": 1}
    assert column(first, "share")[0] == pytest.approx(6 / 16)


def test_one_kind_of_applicants():
    table = top_applicants(study(), "高校")
    assert table.id == "top_universities"
    assert column(table, "applicant") == [YI]
    assert column(table, "share") == pytest.approx([5 / 16])


def test_kinds_share_all_patents_and_overlap_only_by_all_applicants():
    table = applicant_kinds(study())
    assert pairs(table, "kind", "count") == {"企业": 10, "高校": 5, "科研院所": 2, "个人": 1}
    assert pairs(table, "kind", "applicants") == {"企业": 3, "高校": 1, "科研院所": 1, "个人": 1}
    first = applicant_kinds(study(applicants="first"))
    assert pairs(first, "kind", "count") == {"企业": 10, "高校": 4, "科研院所": 1, "个人": 1}
    assert sum(column(first, "share")) == pytest.approx(1)


def test_concentration_by_share_of_ten_and_by_squares():
    assert cr10(study()).value == 1  # six applicants
    assert hhi(study()).value == pytest.approx((36 + 25 + 9 + 4 + 1 + 1) / 18**2)
    assert hhi(study(applicants="first")).value == pytest.approx((36 + 16 + 9 + 1 + 1 + 1) / 16**2)


def test_groups_roll_members_up_and_tell_what_they_file_in():
    table = applicant_groups(study(themes=True))
    (line,) = table.rows.to_dicts()
    assert line["group"] == "甲集团"
    assert line["count"] == 9
    assert line["members"] == [JIA, LV]
    assert line["ipc_most"] == "H01M"  # 5 8 11 13
    assert line["ipc_active"] == "H01M"
    assert line["sei_most"] == "先进有色金属材料"
    assert line["directions"] == ["电池"]


def test_members_of_a_group_with_a_joint_patent_count_it_once():
    joint = replace(records()[0], applicants=(JIA, LV))
    some = study([joint, *records()[1:]])
    assert column(applicant_groups(some), "count") == [9]
    assert pairs(group_members(some, "甲集团"), "applicant", "count") == {JIA: 6, LV: 4}


def test_without_groups_the_table_says_what_it_needs():
    assert applicant_groups(study(groups=())).missing.zh == "没有集团成员表（groups.yaml）"


def test_names_with_集团_make_groups():
    names = ["黔山铝业集团有限公司", "黔山铝业集团矿业有限公司", "黔山铝业有限公司", "独山集团有限公司"]
    assert dict(named_groups(names)) == {
        "黔山铝业集团矿业有限公司": "黔山铝业集团有限公司",
        "黔山铝业集团有限公司": "黔山铝业集团有限公司",
    }


def test_directions_need_both_spans_inside_the_study():
    short = applicant_groups(study(themes=True, period=Period(2016, 2021)))
    assert short.rows.select("ipc_active", "sei_active").rows() == [(None, None)]
    assert column(short, "directions") == [[]]
    assert column(short, "ipc_most") == ["H01M"]


def test_universities_and_institutes_with_their_directions():
    table = holder_table(study(themes=True))
    assert pairs(table, "applicant", "count") == {YI: 5, DING: 2}
    assert pairs(table, "applicant", "directions") == {YI: ["电池"], DING: []}


def test_cooperation_is_of_two_organisations():
    assert cooperation(study()).value == 2  # 5 and 12
    assert industry_university(study()).value == 1  # 5
    assert cooperation_share(study()).value == pytest.approx(2 / 16)
    person = replace(records()[0], applicants=(JIA, "张三丰"))
    assert cooperation(study([person, *records()[1:4]])).value == 0


def test_kinds_of_cooperation_add_up():
    table = cooperation_kinds(study())
    assert pairs(table, "kinds", "count") == {"企业—高校": 1, "科研院所—高校": 1}
    firms = replace(records()[0], applicants=(JIA, BING))
    assert pairs(cooperation_kinds(study([firms])), "kinds", "count") == {"企业—企业": 1}


def test_cooperation_by_year_with_its_share_of_the_year():
    table = cooperation_by_year(study())
    assert {year: count for year, count in pairs(table, "year", "count").items() if count} == {
        2017: 1,
        2019: 1,
    }
    assert pairs(table, "year", "share")[2017] == 0.5
    assert pairs(table, "year", "industry_university")[2019] == 0


def test_partners_are_pairs_and_one_applicant_s_partners():
    assert partners(study()).rows.height == 2
    own = partners(study(), applicant=YI)
    assert pairs(own, "partner", "count") == {JIA: 1, DING: 1}
    assert pairs(own, "partner", "kinds") == {JIA: "高校—企业", DING: "高校—科研院所"}


def test_missing_applicants_are_named():
    bare = study([replace(one, applicants=(), current_applicants=()) for one in records()])
    for made in (
        top_applicants(bare),
        applicant_kinds(bare),
        cooperation_kinds(bare),
        applicant_groups(bare),
    ):
        assert made.missing.zh.startswith("需要申请人（applicants）")
    assert cr10(bare).value is None and hhi(bare).value is None
