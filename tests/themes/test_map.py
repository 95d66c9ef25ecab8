"""The map."""

from __future__ import annotations

import numpy as np
import pytest

from themes.clusters import ThemeSettings
from themes.fit import fit_with_graph
from themes.map import draw_map

SIX = ThemeSettings(themes=6)


@pytest.fixture(scope="module")
def fitted(world):
    return fit_with_graph(world.vectors, world.keys, settings=SIX)


@pytest.fixture(scope="module")
def drawn(fitted):
    return draw_map(*fitted)


def test_patents_of_a_topic_lie_together(world, drawn):
    known = world.topics >= 0
    places, topics = drawn.patents[known], world.topics[known]
    apart = np.linalg.norm(places[:, None] - places[None], axis=2)
    np.fill_diagonal(apart, np.inf)
    nearest = np.argsort(apart, axis=1)[:, :5]
    assert (topics[nearest] == topics[:, None]).mean() > 0.9


def test_the_map_is_finite_and_in_its_frame(drawn):
    assert np.isfinite(drawn.patents).all()
    assert np.quantile(np.abs(drawn.patents), 0.99) == pytest.approx(10, abs=0.5)
    assert drawn.themes.shape == (6, 2) and drawn.outlines.shape == (6, 32, 2)


def test_outlines_go_around_the_middle_of_most_of_the_core(fitted, drawn):
    core = fitted[0].clustering.core_label
    for theme in range(6):
        own = drawn.patents[core == theme] - drawn.themes[theme]
        line = drawn.outlines[theme] - drawn.themes[theme]
        corner = np.round(np.arctan2(own[:, 1], own[:, 0]) / (2 * np.pi) * 32).astype(int) % 32
        reach = np.linalg.norm(line, axis=1)[corner]
        assert (np.linalg.norm(own, axis=1) <= 1.25 * reach).mean() > 0.6


def test_the_order_of_the_rows_changes_nothing(world, drawn):
    order = np.random.default_rng(6).permutation(len(world.keys))
    mixed = fit_with_graph(world.vectors[order], [world.keys[row] for row in order], settings=SIX)
    assert np.array_equal(draw_map(*mixed).patents, drawn.patents[order])


def test_a_patent_without_text_is_on_no_map(world):
    vectors = np.concatenate([world.vectors[:100], np.zeros((1, 32), np.float32)])
    places = draw_map(*fit_with_graph(vectors, [*world.keys[:100], "CN-empty"])).patents
    assert np.isnan(places[100]).all() and np.isfinite(places[:100]).all()


@pytest.mark.parametrize("count", [0, 1, 5, 12])
def test_few_patents_are_no_error(world, count):
    drawn = draw_map(*fit_with_graph(world.vectors[:count], world.keys[:count]))
    assert drawn.patents.shape == (count, 2) and np.isfinite(drawn.patents).all()
