"""Meaning and words in one list: every hit with its parts, within the Selection."""

from __future__ import annotations

import numpy as np
import pytest

from embed.loader import load_encoder
from index.exact import ExactIndex
from index.hybrid import FusionWeights, HybridIndex, fuse, fusion_of, repeat_lift, z_scores
from index.lexical import LexicalIndex, LexicalQuery
from index.patents import PatentIndex
from terms.words import words

TEXTS = [
    "一种电池冷却装置，箱体内设有蛇形冷却管。",
    "一种锂离子电池的正极材料，含有磷酸铁锂。",
    "一种PVP-K60粘结剂的极片。",
    "一种鸡饲料，由玉米和豆粕组成。",
    "一种石墨烯导热膜的制备方法。",
    "一种电池组的液冷板，板内有流道。",
]
# The second patent has two passages.
ROWS = np.array([0, 1, 1, 2, 3, 4])


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    vectors = load_encoder().encode(TEXTS)
    lexical = LexicalIndex.build([words(text) for text in TEXTS], tmp_path_factory.mktemp("lexical"))
    return HybridIndex(PatentIndex(ExactIndex(vectors), ROWS, 5), lexical, ROWS, vectors)


def search(index, query, k=3, allowed=None):
    return index.search(load_encoder().encode([query], role="query"), words(query), k, allowed=allowed)


def test_every_hit_carries_its_parts(index):
    query = "石墨烯导热膜"
    hits = search(index, query)
    vectors, asked = load_encoder().encode(TEXTS), load_encoder().encode([query], role="query")
    assert hits.rows[0] == 3 and hits.passages[0] == 4 and hits.lexical_passages[0] == 4
    assert hits.dense[0] == pytest.approx(float(vectors[4] @ asked[0]), abs=1e-6)
    assert hits.lexical[0] > 0 and hits.lexical_ranks[0] == 1 and hits.dense_ranks[0] == 1
    assert (np.diff(hits.scores) <= 0).all()


def test_a_patent_scores_its_best_passage_in_each_way(index):
    hits = search(index, "磷酸铁锂正极材料", k=5)
    at = hits.rows.tolist().index(1)
    assert (hits.passages[at], hits.lexical_passages[at]) == (1, 1)
    assert sorted(hits.rows.tolist()) == [0, 1, 2, 3, 4]


def test_a_patent_without_a_shared_word_says_so(index):
    hits = search(index, "玉米", k=5)
    at = hits.rows.tolist().index(3)
    assert (hits.lexical[at], hits.lexical_ranks[at], hits.lexical_passages[at]) == (0.0, 0, -1)
    assert hits.rows[0] == 2


def test_only_allowed_patents_come_back(index):
    allowed = np.array([True, False, False, False, True])
    hits = search(index, "石墨烯导热膜", k=5, allowed=allowed)
    assert sorted(hits.rows.tolist()) == [0, 4]
    assert len(search(index, "石墨烯", allowed=np.zeros(5, dtype=bool)).rows) == 0


def test_windows_of_a_long_query_each_find_their_patent(index):
    windows = load_encoder().encode(["玉米豆粕饲料", "石墨烯导热膜"], role="query")
    assert set(index.search(windows, [], 2).rows.tolist()) == {2, 3}


def test_unknown_words_leave_the_order_to_the_encoder(index):
    vectors = load_encoder().encode(["电池冷却"], role="query")
    hits = index.search(vectors, ["没有的词", "也没有"], 5)
    assert hits.fusion.known == 0.0 and hits.fusion.lift == 0.0
    assert hits.dense.tolist() == sorted(hits.dense.tolist(), reverse=True)


def test_a_query_without_a_vector_is_a_matter_of_words(index):
    hits = index.search(np.zeros((1, index._vectors.shape[1]), dtype=np.float32), ["玉米"], 2)
    assert hits.rows[0] == 2


def test_parts_of_different_length_are_refused(index):
    with pytest.raises(ValueError, match="6 passages of words, 5 rows"):
        HybridIndex(index._dense, index._lexical, ROWS[:5], index._vectors)


