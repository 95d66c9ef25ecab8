"""运营, by hand: 2 transferred twice, 5 licensed, 8 pledged, 10 transferred inside its group."""

from dataclasses import replace

import pytest

from directions.indicators.operation import (
    internal_transfers,
    operated,
    operation_by_year,
    operation_kinds,
    operation_share,
)
from directions.indicators.transfers import transfers_by_applicant
from tests.directions.hand_made import BING, JIA, LV, YI, column, pairs, records, study


def test_transfers_inside_a_group_are_left_out_where_groups_are_known():
    assert operated(study()).value == 3
    assert operated(study()).definition.id == "operation.patents"
    assert operated(study(within_group=True)).value == 4
    unknown = operated(study(groups=()))
    assert unknown.value == 4
    assert unknown.definition.id == "operation.patents_all"


def test_events_count_each_transfer():
    assert operated(study(operation="events")).value == 4  # 2 + 1 + 1
    assert operated(study(operation="events", within_group=True)).value == 5


def test_only_a_transfer_to_other_members_of_the_same_groups_is_internal():
    given = records()[9]
    assert internal_transfers(study([given])).to_list() == [True]
    assert internal_transfers(study([replace(given, current_applicants=(JIA,))])).to_list() == [False]
    assert internal_transfers(study([replace(given, current_applicants=(LV, YI))])).to_list() == [False]
    assert internal_transfers(study([replace(given, current_applicants=())])).to_list() == [False]


def test_the_share_is_of_granted_patents():
    assert operation_share(study()).value == pytest.approx(3 / 11)
    assert operation_share(study(within_group=True)).value == pytest.approx(4 / 11)


def test_kinds_of_operation():
    table = operation_kinds(study())
    assert pairs(table, "kind", "patents") == {"转让": 1, "许可": 1, "质押": 1}
    assert pairs(table, "kind", "events") == {"转让": 2, "许可": 1, "质押": 1}
    assert column(table, "share") == pytest.approx([1 / 3] * 3)
    assert "groups.yaml" in operation_kinds(study(groups=())).notes[0].zh


def test_years_come_from_dated_events():
    table = operation_by_year(study())
    assert pairs(table, "year", "transfers")[2019] == 1
    assert sum(column(table, "transfers")) == 1  # the other one has no date, that of 2020 is internal
    assert pairs(table, "year", "licences")[2020] == 1
    assert pairs(table, "year", "pledges")[2021] == 1
    assert [note.zh for note in table.notes] == ["1次运营没有日期，未计入各年。"]
    assert pairs(operation_by_year(study(within_group=True)), "year", "transfers")[2020] == 1


def test_without_counts_and_histories_nothing_is_said():
    bare = study([replace(one, events=()) for one in records()])
    assert operated(bare).value is None
    assert operated(bare).missing.zh.startswith("需要转让次数（transfer_count）")
    assert operation_kinds(bare).empty
    assert operation_share(bare).value is None


def test_a_kind_that_no_export_tells_of_has_no_count():
    some = [replace(one, events=(), transfer_count=1) for one in records()[:3]]
    assert pairs(operation_kinds(study(some)), "kind", "patents") == {"转让": 3, "许可": None, "质押": None}


def test_transfers_out_and_in_are_told_by_who_holds_now():
    table = transfers_by_applicant(study())
    assert pairs(table, "applicant", "out") == {BING: 0, YI: 1}
    assert pairs(table, "applicant", "into") == {BING: 1, YI: 0}
    assert pairs(table, "applicant", "kind") == {BING: "企业", YI: "高校"}
    everything = transfers_by_applicant(study(within_group=True))
    assert pairs(everything, "applicant", "balance") == {BING: 1, YI: -1, LV: 1, JIA: -1}
