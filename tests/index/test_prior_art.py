"""Claims are split into elements, and each is mapped to the clause of a hit that comes closest."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embed.loader import load_encoder
from index.claim_elements import claim_elements
from index.prior_art import CLOSE, PARTLY, Field, map_elements, rarity, verdict_of
from terms.words import words

DEVICE = (
    "1. 一种电池冷却装置，包括箱体和水泵，其特征在于：所述箱体内设有蛇形冷却管；"
    "所述水泵与冷却管的进口连接；箱体顶部装有温度传感器。"
)


def encode(texts):
    return load_encoder().encode(list(texts))


def texts_of(claim):
    return [element.text for element in claim_elements(claim)]


def test_a_claim_is_split_at_its_mark_and_at_semicolons():
    elements = claim_elements(DEVICE)
    assert [(one.part, one.text) for one in elements] == [
        ("preamble", "一种电池冷却装置，包括箱体和水泵"),
        ("characterising", "所述箱体内设有蛇形冷却管"),
        ("characterising", "所述水泵与冷却管的进口连接"),
        ("characterising", "箱体顶部装有温度传感器"),
    ]
    assert [one.number for one in elements] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    "steps",
    [
        "S1、将原料混合均匀；S2、在八百度下煅烧；S3、冷却后研磨过筛",
        "(1)将原料混合均匀，(2)在八百度下煅烧，(3)冷却后研磨过筛",
        "步骤一：将原料混合均匀，步骤二：在八百度下煅烧，步骤三：冷却后研磨过筛",
        "①将原料混合均匀，②在八百度下煅烧，③冷却后研磨过筛",
        "a)将原料混合均匀，b)在八百度下煅烧，c)冷却后研磨过筛",
    ],
)
def test_numbered_steps_are_elements(steps):
    found = texts_of(f"一种粉体的制备方法，其特征在于，包括以下步骤：{steps}。")
    assert [any(step in text for text in found) for step in ("混合均匀", "煅烧", "过筛")] == [True] * 3
    assert max(sum(step in text for step in ("混合均匀", "煅烧", "过筛")) for text in found) == 1


def test_reference_signs_of_drawings_are_no_steps():
    claim = "一种灯具，其特征在于：灯罩(1)的内壁(2)上贴有反光膜(3)"
    assert texts_of(claim) == ["一种灯具", "灯罩(1)的内壁(2)上贴有反光膜(3)"]


def test_a_long_clause_is_cut_where_a_part_is_taken_up_again():
    claim = (
        "一种泵，包括壳体，壳体的一端开有直径为二十毫米的进水口而另一端开有直径为三十毫米的出水口，"
        "所述壳体内转动安装有由不锈钢制成并且带有六个叶片的叶轮"
    )
    assert len(texts_of(claim)) == 2


def test_words_of_order_are_no_steps():
    claim = "一种系统，其特征在于：获取分割图像，第一、第二通道的图像分别进行特征提取"
    assert len(texts_of(claim)) == 2


def test_a_text_of_several_sentences_is_cut_at_them_and_long_ones_at_commas():
    text = (
        "本发明公开一种电池。其正极含有磷酸铁锂；厚度为0.5毫米。"
        + "正极浆料经涂布干燥辊压分切后制成极片，" * 8
    )
    found = texts_of(text)
    assert found[:3] == ["本发明公开一种电池", "其正极含有磷酸铁锂", "厚度为0.5毫米"]
    assert all(20 <= len(one) <= 60 for one in found[3:]) and "".join(found[3:]).count("极片") == 8


def test_a_claim_without_marks_is_one_whole_element():
    (element,) = claim_elements("一种由玉米制成的饲料")
    assert (element.part, element.text) == ("whole", "一种由玉米制成的饲料")
    assert claim_elements("") == [] and claim_elements(" 。；") == []


@given(st.text(alphabet="泵所述其特征在于，；：(1)S2、。\n步骤一", max_size=80))
def test_elements_stand_where_they_say_in_the_order_of_the_claim(claim):
    elements = claim_elements(claim)
    assert all(claim[one.start : one.stop] == one.text and one.text for one in elements)
    assert all(a.stop <= b.start for a, b in itertools.pairwise(elements))


def test_every_element_is_mapped_to_the_clause_that_discloses_it():
    first = [Field("标题", "一种冷却箱"), Field("摘要", "箱体内设有蛇形冷却管。箱体由铝合金板制成。")]
    second = [
        Field("标题", "一种监测系统"),
        Field("权利要求", "1. 一种系统，其特征在于：箱体顶部装有温度传感器。"),
    ]
    coverages = map_elements(claim_elements(DEVICE), [first, second, []], encode, words)
    pipe, sensor = coverages[0].mapped[1], coverages[1].mapped[3]
    assert (pipe.nearest.sentence.text, pipe.field, pipe.verdict) == ("箱体内设有蛇形冷却管", "摘要", "相近")
    assert (sensor.nearest.sentence.text, sensor.field) == ("箱体顶部装有温度传感器", "权利要求")
    start, stop = sensor.nearest.sentence.start, sensor.nearest.sentence.stop
    assert second[1].text[start:stop] == sensor.nearest.sentence.text
    assert coverages[0].mapped[3].verdict != "相近"
    nothing = coverages[2]
    assert (nothing.close, nothing.partly, nothing.mean) == (0, 0, 0.0)
    assert [one.verdict for one in nothing.mapped] == ["未见"] * 4


def test_what_an_element_has_and_a_hit_lacks_is_named():
    (element,) = claim_elements("所述箱体(1)顶部装有温度传感器，管壁厚2~3 mm，钢管外径50mm")
    hit = [Field("摘要", "箱体顶部装有压力传感器(3)。"), Field("权利要求", "钢管外径为50 mm。")]
    (coverage,) = map_elements([element], [hit], encode, words)
    assert coverage.mapped[0].missing == ("温度传感器", "管壁厚", "2~3 mm")


def test_scores_are_said_in_words_by_their_thresholds():
    below = np.nextafter(CLOSE, 0), np.nextafter(PARTLY, 0)
    said = [verdict_of(score) for score in (1.0, CLOSE, below[0], PARTLY, below[1], 0.0)]
    assert said == ["相近", "相近", "部分", "部分", "未见", "未见"]


def test_rarer_words_weigh_more_and_unknown_ones_most():
    weights = rarity({"一种": 100, "石墨烯": 2}, 100, ["一种", "石墨烯", "新词"])
    assert weights["新词"] > weights["石墨烯"] > weights["一种"] >= 0
