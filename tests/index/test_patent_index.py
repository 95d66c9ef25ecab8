"""A patent scores its best passage."""

from __future__ import annotations

import numpy as np
import pytest

from index.exact import ExactIndex
from index.patents import PatentIndex


def test_a_patent_is_found_once_with_its_best_passage():
    vectors = np.array([[1, 0], [0.8, 0.6], [0, 1], [0.6, 0.8]], dtype=np.float32)
    index = PatentIndex(ExactIndex(vectors), np.array([0, 0, 1, 2]), 3)
    hits = index.search(np.array([[1, 0]], dtype=np.float32), 3)
    assert hits.rows[0].tolist() == [0, 2, 1]
    assert hits.passages[0].tolist() == [0, 3, 2]


def test_many_passages_of_one_patent_do_not_crowd_out_the_others():
    near = np.tile(np.array([[1.0, 0.0]], dtype=np.float32), (100, 1))
    far = np.array([[0.0, 1.0], [-1.0, 0.0]], dtype=np.float32)
    rows = np.array([0] * 100 + [1, 2])
    hits = PatentIndex(ExactIndex(np.concatenate([near, far])), rows, 3).search(near[:1], 3)
    assert hits.rows[0].tolist() == [0, 1, 2]


def test_k_are_returned_whenever_k_are_allowed():
    rng = np.random.default_rng(0)
    vectors = rng.normal(size=(300, 8)).astype(np.float32)
    rows = np.sort(rng.integers(0, 100, 300))
    allowed = np.zeros(100, dtype=bool)
    allowed[np.unique(rows)[:7]] = True
    hits = PatentIndex(ExactIndex(vectors), rows, 100).search(vectors[:2], 5, allowed=allowed)
    assert (hits.rows >= 0).all() and allowed[hits.rows].all()


def test_a_patent_without_passage_is_never_found():
    vectors = np.eye(2, dtype=np.float32)
    hits = PatentIndex(ExactIndex(vectors), np.array([0, 2]), 3).search(vectors[:1], 3)
    assert hits.rows[0].tolist() == [0, 2, -1]


def test_passages_and_rows_must_match():
    with pytest.raises(ValueError, match="2 passages, but 3"):
        PatentIndex(ExactIndex(np.eye(2, dtype=np.float32)), np.array([0, 1, 2]), 3)
