"""Which effects a clause claims, and which it does not."""

import pytest

from directions.effects.clauses import read_clause
from directions.effects.vocabulary import by_word, effects


def names(clause: str) -> list[str]:
    return [found.effect.name.zh for found in read_clause(clause)]


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("从而大大提高了铝合金的强度和硬度", ["提高强度"]),
        ("提高了熔炼的效率和铸锭的质量", ["提高效率", "提高质量"]),
        ("有效降低生产成本", ["降低成本"]),
        ("生产效率显著提高", ["提高效率"]),
        ("废气排放量减少30%以上", ["减少污染"]),
        ("使用寿命得到延长", ["延长寿命"]),
        ("具有结构简单、操作方便、能耗低的优点", ["简化结构", "便于操作", "降低能耗"]),
        ("避免了管路堵塞的情况发生", ["减少堵塞"]),
        ("便于对滤芯进行更换", ["便于安装"]),
        ("密封性能提高", ["提高密封性"]),
        ("简化了工艺流程", ["简化工艺"]),
        ("提高安装检修的便利性", ["提高舒适性"]),
    ],
)
def test_claims_are_read_in_all_their_forms(clause, expected):
    assert names(clause) == expected


def test_a_fault_that_is_done_away_with_is_the_opposite_effect():
    assert names("解决了现有电解槽能耗高、效率低的问题") == ["降低能耗", "提高效率"]
    assert names("克服了精度不高的缺陷") == ["提高精度"]


@pytest.mark.parametrize(
    "clause",
    [
        "无法提高生产效率",
        "难以降低成本",
        "现有技术的能耗高",
        "传统设备结构简单",
        "增加了成本",
        "降低了强度",
        "效率低、成本高",
        "将反应釜的温度提高至80℃",
        "当速度较快时触发报警",
        "降低对强度的要求",
        "在不降低强度的情况下",
        "判断精度高于阈值",
        "",
    ],
)
def test_what_is_denied_worse_or_a_step_of_the_process_is_no_effect(clause):
    assert names(clause) == []


def test_an_effect_is_found_once_in_a_clause_with_its_words():
    (found,) = read_clause("提高加热效率和生产效率")
    assert (found.effect.name.zh, found.effect.name.en) == ("提高效率", "Increase efficiency")
    assert found.words == "提高加热效率"


def test_the_table_of_words_has_no_word_twice_in_one_direction():
    for word, found in by_word().items():
        assert len({effect.good for effect in found}) == len(found), word
    assert len({effect.name for effect in effects()}) == len(effects())
    assert all(effect.name.en.isascii() for effect in effects())
