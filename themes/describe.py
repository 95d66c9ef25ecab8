"""Themes for people: keywords with evidence, a name of their own, representative patents."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from terms.ngrams import TermCounts
from terms.words import fold
from themes.grid import Vectors, on_grid
from themes.keywords import Keyword, Ranking, theme_keywords
from themes.names import ThemeTerms, theme_names
from themes.placement import centroids_of

__all__ = ["Evidence", "ThemeText", "describe", "representatives"]

Labels = npt.NDArray[np.int64]

_SENTENCE = re.compile(r"[^。；;！!？?\n]+")
# Two representatives that are nearer to each other than this are one technology filed twice.
_TWINS = 0.98
_LONGEST_SENTENCE = 120


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of a core patent that holds a keyword.

    Attributes:
        row: of the patent.
        sentence: as written; cut around the keyword where it is very long.
    """

    row: int
    sentence: str


@dataclass(frozen=True, slots=True)
class ThemeText:
    """What a theme is called and shown by.

    Attributes:
        name: unique among the themes described together.
        keywords: best first.
        evidence: one for each keyword, None where its words stand apart in the text.
        representatives: rows of core patents, most central first, no two of them twins.
    """

    name: str
    keywords: tuple[Keyword, ...]
    evidence: tuple[Evidence | None, ...]
    representatives: tuple[int, ...]


def describe(
    vectors: Vectors,
    core: Labels,
    themes: int,
    terms: ThemeTerms,
    text_of: Callable[[int], str],
    *,
    keywords: int = 10,
    ranking: Ranking = "bm25",
    examples: int = 5,
) -> tuple[ThemeText, ...]:
    """Describe the themes of any layer.

    Args:
        vectors: float32 of shape (n, d), unit rows.
        core: int64 of shape (n,): theme of the core members, −1 for others.
        themes: number of themes K.
        terms: of the n patents.
        text_of: title and abstract of a row.
        keywords: per theme.
        ranking: of terms, see `themes.keywords`.
        examples: representatives per theme.

    Returns:
        K descriptions.
    """
    counts = terms.counts
    listed = theme_keywords(counts, core, themes, stop=terms.stop, keywords=keywords, ranking=ranking)
    shown = representatives(vectors, core, themes, examples=max(examples, 20))
    called = theme_names(terms, core, themes, listed)
    column = {term: place for place, term in enumerate(counts.terms)}
    return tuple(
        ThemeText(
            called[theme],
            listed[theme],
            _evidence(listed[theme], np.flatnonzero(core == theme), shown[theme], counts, column, text_of),
            shown[theme][:examples],
        )
        for theme in range(themes)
    )


def representatives(
    vectors: Vectors, core: Labels, themes: int, *, examples: int = 5
) -> tuple[tuple[int, ...], ...]:
    """Core members nearest to each theme's core centroid, passing over near copies.

    Args:
        vectors: float32 of shape (n, d), unit rows.
        core: int64 of shape (n,), −1 for none.
        themes: number of themes K.
        examples: wanted per theme.

    Returns:
        K tuples of rows, most central first; of equally central ones the lower row.
    """
    points = on_grid(vectors)
    centroids = centroids_of(points, core, themes)
    return tuple(
        _central(points, np.flatnonzero(core == theme), centroids[theme], examples) for theme in range(themes)
    )


def _central(
    points: Vectors, rows: Labels, centroid: npt.NDArray[np.float32], examples: int
) -> tuple[int, ...]:
    ranked = rows[np.argsort(-(points[rows] @ centroid), kind="stable")]
    taken: list[int] = []
    for row in ranked.tolist():
        if len(taken) == examples:
            break
        if not taken or float((points[taken] @ points[row]).max()) < _TWINS:
            taken.append(row)
    return tuple(taken)


def _evidence(
    keywords: Sequence[Keyword],
    rows: Labels,
    central: Sequence[int],
    counts: TermCounts,
    column: Mapping[str, int],
    text_of: Callable[[int], str],
) -> tuple[Evidence | None, ...]:
    """For each keyword a sentence: of a central patent when one holds it, else of any core member."""
    member = counts.matrix[rows].tocsc()
    found = []
    for keyword in keywords:
        place = column[keyword.text]
        holders = set(rows[member.indices[member.indptr[place] : member.indptr[place + 1]]].tolist())
        ranked = [row for row in central if row in holders] + sorted(holders.difference(central))[:5]
        found.append(next(filter(None, (_sentence(row, keyword.text, text_of(row)) for row in ranked)), None))
    return tuple(found)


def _sentence(row: int, term: str, text: str) -> Evidence | None:
    """Shortest sentence of a text that holds a term."""
    folded = fold(text)
    holding = [match.span() for match in _SENTENCE.finditer(folded) if term in match.group()]
    if not holding:
        return None
    start, end = min(holding, key=lambda span: span[1] - span[0])
    if end - start > _LONGEST_SENTENCE:
        middle = folded.index(term, start)
        start = max(start, middle - _LONGEST_SENTENCE // 2)
        end = min(end, start + _LONGEST_SENTENCE)
    return Evidence(row, text[start:end].strip(" ，,"))
