"""IPC, by hand: H01M seven patents, C22B six, E21B two, G06F one."""

from dataclasses import replace

import pytest

from directions.indicators.ipc import (
    ipc_by_operation,
    ipc_by_year,
    ipc_concentration,
    most_active_ipc,
    top_ipc,
)
from directions.study import Period
from tests.directions.hand_made import column, pairs, records, study


def test_the_largest_classes_with_shares_and_cumulative_shares():
    table = top_ipc(study())
    assert pairs(table, "ipc", "count") == {"H01M": 7, "C22B": 6, "E21B": 2, "G06F": 1}
    assert column(table, "cumulative") == pytest.approx([7 / 16, 13 / 16, 15 / 16, 1])
    assert column(top_ipc(study(), "class"), "ipc") == ["H01", "C22", "E21", "G06"]
    assert column(top_ipc(study(), "group", 1), "ipc") == ["H01M10"]
    assert column(table, "title")[0].startswith("用于直接转变化学能为电能")


def test_any_classification_counts_a_patent_in_each_of_its_classes():
    table = top_ipc(study(classification="any"))
    assert pairs(table, "ipc", "count") == {"C22B": 7, "H01M": 7, "E21B": 2, "G06F": 1}
    assert column(table, "cumulative") == pytest.approx([7 / 16, 13 / 16, 15 / 16, 1])  # 14 is in both
    assert table.definitions[0].id == "ipc.any"


def test_concentration_counts_each_patent_once():
    assert ipc_concentration(study(), count=2).value == pytest.approx(13 / 16)
    assert ipc_concentration(study(classification="any"), count=2).value == pytest.approx(13 / 16)


def test_classes_rank_by_operated_patents():
    assert pairs(top_ipc(study()), "ipc", "operated") == {"H01M": 2, "C22B": 1, "E21B": 0, "G06F": 0}
    assert pairs(top_ipc(study()), "ipc", "rank_operated") == {"H01M": 1, "C22B": 2, "E21B": 3, "G06F": 3}
    table = ipc_by_operation(study())
    assert pairs(table, "ipc", "share") == pytest.approx({"H01M": 2 / 7, "C22B": 1 / 6})


def test_the_most_active_class_compares_the_last_three_complete_years_with_those_before():
    table = most_active_ipc(study(), floor=3)
    assert table.rows.select("ipc", "earlier", "later", "growth").rows() == [("H01M", 0, 6, None)]
    # C22B: 1, 2, 4 against 6, 9: it fell
    assert most_active_ipc(study()).empty  # ten patents are the least


def test_what_is_most_active_needs_both_spans_inside_the_study():
    short = study(period=Period(2016, 2021))
    assert most_active_ipc(short, floor=3).missing.zh == "研究期内完整年份不足6年，不比较近期增长"


def test_classes_by_year():
    table = ipc_by_year(study(), count=1)
    assert column(table, "ipc") == ["H01M"] * 8
    assert column(table, "count") == [0, 0, 0, 1, 2, 3, 1, 0]


def test_patents_without_a_class_are_in_no_share():
    some = [replace(records()[0], ipc_main=None, ipc=()), *records()[1:4]]
    table = top_ipc(study(some))
    assert (table.coverage.known, table.coverage.of) == (3, 4)
    assert sum(column(table, "share")) == pytest.approx(1)


def test_no_classes_at_all_are_named():
    bare = study([replace(one, ipc_main=None, ipc=()) for one in records()])
    assert top_ipc(bare).missing.zh == "需要IPC主分类号（ipc_main）"
    assert ipc_concentration(bare).value is None
