"""A term or pattern made ready for matching: which postings it needs, and its expression on normal forms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from selection.language.tree import Pattern, Term, Wild
from selection.text.normal import normal_form

# In a normal form a Latin word stands between spaces, so "the rest of this word" is all up to a space.
_UNIT = re.compile(r" [^ ]+ |\n|.", re.DOTALL)
_RE2_LETTER, _PYTHON_LETTER = r"[\p{L}\p{N}]", r"[^\W_]"
_RE2_RUN, _PYTHON_RUN = r"[\p{L}\p{N} ]", r"(?:[^\W_]| )"


@dataclass(frozen=True, slots=True)
class Needle:
    """What is sought in normal forms.

    Attributes:
        literal: normal form of a term; None for a pattern.
        re2, python: the same pattern as regular expressions of Arrow and of Python; empty for a term.
        characters: single characters and signs that every match holds, pairs of neighbours apart.
        pairs: neighbouring Chinese characters that every match holds.
        words: whole Latin words that every match holds.
        word_prefix, word_re2: for a pattern that is one Latin word: how it begins, and all of it.
        exact: the postings alone answer it.
    """

    literal: str | None
    re2: str
    python: str
    characters: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    words: tuple[str, ...]
    word_prefix: str = ""
    word_re2: str = ""
    exact: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing searchable is left of it (only white space)."""
        return self.literal == "" or not (self.literal or self.re2)


@lru_cache(maxsize=4096)
def needle_of(node: Term | Pattern) -> Needle:
    """Make a leaf ready for matching."""
    return _of_term(node.text) if isinstance(node, Term) else _of_pattern(node.pieces)


def _of_term(text: str) -> Needle:
    literal = normal_form(text).strip("\n")
    characters, pairs, words, count = _requirements(literal)
    exact = count == 1 or (count == 2 and len(pairs) == 1)
    return Needle(literal, "", _escape(literal), characters, pairs, words, exact=exact)


def _requirements(
    literal: str,
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...], tuple[str, ...], int]:
    """Characters, pairs and words of a normal form, and its number of units."""
    units = _UNIT.findall(literal)
    words = tuple(dict.fromkeys(unit.strip() for unit in units if len(unit) > 2))
    pairs = tuple(dict.fromkeys((a, b) for a, b in pairwise(units) if _is_character(a) and _is_character(b)))
    covered = {char for pair in pairs for char in pair}
    singles = (unit for unit in units if len(unit) == 1 and unit != "\n" and unit not in covered)
    return tuple(dict.fromkeys(singles)), pairs, words, len(units)


def _is_character(unit: str) -> bool:
    """A letter that is no part of a Latin word is a Chinese, Japanese or Korean character."""
    return len(unit) == 1 and unit.isalnum()


def _of_pattern(pieces: tuple[str | Wild, ...]) -> Needle:
    literals, gaps = _split(pieces)
    inside = [_Inside(gap, *literals[i : i + 2]) for i, gap in enumerate(gaps[1:-1])]
    opening, closing = _Edge(gaps[0], literals[0].starts_word), _Edge(gaps[-1], literals[-1].ends_word)

    def expression(letter: str, run: str) -> str:
        text = opening.before(letter)
        for literal, gap in zip(literals, [*inside, None], strict=True):
            text += _escape(literal.text) + (gap.expression(letter, run) if gap else "")
        return text + closing.behind(letter)

    re2, python = expression(_RE2_LETTER, _RE2_RUN), expression(_PYTHON_LETTER, _PYTHON_RUN)
    one_word = all(literal.is_word for literal in literals)
    if one_word:
        prefix = "" if gaps[0] else literals[0].text.strip()
        return Needle(None, re2, python, (), (), (), prefix, f"^{re2.strip()}$", exact=True)
    found = [_requirements(literal.whole)[:3] for literal in literals]
    characters, pairs, words = (tuple(dict.fromkeys(sum(each, ()))) for each in zip(*found, strict=True))
    return Needle(None, re2, python, characters, pairs, words)


@dataclass(frozen=True, slots=True)
class _Literal:
    """Text between wildcards: its normal form, open where a wildcard goes on with its first or last word."""

    text: str
    starts_word: bool
    ends_word: bool
    is_word: bool
    whole: str


def _split(pieces: tuple[str | Wild, ...]) -> tuple[list[_Literal], list[list[Wild]]]:
    """Literals, and the wildcards before, between and behind them (one list more than literals)."""
    gaps: list[list[Wild]] = [[]]
    texts: list[str] = []
    for piece in pieces:
        if isinstance(piece, Wild):
            gaps[-1].append(piece)
        else:
            texts.append(normal_form(piece).strip("\n"))
            gaps.append([])
    literals = [_literal(text, bool(gaps[i]), bool(gaps[i + 1])) for i, text in enumerate(texts)]
    return literals, gaps


def _literal(text: str, wild_before: bool, wild_behind: bool) -> _Literal:
    starts_word, ends_word = text.startswith(" "), text.endswith(" ")
    opened = text[1:] if wild_before and starts_word else text
    opened = opened[:-1] if wild_behind and ends_word else opened
    whole = opened
    if wild_before and starts_word:
        whole = whole.partition(" ")[2]
    if wild_behind and ends_word:
        whole = whole.rpartition(" ")[0]
    is_word = starts_word and ends_word and text.count(" ") == 2
    return _Literal(opened, starts_word, ends_word, is_word, whole)


@dataclass(frozen=True, slots=True)
class _Inside:
    """Wildcards between two literals; between two Latin letters they stay within the word."""

    wilds: list[Wild]
    left: _Literal
    right: _Literal

    def expression(self, letter: str, run: str) -> str:
        if self.left.ends_word and self.right.starts_word:
            return "".join(_IN_WORD[wild] for wild in self.wilds)
        return "".join(f"{run}*?" if wild is Wild.MANY else f" ?{letter} ?" for wild in self.wilds)


@dataclass(frozen=True, slots=True)
class _Edge:
    """Wildcards before or behind everything; beside a Latin letter they complete its word."""

    wilds: list[Wild]
    beside_word: bool

    def before(self, letter: str) -> str:
        if self.beside_word and self.wilds:
            return " " + "".join(_IN_WORD[wild] for wild in self.wilds)
        return "".join(f"{letter} ?" for wild in self.wilds if wild is Wild.ONE)

    def behind(self, letter: str) -> str:
        if self.beside_word and self.wilds:
            return "".join(_IN_WORD[wild] for wild in self.wilds) + " "
        return "".join(f" ?{letter}" for wild in self.wilds if wild is Wild.ONE)


def _escape(text: str) -> str:
    """As `re.escape`, spaces left alone so that word boundaries stay readable."""
    return re.escape(text).replace("\\ ", " ")


_IN_WORD = {Wild.MANY: "[^ ]*?", Wild.ONE: "[^ ]"}
