"""Keywords, names, evidence, representatives; counts by year; the tree of layers."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terms.ngrams import count_terms
from terms.stopwords import roles
from terms.tokens import tokenize
from terms.words import fold
from themes.clusters import ThemeSettings
from themes.describe import describe, representatives
from themes.fit import fit_themes
from themes.keywords import rank_terms, theme_keywords
from themes.names import ThemeTerms
from themes.tree import build_tree, links_between
from themes.years import by_plan, by_year, incomplete_from


@pytest.fixture(scope="module")
def model(world):
    return fit_themes(world.vectors, world.keys, settings=ThemeSettings(themes=6))


@pytest.fixture(scope="module")
def counts(world):
    tokens = tokenize(world.texts)
    return count_terms(tokens, roles(tokens.vocabulary), fewest=3)


@pytest.fixture(scope="module")
def terms(counts, world):
    return ThemeTerms.of(counts, [text.split("。")[0] for text in world.texts])


@pytest.fixture(scope="module")
def texts(world, model, terms):
    core = model.clustering.core_label
    return describe(world.vectors, core, model.themes, terms, world.texts.__getitem__, examples=3)


def topic_of(world, model, theme):
    members = world.topics[model.clustering.core_label == theme]
    return int(np.bincount(members[members >= 0]).argmax())


def test_keywords_are_the_words_of_the_topic(world, model, texts):
    from tests.themes.conftest import TOPICS

    vocabularies = ["".join(words) for words in TOPICS.values()]
    for theme, text in enumerate(texts):
        vocabulary = vocabularies[topic_of(world, model, theme)]
        assert len(text.keywords) >= 4
        assert all(keyword.text in vocabulary for keyword in text.keywords)


def test_no_keyword_is_patent_prose(texts):
    said = {keyword.text for text in texts for keyword in text.keywords}
    assert not said & {"本发明", "所述", "一种", "效果", "公开"}


def test_the_longest_phrase_wins(texts):
    said = {keyword.text for text in texts for keyword in text.keywords}
    assert "磷酸铁锂" in said and "磷酸" not in said
    assert "卷积神经网络" in said and "神经网络" not in said


def test_a_keyword_counts_patents_of_its_core_and_elsewhere(world, model, counts, texts):
    for theme, text in enumerate(texts):
        core = model.clustering.core_label == theme
        for keyword in text.keywords:
            column = counts.matrix[:, counts.terms.index(keyword.text)].toarray().ravel() > 0
            assert keyword.patents == (column & core).sum()
            assert keyword.elsewhere == (column & ~core).sum()


def test_evidence_is_a_sentence_of_a_core_patent_with_the_keyword(world, model, texts):
    for theme, text in enumerate(texts):
        assert len(text.evidence) == len(text.keywords)
        for keyword, evidence in zip(text.keywords, text.evidence, strict=True):
            assert evidence is not None
            assert model.clustering.core_label[evidence.row] == theme
            assert keyword.text in fold(evidence.sentence)
            assert evidence.sentence in world.texts[evidence.row]


def test_a_very_long_sentence_is_cut_around_the_keyword(world, model, terms):
    long = "很" * 500 + "磷酸铁锂" + "长" * 500
    core = model.clustering.core_label
    cut = describe(world.vectors, core, model.themes, terms, lambda row: long)
    found = [each for text in cut for each in text.evidence if each is not None]
    assert found and all(len(each.sentence) <= 120 and "磷酸铁锂" in each.sentence for each in found)


def test_stop_words_of_the_corpus_are_no_keywords(world, model, counts):
    stop = np.array([term == "磷酸铁锂" for term in counts.terms])
    listed = theme_keywords(counts, model.clustering.core_label, model.themes, stop=stop)
    assert "磷酸铁锂" not in {keyword.text for keywords in listed for keyword in keywords}


@pytest.mark.parametrize("ranking", ["bm25", "log_odds"])
def test_a_term_scores_only_where_it_says_most(model, counts, ranking):
    scores = rank_terms(counts.matrix, model.clustering.core_label, model.themes, ranking=ranking)
    assert scores.shape == (model.themes, len(counts.terms)) and scores.data.min() > 0
    assert scores[:, [counts.terms.index("曝气池")]].nnz == 1


def test_keywords_of_a_single_theme_are_its_frequent_terms(world, counts):
    listed = theme_keywords(counts, np.zeros(len(world.keys), dtype=np.int64), 1, keywords=5)
    assert len(listed) == 1 and len(listed[0]) == 5
    assert listed[0][0].elsewhere == 0


def test_without_terms_or_members_there_are_no_keywords(world, counts):
    empty = count_terms(tokenize([""] * 3), roles(()), fewest=1)
    assert theme_keywords(empty, np.zeros(3, dtype=np.int64), 2) == ((), ())
    labels = np.where(np.arange(len(world.keys)) < 40, 0, -1)
    assert theme_keywords(counts, labels, 2)[1] == ()


def test_representatives_are_central_core_members_and_no_twins(world, model):
    vectors = np.concatenate([world.vectors, world.vectors[:60]])
    core = np.concatenate([model.clustering.core_label, model.clustering.core_label[:60]])
    for theme, rows in enumerate(representatives(vectors, core, model.themes, examples=4)):
        assert 1 <= len(rows) <= 4
        assert (core[list(rows)] == theme).all()
        alike = vectors[list(rows)] @ vectors[list(rows)].T - np.eye(len(rows))
        assert alike.max() < 0.99


def test_years_are_counted_with_shares_and_the_last_ones_marked_incomplete():
    labels = np.array([0, 0, 1, 1, -1, 0, 1])
    years = [2018, 2018, 2018, 2020, 2020, None, None]
    table = by_year(labels, years, 2, as_of=date(2021, 3, 1))
    assert table.periods == ("2018", "2019", "2020")
    assert table.counts.tolist() == [[2, 0, 0], [1, 0, 1]]
    assert table.totals.tolist() == [3, 0, 2]
    assert table.unknown.tolist() == [1, 1]
    assert table.incomplete.tolist() == [False, True, True]
    assert table.shares()[0].tolist() == pytest.approx([2 / 3, 0, 0])


def test_plans_are_counted():
    table = by_plan(np.array([0, 0, 0, 0]), [2015, 2016, 2025, 1999], 1, as_of=date(2026, 1, 1))
    counted = dict(zip(table.periods, table.counts[0].tolist(), strict=True))
    assert (counted["十二五"], counted["十三五"], counted["十四五"]) == (1, 1, 1)
    assert dict(zip(table.periods, table.incomplete.tolist(), strict=True))["十三五"] is False
    assert dict(zip(table.periods, table.incomplete.tolist(), strict=True))["十四五"] is True


def test_no_known_year_gives_an_empty_table():
    table = by_year(np.array([0, 0]), [None, None], 1, as_of=date(2021, 1, 1))
    assert table.periods == () and table.counts.shape == (1, 0) and table.unknown.tolist() == [2]


@pytest.mark.parametrize(
    ("as_of", "year"),
    [
        (date(2025, 6, 29), 2023),
        (date(2025, 6, 30), 2024),
        (date(2025, 7, 1), 2024),
        (date(2026, 2, 28), 2024),
    ],
)
def test_a_year_is_complete_when_all_of_it_passed_eighteen_months_ago(as_of, year):
    assert incomplete_from(as_of) == year


def test_without_a_delay_the_year_of_the_as_of_date_is_complete_on_its_last_day():
    assert [incomplete_from(date(2025, 12, day), 0) for day in (30, 31)] == [2025, 2026]


def line_tree():
    """Six groups in a line, neighbours linked, with two tight pairs."""
    links = np.zeros((6, 6))
    for one, weight in enumerate([90, 10, 80, 5, 70]):
        links[one, one + 1] = links[one + 1, one] = weight
    return build_tree(links, np.full(6, 10))


def test_the_closest_groups_are_joined_first():
    tree = line_tree()
    assert tree.cut(6).tolist() == [0, 1, 2, 3, 4, 5]
    assert tree.cut(5).tolist() == [0, 0, 1, 2, 3, 4]
    assert tree.cut(3).tolist() == [0, 0, 1, 1, 2, 2]
    assert tree.cut(1).tolist() == [0] * 6
    assert tree.cut(99).tolist() == tree.cut(6).tolist()


def test_layers_are_nested_and_no_parent_has_a_single_child():
    nodes = line_tree().layered((2, 3, 4, 6))
    assert all(len(node.children) != 1 for node in nodes)
    for place, node in enumerate(nodes):
        for child in node.children:
            assert nodes[child].parent == place
            assert set(nodes[child].leaves) < set(node.leaves)
    leaves = sorted(leaf for node in nodes if node.parent < 0 for leaf in node.leaves)
    assert leaves == list(range(6))
    assert {layer for node in nodes for layer in node.layers} == {2, 3, 4, 6}


@settings(max_examples=50)
@given(st.integers(1, 9), st.integers(0, 2**31), st.lists(st.integers(1, 12), min_size=1, max_size=4))
def test_every_layer_of_any_tree_has_the_wanted_number_and_covers_all_leaves(leaves, seed, wanted):
    rng = np.random.default_rng(seed)
    links = rng.integers(0, 4, size=(leaves, leaves)).astype(float)
    tree = build_tree(links + links.T, rng.integers(1, 9, size=leaves))
    nodes = tree.layered(tuple(wanted))
    assert all(len(node.children) != 1 for node in nodes)
    for number in {min(each, leaves) for each in wanted}:
        layer = [node for node in nodes if number in node.layers]
        assert len(layer) == number
        assert sorted(leaf for node in layer for leaf in node.leaves) == list(range(leaves))


def test_links_are_neighbour_pairs_in_both_directions():
    rows = np.array([[1], [2], [0], [0]], dtype=np.int32)
    links = links_between(rows, np.array([0, 0, 1, -1]), 2)
    assert links.tolist() == [[2.0, 2.0], [2.0, 0.0]]
