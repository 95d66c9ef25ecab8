"""BM25 by tantivy, against BM25 written out."""

from __future__ import annotations

from collections import Counter
from math import log

import numpy as np
import pytest

from index.lexical import MOST_QUERY_WORDS, LexicalIndex

WORDS = [f"词{number}" for number in range(60)]


@pytest.fixture(scope="module")
def passages():
    rng = np.random.default_rng(0)
    return [[WORDS[word] for word in rng.zipf(1.4, size=20) % 60] for _ in range(6_000)]


@pytest.fixture(scope="module")
def index(passages, tmp_path_factory):
    return LexicalIndex.build(passages, tmp_path_factory.mktemp("lexical"))


def bm25(passages, query, k1=1.2, b=0.75):
    """Every passage is 20 words long, so tantivy's coarse lengths change nothing."""
    counts = [Counter(words) for words in passages]
    scores = np.zeros(len(passages))
    for word in query:
        holders = sum(word in count for count in counts)
        idf = log(1 + (len(passages) - holders + 0.5) / (holders + 0.5))
        tf = np.array([count[word] for count in counts])
        scores += idf * tf * (k1 + 1) / (tf + k1)
    return scores


def test_scores_are_bm25(passages, index):
    query = [WORDS[7], WORDS[23], WORDS[23]]
    expected = bm25(passages, query)
    hits = index.search(query, 30)
    np.testing.assert_allclose(hits.scores[0], np.sort(expected)[::-1][:30], rtol=1e-5)
    np.testing.assert_allclose(expected[hits.rows[0]], hits.scores[0], rtol=1e-5)


@pytest.mark.parametrize("share", [0.9, 0.3, 0.01, 0.0005])
def test_only_allowed_passages_come_back_and_as_many_as_there_are(passages, index, share):
    allowed = np.random.default_rng(1).random(len(passages)) < share
    query = [WORDS[3], WORDS[11]]
    expected = np.where(allowed, bm25(passages, query), 0)
    hits = index.search(query, 10, allowed=allowed)
    found = hits.rows[0] >= 0
    assert allowed[hits.rows[0][found]].all()
    assert found.sum() == min(10, np.count_nonzero(expected))
    np.testing.assert_allclose(hits.scores[0][found], np.sort(expected)[::-1][: found.sum()], rtol=1e-5)


def test_unknown_words_find_nothing(index):
    hits = index.search(["没有的词"], 5)
    assert (hits.rows == -1).all() and np.isneginf(hits.scores).all()
    assert (index.search([], 5).rows == -1).all()


def test_nothing_allowed_gives_nothing(index):
    assert (index.search([WORDS[0]], 5, allowed=np.zeros(index.count, dtype=bool)).rows == -1).all()


def test_the_rarest_words_of_a_very_long_query_are_looked_up(tmp_path):
    common, rare = [f"常{n}" for n in range(MOST_QUERY_WORDS + 20)], "罕见"
    index = LexicalIndex.build([*([common] * 5), [rare]], tmp_path)
    assert index.search([*common, rare], 6).rows[0, 0] >= 0
    assert 5 in index.search([*common, rare], 6).rows[0].tolist()


def test_a_reopened_index_answers_alike(index, passages, tmp_path):
    built = LexicalIndex.build(passages[:500], tmp_path)
    query = [WORDS[5], WORDS[9]]
    before, after = built.search(query, 5), LexicalIndex(tmp_path).search(query, 5)
    np.testing.assert_array_equal(before.rows, after.rows)


def test_wrong_arguments_are_refused(index):
    with pytest.raises(ValueError, match="at least 1"):
        index.search([WORDS[0]], 0)
    with pytest.raises(ValueError, match="allowed must have shape"):
        index.search([WORDS[0]], 1, allowed=np.ones(3, dtype=bool))
