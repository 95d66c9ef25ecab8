"""有效, 失效, 失效原因, by hand on the sixteen patents."""

from dataclasses import replace

import pytest

from directions.indicators.lapses import lapse_reasons, lapses_by_year
from directions.indicators.legal import in_force, in_force_share, lapse_share, lapsed, legal_states
from tests.directions.hand_made import pairs, records, study


def test_in_force_counts_what_is_in_force():
    assert in_force(study()).value == 8  # 2 5 8 9 10 13 14 16
    assert in_force(study(), "发明").value == 4


def test_refused_and_withdrawn_are_no_lapse_of_a_right():
    assert lapsed(study()).value == 3  # 1 3 6, not 4 (驳回) and 12 (视为撤回)
    assert lapsed(study(lapsed="all")).value == 5


def test_shares_are_of_rights_or_of_all_known_states():
    assert in_force_share(study()).value == pytest.approx(8 / 11)
    assert lapse_share(study()).value == pytest.approx(3 / 11)
    everything = lapse_share(study(lapsed="all"))
    assert everything.value == pytest.approx(5 / 16)
    assert everything.definition.id == "lapse_share.all"


def test_states_tell_lapses_before_and_after_grant_apart():
    table = legal_states(study())
    assert pairs(table, "state", "count") == {"有效": 8, "审中": 3, "失效（授权后）": 3, "失效（授权前）": 2}
    assert pairs(table, "state", "invention")["失效（授权后）"] == 1
    assert sum(table.rows["share"]) == pytest.approx(1)


def test_an_unknown_state_is_not_lapsed_and_in_no_share():
    some = [replace(records()[0], legal_state="未知", lapse_reason=None), *records()[1:4]]
    table = legal_states(study(some))
    assert pairs(table, "state", "count") == {"有效": 1, "失效（授权后）": 1, "失效（授权前）": 1}
    assert table.coverage.known == 3
    assert [note.zh for note in table.notes] == ["1件法律状态未知，不计入占比。"]


def test_reasons_share_the_lapses_whose_reason_is_known():
    assert pairs(lapse_reasons(study()), "reason", "count") == {"未缴年费": 2, "主动放弃": 1}
    assert pairs(lapse_reasons(study()), "reason", "share")["未缴年费"] == pytest.approx(2 / 3)
    everything = pairs(lapse_reasons(study(lapsed="all")), "reason", "count")
    assert everything == {"未缴年费": 2, "主动放弃": 1, "驳回": 1, "视为撤回": 1}


def test_a_lapse_without_reason_after_a_grant_is_one_without_reason():
    some = [replace(records()[0], lapse_reason=None), *records()[1:]]
    table = lapse_reasons(study(some))
    assert pairs(table, "reason", "count") == {"未缴年费": 1, "主动放弃": 1}
    assert (table.coverage.known, table.coverage.of) == (2, 3)


def test_lapses_by_year_of_lapse():
    found = {year: count for year, count in pairs(lapses_by_year(study()), "year", "count").items() if count}
    assert found == {2017: 1, 2018: 1, 2020: 1}


def test_without_legal_states_nothing_is_said():
    bare = study([replace(one, legal_state="未知") for one in records()])
    assert in_force(bare).missing.zh == "需要简单法律状态（legal_state）"
    assert lapse_share(bare).value is None
    assert legal_states(bare).empty