def outlier(lead):
    """BM25 of 100 candidates, one of them far ahead; the encoder likes another best."""
    rng = np.random.default_rng(0)
    lexical = rng.random(100).astype(np.float32)
    lexical[7] += lead
    dense = rng.random(100).astype(np.float32)
    dense[3], dense[7] = 1.2, 0.6
    return dense, lexical


def asked(count, known=1.0):
    """A query of some words."""
    return LexicalQuery({f"词{number}": 1 for number in range(count)}, known, count, float(count))


@pytest.mark.parametrize(("count", "lead", "first"), [(4, 0.6, 7), (60, 0.0, 3), (60, 5.0, 7)])
def test_words_decide_short_queries_and_only_outliers_long_ones(count, lead, first):
    dense, lexical = outlier(lead)
    scores = fuse(dense, lexical, fusion_of(asked(count), lexical, FusionWeights()))
    assert int(scores.argmax()) == first


def test_what_the_library_does_not_know_weakens_the_words():
    _, lexical = outlier(1.0)
    full = fusion_of(asked(5), lexical, FusionWeights())
    half = fusion_of(asked(5, 0.5), lexical, FusionWeights())
    assert half.lift == pytest.approx(full.lift / 2)


def test_z_scores_of_equal_scores_are_zeros():
    np.testing.assert_array_equal(z_scores(np.full(3, 2.0, dtype=np.float32)), np.zeros(3))
    scores = z_scores(np.array([1, 2, 3], dtype=np.float32))
    assert scores.mean() == pytest.approx(0, abs=1e-6) and scores.std() == pytest.approx(1, abs=1e-6)


def lifts(*repeated):
    return repeat_lift(np.array(repeated, dtype=np.float32), FusionWeights())


def test_who_repeats_more_of_the_query_than_the_next_ones_is_lifted():
    usual = lifts(0.05, 0.05, 0.05, 0.05, 0.0)
    np.testing.assert_array_equal(usual, np.zeros(5))
    twin = lifts(0.3, 0.05, 0.05, 0.05, 0.0)
    assert twin[0] == pytest.approx(0.25 * FusionWeights().repeat) and not twin[1:].any()


def test_copies_of_the_query_are_lifted_however_many_there_are():
    series = lifts(*[0.9] * 12, 0.1)
    assert (series[:12] == series[0]).all() and series[0] > 0 and series[12] == 0


def test_too_few_candidates_show_nothing_usual():
    np.testing.assert_array_equal(lifts(0.9, 0.1, 0.0), np.zeros(3))


def test_a_twin_in_other_words_comes_before_strangers_who_use_the_same_words(tmp_path):
    """The query's own words in another order against whole runs of it between other words."""
    query = "箱体内设有蛇形冷却管，冷却管两端与水泵相连，箱体外壁贴有导热硅胶垫"
    stranger = "水泵箱体外壁内设有两端冷却管相连的蛇形箱体，硅胶垫贴有导热冷却管"
    twin = "电池包，其箱体内设有蛇形冷却管，结构紧凑；所述箱体外壁贴有导热硅胶垫，便于维护与更换，成本较低"
    texts = [stranger, twin, *TEXTS[1:5]]
    lexical = LexicalIndex.build([words(text) for text in texts], tmp_path)
    vectors = np.tile(load_encoder().encode([query]), (len(texts), 1)) * np.linspace(
        1, 0.9, len(texts), dtype=np.float32
    ).reshape(-1, 1)
    dense = PatentIndex(ExactIndex(vectors), np.arange(len(texts)), len(texts))
    parts = (dense, lexical, np.arange(len(texts)), vectors)
    asked_for = (vectors[:1], words(query), 3)
    plain = HybridIndex(*parts).search(*asked_for, text=query)
    compared = HybridIndex(*parts, lambda rows: [texts[row] for row in rows]).search(*asked_for, text=query)
    assert plain.rows[0] == 0 and not plain.repeated.any()
    assert compared.rows[0] == 1 and 0.3 < compared.repeated[0] < 1
    assert compared.repeated[compared.rows.tolist().index(0)] < 0.1
