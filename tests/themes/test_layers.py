"""Coarser and finer themes with names."""

from __future__ import annotations

import numpy as np
import pytest

from terms.corpus import corpus_terms
from themes.fit import fit_themes
from themes.layers import grouped, named_layers, nearest_layer
from themes.names import ThemeTerms


@pytest.fixture(scope="module")
def model(world):
    return fit_themes(world.vectors, world.keys)


def terms_of(texts):
    return ThemeTerms.of(corpus_terms(texts).counts, [text.split("。")[0] for text in texts])


@pytest.fixture(scope="module")
def nodes(world, model):
    return named_layers(model, terms_of(world.texts), layers=(2, 4))


def test_every_layer_divides_all_leaves_once(model, nodes):
    for layer in (2, 4, model.themes):
        below = [leaf for each in nodes if layer in each.node.layers for leaf in each.node.leaves]
        assert sorted(below) == list(range(model.tree.leaves))


def test_no_parent_has_a_single_child_and_siblings_differ_in_name(nodes):
    for each in nodes:
        assert len(each.node.children) != 1
        called = [nodes[place].name for place in each.node.children]
        assert len(set(called)) == len(called)
    roots = [each.name for each in nodes if each.node.parent < 0]
    assert len(set(roots)) == len(roots)


def test_nodes_of_the_default_layer_name_their_theme(model, nodes):
    themes = sorted(each.theme for each in nodes if each.theme >= 0)
    assert themes == list(range(model.themes))
    for each in nodes:
        if each.theme >= 0:
            assert set(model.leaf_theme[list(each.node.leaves)].tolist()) == {each.theme}


def test_names_at_hand_are_taken_for_the_default_layer(world, model, nodes):
    at_hand = [(f"名{theme}", ()) for theme in range(model.themes)]
    given = named_layers(model, terms_of(world.texts), layers=(2, 4), default=at_hand)
    for before, after in zip(nodes, given, strict=True):
        own = after.node.layers[0] == model.themes
        assert after.name == (f"名{after.theme}" if own else before.name)


def test_keywords_of_a_coarse_theme_come_from_its_patents(world, model, nodes):
    coarse = next(each for each in nodes if 2 in each.node.layers)
    rows = np.flatnonzero(np.isin(model.core_leaf, coarse.node.leaves))
    held = sum(coarse.keywords[0].text in world.texts[row] for row in rows.tolist())
    assert held == coarse.keywords[0].patents > 0


def test_a_build_without_themes_has_no_layers(world):
    few = fit_themes(world.vectors[:5], world.keys[:5])
    assert named_layers(few, terms_of(world.texts[:5])) == ()


def test_about_so_many_takes_a_named_layer_that_is_near():
    assert nearest_layer(41, 500, (8, 40, 200)) == 40
    assert nearest_layer(60, 500, (8, 40, 200)) == 60
    assert nearest_layer(900, 500, (8, 40, 200)) == 500
    assert nearest_layer(0, 500, (8,)) == 1


def test_leaves_without_a_number_stay_so():
    assert grouped(np.array([0, 0, 1]), np.array([2, -1, 0])).tolist() == [1, -1, 0]
