"""Claims are split into elements, mapped to sentences, and covered by pairs of hits."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embed.loading import load_encoder
from index.prior_art import (
    COVERED,
    Coverage,
    Element,
    Mapped,
    best_combinations,
    claim_elements,
    map_elements,
    rarity,
)
from index.sentences import Nearest, Sentence
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


def test_a_claim_without_marks_is_one_whole_element():
    (element,) = claim_elements("一种由玉米制成的饲料")
    assert (element.part, element.text) == ("whole", "一种由玉米制成的饲料")
    assert claim_elements("") == [] and claim_elements(" 。；") == []


@given(st.text(alphabet="泵所述其特征在于，；：(1)S2、。\n步骤一", max_size=80))
def test_elements_stand_where_they_say_in_the_order_of_the_claim(claim):
    elements = claim_elements(claim)
    assert all(claim[one.start : one.stop] == one.text and one.text for one in elements)
    assert all(a.stop <= b.start for a, b in itertools.pairwise(elements))


def test_every_element_is_mapped_to_the_sentence_that_discloses_it():
    first = "一种冷却箱。箱体内设有蛇形冷却管。箱体由铝制成。"
    second = "一种监测系统。箱体顶部装有温度传感器，用于测温。"
    coverages = map_elements(claim_elements(DEVICE), [first, second, ""], encode, words)
    assert coverages[0].mapped[1].nearest.sentence.text == "箱体内设有蛇形冷却管。"
    assert coverages[1].mapped[3].nearest.sentence.text.startswith("箱体顶部装有温度传感器")
    assert coverages[0].mapped[1].score >= COVERED > coverages[1].mapped[1].score
    assert coverages[2].covered == 0 and coverages[2].mean == 0.0


def covering(*scores):
    elements = [Element(n, "x", 0, 1, "whole") for n in range(1, len(scores) + 1)]
    sentence = Sentence("x", 0, 1)
    mapped = tuple(
        Mapped(element, Nearest(sentence, score, score, score))
        for element, score in zip(elements, scores, strict=True)
    )
    return Coverage(mapped, sum(score >= COVERED for score in scores), sum(scores) / len(scores))


def test_the_best_pair_covers_what_neither_covers_alone():
    hits = [covering(0.9, 0.9, 0.1), covering(0.8, 0.8, 0.2), covering(0.1, 0.1, 0.9)]
    best, *_ = best_combinations(hits)
    assert (best.first, best.second, best.covered, best.by_second) == (0, 2, 3, (3,))
    assert best.mean == pytest.approx(0.9) and best.gain == pytest.approx(0.9 - 1.9 / 3)


def test_a_hit_that_adds_nothing_is_no_combination():
    assert best_combinations([covering(0.9, 0.9), covering(0.5, 0.5)]) == []
    assert best_combinations([]) == [] and best_combinations([covering(0.9)]) == []


def test_rarer_words_weigh_more():
    weights = rarity({"一种": 100, "石墨烯": 2}, 100)
    assert weights["石墨烯"] > weights["一种"] >= 0
