"""Meaning and words within Selections of every size: never outside, never too few, as the oracle has it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest

from index.choice import build_index
from index.exact import ExactIndex
from index.hybrid import HybridIndex
from index.lexical import LexicalIndex
from index.patents import PatentIndex

PATENTS, DIM, FIELDS = 6_000, 32, 50
VOCABULARY = [f"词{number}" for number in range(2_000)]


class Library(NamedTuple):
    served: HybridIndex
    oracle: HybridIndex
    fields: np.ndarray
    queries: list[tuple[np.ndarray, list[str]]]


def unit(vectors):
    return (vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)).astype(np.float32)


def written(rng, field):
    """A passage of 30 words, half of them of its field."""
    own = field * 40 + rng.integers(0, 40, 15)
    return [VOCABULARY[word] for word in (*own, *rng.integers(0, 2_000, 15))]


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    """Patents of fifty fields, every fifth with two passages; the served index is one of lists."""
    rng = np.random.default_rng(0)
    centres = rng.normal(size=(FIELDS, DIM))
    fields = rng.integers(0, FIELDS, PATENTS)
    rows = np.sort(np.concatenate([np.arange(PATENTS), np.arange(0, PATENTS, 5)]))
    vectors = unit(centres[fields[rows]] + 0.6 * rng.normal(size=(len(rows), DIM)))
    lexical = LexicalIndex.build(
        (written(rng, fields[row]) for row in rows), tmp_path_factory.mktemp("lexical")
    )
    built = build_index(vectors, flat_floats=0)
    assert built.figures.kind == "ivf"
    served = HybridIndex(PatentIndex(built.index, rows, PATENTS), lexical, rows, vectors)
    oracle = HybridIndex(PatentIndex(ExactIndex(vectors), rows, PATENTS), lexical, rows, vectors)
    asked = rng.integers(0, FIELDS, 25)
    queries = [
        (unit(centres[field] + 0.6 * rng.normal(size=DIM))[None], written(rng, field)) for field in asked
    ]
    return Library(served, oracle, fields, queries)


def selections(library):
    """Random patents, and whole fields: a field is the hard case for queries from another."""
    rng = np.random.default_rng(1)
    for share in (1.0, 0.1, 0.01, 0.0001):
        allowed = np.zeros(PATENTS, dtype=bool)
        allowed[rng.permutation(PATENTS)[: max(1, int(share * PATENTS))]] = True
        yield f"{share:.2%} at random", allowed
    for count in (25, 5, 1):
        yield f"{count} fields", library.fields < count


@pytest.mark.parametrize("mode", ["hybrid", "dense"])
def test_hits_are_those_of_the_oracle_all_inside_and_as_many_as_asked(library, mode):
    for name, allowed in selections(library):
        shares = []
        for vectors, words in library.queries:
            hits = library.served.search(vectors, words, 10, allowed=allowed, mode=mode)
            assert allowed[hits.rows].all(), name
            assert len(hits.rows) == len(set(hits.rows.tolist())) == min(10, allowed.sum()), name
            truth = library.oracle.search(vectors, words, 10, allowed=allowed, mode=mode)
            shares.append(len(set(hits.rows) & set(truth.rows)) / len(truth.rows))
        assert np.mean(shares) >= 0.98, name


def test_words_are_exact_within_every_selection(library):
    for name, allowed in selections(library):
        vectors, words = library.queries[0]
        hits = library.served.search(vectors, words, 10, allowed=allowed, mode="lexical")
        truth = library.oracle.search(vectors, words, 10, allowed=allowed, mode="lexical")
        np.testing.assert_array_equal(hits.rows, truth.rows, err_msg=name)
        passages = np.flatnonzero(allowed[library.served._passage_rows])
        best = library.served._lexical.scores(words, passages).max()
        assert hits.lexical.max(initial=0) == pytest.approx(best, rel=1e-5), name
