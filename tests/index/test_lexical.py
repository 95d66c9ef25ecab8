"""BM25 by tantivy, against BM25 written out."""

from __future__ import annotations

from collections import Counter
from math import log

import numpy as np
import pytest

from index import lexical
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
    query = [WORDS[13], WORDS[21]]
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


def test_named_passages_score_what_a_search_gives_them(passages, index):
    query = [WORDS[7], WORDS[23], WORDS[23], "没有的词"]
    hits = index.search(query, 50)
    np.testing.assert_allclose(index.scores(query, hits.rows[0]), hits.scores[0], rtol=1e-5)
    without = np.flatnonzero(bm25(passages, query) == 0)[:5]
    assert (index.scores(query, without) == 0).all()
    assert (index.scores(["没有的词"], without) == 0).all()


def test_lengths_count_as_coarsely_as_in_the_inverted_index(tmp_path):
    texts = [["甲", *(f"字{n}" for n in range(length))] for length in (0, 5, 39, 40, 41, 60, 300, 5_000)]
    index = LexicalIndex.build(texts, tmp_path)
    hits = index.search(["甲"], len(texts))
    assert sorted(hits.rows[0].tolist()) == list(range(len(texts)))
    np.testing.assert_allclose(index.scores(["甲"], hits.rows[0]), hits.scores[0], rtol=1e-5)


def test_a_field_far_from_the_query_is_searched_exactly(tmp_path):
    near = [["电池", "阴极"]] * 9_000
    far = [["饲料", *(["阴极"] if number % 1_000 == 7 else [])] for number in range(6_000)]
    index = LexicalIndex.build([*near, *far], tmp_path)
    allowed = np.arange(15_000) >= 9_000
    hits = index.search(["电池", "阴极"], 5, allowed=allowed)
    assert hits.rows[0].tolist() == [9_007, 10_007, 11_007, 12_007, 13_007]


def test_shared_words_are_counted(index, passages):
    query = list(dict.fromkeys([*passages[4][:3], "没有的词"]))
    assert index.shared(query, 4) == {word: passages[4].count(word) for word in query[:-1]}


def test_no_passages_at_all_answer(tmp_path):
    index = LexicalIndex.build([], tmp_path)
    assert index.count == 0 and index.known(["词"]) == {}
    assert (index.search(["词"], 3).rows == -1).all()


def test_words_of_most_passages_count_only_where_there_are_no_others(tmp_path):
    index = LexicalIndex.build([["一种", "电池"], ["一种", "阴极"], ["一种", "一种"]], tmp_path)
    assert index.search(["一种", "电池"], 3).rows[0].tolist() == [0, -1, -1]
    assert index.search(["一种"], 3).rows[0, 0] == 2


def carried(passages, index, folder, gone, added):
    """An index extended by some passages put between the others, less every `gone`th."""
    kept = np.array([row for row in range(len(passages)) if row % gone])
    old = np.concatenate([kept[:40], np.full(len(added), -1), kept[40:]])
    now = [added[row - 40] if 40 <= row < 40 + len(added) else passages[old[row]] for row in range(len(old))]
    folder.mkdir()
    return index.extended(old, added, folder), now


def test_an_extended_index_holds_what_is_new_and_nothing_that_is_gone(passages, index, tmp_path):
    added = [[WORDS[7], "全新的词"], [WORDS[8]] * 20]
    extended, now = carried(passages, index, tmp_path / "next", 3, added)
    assert extended.count == len(now) and extended.documents == len(passages) + 2
    assert extended.search(["全新的词"], 3).rows[0].tolist() == [40, -1, -1]
    query = [WORDS[7], WORDS[23]]
    hits = extended.search(query, 50)
    assert all(set(query) & set(now[row]) for row in hits.rows[0].tolist())
    np.testing.assert_allclose(extended.scores(query, hits.rows[0]), hits.scores[0], rtol=1e-5)
    # All documents count in the rarity of words: those of the old index and the two new ones.
    expected = bm25([*passages, *added], query)
    living = [row for row in range(len(passages)) if row % 3] + [len(passages), len(passages) + 1]
    assert hits.scores[0][0] == pytest.approx(np.sort(expected[living])[::-1][0], rel=2e-2)


@pytest.mark.parametrize("share", [0.9, 0.01])
def test_an_extended_index_keeps_to_the_selection(passages, index, tmp_path, share):
    extended, now = carried(passages, index, tmp_path / "next", 2, [[WORDS[13]]])
    allowed = np.random.default_rng(1).random(len(now)) < share
    found = extended.search([WORDS[13]], 20, allowed=allowed).rows[0]
    holders = [row for row in np.flatnonzero(allowed).tolist() if WORDS[13] in now[row]]
    assert len(found[found >= 0]) == min(20, len(holders))
    assert set(found[found >= 0].tolist()) <= set(holders)


def test_extending_leaves_the_index_before_as_it_was(passages, tmp_path):
    first = tmp_path / "first"
    first.mkdir()
    index = LexicalIndex.build(passages[:300], first)
    before = {path.name: path.read_bytes() for path in first.iterdir()}
    for number in range(12):
        folder = tmp_path / str(number)
        folder.mkdir()
        old = np.append(np.arange(index.count), -1)
        index = index.extended(old, [[WORDS[3], f"第{number}"]], folder)
    assert {path.name: path.read_bytes() for path in first.iterdir()} == before
    assert index.search(["第5"], 2).rows[0].tolist() == [305, -1]


@pytest.mark.parametrize("extended", [False, True])
def test_a_selection_is_answered_alike_one_by_one_by_postings_and_by_fetching(
    passages, index, tmp_path, monkeypatch, extended
):
    now = passages
    if extended:
        index, now = carried(passages, index, tmp_path / "next", 3, [[WORDS[7], WORDS[40]]])
    allowed = np.random.default_rng(2).random(len(now)) < 0.3
    query = [WORDS[3], WORDS[7], WORDS[7], WORDS[40], "没有的词"]
    found = []
    for named, most, pairs in ((10**6, 0.4, 10**6), (0, 0.4, 10**6), (0, 0.0, 10**6), (0, 0.4, 0)):
        monkeypatch.setattr(lexical, "_MOST_NAMED", named)
        monkeypatch.setattr(lexical, "_MOST_ALLOWED", most)
        monkeypatch.setattr(lexical, "_MOST_PAIRS", pairs)
        found.append(index.search(query, 400, allowed=allowed))
    one_by_one, by_postings, *fetched = found
    assert (one_by_one.rows >= 0).all()
    np.testing.assert_array_equal(by_postings.rows, one_by_one.rows)
    for hits in (by_postings, *fetched):
        np.testing.assert_allclose(hits.scores, one_by_one.scores, rtol=1e-5)


def test_a_snapshot_of_an_earlier_version_without_postings_answers_alike(passages, tmp_path):
    index = LexicalIndex.build(passages, tmp_path)
    allowed = np.arange(len(passages)) % 3 == 0
    query = [WORDS[3], WORDS[7]]
    expected = index.search(query, 30, allowed=allowed)
    for path in tmp_path.glob("forward-posting*"):
        path.unlink()
    found = LexicalIndex(tmp_path).search(query, 30, allowed=allowed)
    np.testing.assert_array_equal(found.rows, expected.rows)
    np.testing.assert_array_equal(found.scores, expected.scores)
