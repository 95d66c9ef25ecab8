"""WIPO's 35 fields, by the longest pattern."""

from __future__ import annotations

import pytest

from patents.tables import ipc_entries, wipo_field, wipo_fields, wipo_sectors


@pytest.mark.parametrize(
    ("symbol", "number", "name"),
    [
        ("G06N3/04", 6, "计算机技术"),
        ("G06Q10/06", 7, "计算机技术管理方法"),
        ("H01L21/02", 8, "半导体"),
        ("H10K50/10", 8, "半导体"),
        ("A61K8/19", 14, "有机精细化学"),
        ("A61K31/00", 16, "药品"),
        ("A61K80/00", 16, "药品"),  # A61K8 is group 8, not everything that begins so
        ("G01N33/48", 11, "生物材料分析"),
        ("G01N21/64", 10, "测量"),
        ("B01D53/02", 24, "环境技术"),
        ("B01D61/00", 23, "化学工程"),
        ("B01D5/00", 23, "化学工程"),
        ("H04N21/40", 4, "数字通信"),
        ("H04N1/00", 3, "电信"),
        ("H04N5/225", 2, "音像技术"),
        ("E01F8/00", 24, "环境技术"),
        ("E01F9/00", 35, "土木工程"),
        ("H01M10/0525", 1, "电机、电气装置、电能"),
        ("C22C21/00", 20, "材料、冶金"),
        ("G16H50/20", 13, "医疗技术"),
    ],
)
def test_a_symbol_belongs_to_its_field(symbol: str, number: int, name: str):
    field = wipo_field(symbol)
    assert field is not None
    assert (field.number, field.name) == (number, name)


def test_there_are_35_fields_in_five_sectors():
    assert [field.number for field in wipo_fields()] == list(range(1, 36))
    assert {field.sector for field in wipo_fields()} == {sector.code for sector in wipo_sectors()}
    assert [sector.name for sector in wipo_sectors()] == ["电气工程", "仪器", "化工", "机械工程", "其他领域"]


def test_no_pattern_stands_in_two_fields():
    patterns = [pattern for field in wipo_fields() for pattern in (*field.ipc, *field.added)]
    assert len(patterns) == len(set(patterns))


def test_every_main_group_of_the_ipc_has_a_field():
    groups = [symbol for symbol in ipc_entries() if "/" in symbol]
    assert len(groups) > 7_000
    assert [symbol for symbol in groups if wipo_field(symbol) is None] == []


def test_a_text_that_is_no_symbol_has_no_field():
    assert wipo_field("Z99Z1/00") is None
