"""A score from 0 to 100 that means the same for every query of a library.

Two kinds of answers are drawn from the library itself (`index.part.calibration`):

- *own*: texts of its patents (titles, clauses, abstracts), each with its first hit but the patent itself;
- *chance*: as many texts of as many words, drawn at random from the names of all branches of the economy,
  each with its first hit.

The evidence of a hit is the log-odds, by a logistic regression between the two, that an answer of such a
cosine, such a share of the ideal BM25 and such a length of the query is one of the first kind. The score is
where that evidence lies in both, each counting half: half the share of chance answers with less evidence,
in per cent, and half the share of own answers with less. So about 50 is beyond what chance reaches, 75 is as
near as a text of the library lies to its first hit half of the time, and 100 is beyond all of them.

Source: Platt, Probabilistic outputs for support vector machines, 1999 (log-odds from scores).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

#: Fewer answers than this are no distribution: the score is then a plain nearness, without a floor.
FEWEST = 30
# The floor is where answers of both kinds are as likely, or above this share of chance if that is higher,
# unless more than this share of the own texts lay below it.
_CHANCE_BELOW, _OWN_BELOW = 0.95, 0.025
# A query of so many distinct words counts as long.
_LONG = 200
# A passage shorter than the mean may reach more than the ideal BM25; what lies beyond says nothing more.
_MOST_SHARE = 1.5
_KNOTS = np.linspace(0, 1, 65)
_RIDGE = 1e-3
# What shares nothing is chance, whatever its length: answers of that kind weigh so much of all.
_NOTHING = 0.05
# Hits that are brought into order together: as many as a search always looks at.
_WINDOW = 50
_FILE = "scale.json"


@dataclass(frozen=True, slots=True)
class Answers:
    """What is known of m hits; arrays of shape (m,).

    Attributes:
        dense: cosines.
        lexical: BM25.
        ideal: of their queries, see `index.lexical.LexicalQuery`.
        distinct: words of their queries.
    """

    dense: npt.ArrayLike
    lexical: npt.ArrayLike
    ideal: npt.ArrayLike
    distinct: npt.ArrayLike


class ScoreScale(msgspec.Struct, frozen=True, kw_only=True):
    """What a snapshot measured of its own answers.

    Attributes:
        passages: that there were.
        own_texts, chance_texts: how many answers of each kind.
        weights: of the six features of an answer; empty where there were too few to measure.
        own, chance: evidence at 65 evenly spaced quantiles of each kind.
        floor: score under which nothing counts as near, in [0, 100].
        own_above: share of the own answers not below the floor.
        chance_below: share of the chance answers below it.
    """

    passages: int = 0
    own_texts: int = 0
    chance_texts: int = 0
    weights: tuple[float, ...] = ()
    own: tuple[float, ...] = ()
    chance: tuple[float, ...] = ()
    floor: float = 0.0
    own_above: float = 1.0
    chance_below: float = 0.0

    def scores(self, answers: Answers) -> Numbers:
        """Scores of hits of one query, best first.

        Hits whose evidence contradicts their order share the mean: what orders them looks at the other
        candidates as well (isotonic regression).

        Returns:
            float64 of shape (m,) in [0, 100], not increasing.
        """
        features = _features(answers)
        if not self.weights:
            nearness = np.maximum(features[:, 2:4].sum(axis=1), features[:, 4:].sum(axis=1))
            return _not_increasing(100 * np.clip(nearness, 0, 1))
        return _not_increasing(_scores(features @ np.array(self.weights), self.own, self.chance))

    def save(self, folder: Path) -> None:
        """Write it into an existing folder."""
        (folder / _FILE).write_bytes(msgspec.json.encode(self))

    @classmethod
    def load(cls, folder: Path) -> ScoreScale:
        """Read what `save` wrote."""
        return msgspec.json.decode((folder / _FILE).read_bytes(), type=cls)


def fit_scale(own: Answers, chance: Answers) -> ScoreScale:
    """Measure the scale of a library.

    Args:
        own: first hits of texts of its patents.
        chance: first hits of texts of random words.

    Returns:
        The same scale for the same answers; one without weights where there are too few.
    """
    near, far = _features(own), _features(chance)
    if min(len(near), len(far)) < FEWEST:
        return ScoreScale(own_texts=len(near), chance_texts=len(far))
    weights = _log_odds(near, far)
    own_evidence, chance_evidence = near @ weights, far @ weights
    highest = max(0.0, float(np.quantile(chance_evidence, _CHANCE_BELOW)))
    floor = min(highest, float(np.quantile(own_evidence, _OWN_BELOW)))
    own_knots = tuple(np.quantile(own_evidence, _KNOTS).tolist())
    chance_knots = tuple(np.quantile(chance_evidence, _KNOTS).tolist())
    return ScoreScale(
        own_texts=len(near),
        chance_texts=len(far),
        weights=tuple(weights.tolist()),
        own=own_knots,
        chance=chance_knots,
        floor=float(_scores(np.array([floor]), own_knots, chance_knots)[0]),
        own_above=float(np.mean(own_evidence >= floor)),
        chance_below=float(np.mean(chance_evidence < floor)),
    )


def _scores(evidence: Numbers, own: tuple[float, ...], chance: tuple[float, ...]) -> Numbers:
    scores: Numbers = np.interp(evidence, own, 50 * _KNOTS) + np.interp(evidence, chance, 50 * _KNOTS)
    return scores


def _not_increasing(scores: Numbers) -> Numbers:
    """The nearest scores that never rise, window after window: a later one changes no earlier one."""
    ordered = np.empty_like(scores)
    for start in range(0, len(scores), _WINDOW):
        window = _pooled(scores[start : start + _WINDOW].tolist())
        highest = ordered[start - 1] if start else np.inf
        ordered[start : start + _WINDOW] = np.minimum(window, highest)
    return ordered


def _pooled(scores: list[float]) -> list[float]:
    """Pool adjacent violators. Source: Ayer et al., 1955."""
    pools: list[tuple[float, int]] = []
    for score in scores:
        total, count = score, 1
        while pools and pools[-1][0] * count < total * pools[-1][1]:
            earlier, many = pools.pop()
            total, count = total + earlier, count + many
        pools.append((total, count))
    return [total / count for total, count in pools for _ in range(count)]


def _features(answers: Answers) -> Numbers:
    """Float64 of shape (m, 6): 1, length, then cosine and words, each for long and for short queries."""
    cosine, lexical, ideal, distinct = np.broadcast_arrays(
        *(
            np.asarray(values, dtype=np.float64)
            for values in (answers.dense, answers.lexical, answers.ideal, answers.distinct)
        )
    )
    length = np.clip(np.log(np.maximum(distinct, 1)) / np.log(_LONG), 0, 1)
    words = np.minimum(lexical / np.maximum(ideal, 1e-9), _MOST_SHARE)
    parts = (length, cosine * length, cosine * (1 - length), words * length, words * (1 - length))
    return np.stack((np.ones_like(cosine), *parts), axis=1)


def _log_odds(own: Numbers, chance: Numbers) -> Numbers:
    """Weights of a logistic regression with a slight ridge; more nearness never lowers the odds.

    Returns:
        float64 of shape (6,).
    """
    from scipy.optimize import minimize

    lengths = np.geomspace(1, _LONG, 5)
    nothing = _features(Answers(np.zeros(5), np.zeros(5), 1.0, lengths))
    features = np.concatenate([own, chance, nothing])
    sizes = [len(own), len(chance), len(nothing)]
    signs = np.repeat([1.0, -1.0, -1.0], sizes)
    share = np.repeat(np.divide((0.5, 0.5 - _NOTHING, _NOTHING), sizes), sizes)

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        margins = signs * (features @ weights)
        pull = -share * signs * np.exp(-np.logaddexp(0, margins))
        penalised = np.append(0, weights[1:])
        value = float(share @ np.logaddexp(0, -margins) + _RIDGE * penalised @ penalised)
        return value, features.T @ pull + 2 * _RIDGE * penalised

    count = features.shape[1]
    bounds = [(None, None)] * 2 + [(0, None)] * (count - 2)
    weights: Numbers = minimize(loss, np.zeros(count), jac=True, method="L-BFGS-B", bounds=bounds).x
    return weights
