"""One contract for every vector index, the exact one being the oracle."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.exact import ExactIndex, top_k
from index.faiss_flat import FaissFlatIndex
from index.hits import VectorIndex
from index.ivf import IvfIndex, IvfPlan
from index.milvus import MilvusIndex


class Backend(NamedTuple):
    make: Callable[[np.ndarray], VectorIndex]
    load: Callable[[Path], VectorIndex]


def in_lists(vectors: np.ndarray) -> IvfIndex:
    """Eight lists, all of them looked into, small Selections too: exact, by the approximate path."""
    return IvfIndex.build(vectors, IvfPlan(lists=8, gather=0))


def by_rows(vectors: np.ndarray) -> IvfIndex:
    """Selections are scored row by row, without the lists; everything by the lists."""
    return IvfIndex.build(vectors, IvfPlan(lists=8))


def in_milvus_lite(vectors: np.ndarray) -> MilvusIndex:
    """A temporary file; Selections of more than 15 rows by oversampling."""
    pytest.importorskip("milvus_lite", reason="needs the `milvus` extra")
    return MilvusIndex.create(vectors, gather=15)


def on_milvus(vectors: np.ndarray) -> MilvusIndex:
    """A server that somebody runs; all lists are looked into."""
    uri = os.environ.get("PATLAS_TEST_MILVUS")
    if not uri:
        pytest.skip("PATLAS_TEST_MILVUS names no Milvus server (http://HOST:19530)")
    return MilvusIndex.create(vectors, uri, gather=15)


BACKENDS = [
    pytest.param(Backend(ExactIndex, ExactIndex.load), id="exact"),
    pytest.param(Backend(FaissFlatIndex, FaissFlatIndex.load), id="flat"),
    pytest.param(Backend(in_lists, IvfIndex.load), id="ivf"),
    pytest.param(Backend(by_rows, IvfIndex.load), id="ivf-rows"),
    pytest.param(Backend(in_milvus_lite, MilvusIndex.load), id="milvus-lite"),
    pytest.param(Backend(on_milvus, MilvusIndex.load), id="milvus-server"),
]


def unit_vectors(seed: int, count: int, dim: int = 16) -> np.ndarray:
    vectors = np.random.default_rng(seed).normal(size=(count, dim)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def brute_force(vectors, query, k, allowed=None):
    rows = range(len(vectors)) if allowed is None else np.flatnonzero(allowed)
    ranked = sorted((-float(vectors[row] @ query), int(row)) for row in rows)[:k]
    return [row for _, row in ranked], [-score for score, _ in ranked]


@pytest.mark.parametrize("backend", BACKENDS)
def test_rows_and_scores_are_those_of_brute_force(backend):
    vectors, queries = unit_vectors(1, 500), unit_vectors(2, 7)
    index = backend.make(vectors)
    for share in (1.0, 0.5, 0.06, 0.02):
        allowed = None if share == 1.0 else np.random.default_rng(3).random(500) < share
        hits = index.search(queries, 5, allowed=allowed)
        for number, query in enumerate(queries):
            rows, scores = brute_force(vectors, query, 5, allowed)
            assert hits.rows[number].tolist() == rows
            np.testing.assert_allclose(hits.scores[number], scores, atol=1e-6)


@pytest.mark.parametrize("backend", BACKENDS)
def test_more_than_there_are_is_padded(backend):
    hits = backend.make(unit_vectors(1, 3)).search(unit_vectors(2, 2), 5)
    assert (hits.rows[:, 3:] == -1).all() and np.isneginf(hits.scores[:, 3:]).all()
    assert sorted(hits.rows[0, :3].tolist()) == [0, 1, 2]


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("copies", [3, 60])
def test_duplicates_come_in_row_order(backend, copies):
    one = unit_vectors(1, 1)
    vectors = np.concatenate([unit_vectors(4, 10), np.repeat(one, copies, axis=0)])
    hits = backend.make(vectors).search(one, 3)
    assert hits.rows[0].tolist() == [10, 11, 12]


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_zero_vector_scores_zero_and_is_still_found(backend):
    vectors = np.concatenate([np.zeros((1, 16), np.float32), unit_vectors(1, 1)])
    hits = backend.make(vectors).search(vectors[1:], 2)
    assert hits.rows[0].tolist() == [1, 0]
    assert hits.scores[0, 1] == 0.0


@pytest.mark.parametrize("backend", BACKENDS)
def test_nothing_allowed_gives_nothing(backend):
    hits = backend.make(unit_vectors(1, 20)).search(unit_vectors(2, 1), 3, allowed=np.zeros(20, dtype=bool))
    assert (hits.rows == -1).all()


@pytest.mark.parametrize("backend", BACKENDS)
def test_an_empty_index_answers(backend):
    hits = backend.make(np.zeros((0, 16), np.float32)).search(unit_vectors(2, 2), 3)
    assert hits.rows.shape == (2, 3) and (hits.rows == -1).all()


@pytest.mark.parametrize("backend", BACKENDS)
def test_no_queries_get_no_hits(backend):
    assert backend.make(unit_vectors(1, 20)).search(np.zeros((0, 16), np.float32), 3).rows.shape == (0, 3)


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_saved_index_answers_alike(backend, tmp_path: Path):
    index, queries = backend.make(unit_vectors(1, 100)), unit_vectors(2, 4)
    index.save(tmp_path)
    before, after = index.search(queries, 5), backend.load(tmp_path).search(queries, 5)
    np.testing.assert_array_equal(before.rows, after.rows)
    np.testing.assert_array_equal(before.scores, after.scores)


@pytest.mark.parametrize("backend", BACKENDS)
def test_wrong_shapes_are_refused(backend):
    index = backend.make(unit_vectors(1, 10))
    with pytest.raises(ValueError, match=r"shape \(q, 16\)"):
        index.search(np.zeros((1, 8), np.float32), 3)
    with pytest.raises(ValueError, match="at least 1"):
        index.search(unit_vectors(2, 1), 0)
    with pytest.raises(ValueError, match=r"shape \(10,\)"):
        index.search(unit_vectors(2, 1), 3, allowed=np.ones(9, dtype=bool))


@given(
    scores=st.lists(st.sampled_from([-1.0, -0.5, 0.0, 0.25, 0.5, 1.0]), max_size=40),
    k=st.integers(1, 45),
)
@settings(max_examples=200)
def test_top_k_is_a_stable_sort_cut_at_k(scores, k):
    array = np.array(scores, dtype=np.float32)
    expected = sorted(range(len(scores)), key=lambda position: (-scores[position], position))[:k]
    assert top_k(array, k).tolist() == expected


@pytest.mark.parametrize("share", [1.0, 0.7])
def test_many_queries_in_one_pass_over_blocks_of_rows_keep_the_order_of_ties(share):
    """Whole numbers: scores are exact and most of them tie; 1,100 x 40,000 are several blocks."""
    generator = np.random.default_rng(11)
    vectors = generator.integers(-2, 3, size=(40_000, 6)).astype(np.float32)
    queries = generator.integers(-2, 3, size=(1_100, 6)).astype(np.float32)
    allowed = generator.random(40_000) < share
    hits = ExactIndex(vectors).search(queries, 12, allowed=allowed if share < 1.0 else None)
    rows = np.flatnonzero(allowed) if share < 1.0 else np.arange(40_000)
    for number in range(0, 1_100, 20):
        scores = vectors[rows] @ queries[number]
        expected = np.argsort(-scores, kind="stable")[:12]
        assert hits.rows[number].tolist() == rows[expected].tolist()
        assert hits.scores[number].tolist() == scores[expected].tolist()


@pytest.mark.parametrize("make", [FaissFlatIndex, in_lists, by_rows])
@given(seed=st.integers(0, 10_000), k=st.integers(1, 30), share=st.sampled_from([0.03, 0.3, 1.0]))
@settings(max_examples=12)
def test_faiss_and_the_oracle_agree(make, seed, k, share):
    rng = np.random.default_rng(seed)
    vectors, queries = unit_vectors(seed, 200), unit_vectors(seed + 1, 3)
    vectors[rng.integers(0, 200, 20)] = vectors[0]
    allowed = rng.random(200) < share
    exact = ExactIndex(vectors).search(queries, k, allowed=allowed)
    other = make(vectors).search(queries, k, allowed=allowed)
    np.testing.assert_allclose(exact.scores, other.scores, atol=1e-6)
    assert (allowed[other.rows[other.rows >= 0]]).all()
    assert ((exact.rows == other.rows) | np.isclose(exact.scores, other.scores, atol=1e-6)).all()
