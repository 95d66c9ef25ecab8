"""Runs of characters that texts share with a query."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.shared_runs import RUN, shared_runs
from terms.words import fold

LETTERS = "电池箱体冷却管A1ａ，。 \x1e\n𠮷"


def counted(query, text):
    """The same by sets of strings."""

    def runs(one):
        kept = "".join(letter for letter in fold(one) if letter.isalnum())
        units = kept.encode("utf-16-le")
        return {units[start : start + 2 * RUN] for start in range(0, len(units) - 2 * RUN + 1, 2)}

    asked = runs(query)
    return len(asked & runs(text)) / len(asked) if asked else 0.0


@given(st.text(LETTERS, max_size=40), st.lists(st.text(LETTERS, max_size=40), max_size=5))
def test_shares_are_those_of_sets_of_strings(query, texts):
    expected = [counted(query, text) for text in texts]
    np.testing.assert_allclose(shared_runs(query, texts), expected, atol=1e-6)


def test_a_text_that_holds_the_query_repeats_all_of_it():
    query = "箱体内设有蛇形冷却管，冷却管两端与水泵相连"
    around = f"一种电池箱，{query}。"
    assert shared_runs(query, [around, query, "一种鸡饲料，由玉米和豆粕组成", ""]).tolist() == [1, 1, 0, 0]


@pytest.mark.parametrize("spelling", ["一种ＰＶＰ-K60 粘结剂的极片", "一种pvp－k60粘结剂，的极片"])
def test_width_case_and_punctuation_do_not_count(spelling):
    assert shared_runs("一种PVP-K60粘结剂的极片", [spelling]).tolist() == [1]


def test_a_run_does_not_reach_from_one_text_into_the_next():
    assert shared_runs("蛇形冷却管道", ["蛇形冷", "却管道"]).tolist() == [0, 0]
    assert shared_runs("蛇形冷却管道", ["蛇形冷\x1e却管道"]).tolist() == [1]


def test_a_query_shorter_than_a_run_is_repeated_by_nobody():
    assert shared_runs("电池", ["一种电池"]).tolist() == [0]
    assert shared_runs("蛇形冷却管道", []).shape == (0,)
