"""Pairs of hits that disclose a claim together."""

from __future__ import annotations

import pytest

from index.claim_elements import Element
from index.combinations import best_combinations
from index.prior_art import ClaimCoverage, Mapped
from index.sentences import Nearest, Sentence


def covering(*scores):
    elements = [Element(number, "x", 0, 1, "whole") for number in range(1, len(scores) + 1)]
    mapped = tuple(
        Mapped(element, Nearest(Sentence("x", 0, 1), score, score, score))
        for element, score in zip(elements, scores, strict=True)
    )
    return ClaimCoverage(mapped, 0, 0, sum(scores) / len(scores))


def test_the_best_pair_discloses_what_neither_does_alone():
    hits = [covering(0.9, 0.9, 0.1), covering(0.8, 0.8, 0.2), covering(0.1, 0.1, 0.9)]
    best, *_ = best_combinations(hits)
    assert (best.first, best.second, best.covered) == (0, 2, 3)
    assert (best.by_first, best.by_second, best.open) == ((1, 2), (3,), ())
    assert best.mean == pytest.approx(0.9) and best.gain == pytest.approx(0.9 - 1.9 / 3)


def test_the_document_that_discloses_more_is_the_first():
    best, *_ = best_combinations([covering(0.1, 0.1, 0.9), covering(0.9, 0.9, 0.1)])
    assert (best.first, best.second) == (1, 0)
    # Two elements disclosed are more than one that comes closer.
    best, *_ = best_combinations([covering(1.0, 0.4, 0.4), covering(0.1, 0.5, 0.5)])
    assert (best.first, best.second) == (1, 0)


def test_of_pairs_that_are_nearly_as_good_one_field_goes_first():
    hits = [covering(0.9, 0.1), covering(0.1, 0.9), covering(0.1, 0.88)]
    assert best_combinations(hits, ["H01M", "A47G", "H01M"])[0].second == 2
    assert best_combinations(hits, ["H01M", "A47G", "H01M"])[0].same_field
    assert best_combinations(hits)[0].second == 1
    assert best_combinations(hits, [None, None, None])[0].second == 1
    assert best_combinations([*hits[:2], covering(0.1, 0.6)], ["H01M", "A47G", "H01M"])[0].second == 1


def test_a_hit_that_discloses_nothing_new_is_no_combination():
    assert best_combinations([covering(0.9, 0.9), covering(0.5, 0.5)]) == []
    assert best_combinations([covering(0.9, 0.1), covering(0.5, 0.2)]) == []
    # One document alone discloses as much as the others together.
    assert best_combinations([covering(0.9, 0.9, 0.1), covering(0.9, 0, 0), covering(0, 0.9, 0)]) == []
    assert best_combinations([]) == [] and best_combinations([covering(0.9)]) == []


def test_what_neither_discloses_stays_open_and_no_more_are_named_than_asked_for():
    hits = [covering(0.9, 0.1, 0.1), covering(0.1, 0.9, 0.1), covering(0.1, 0.8, 0.2)]
    found = best_combinations(hits, most=2)
    assert len(found) == 2 and all(one.open == (3,) for one in found)
