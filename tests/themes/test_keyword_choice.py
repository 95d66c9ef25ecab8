"""Which of a theme's words become its keywords."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from terms.ngrams import TermCounts
from themes.keywords import rank_terms, theme_keywords

# Forty patents of one theme, forty of another that says none of the words below.
CORE = np.repeat([0, 1], 40)


def counts_of(**rows):
    """Terms by the patents that hold them: {term: {row: occurrences}}."""
    rows.setdefault("其他", dict.fromkeys(range(40, 80), 1))
    terms = tuple(sorted(rows))
    matrix = np.zeros((80, len(terms)), dtype=np.int32)
    for place, term in enumerate(terms):
        for row, times in rows[term].items():
            matrix[row, place] = times
    return TermCounts(terms, sparse.csr_matrix(matrix))


def keywords_of(counts, **settings):
    return [word.text for word in theme_keywords(counts, CORE, 2, **settings)[0]]


def test_a_word_said_often_in_its_patents_comes_before_one_mentioned_once():
    once, often = dict.fromkeys(range(20), 1), dict.fromkeys(range(20), 4)
    assert keywords_of(counts_of(能耗=once, 叶轮=often)) == ["叶轮", "能耗"]


def test_words_used_together_come_before_one_as_frequent_that_stands_alone():
    together, alone = dict.fromkeys(range(15), 1), dict.fromkeys(range(20, 35), 1)
    found = keywords_of(counts_of(曝气=together, 污泥=together, 絮凝=together, 按钮=alone))
    assert found[-1] == "按钮" and len(found) == 4


def test_a_word_of_less_than_a_twentieth_of_a_core_loses_in_proportion():
    few = counts_of(甲=dict.fromkeys(range(3), 1), 其他=dict.fromkeys(range(76, 80), 1))
    place = few.terms.index("甲")
    scores = []
    for size in (40, 60, 76):
        labels = np.repeat([0, -1, 1], [size, 76 - size, 4])
        scores.append(rank_terms(few.matrix, labels, 2)[0, place])
    assert scores[0] == pytest.approx(scores[1])
    assert scores[2] == pytest.approx(scores[1] * 60 / 76)


@pytest.mark.parametrize(("patents", "kept"), [(2, False), (3, True)])
def test_three_patents_make_a_keyword(patents, kept):
    counts = counts_of(甲=dict.fromkeys(range(30), 1), 乙=dict.fromkeys(range(patents), 1))
    assert ("乙" in keywords_of(counts)) is kept


def test_equally_good_words_keep_their_order_whatever_the_order_of_the_patents():
    rng = np.random.default_rng(2)
    times = rng.integers(1, 8, size=20)
    rows = {
        term: dict(zip(range(20), rng.permutation(times).tolist(), strict=True)) for term in "甲乙丙丁戊己"
    }
    counts = counts_of(**rows)
    listed = theme_keywords(counts, CORE, 2)[0]
    assert len({word.score for word in listed}) == 1
    for seed in range(5):
        order = np.random.default_rng(seed).permutation(80)
        shuffled = TermCounts(counts.terms, counts.matrix[order])
        assert theme_keywords(shuffled, CORE[order], 2)[0] == listed
