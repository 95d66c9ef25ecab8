"""Growth, emergence, keyness; stability; drift."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.ngrams import count_terms
from terms.stopwords import roles
from terms.tokens import tokenize
from themes.clusters import ThemeSettings
from themes.drift import drift, emerging
from themes.fit import fit_themes
from themes.stability import stability
from themes.trends import emergence, growth, keyness, spans
from themes.years import by_year


@pytest.fixture(scope="module")
def model(world):
    return fit_themes(world.vectors, world.keys, settings=ThemeSettings(themes=6))


def test_growth_is_given_as_ratio_and_as_increase():
    found = growth(10, 25)
    assert found.ratio == 2.5 and found.increase == 1.5
    assert found.low < 2.5 < found.high


def test_growth_of_shares_is_over_the_totals():
    assert growth(10, 20, exposure=(100, 200)).ratio == pytest.approx(1.0)
    assert growth(10, 20, exposure=(3, 2)).ratio == pytest.approx(3.0)


def test_growth_from_nothing_has_no_ratio_but_a_lower_limit():
    found = growth(0, 8)
    assert found.ratio is None and found.increase is None
    assert 1 < found.low < 8 and found.high == float("inf")
    assert growth(8, 0).ratio == 0 and growth(8, 0).low == 0


def test_an_exposure_of_nothing_is_refused():
    with pytest.raises(ValueError, match="positive"):
        growth(1, 1, exposure=(0, 1))


def test_the_interval_of_growth_holds_the_true_ratio_as_often_as_it_says():
    rng = np.random.default_rng(1)
    inside = 0
    for earlier, later in rng.poisson([20, 40], size=(400, 2)).tolist():
        found = growth(earlier, later, level=0.9)
        inside += found.low <= 2.0 <= found.high
    assert 0.88 <= inside / 400 <= 1.0


@given(st.integers(0, 200), st.integers(0, 200))
def test_the_limits_are_in_order(earlier, later):
    found = growth(earlier, later)
    assert 0 <= found.low <= found.high
    if found.ratio is not None:
        assert found.low <= found.ratio <= found.high


def rising_and_falling():
    """Theme 0 falls, theme 1 rises, 2010–2019; 2020 is incomplete."""
    counts = {0: [9, 9, 8, 8, 7, 6, 5, 3, 2, 1, 1], 1: [0, 0, 0, 1, 1, 2, 3, 6, 9, 12, 1]}
    pairs = [
        (theme, 2010 + year)
        for theme, row in counts.items()
        for year, count in enumerate(row)
        for _ in range(count)
    ]
    labels = np.array([theme for theme, _ in pairs])
    return labels, [year for _, year in pairs]


def test_a_rising_young_diverse_theme_emerges_and_a_falling_one_does_not():
    labels, years = rising_and_falling()
    table = by_year(labels, years, 2, as_of=date(2021, 6, 1))
    applicants = [(f"公司{row}",) if label else ("一家公司",) for row, label in enumerate(labels.tolist())]
    falling, rising = emergence(table, applicants, labels, years)
    assert rising.rising > 0.95 and falling.rising < 0.05
    assert rising.young > falling.young and rising.diverse > falling.diverse
    assert rising.score > 0.6 > 0.4 > falling.score


def test_incomplete_years_are_in_no_span():
    labels, years = rising_and_falling()
    table = by_year(labels, years, 2, as_of=date(2021, 6, 1))
    earlier, later = spans(table)
    named = np.array(table.periods)
    assert named[later].tolist() == ["2016", "2017", "2018"]
    assert named[earlier].tolist() == ["2013", "2014", "2015"]


def test_terms_of_a_period_are_those_of_its_patents():
    texts = ["采用镍镉电池供电"] * 6 + ["采用锂离子电池供电"] * 6
    tokens = tokenize(texts)
    counts = count_terms(tokens, roles(tokens.vocabulary), fewest=1)
    early, late = keyness(counts, np.arange(12), np.repeat([0, 1], 6), 2)
    assert "镍镉" in early[0].text and early[0].patents == 6 and early[0].elsewhere == 0
    assert "锂离子" in late[0].text
    assert not {term.text for term in early} & {"供电"}


def test_firm_themes_are_found_again_in_subsamples(world, model):
    found = stability(model, world.vectors, subsamples=3)
    assert found.themes.shape == (6,)
    assert (found.themes > 0.4).all()
    assert found.core_rand > 0.9 and found.all_rand > 0.6
    assert 0.3 < found.core_share <= 1


def test_themes_of_noise_are_not_firm():
    rng = np.random.default_rng(8)
    points = rng.normal(size=(300, 32))
    vectors = (points / np.linalg.norm(points, axis=1, keepdims=True)).astype(np.float32)
    noise = fit_themes(
        vectors, [f"CN{number:04d}" for number in range(300)], settings=ThemeSettings(themes=6)
    )
    assert stability(noise, vectors).core_rand < 0.6


def test_stability_needs_two_subsamples(world, model):
    with pytest.raises(ValueError, match="two"):
        stability(model, world.vectors, subsamples=1)


def strangers(count, seed=9):
    """Patents of a technology that the world does not have."""
    rng = np.random.default_rng(seed)
    centre = np.zeros(32)
    centre[0] = -1
    points = centre + rng.normal(scale=0.1, size=(count, 32))
    return (points / np.linalg.norm(points, axis=1, keepdims=True)).astype(np.float32)


def test_patents_like_the_old_ones_are_no_reason_to_rebuild(world, model):
    placed = model.place(world.vectors[:90:1][world.topics[:90] >= 0])
    told = drift(model, placed.labels >= 0)
    assert not told.rebuild and "unplaced" in str(told.reason)
    assert told.patents == 90 and told.grown == pytest.approx(90 / len(world.keys))


def test_patents_that_fit_no_theme_are_a_reason_to_rebuild(model):
    told = drift(model, model.place(strangers(60)).labels >= 0)
    assert told.rebuild and told.unplaced > 0.9 and "fit no theme" in str(told.reason)


def test_growth_of_the_library_is_a_reason_to_rebuild(world, model):
    many = np.concatenate([world.vectors[:60]] * 3)
    told = drift(model, model.place(many).labels >= 0)
    assert told.rebuild and "of those the themes were made of" in str(told.reason)
    assert not drift(model, np.empty(0, dtype=bool)).rebuild


def test_new_clusters_are_found_among_the_unplaced(model):
    vectors = strangers(60)
    found = emerging(vectors, [f"N{number}" for number in range(60)], model.place(vectors))
    assert found.themes >= 1
    nothing = emerging(vectors[:5], ["a", "b", "c", "d", "e"], model.place(vectors[:5]))
    assert nothing.themes == 0
