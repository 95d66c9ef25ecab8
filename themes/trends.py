"""How themes grow: factors with intervals, emergence, keyness of terms by period.

Definitions differ between papers, so each figure says which it is: growth is R (later over earlier)
and R − 1 (what 增长N倍 and 增长率 mean), from counts or from shares, with a Poisson interval.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse, special

from terms.ngrams import TermCounts
from themes.keywords import longest_phrases
from themes.years import YearTable

__all__ = ["Emergence", "Growth", "KeyTerm", "emergence", "growth", "keyness", "spans"]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Growth:
    """Growth from an earlier to a later span.

    Attributes:
        earlier: patents of the theme in the earlier span.
        later: patents in the later span.
        ratio: R = later / earlier, per year and, for shares, over the totals; None where the earlier
            span is empty.
        low: lower end of the interval of R.
        high: upper end; infinite where the earlier span is empty.
        level: of the interval, such as .9.
    """

    earlier: int
    later: int
    ratio: float | None
    low: float
    high: float
    level: float

    @property
    def increase(self) -> float | None:
        """R − 1."""
        return None if self.ratio is None else self.ratio - 1


@dataclass(frozen=True, slots=True)
class Emergence:
    """How much a theme looks like one that is coming up.

    Attributes:
        score: mean of the three parts, in [0, 1].
        rising: chance that its share of filings has risen from the earlier to the later span.
        diverse: applicants per patent in the later span, against the median theme, in [0, 1].
        young: share of the theme's patents filed in the later span.
    """

    score: float
    rising: float
    diverse: float
    young: float


@dataclass(frozen=True, slots=True)
class KeyTerm:
    """A term that sets one period of a theme apart from the others.

    Attributes:
        text: the term.
        score: z-scored log-odds with informative prior; 2 and more is beyond chance.
        patents: patents of the period that hold it.
        elsewhere: patents of the other periods that hold it.
    """

    text: str
    score: float
    patents: int
    elsewhere: int


def growth(
    earlier: int, later: int, *, exposure: tuple[float, float] = (1.0, 1.0), level: float = 0.9
) -> Growth:
    """Compare two counts.

    Args:
        earlier: patents in the earlier span.
        later: patents in the later span.
        exposure: what the counts are out of: (years, years) for counts per year, (totals, totals)
            for shares.
        level: of the interval.

    Returns:
        R with the exact interval of a ratio of two Poisson counts.

    Raises:
        ValueError: an exposure is not positive.

    Source: Clopper–Pearson limits of the later count among both (Przyborowski and Wilenski 1940).
    """
    if min(exposure) <= 0:
        raise ValueError(f"exposures must be positive, got {exposure}")
    scale = exposure[0] / exposure[1]
    ratio = later / earlier * scale if earlier else None
    tail = (1 - level) / 2
    low = float(special.betaincinv(later, earlier + 1, tail)) if later else 0.0
    high = float(special.betaincinv(later + 1, earlier, 1 - tail)) if earlier else 1.0
    return Growth(
        earlier,
        later,
        ratio,
        low / (1 - low) * scale,
        high / (1 - high) * scale if high < 1 else float("inf"),
        level,
    )


def spans(
    table: YearTable, years: int = 3, *, until: int | None = None
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Mark the last complete years of a table, and those before them.

    Args:
        table: by year.
        years: of each span.
        until: last year of the later span; None for the last complete one.

    Returns:
        Two bool arrays of shape (P,): earlier and later span; incomplete years are in neither.
    """
    known = ~table.incomplete
    if until is not None:
        known &= np.array([int(period) <= until for period in table.periods], dtype=np.bool_)
    complete = np.flatnonzero(known)
    earlier, later = np.zeros((2, len(table.periods)), dtype=np.bool_)
    later[complete[-years:]] = True
    earlier[complete[-2 * years : -years]] = True
    return earlier, later


