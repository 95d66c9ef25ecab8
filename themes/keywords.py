"""Keywords of themes: terms that their core members use, that the other themes do not, together.

Class-based ranking over the cores only. Two rankings are offered and compared
in docs/themes.md:

- ``bm25``: class-based BM25, as in BERTopic's ``bm25_weighting``, over roots of occurrences.
- ``log_odds``: z-scored log-odds with an informative Dirichlet prior (Monroe, Colaresi, Quinn,
  "Fightin' Words", 2008).

A term then counts only for the themes that it says most about, terms that occur together with a
theme's other terms gain, the longest phrase wins (磷酸铁锂 over 磷酸), and maximal marginal
relevance keeps the list from saying the same thing twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from terms.ngrams import TermCounts

__all__ = ["Keyword", "Ranking", "alike", "longest_phrases", "rank_terms", "theme_keywords"]

Labels = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Ranking = Literal["log_odds", "bm25"]

# Terms looked at per theme before phrases are merged and the list is made diverse.
_CANDIDATES = 40
# A term counts for the themes in which it scores at least so much of its best score.
_EXCLUSIVE = 0.9
# A keyword is held by so many times the share of the core as of the other patents.
_MORE = 1.5
# How much terms that occur together with the theme's other terms gain: exp(4 · mean NPMI).
_TOGETHER = 4.0
# What a mean NPMI of 1 with the keywords taken before adds to a worth in [0, 1].
_MEETS = 0.1
# A keyword held by less of the core loses in proportion; three patents hold it at least.
_SUPPORT = 0.05
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class Keyword:
    """One keyword of a theme.

    Attributes:
        text: the term.
        score: of the ranking; comparable within a theme.
        patents: core members of the theme that hold the term.
        elsewhere: patents of the selection outside the theme's core that hold it.
    """

    text: str
    score: float
    patents: int
    elsewhere: int


class _Held(NamedTuple):
    """Which theme's cores hold which term, where any does; e entries.

    Attributes:
        theme: int64 of shape (e,), ascending.
        term: int64 of shape (e,).
        inside: float64 of shape (e,): core members of the theme that hold the term.
        weight: float64 of shape (e,): the same, a patent counting by the root of its occurrences: what a
            patent is about it says more than once.
        sizes: float64 of shape (K,): core members of each theme.
        patents: float64 of shape (m,): patents of the selection that hold each term.
        total: patents of the selection.
    """

    theme: Labels
    term: Labels
    inside: Floats
    weight: Floats
    sizes: Floats
    patents: Floats
    total: int


def _presence(matrix: sparse.csr_matrix) -> sparse.csr_matrix:
    """The same matrix with ones for counts."""
    ones = np.ones(matrix.nnz, dtype=np.float64)
    return sparse.csr_matrix((ones, matrix.indices, matrix.indptr), shape=matrix.shape)


def _held(matrix: sparse.csr_matrix, labels: Labels, themes: int) -> _Held:
    """Count patents per theme and term."""
    rows = np.flatnonzero(labels >= 0)
    ones = np.ones(len(rows))
    member = sparse.csr_matrix((ones, (labels[rows], rows)), shape=(themes, len(labels)))
    holding = sparse.csr_matrix(member @ _presence(matrix))
    # In steps of 1/64, so that no sum depends on the order of the patents.
    roots = np.rint(np.sqrt(matrix.data.astype(np.float64)) * 64) / 64
    weighed = sparse.csr_matrix(
        member @ sparse.csr_matrix((roots, matrix.indices, matrix.indptr), shape=matrix.shape)
    )
    for each in (holding, weighed):
        each.sort_indices()
    return _Held(
        np.repeat(np.arange(themes, dtype=np.int64), np.diff(holding.indptr)),
        holding.indices.astype(np.int64),
        holding.data,
        weighed.data,
        np.bincount(labels[rows], minlength=themes).astype(np.float64),
        np.bincount(matrix.indices, minlength=matrix.shape[1]).astype(np.float64),
        len(labels),
    )


def rank_terms(
    matrix: sparse.csr_matrix, labels: Labels, themes: int, *, ranking: Ranking = "bm25"
) -> sparse.csr_matrix:
    """Score every term for every theme.

    Args:
        matrix: CSR of shape (n, m): terms per patent.
        labels: int64 of shape (n,): theme of the core members, −1 for others.
        themes: number of themes K.
        ranking: see the module's text.

    Returns:
        CSR of shape (K, m): above 0 where a term may be a keyword.
    """
    held = _held(matrix, labels, themes)
    size = held.sizes[held.theme]
    allowed = held.inside >= np.minimum(_FEWEST, size)
    if themes == 1:
        scores = held.inside / size
    else:
        scores = _class_bm25(held) if ranking == "bm25" else _log_odds(held)
        outside = held.patents[held.term] - held.inside
        allowed &= held.inside * np.maximum(held.total - size, 1.0) >= _MORE * outside * size
        best = np.zeros(matrix.shape[1])
        np.maximum.at(best, held.term, scores)
        allowed &= (scores > 0) & (scores >= _EXCLUSIVE * best[held.term])
        scores = scores * np.minimum(held.inside / (_SUPPORT * size), 1.0)
    kept = (scores[allowed], (held.theme[allowed], held.term[allowed]))
    return sparse.csr_matrix(kept, shape=(themes, matrix.shape[1]))


def _log_odds(held: _Held) -> Floats:
    """z-scores of the log-odds of a patent holding a term, theme against the rest of the selection.

    The prior is worth ten patents that hold terms as often as the whole selection does.
    """
    everywhere, size = held.patents[held.term], held.sizes[held.theme]
    inside, outside = held.inside, held.patents[held.term] - held.inside
    prior = 10.0 * (everywhere + 0.5) / (held.total + 1.0)
    without = size - inside + 10.0 - prior
    rest_without = held.total - size - outside + 10.0 - prior
    odds = np.log((inside + prior) / without) - np.log((outside + prior) / rest_without)
    variance = 1 / (inside + prior) + 1 / (outside + prior) + 1 / without + 1 / rest_without
    return np.asarray(odds / np.sqrt(variance))


def _class_bm25(held: _Held) -> Floats:
    """Share of the theme's term weight times log(1 + (A − f + .5) / (f + .5)).

    f: weight of the term in all themes; A: mean weight of a theme's terms.
    """
    frequency = np.bincount(held.term, weights=held.weight, minlength=len(held.patents))
    mean = held.weight.sum() / len(held.sizes)
    rarity = np.log1p((mean - frequency + 0.5).clip(0) / (frequency + 0.5))
    per_theme = np.bincount(held.theme, weights=held.weight, minlength=len(held.sizes))
    return np.asarray(held.weight / per_theme[held.theme] * rarity[held.term])


@dataclass(frozen=True, slots=True)
class _Corpus:
    """What choosing keywords needs of the terms."""

    terms: tuple[str, ...]
    present: sparse.csc_matrix
    patents: Floats


def theme_keywords(
    counts: TermCounts,
    labels: Labels,
    themes: int,
    *,
    stop: npt.NDArray[np.bool_] | None = None,
    keywords: int = 10,
    ranking: Ranking = "bm25",
    diversity: float = 0.05,
) -> tuple[tuple[Keyword, ...], ...]:
    """Keywords of every theme, best first.

    Args:
        counts: terms of n patents.
        labels: int64 of shape (n,): theme of the core members, −1 for others.
        themes: number of themes K.
        stop: bool of shape (m,): terms that may not be keywords (`terms.informative`).
        keywords: wanted per theme; fewer where there are not enough.
        ranking: see `rank_terms`.
        diversity: weight of being unlike the keywords before, in [0, 1].

    Returns:
        K tuples.
    """
    if not counts.terms:
        return ((),) * themes
    scores = rank_terms(counts.matrix, labels, themes, ranking=ranking)
    corpus = _Corpus(counts.terms, _presence(counts.matrix).tocsc(), counts.patents().astype(np.float64))
    listed = []
    for theme in range(themes):
        own = slice(scores.indptr[theme], scores.indptr[theme + 1])
        terms, worth = scores.indices[own].astype(np.int64), scores.data[own]
        if stop is not None:
            terms, worth = terms[~stop[terms]], worth[~stop[terms]]
        first = np.argsort(-worth, kind="stable")[:_CANDIDATES]
        rows = np.flatnonzero(labels == theme)
        listed.append(_choose(corpus, rows, terms[first], worth[first], keywords, diversity))
    return tuple(listed)


def _choose(
    corpus: _Corpus, rows: Labels, order: Labels, scores: Floats, keywords: int, diversity: float
) -> tuple[Keyword, ...]:
    """Keywords of one theme, whose core members are `rows`, among the candidates `order`, best first."""
    if not len(order):
        return ()
    columns = corpus.present[:, order]
    inside = np.asarray(columns.tocsr()[rows].sum(axis=0)).ravel()
    information = _information(columns, corpus.patents[order])
    worth = scores * np.exp(_TOGETHER * (information @ (scores / scores.sum())))
    texts = [corpus.terms[place] for place in order.tolist()]
    kept = longest_phrases(texts, inside)
    return tuple(
        Keyword(
            texts[place],
            float(f"{worth[place]:.4g}"),
            int(inside[place]),
            int(corpus.patents[order[place]] - inside[place]),
        )
        for place in _diverse(texts, worth, information, kept, keywords, diversity)
    )


def _information(columns: sparse.csc_matrix, patents: Floats) -> Floats:
    """Normalised mutual information of each candidate with each other, in [−1, 1].

    Over the whole selection, so that words which merely share a theme gain nothing.
    """
    total = columns.shape[0]
    both = np.asarray((columns.T @ columns).todense()) / total
    share = patents / total
    with np.errstate(divide="ignore", invalid="ignore"):
        information = np.log(both / np.outer(share, share)) / -np.log(both)
    information[both == 0] = -1.0
    information[both >= 1] = 0.0
    np.fill_diagonal(information, 0.0)
    return np.asarray(information, dtype=np.float64)


def longest_phrases(texts: list[str], inside: Floats) -> list[int]:
    """Places of the terms that are left when of a phrase and its part only one stays.

    Args:
        texts: terms, best first.
        inside: float64 of the same length: patents that hold each.

    Where at least half of the patents that hold the part hold the phrase, the part is a piece of
    it (磷酸 of 磷酸铁锂); else the phrase is a special case and the part speaks for both.
    """
    dropped: set[int] = set()
    for phrase, long in enumerate(texts):
        for part, short in enumerate(texts):
            if part != phrase and short in long:
                dropped.add(part if inside[phrase] >= 0.5 * inside[part] else phrase)
    return [place for place in range(len(texts)) if place not in dropped]


def _diverse(
    texts: list[str], worth: Floats, information: Floats, kept: list[int], keywords: int, diversity: float
) -> list[int]:
    """Maximal marginal relevance: of high worth, unlike in characters to those taken, and used with them."""
    top = float(worth[kept].max()) if kept else 1.0
    value = {place: (1 - diversity) * float(worth[place]) / top for place in kept}
    like = dict.fromkeys(kept, 0.0)  # to the likest of those taken so far
    met = dict.fromkeys(kept, 0.0)  # information shared with those taken so far
    taken: list[int] = []
    while value and len(taken) < keywords:
        share = _MEETS / max(len(taken), 1)
        best = max(value, key=lambda place: value[place] - diversity * like[place] + share * met[place])
        taken.append(best)
        del value[best]
        for place in value:
            like[place] = max(like[place], alike(texts[place], texts[best]))
            met[place] += float(information[place, best])
    return taken


def alike(one: str, other: str) -> float:
    """Share of characters that two terms have in common, in [0, 1]."""
    first, second = set(one), set(other)
    return len(first & second) / len(first | second)
