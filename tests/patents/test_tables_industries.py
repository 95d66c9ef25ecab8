"""GB/T 4754 codes and the SEI rules as shipped."""

from __future__ import annotations

import pytest

from patents.tables import SEI_INDUSTRIES, gb4754_code, gb4754_name, gb4754_names, gb4754_parent, sei_rules


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("C32", "C32"),
        ("32", "C32"),
        ("3990", "C3990"),
        ("C3990 其他电子设备制造", "C3990"),
        ("C3990-其他电子设备制造", "C3990"),
        ("有色金属冶炼和压延加工业", "C32"),
        ("C", "C"),
        ("农业", "A01"),
        ("9999", None),
        ("C99", None),
        ("", None),
        ("没有这个行业", None),
    ],
)
def test_a_code_is_read_in_all_spellings(text: str, code: str | None):
    assert gb4754_code(text) == code


def test_codes_have_names_and_parents():
    assert gb4754_name("C3216") == "铝冶炼"
    assert [gb4754_parent(code) for code in ("C3216", "C321", "C32", "C")] == ["C321", "C32", "C", None]
    assert all(gb4754_parent(code) in gb4754_names() for code in gb4754_names() if len(code) > 1)
    assert len(gb4754_names()) == 1971


def test_the_sei_list_is_complete():
    codes = sei_rules()
    assert len(codes) == 40
    rules = [rule for code in codes for rule in code.rules]
    assert len(rules) == 303
    assert sum(len(rule.include) for rule in rules) == 1689
    assert sum(len(rule.exclude) for rule in rules) == 983
    assert {code.code.partition(".")[0] for code in codes} == set(SEI_INDUSTRIES)
