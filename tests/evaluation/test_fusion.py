"""The mix of z-scores."""

import numpy as np
import pytest

from index.fusion import SHORT_QUERY, MixWeights, best_weight, mix, z_scores


def test_z_scores_have_mean_0_and_deviation_1_and_level_rows_are_zero() -> None:
    scores = np.array([[1, 2, 3, 6], [5, 5, 5, 5]], dtype=np.float32)
    result = z_scores(scores)
    assert result[0].mean() == pytest.approx(0, abs=1e-6) and result[0].std() == pytest.approx(1, abs=1e-6)
    assert not result[1].any() and result.dtype == np.float32


def test_the_mix_does_not_depend_on_the_units_of_the_scores() -> None:
    generator = np.random.default_rng(0)
    dense, lexical = (generator.random((3, 50)).astype(np.float32) for _ in range(2))
    weights = np.array([0.2, 0.5, 1.0], dtype=np.float32)
    first = mix(dense, lexical, weights)
    np.testing.assert_allclose(first, mix(dense * 3 + 1, lexical * 40, weights), atol=1e-4)
    np.testing.assert_allclose(first[2], z_scores(dense)[2], atol=1e-6)


def test_scores_of_different_documents_cannot_be_mixed() -> None:
    with pytest.raises(ValueError, match="cannot be mixed"):
        mix(np.zeros((1, 3), np.float32), np.zeros((1, 4), np.float32), np.ones(1, np.float32))


def test_the_weight_depends_on_the_length_of_the_query() -> None:
    weights = MixWeights(short=0.1, long=0.6)
    assert weights.of("泵" * (SHORT_QUERY - 1)) == 0.1 and weights.of("泵" * SHORT_QUERY) == 0.6


def test_the_better_part_gets_the_weight() -> None:
    good = np.eye(4, dtype=np.float32)
    bad = np.roll(good, 1, axis=0)

    def measure(scores: np.ndarray) -> float:
        return float((scores.argmax(axis=1) == np.arange(4)).mean())

    assert best_weight(good, bad, measure) > 0.5
    assert best_weight(bad, good, measure) == 0.0
