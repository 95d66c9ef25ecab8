"""The day that an export describes: by a line in it, a name, its newest event."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patents.readers import open_export
from patents.readers.as_of import AsOfProposal, day_in_name

TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("CNKI-20250409224248644.xls", date(2025, 4, 9)),
        ("20240401085613950.XLSX", date(2024, 4, 1)),
        ("专利_2024-04-01.csv", date(2024, 4, 1)),
        ("导出2024年4月1日.xlsx", date(2024, 4, 1)),
        ("export_20240401_0930.csv", date(2024, 4, 1)),
        ("20150101-20231231.xlsx", date(2023, 12, 31)),
        ("gp-search-20240401-093012.csv", date(2024, 4, 1)),
        ("CN202010123456.xlsx", None),
        ("2024.xlsx", None),
        ("专利 712.csv", None),
        ("20301231.csv", None),
        ("20241301.csv", None),
        ("", None),
    ],
)
def test_the_day_in_a_name_is_found(name, day):
    assert day_in_name(name, TODAY) == day


@given(st.text(max_size=40))
def test_any_name_is_read(name):
    day = day_in_name(name, TODAY)
    assert day is None or day <= TODAY


@given(
    st.dates(date(1990, 1, 1), TODAY),
    st.sampled_from(["%Y%m%d", "%Y-%m-%d", "%Y%m%d120000123", "%Y年%m月%d日"]),
)
def test_the_day_a_portal_writes_into_a_name_comes_out_again(day, form):
    assert day_in_name(f"导出-{day.strftime(form)}.xls", TODAY) == day


ROWS = [
    ["申请号", "标题", "申请日", "公开日", "预估到期日", "法律状态"],
    ["CN201710601862.3", "膜", "2017-07-21", "2018.03.27", "2037-07-21", "20190528 授权"],
    ["CN201410400822.9", "泵", "2014-08-14", "2090-01-01", "", ""],
]


def test_the_newest_event_is_neither_to_come_nor_an_expiry(write_csv):
    assert open_export(write_csv(ROWS)).propose_as_of(TODAY) == AsOfProposal(date(2019, 5, 28), "events")


def test_a_line_comes_before_the_name_and_the_name_before_the_events(write_csv):
    named = open_export(write_csv(ROWS, name="a-20220203.csv"))
    assert named.propose_as_of(TODAY) == AsOfProposal(date(2022, 2, 3), "name")
    lined = open_export(write_csv([["导出日期：2021-05-06"], *ROWS], name="a-20220203.csv"))
    assert lined.propose_as_of(TODAY) == AsOfProposal(date(2021, 5, 6), "file")
    coming = open_export(write_csv([["导出日期：2031-05-06"], *ROWS], name="a-20220203.csv"))
    assert coming.propose_as_of(TODAY) == AsOfProposal(date(2022, 2, 3), "name")


def test_the_name_of_a_sheet_is_the_files_own(write_xlsx):
    export = open_export(write_xlsx({"导出20210506": ROWS}, name="a-20220203.xlsx"))
    assert export.propose_as_of(TODAY) == AsOfProposal(date(2021, 5, 6), "file")


def test_a_file_without_any_day_is_of_today(write_csv):
    export = open_export(write_csv([["申请号", "标题"], ["CN201710601862.3", "膜"]]))
    assert export.propose_as_of(TODAY) == AsOfProposal(TODAY, "today")
