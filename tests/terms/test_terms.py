"""Terms: roles of words, n-grams, mined compounds, stop words by statistics."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terms.corpus import corpus_terms
from terms.informative import divergence, uninformative
from terms.lexicon import Lexicon, mine
from terms.ngrams import count_terms, levels, show
from terms.stopwords import is_break, listed, roles
from terms.tokens import BREAK, Tokens, tokenize
from terms.words import word_runs, words

TEXTS = [
    "一种石墨烯改性磷酸铁锂正极材料。",
    "石墨烯复合的磷酸铁锂电池，采用充电装置。",
    "充电装置与石墨烯薄膜，包括底座。",
    "磷酸铁锂颗粒的制备；石墨烯涂料。",
    "充电装置设有底座，底座上固定有石墨烯散热片。",
]


def term_counts(texts, **settings_):
    tokens = tokenize(texts)
    return count_terms(tokens, roles(tokens.vocabulary), **settings_)


def test_no_word_stands_in_two_lists():
    lists = [listed(name) for name in ("breaks", "heads", "openers", "weak")]
    assert sum(map(len, lists)) == len(frozenset().union(*lists))
    assert all(lists)


def test_function_words_prose_numbers_and_miscut_words_break_terms():
    assert all(map(is_break, ["的", "所述", "一种", "本发明", "98.5%", "2", "和转子", "端均"]))
    assert all(map(is_break, ["3h", "28d", "0.5mm", "2.5g", "120℃", "16mpa"]))
    assert not any(map(is_break, ["石墨", "装置", "检测", "和谐", "3d", "5g", "h2o", "pm2.5", "c60"]))


def test_heads_do_not_open_and_openers_do_not_close_and_weak_words_do_not_tell():
    inside, opens, closes, tells = roles(["装置", "自动", "检测", "石墨", "实时"])
    assert inside.all()
    assert opens.tolist() == [False, True, True, True, True]
    assert closes.tolist() == [True, False, True, True, False]
    assert tells.tolist() == [False, False, False, True, False]


def test_terms_do_not_cross_punctuation_or_function_words():
    found = term_counts(["石墨。电池", "石墨的电池", "石墨，电池"], fewest=1).terms
    assert found == ("电池", "石墨")


def test_the_count_of_a_term_is_its_occurrences_per_text():
    counts = term_counts(TEXTS, fewest=2)
    column = counts.matrix[:, counts.terms.index("石墨烯")].toarray().ravel()
    assert column.tolist() == [1, 1, 1, 1, 1]
    column = counts.matrix[:, counts.terms.index("底座")].toarray().ravel()
    assert column.tolist() == [0, 0, 1, 0, 2]
    assert counts.patents()[counts.terms.index("充电装置")] == 3
    assert "装置" not in counts.terms


def test_only_terms_of_the_lexicon_are_counted_when_one_is_given():
    counts = term_counts(TEXTS, fewest=1, allowed=frozenset({"石墨烯"}))
    assert "石墨烯" in counts.terms and "充电装置" not in counts.terms and "充电" in counts.terms


def naive_grams(texts, length, fewest):
    """n-grams by slicing: the oracle of the counting by levels."""
    patents: Counter[tuple[str, ...]] = Counter()
    for text in texts:
        grams = {
            tuple(run[at : at + length]) for run in word_runs(text) for at in range(len(run) - length + 1)
        }
        patents.update(grams)
    return {gram: count for gram, count in patents.items() if count >= fewest}


@settings(max_examples=60)
@given(st.lists(st.text(alphabet="石墨电池。的a b", max_size=12), max_size=12), st.integers(1, 3))
def test_levels_are_the_frequent_ngrams_of_slicing(texts, fewest):
    tokens = tokenize(texts)
    every = np.ones(len(tokens.vocabulary), dtype=np.bool_)
    found = list(levels(tokens, every, longest=4, fewest=fewest))
    for length, level in enumerate(found, start=1):
        grams = [tuple(tokens.vocabulary[word] for word in gram) for gram in level.words.tolist()]
        assert dict(zip(grams, level.patents.tolist(), strict=True)) == naive_grams(texts, length, fewest)
    assert len(found) == 4 or not naive_grams(texts, len(found) + 1, fewest)


def test_latin_words_keep_their_blank():
    assert show(["deep", "learning", "模型"]) == "deep learning模型"


def test_tokens_come_back_from_disk_and_can_be_taken(tmp_path):
    tokens = tokenize([*TEXTS, ""])
    tokens.save(tmp_path)
    loaded = Tokens.load(tmp_path)
    assert loaded.vocabulary == tokens.vocabulary
    assert [loaded.words_of(number) for number in range(6)] == [words(text) for text in [*TEXTS, ""]]
    taken = loaded.take(np.array([5, 2, 2]))
    assert [taken.words_of(number) for number in range(3)] == [[], words(TEXTS[2]), words(TEXTS[2])]
    assert taken.texts().tolist() == sorted(taken.texts().tolist())
    assert (tokens.ids == BREAK).any()


def compound_corpus():
    """Texts in which 石墨烯 (cut as 石墨 + 烯) meets many neighbours."""
    around = ["散热膜", "气凝胶", "涂料", "电极", "传感器", "纤维", "橡胶", "电池", "防腐层", "滤芯"]
    before = ["含", "将", "与", "在", "由"]
    pairs = enumerate(pairwise(around * 3))
    return [f"{before[number % 5]}石墨烯{one}和石墨烯；{two}" for number, (one, two) in pairs]


def test_compounds_that_the_dictionary_cuts_are_mined_and_saved(tmp_path):
    assert "石墨烯" not in words("石墨烯")
    tokens = tokenize(compound_corpus())
    lexicon = mine(tokens, roles(tokens.vocabulary))
    assert "石墨烯" in lexicon.texts()
    lexicon.save(tmp_path / "lexicon.json")
    assert Lexicon.load(tmp_path / "lexicon.json") == lexicon


def test_everything_at_once_is_everything_one_by_one():
    texts = compound_corpus()
    tokens = tokenize(texts)
    parts = roles(tokens.vocabulary)
    lexicon = mine(tokens, parts)
    counts = count_terms(tokens, parts, allowed=lexicon.texts())
    found = corpus_terms(texts)
    assert found.lexicon == lexicon and found.counts.terms == counts.terms
    assert (found.counts.matrix != counts.matrix).nnz == 0
    given_one = corpus_terms(texts[:4], lexicon)
    assert "石墨烯" in given_one.counts.terms


def test_a_pair_that_only_meets_one_neighbour_is_no_compound():
    tokens = tokenize(["石墨烯散热膜"] * 30)
    assert "石墨烯" not in mine(tokens, roles(tokens.vocabulary)).texts()


def test_a_term_spread_like_the_corpus_is_uninformative_and_a_focused_one_is_not():
    rng = np.random.default_rng(1)
    labels = np.repeat(np.arange(10), 100)
    everywhere = rng.random(1000) < 0.3
    somewhere = labels == 3
    matrix = count_matrix(everywhere, somewhere)
    spread, focused = divergence(matrix, labels)
    assert spread < 0.05 and focused == pytest.approx(np.log(10))
    assert uninformative(matrix, labels).tolist() == [True, False]


def test_without_classes_no_term_is_uninformative():
    matrix = count_matrix(np.ones(5), np.ones(5))
    assert not uninformative(matrix, np.full(5, -1)).any()


def count_matrix(*columns):
    from scipy import sparse

    return sparse.csr_matrix(np.column_stack(columns).astype(np.int32))
