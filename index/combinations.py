"""Two documents that disclose the elements of a claim together.

Every pair of the candidates is looked at: fifty make 1,225, which takes a millisecond.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.prior_art import CLOSE, ClaimCoverage

# Two documents of one subclass are the more obvious to combine: they go before a pair whose mean score is
# higher by less than this. A rule of order only; it changes no verdict.
_SAME_FIELD = 0.05

Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Combination:
    """Two hits that disclose the elements together.

    Attributes:
        first, second: positions of the hits, `first` being the one that discloses more (最接近的现有技术).
        covered: elements that either discloses (相近).
        mean: mean over the elements of the better score of the two.
        gain: of that mean over `first` alone.
        by_first: numbers of the elements disclosed by the first.
        by_second: numbers of the elements that the second discloses and the first does not.
        open: numbers of the elements that neither discloses.
        same_field: both are of one IPC subclass.
    """

    first: int
    second: int
    covered: int
    mean: float
    gain: float
    by_first: tuple[int, ...]
    by_second: tuple[int, ...]
    open: tuple[int, ...]
    same_field: bool


def best_combinations(
    coverages: Sequence[ClaimCoverage], fields: Sequence[str | None] = (), most: int = 3
) -> list[Combination]:
    """Pairs of hits that disclose more together than any single hit, best first.

    Ordered by elements disclosed, then by mean score with a little for one field, then by position.

    Args:
        coverages: of the hits.
        fields: IPC subclass of each hit, None where it has none; empty to leave it out.
        most: how many to return.
    """
    scores = np.array([one.scores for one in coverages], dtype=np.float64)
    if scores.size == 0 or len(scores) < 2:
        return []
    firsts, seconds = np.triu_indices(len(scores), 1)
    closes = (scores >= CLOSE).sum(axis=1)
    # The one that discloses more elements is the first, of equals the one that comes closer, then the
    # one found earlier.
    strength = closes + scores.mean(axis=1) / 2
    swapped = strength[seconds] > strength[firsts]
    firsts, seconds = np.where(swapped, seconds, firsts), np.where(swapped, firsts, seconds)
    together = np.maximum(scores[firsts], scores[seconds])
    covered = (together >= CLOSE).sum(axis=1)
    more = covered > closes.max()
    same = _same_field(fields, firsts, seconds)
    order = np.lexsort((seconds, firsts, -(together.mean(axis=1) + _SAME_FIELD * same), -covered))
    best = [place for place in order.tolist() if more[place]][:most]
    return [_combination(scores, int(firsts[at]), int(seconds[at]), bool(same[at])) for at in best]


def _same_field(
    fields: Sequence[str | None], firsts: npt.NDArray[np.int64], seconds: npt.NDArray[np.int64]
) -> npt.NDArray[np.bool_]:
    if not fields:
        return np.zeros(len(firsts), dtype=np.bool_)
    names = np.array([field or "" for field in fields])
    same: npt.NDArray[np.bool_] = (names[firsts] == names[seconds]) & (names[firsts] != "")
    return same


def _combination(scores: Scores, first: int, second: int, same_field: bool) -> Combination:
    together = np.maximum(scores[first], scores[second])
    own = scores[first] >= CLOSE
    return Combination(
        first=first,
        second=second,
        covered=int((together >= CLOSE).sum()),
        mean=float(together.mean()),
        gain=float(together.mean() - scores[first].mean()),
        by_first=_numbers(own),
        by_second=_numbers(~own & (scores[second] >= CLOSE)),
        open=_numbers(together < CLOSE),
        same_field=same_field,
    )


def _numbers(mask: npt.NDArray[np.bool_]) -> tuple[int, ...]:
    return tuple((np.flatnonzero(mask) + 1).tolist())
