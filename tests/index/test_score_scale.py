"""The scale of scores: what it is fitted on, that it never rises along hits, and its floor."""

from __future__ import annotations

import numpy as np
import pytest

from index.score_scale import FEWEST, Answers, ScoreScale, fit_scale


def answers(count, cosine, words, *, seed=0):
    """First hits around a cosine and a share of the ideal BM25, of queries of 5 to 150 words."""
    generator = np.random.default_rng(seed)
    distinct = generator.integers(5, 150, count)
    ideal = 4.0 * distinct
    share = np.clip(generator.normal(words, 0.1, count), 0, None)
    return Answers(generator.normal(cosine, 0.15, count), ideal * share, ideal, distinct)


@pytest.fixture(scope="module")
def scale():
    return fit_scale(answers(200, 0.7, 0.5), answers(200, 0.3, 0.1, seed=1))


def hits(cosines, shares, distinct=12):
    ideal = 4.0 * distinct
    return Answers(np.array(cosines), np.array(shares) * ideal, ideal, distinct)


def test_the_same_answers_give_the_same_scale(scale):
    assert fit_scale(answers(200, 0.7, 0.5), answers(200, 0.3, 0.1, seed=1)) == scale


def test_chance_lies_below_fifty_and_own_texts_above(scale):
    chance, own = (scale.scores(hits([cosine], [share]))[0] for cosine, share in ((0.3, 0.1), (0.7, 0.5)))
    assert chance < 40 < 60 < own
    assert scale.scores(hits([1.0], [1.5]))[0] == 100 and scale.scores(hits([-1.0], [0.0]))[0] == 0


@pytest.mark.parametrize("distinct", [1, 12, 400])
def test_a_nearer_hit_never_scores_less(scale, distinct):
    steps = np.linspace(-1, 1, 41)
    by_cosine = [scale.scores(hits([step], [0.3], distinct))[0] for step in steps]
    by_words = [scale.scores(hits([0.5], [step + 1], distinct))[0] for step in steps]
    assert by_cosine == sorted(by_cosine) and by_words == sorted(by_words)
    assert by_words[-1] > by_words[0]


def test_scores_never_rise_along_the_hits_and_keep_their_mean(scale):
    generator = np.random.default_rng(3)
    cosines, shares = generator.uniform(0, 1, 45), generator.uniform(0, 1, 45)
    scores = scale.scores(hits(cosines, shares))
    alone = [scale.scores(hits([cosine], [share]))[0] for cosine, share in zip(cosines, shares, strict=True)]
    assert (np.diff(scores) <= 1e-9).all()
    assert scores.mean() == pytest.approx(np.mean(alone))


def test_hits_in_the_order_of_their_evidence_keep_their_own_scores(scale):
    cosines = np.linspace(0.9, 0.1, 60)
    scores = scale.scores(hits(cosines, [0.4] * 60))
    alone = [scale.scores(hits([cosine], [0.4]))[0] for cosine in cosines]
    assert scores.tolist() == pytest.approx(alone)


def test_hits_asked_for_besides_change_no_score_before_them(scale):
    generator = np.random.default_rng(4)
    cosines, shares = generator.uniform(0, 1, 120), generator.uniform(0, 1, 120)
    every = scale.scores(hits(cosines, shares))
    assert every[:50].tolist() == scale.scores(hits(cosines[:50], shares[:50])).tolist()
    assert (np.diff(every) <= 1e-9).all()


def test_the_floor_keeps_own_texts_and_refuses_chance(scale):
    own = [
        scale.scores(hits([cosine], [share]))[0]
        for cosine, share in np.random.default_rng(5).normal([0.7, 0.5], 0.1, (300, 2))
    ]
    assert np.mean(np.array(own) >= scale.floor) > 0.95
    assert scale.own_above >= 0.97 and scale.chance_below >= 0.9
    assert 0 < scale.floor < 60


@pytest.mark.parametrize("distinct", [0, 1, 5, 40, 300])
def test_what_shares_nothing_lies_below_the_floor(scale, distinct):
    assert scale.scores(Answers(np.zeros(1), np.zeros(1), 0.0, distinct))[0] < scale.floor


def test_where_chance_comes_as_near_as_own_texts_the_floor_spares_the_own_ones():
    scale = fit_scale(answers(200, 0.5, 0.3), answers(200, 0.45, 0.27, seed=1))
    assert scale.own_above >= 0.97 and scale.chance_below < 0.5


def test_too_few_answers_are_no_scale_and_have_no_floor():
    scale = fit_scale(answers(FEWEST - 1, 0.7, 0.5), answers(FEWEST - 1, 0.3, 0.1))
    assert scale.weights == () and scale.floor == 0 and scale.own_texts == FEWEST - 1
    assert scale.scores(hits([0.62, 0.5], [0.2, 0.1])).tolist() == pytest.approx([62, 50])


def test_no_hits_have_no_scores(scale):
    assert len(scale.scores(hits([], []))) == 0
    assert len(ScoreScale().scores(hits([], []))) == 0


def test_a_scale_is_read_as_it_was_written(scale, tmp_path):
    scale.save(tmp_path)
    assert ScoreScale.load(tmp_path) == scale
