"""N-grams of 1–5 words bounded by function words, counted without building them one by one.

Level by level (Apriori): an n-gram is looked at only where both n-grams one word shorter inside
it are frequent, so that the arrays shrink quickly and 120,000 abstracts take seconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from terms.stopwords import Roles
from terms.tokens import BREAK, Tokens

__all__ = ["Level", "TermCounts", "count_terms", "levels", "show"]

Ints = npt.NDArray[np.int64]
# Places and numbers of n-grams: a library has a few dozen million words, and all levels are kept at once.
Small = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Level:
    """The frequent n-grams of one length.

    Attributes:
        words: int64 of shape (m, length): word numbers of each n-gram.
        places: int32 of shape (p,): places in `Tokens.ids` where an n-gram begins, ascending.
        grams: int32 of shape (p,): which n-gram begins there, in [0, m).
        counts: int64 of shape (m,): occurrences.
        patents: int64 of shape (m,): texts with an occurrence.
    """

    words: Ints
    places: Small
    grams: Small
    counts: Ints
    patents: Ints


@dataclass(frozen=True, slots=True)
class TermCounts:
    """Which text holds which term how often.

    Attributes:
        terms: m terms as shown to people, sorted.
        matrix: int32 CSR of shape (texts, m).
    """

    terms: tuple[str, ...]
    matrix: sparse.csr_matrix

    def patents(self) -> Ints:
        """Number of texts with each term; shape (m,)."""
        return np.asarray(np.bincount(self.matrix.indices, minlength=len(self.terms)), dtype=np.int64)


def show(words: Sequence[str]) -> str:
    """Join the words of a term: Latin words keep a blank between them, Han characters do not.

    Args:
        words: at least one word.
    """
    text = words[0]
    for word in words[1:]:
        text += f" {word}" if text[-1].isascii() and word[0].isascii() else word
    return text


def levels(
    tokens: Tokens, inside: npt.NDArray[np.bool_], *, longest: int = 5, fewest: int = 3
) -> Iterator[Level]:
    """Find the n-grams of 1, 2, … words that are frequent.

    Args:
        tokens: the texts.
        inside: bool of shape (V,): words that an n-gram may hold.
        longest: words of the longest n-gram.
        fewest: texts that an n-gram must occur in.

    Yields:
        A level per length, until none is left.
    """
    usable = np.append(inside, False)[tokens.ids]  # BREAK is −1: the appended False
    texts = tokens.texts()
    follows = np.full(len(tokens.ids) + 1, -1, dtype=np.int32)  # n-gram one shorter, by its place
    places = np.flatnonzero(usable).astype(np.int32)
    codes: Ints | Small = tokens.ids[places]
    words = np.arange(len(tokens.vocabulary), dtype=np.int64)[:, None]
    for length in range(1, longest + 1):
        level = _level(places, codes, words, texts[places], length, fewest)
        if not len(level.words):
            return
        yield level
        follows[:] = -1
        follows[level.places] = level.grams
        second = follows[level.places + 1]
        fits = second >= 0
        places = level.places[fits]
        codes = level.grams[fits].astype(np.int64) * len(level.words) + second[fits]
        words = level.words


def _level(
    places: Small, codes: Ints | Small, shorter: Ints, texts: Small, length: int, fewest: int
) -> Level:
    """Number the n-grams at `places`, dropping those in fewer than `fewest` texts.

    One stable sort gives everything: places ascend within a code, and so do their texts.
    """
    order = np.argsort(codes, kind="stable")
    ranked = codes[order]
    new_code = np.ones(len(order), dtype=np.bool_)
    new_code[1:] = ranked[1:] != ranked[:-1]
    begins = np.flatnonzero(new_code)
    ordered_texts = texts[order]
    new_text = new_code.copy()
    new_text[1:] |= ordered_texts[1:] != ordered_texts[:-1]
    counts = np.diff(np.append(begins, len(order)))
    patents = np.add.reduceat(new_text, begins, dtype=np.int64) if len(begins) else counts
    kept = patents >= fewest
    unique = ranked[begins[kept]]
    grams = np.full(len(order), -1, dtype=np.int32)
    grams[order] = np.repeat(np.where(kept, np.cumsum(kept) - 1, -1), counts)
    stays = grams >= 0
    if length == 1:
        words = shorter[unique]
    else:
        first, second = np.divmod(unique, max(len(shorter), 1))
        words = np.column_stack([shorter[first], shorter[second][:, -1]])
    return Level(words, places[stays], grams[stays], counts[kept], patents[kept])


def count_terms(
    tokens: Tokens,
    roles: Roles,
    *,
    allowed: frozenset[str] | None = None,
    longest: int = 5,
    fewest: int = 3,
    found: Iterable[Level] | None = None,
) -> TermCounts:
    """Count the terms of texts.

    Args:
        tokens: n texts.
        roles: what each word of the vocabulary may do.
        allowed: when given, terms of two words and more must be among these (a mined lexicon).
        longest: words of the longest term.
        fewest: texts that a term must occur in.
        found: levels of the tokens where they are at hand; `longest` and `fewest` are theirs then.

    Returns:
        Terms that open, close and tell as they must, with their counts per text. Different cuts
        of the same characters are one term.
    """
    names: list[str] = []
    rows: list[Small] = []
    columns: list[Small] = []
    texts = tokens.texts()
    for level in found or levels(tokens, roles.inside, longest=longest, fewest=fewest):
        fit = terms_of(level, tokens.vocabulary, roles, allowed)
        numbers = np.flatnonzero(fit)
        place = np.full(len(fit), BREAK, dtype=np.int32)
        place[numbers] = np.arange(len(numbers)) + len(names)
        shown = level.words[numbers].tolist()
        names.extend(show([tokens.vocabulary[word] for word in gram]) for gram in shown)
        used = fit[level.grams]
        rows.append(texts[level.places[used]])
        columns.append(place[level.grams[used]])
    return _matrix(names, rows, columns, len(tokens))


def terms_of(
    level: Level, vocabulary: Sequence[str], roles: Roles, allowed: frozenset[str] | None
) -> npt.NDArray[np.bool_]:
    """Which n-grams of a level are terms; bool of shape (m,)."""
    words = level.words
    fit = roles.opens[words[:, 0]] & roles.closes[words[:, -1]] & roles.tells[words].any(axis=1)
    if words.shape[1] == 1:
        long = np.array([len(vocabulary[word]) > 1 for word in words[:, 0].tolist()], dtype=np.bool_)
        return np.asarray(fit & long)
    if allowed is not None:
        for gram in np.flatnonzero(fit).tolist():
            fit[gram] = show([vocabulary[word] for word in words[gram].tolist()]) in allowed
    return np.asarray(fit)


def _matrix(names: list[str], rows: list[Small], columns: list[Small], texts: int) -> TermCounts:
    """Put the occurrences into one sparse matrix with a column per shown term."""
    terms = sorted(set(names))
    number = {term: place for place, term in enumerate(terms)}
    merged = np.array([number[name] for name in names], dtype=np.int32)
    row = np.concatenate([*rows, np.empty(0, np.int32)])
    column = merged[np.concatenate([*columns, np.empty(0, np.int32)])] if names else row
    ones = np.ones(len(row), dtype=np.int32)
    matrix = sparse.csr_matrix((ones, (row, column)), shape=(texts, len(terms)))
    matrix.sum_duplicates()
    return TermCounts(tuple(terms), matrix)
