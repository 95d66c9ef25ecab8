"""The figures that themes of all systems are compared by."""

from __future__ import annotations

from itertools import combinations
from math import log

import numpy as np
import pytest

from benchmarks.themes.measure import holding, keyword_figures, keyword_precision, npmi

TEXTS = ["磷酸铁锂正极材料", "磷酸铁锂电池", "正极片", "ＰＶＣ管", "一种pvc管", "曝气池"] * 900


def test_a_word_is_held_where_its_characters_stand_in_all_texts_also_beyond_one_block():
    words = ["磷酸", "磷酸铁锂", "正极", "pvc", "没有"]
    held = holding(words, TEXTS).toarray() > 0
    assert held.shape == (5400, 5)
    for row, text in enumerate(TEXTS):
        folded = text.replace("ＰＶＣ", "pvc")
        assert held[row].tolist() == [word in folded for word in words]


def test_coherence_is_the_mean_over_pairs_of_one_theme_and_diversity_counts_words_once():
    listed = [["磷酸铁锂", "正极", "PVC"], ["正极", "曝气池"]]
    figures = keyword_figures(listed, TEXTS)
    share = {"磷酸铁锂": 1 / 3, "正极": 1 / 3, "PVC": 1 / 3}
    both = {frozenset(("磷酸铁锂", "正极")): 1 / 6}
    pairs = [
        npmi(both.get(frozenset(pair), 0.0), share[pair[0]], share[pair[1]])
        for pair in combinations(listed[0], 2)
    ]
    expected = np.mean([*pairs, -1.0])  # 正极 and 曝气池 never meet
    assert figures["npmi"] == pytest.approx(expected, abs=1e-4)
    assert figures["diversity"] == pytest.approx(4 / 5)
    assert figures["per_theme"] == 2.5


def test_words_that_never_part_have_an_npmi_of_one_and_independent_ones_of_zero():
    assert npmi(0.1, 0.1, 0.1) == pytest.approx(1.0)
    assert npmi(0.06, 0.2, 0.3) == pytest.approx(0.0)
    assert npmi(0.0, 0.2, 0.3) == -1.0
    assert npmi(0.1, 0.2, 0.4) == pytest.approx(log(0.1 / 0.08) / -log(0.1))


def test_no_keywords_have_figures_too():
    assert keyword_figures([], TEXTS) == {"npmi": 0.0, "diversity": 0.0, "per_theme": 0.0}
    assert keyword_figures([["曝气池"], []], TEXTS)["npmi"] == 0.0


def test_precision_compares_with_the_class_that_most_of_the_core_has():
    core = np.array([0, 0, 0, 1, -1])
    classes = ["电池", "电池", "废水", "废水", "电池"]
    vocabulary = {"电池": ["磷酸铁锂正极", "隔膜"], "废水": ["曝气池"]}
    found = keyword_precision([["磷酸铁锂", "隔膜", "曝气池", "效果"], ["曝气池"]], core, classes, vocabulary)
    assert found == pytest.approx((0.5 + 1.0) / 2)