def emergence(
    table: YearTable,
    applicants: Sequence[Sequence[str]],
    labels: npt.NDArray[np.int64],
    years: Sequence[int | None],
    *,
    span: int = 3,
    until: int | None = None,
) -> tuple[Emergence, ...]:
    """Score every theme.

    Args:
        table: patents by year (`themes.years.by_year`).
        applicants: normalised applicants of the n patents.
        labels: int64 of shape (n,): theme, −1 for unplaced.
        years: n filing years, None where unknown.
        span: years compared with as many before; the incomplete ones count for neither.
        until: last year compared; None for the last complete one.

    Returns:
        K scores. A theme without a patent in both spans scores 0.
    """
    earlier, later = spans(table, span, until=until)
    before, after = table.counts[:, earlier].sum(axis=1), table.counts[:, later].sum(axis=1)
    totals = table.totals[earlier].sum(), table.totals[later].sum()
    held = _applicants_per_theme(applicants, labels, years, table, later)
    per_patent = held / np.maximum(after, 1)
    middle = float(np.median(per_patent[after > 0])) if (after > 0).any() else 1.0
    scores = []
    for theme in range(len(before)):
        if after[theme] == 0 or not totals[0]:
            scores.append(Emergence(0.0, 0.0, 0.0, 0.0))
            continue
        rising = _risen(int(before[theme]), int(after[theme]), float(totals[0]), float(totals[1]))
        diverse = float(per_patent[theme] / (per_patent[theme] + middle))
        known = int(table.counts[theme][~table.incomplete].sum())
        young = float(after[theme] / max(known, 1))
        scores.append(Emergence((rising + diverse + young) / 3, rising, diverse, young))
    return tuple(scores)


def _risen(before: int, after: int, earlier: float, later: float) -> float:
    """Chance that the later rate is above the earlier: gamma posteriors of two Poisson rates."""
    # P(X / later > Y / earlier) for X ~ Gamma(after + ½), Y ~ Gamma(before + ½): a beta tail.
    share = later / (earlier + later)
    return float(special.betaincc(after + 0.5, before + 0.5, share))


def _applicants_per_theme(
    applicants: Sequence[Sequence[str]],
    labels: npt.NDArray[np.int64],
    years: Sequence[int | None],
    table: YearTable,
    later: npt.NDArray[np.bool_],
) -> npt.NDArray[np.int64]:
    """Different applicants of each theme in the later span."""
    wanted = {period for period, used in zip(table.periods, later.tolist(), strict=True) if used}
    found: list[set[str]] = [set() for _ in range(len(table.counts))]
    for names, label, year in zip(applicants, labels.tolist(), years, strict=True):
        if label >= 0 and str(year) in wanted:
            found[label].update(names)
    return np.array([len(each) for each in found], dtype=np.int64)


def keyness(
    counts: TermCounts,
    rows: npt.NDArray[np.int64],
    periods: npt.NDArray[np.int64],
    number: int,
    *,
    terms: int = 10,
) -> tuple[tuple[KeyTerm, ...], ...]:
    """Terms that set each period apart, within one theme or any other set of patents.

    Args:
        counts: terms of the n patents.
        rows: int64 of shape (m,): patents looked at.
        periods: int64 of shape (m,): period of each, −1 for none.
        number: number of periods P.
        terms: most per period.

    Returns:
        P tuples, best first; terms held by fewer than three patents of the period are left out.
    """
    known = periods >= 0
    matrix = counts.matrix[rows[known]]
    size = matrix.shape[0]
    member = sparse.csr_matrix((np.ones(size), (periods[known], np.arange(size))), shape=(number, size))
    held = np.asarray((member @ (matrix > 0)).todense(), dtype=np.float64)
    sizes = np.bincount(periods[known], minlength=number).astype(np.float64)
    everywhere = held.sum(axis=0)
    found = []
    for period in range(number):
        scores = _log_odds(held[period], everywhere - held[period], sizes[period], size - sizes[period])
        scores[held[period] < 3] = -np.inf
        best = np.argsort(-scores, kind="stable")[: 4 * terms]
        best = best[scores[best] > 0]
        texts = [counts.terms[term] for term in best.tolist()]
        kept = best[longest_phrases(texts, held[period, best])[:terms]]
        found.append(
            tuple(
                _key_term(counts.terms[term], scores, held[period], everywhere, term)
                for term in kept.tolist()
            )
        )
    return tuple(found)


def _key_term(text: str, scores: Floats, inside: Floats, everywhere: Floats, term: int) -> KeyTerm:
    held = int(inside[term])
    return KeyTerm(text, round(float(scores[term]), 3), held, int(everywhere[term]) - held)


def _log_odds(inside: Floats, outside: Floats, size: float, rest: float) -> Floats:
    """z-scored log-odds of patents holding a term, with a prior worth ten patents (Monroe et al. 2008)."""
    prior = 10.0 * (inside + outside + 0.5) / (size + rest + 1.0)
    without, without_rest = size - inside + 10.0 - prior, rest - outside + 10.0 - prior
    odds = np.log((inside + prior) / without) - np.log((outside + prior) / without_rest)
    variance = 1 / (inside + prior) + 1 / (outside + prior) + 1 / without + 1 / without_rest
    return np.asarray(odds / np.sqrt(variance))
