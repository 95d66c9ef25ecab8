"""Names of themes: words that many of its titles share, that other patents lack, and that tell it apart.

In Chinese patents the title says what the patent is about (一种…的制备方法). A name therefore begins with
the words that cover most of the theme: held by many of its titles and abstracts, rare in the other themes
and in the library as a whole. A second word gains little from patents that the first has covered. One word
at least is a keyword of the theme, for two fields of one industry may be about the same thing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from terms.ngrams import TermCounts
from terms.words import fold
from themes.keywords import Keyword, alike, longest_phrases

__all__ = ["ThemeTerms", "theme_names", "unique_names"]

Labels = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_JOINT = "·"
_WORDS = 3
# Words kept ready for names that two themes would share.
_SPARE = 3
# A word of a name is held by two patents of the core and by so much of it, or is a keyword.
_SHARE = 0.08
_FEWEST = 2
_CANDIDATES = 40
# A title counts 1.5, a text that holds the word outside its title one third of that. Powers of two, so
# that sums do not depend on their order.
_TEXT = 0.5
# What a patent still counts for the second word when the first covers it.
_COVERED = 0.25
# Weight of the contrast with the library; the rest is with the other patents of the selection.
_LIBRARY = 0.3
# A word that shares so many of its characters with one in the name adds little to it.
_REPEATS = 0.5
_SHORT = 0.35
# Characters beyond which a term is rather a clause.
_LONG = 7


@dataclass(frozen=True, slots=True)
class ThemeTerms:
    """What themes are put into words with.

    Attributes:
        counts: terms of n patents, m terms.
        titled: float64 CSR of shape (n, m): 1 where a term stands in the title of a patent.
        everywhere: float64 of shape (m,): share of the patents of the library that hold each term.
        stop: bool of shape (m,): terms that say nothing.
    """

    counts: TermCounts
    titled: sparse.csr_matrix
    everywhere: Floats
    stop: npt.NDArray[np.bool_]

    @classmethod
    def of(
        cls,
        counts: TermCounts,
        titles: Sequence[str],
        *,
        everywhere: Floats | None = None,
        stop: npt.NDArray[np.bool_] | None = None,
    ) -> ThemeTerms:
        """Look up which terms stand in the titles.

        Args:
            counts: terms of n patents.
            titles: of the n patents; empty where unknown.
            everywhere: float64 of shape (m,): see the attribute; None when these patents are all there are.
            stop: bool of shape (m,); None for none.
        """
        if everywhere is None:
            everywhere = counts.patents() / max(len(titles), 1)
        if stop is None:
            stop = np.zeros(len(counts.terms), dtype=np.bool_)
        return cls(counts, _in_titles(counts, titles), everywhere, stop)


def _in_titles(counts: TermCounts, titles: Sequence[str]) -> sparse.csr_matrix:
    """Of the terms of each patent those whose characters stand in its title; CSR of shape (n, m)."""
    matrix, terms = counts.matrix, counts.terms
    kept = np.zeros(matrix.nnz, dtype=np.bool_)
    for row, title in enumerate(titles):
        folded = fold(title)
        begin, end = matrix.indptr[row : row + 2].tolist()
        kept[begin:end] = [terms[term] in folded for term in matrix.indices[begin:end].tolist()]
    starts = np.concatenate([[0], np.cumsum(kept)])[matrix.indptr]
    parts = (np.ones(int(kept.sum())), matrix.indices[kept], starts)
    return sparse.csr_matrix(parts, shape=matrix.shape)


def theme_names(
    terms: ThemeTerms, core: Labels, themes: int, listed: Sequence[Sequence[Keyword]]
) -> tuple[str, ...]:
    """Name every theme.

    Args:
        terms: of n patents.
        core: int64 of shape (n,): theme of the core members, −1 for others.
        themes: number of themes K.
        listed: keywords of each theme, best first.

    Returns:
        K names, no two the same.
    """
    counting = _Counting.of(terms, core, themes)
    column = {term: place for place, term in enumerate(terms.counts.terms)}
    wanted = []
    for theme in range(themes):
        telling = _most_telling(listed[theme])
        own = np.array(sorted(column[word] for word in telling), dtype=np.int64)
        words = _covering(_candidates(counting, theme, own), frozenset(telling))
        wanted.append([*words, *(word for word in telling if word not in words)])
    return unique_names(wanted)


class _Counting(NamedTuple):
    """Counts that all themes share.

    Attributes:
        terms: of n patents.
        core: int64 of shape (n,).
        present: float64 CSR of shape (n, m): 1 where a patent holds a term.
        inside: float64 CSR of shape (K, m): core members that hold a term.
        titled: the same, in the title.
        patents: float64 of shape (m,): patents of the selection that hold each term.
    """

    terms: ThemeTerms
    core: Labels
    present: sparse.csr_matrix
    inside: sparse.csr_matrix
    titled: sparse.csr_matrix
    patents: Floats

    @classmethod
    def of(cls, terms: ThemeTerms, core: Labels, themes: int) -> _Counting:
        """Count once for all themes."""
        matrix = terms.counts.matrix
        present = sparse.csr_matrix((np.ones(matrix.nnz), matrix.indices, matrix.indptr), shape=matrix.shape)
        rows = np.flatnonzero(core >= 0)
        member = sparse.csr_matrix((np.ones(len(rows)), (core[rows], rows)), shape=(themes, len(core)))
        inside, titled = sparse.csr_matrix(member @ present), sparse.csr_matrix(member @ terms.titled)
        return cls(terms, core, present, inside, titled, terms.counts.patents().astype(np.float64))


class _Candidates(NamedTuple):
    """Words that a name may take.

    Attributes:
        texts: c words.
        support: float64 of shape (r, c): how much each core member speaks for each word, 0, .5 or 1.5.
        worth: float64 of shape (c,): how much a word tells, above 0.
    """

    texts: list[str]
    support: Floats
    worth: Floats


def _candidates(counting: _Counting, theme: int, keywords: Labels) -> _Candidates:
    """The words that speak most for a theme, phrases before their parts."""
    rows = np.flatnonzero(counting.core == theme)
    inside = counting.inside[[theme]].toarray().ravel()
    often = (inside >= max(_FEWEST, _SHARE * len(rows))) & ~counting.terms.stop
    often[keywords] = inside[keywords] > 0
    places = np.flatnonzero(often)
    worth = _worth(counting, places, inside[places], len(rows))
    titled = counting.titled[[theme]].toarray().ravel()[places]
    weight = (titled + _TEXT * inside[places]) * worth
    best = np.argsort(-weight, kind="stable")[:_CANDIDATES]
    best = best[weight[best] > 0]
    texts = [counting.terms.counts.terms[place] for place in places[best].tolist()]
    kept = longest_phrases(texts, inside[places[best]])
    chosen = places[best[kept]]
    support = counting.terms.titled[rows][:, chosen] + _TEXT * counting.present[rows][:, chosen]
    return _Candidates([texts[place] for place in kept], support.toarray(), worth[best[kept]])


def _worth(counting: _Counting, places: Labels, inside: Floats, size: int) -> Floats:
    """How much words tell: contrast with the library and with the rest of the selection, in nats."""
    share = inside / max(size, 1)
    total = len(counting.core)
    everywhere = counting.terms.everywhere[places] + 0.5 / (total + 1)
    others = (counting.patents[places] - inside + 0.5) / (total - size + 1)
    with np.errstate(divide="ignore"):
        contrast = _LIBRARY * np.log(share / everywhere) + (1 - _LIBRARY) * np.log(share / others)
    telling = np.array([_telling(counting.terms.counts.terms[place]) for place in places.tolist()])
    return np.asarray(np.maximum(contrast, 0) * telling)


def _covering(words: _Candidates, keywords: frozenset[str]) -> list[str]:
    """Words that together cover the theme, the best first; one of the first three is a keyword."""
    open_share = np.ones(len(words.support))
    free = np.ones(len(words.texts), dtype=np.bool_)
    own = np.array([text in keywords for text in words.texts], dtype=np.bool_)
    taken: list[str] = []
    while free.any() and len(taken) < _WORDS + _SPARE:
        due = len(taken) == _WORDS - 1 and keywords.isdisjoint(taken) and bool((free & own).any())
        gain = np.where(free & own if due else free, open_share @ words.support * words.worth, -1.0)
        best = int(gain.argmax())
        taken.append(words.texts[best])
        open_share[words.support[:, best] > 0] = _COVERED
        free &= [alike(text, taken[-1]) < _REPEATS for text in words.texts]
    return taken


def _most_telling(keywords: Sequence[Keyword]) -> list[str]:
    """Keywords in the order in which a name takes them; those that repeat one before come last.

    Compounds tell more than short words (水热反应 more than 合成), signs like fe next to nothing.
    """
    weighed = sorted(keywords, key=lambda keyword: -keyword.score * _telling(keyword.text))
    first: list[str] = []
    again: list[str] = []
    for text in (keyword.text for keyword in weighed):
        (again if any(alike(text, other) >= _REPEATS for other in first) else first).append(text)
    return first + again


def _telling(term: str) -> float:
    """How much a term tells by its length, against a word of two characters."""
    if term.isascii():
        return _SHORT if len(term) < 3 else 0.9
    return 1.0 if len(term) > _LONG else (_SHORT, 1.0, 1.25, 1.4)[min(len(term), 4) - 1]


def unique_names(wanted: Sequence[Sequence[str]], *, words: int = _WORDS) -> tuple[str, ...]:
    """Join words to names, more of them where two themes would be called alike.

    Args:
        wanted: words of each name, best first.
        words: in a name at first.

    Returns:
        A name for each, no two the same; 未命名 where there are no words.
    """
    length = [words] * len(wanted)
    for _ in range(max(map(len, wanted), default=0)):
        called = [_JOINT.join(each[:size]) for each, size in zip(wanted, length, strict=True)]
        twice = {name for name in called if called.count(name) > 1}
        if not twice:
            break
        length = [size + (name in twice) for name, size in zip(called, length, strict=True)]
    return _numbered([_JOINT.join(each[:size]) for each, size in zip(wanted, length, strict=True)])


def _numbered(called: list[str]) -> tuple[str, ...]:
    """Number what is still called alike, and call what has no words 未命名."""
    seen: dict[str, int] = {}
    unique = []
    for name in called:
        name = name or "未命名"
        seen[name] = seen.get(name, 0) + 1
        unique.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(unique)
