"""A term or pattern made ready for matching: which postings it needs, and its steps through normal forms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from itertools import pairwise

from selection.language.tree import Pattern, Term, Wild
from selection.text.normal import normal_form

# In a normal form a Latin word stands between spaces, so "the rest of this word" is all up to a space.
_UNIT = re.compile(r" [^ ]+ |\n|.", re.DOTALL)


class Step(Enum):
    """What a wildcard takes of a normal form, as an expression of RE2."""

    LETTER = r" *[\p{L}\p{N}]"  # one letter, digit or Chinese character
    RUN = r"[\p{L}\p{N} ]*?"  # any number of them, also across words
    INSIDE = r"[^ ]"  # one letter or digit of the same Latin word
    REST = r"[^ ]*?"  # any number of them


Steps = tuple[str | Step, ...]


@dataclass(frozen=True, slots=True)
class Needle:
    """What is sought in normal forms.

    Attributes:
        steps: texts, and the wildcards before, between and behind them; a term is one text.
        re2: a pattern as a regular expression of RE2; "" for a term.
        characters: single characters and signs that every match holds, pairs of neighbours apart.
        pairs: neighbouring Chinese characters that every match holds.
        words: whole Latin words that every match holds.
        word_prefix, word_re2: for a pattern that is one Latin word: how it begins, and all of it.
        exact: the postings alone answer it.
    """

    steps: Steps
    re2: str
    characters: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    words: tuple[str, ...]
    word_prefix: str = ""
    word_re2: str = ""
    exact: bool = False

    @property
    def literal(self) -> str | None:
        """Normal form of a term; None for a pattern."""
        return None if self.re2 else str(self.steps[0])

    @property
    def empty(self) -> bool:
        """Whether nothing searchable is left of it (only white space)."""
        return self.literal == ""


@lru_cache(maxsize=4096)
def needle_of(node: Term | Pattern) -> Needle:
    """Make a leaf ready for matching."""
    return _of_term(node.text) if isinstance(node, Term) else _of_pattern(node.pieces)


def _of_term(text: str) -> Needle:
    literal = normal_form(text).strip("\n")
    characters, pairs, words, count = _requirements(literal)
    exact = count == 1 or (count == 2 and len(pairs) == 1)
    return Needle((literal,), "", characters, pairs, words, exact=exact)


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
    steps = [*_before(gaps[0], literals[0])]
    for index, literal in enumerate(literals[:-1]):
        in_word = literal.ends_word and literals[index + 1].starts_word
        steps += [literal.text, *_wildcards(gaps[index + 1], in_word)]
    steps += [literals[-1].text, *_behind(gaps[-1], literals[-1])]
    re2 = _expression(steps)
    if all(literal.is_word for literal in literals):
        prefix = "" if gaps[0] else literals[0].text.strip()
        return Needle(tuple(steps), re2, (), (), (), prefix, f"^{re2.strip()}$", exact=True)
    found = [_requirements(literal.whole)[:3] for literal in literals]
    characters, pairs, words = (tuple(dict.fromkeys(sum(each, ()))) for each in zip(*found, strict=True))
    return Needle(tuple(steps), re2, characters, pairs, words)


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


def _wildcards(wilds: list[Wild], in_word: bool) -> list[str | Step]:
    """`*?*?` takes at least two characters, in whatever order its signs stand."""
    one, many = (Step.INSIDE, Step.REST) if in_word else (Step.LETTER, Step.RUN)
    return [*[one] * wilds.count(Wild.ONE), *[many] * (Wild.MANY in wilds)]


def _before(wilds: list[Wild], first: _Literal) -> list[str | Step]:
    """Before everything: beside a Latin letter they complete its word, elsewhere `*` asks for nothing."""
    if first.starts_word and wilds:
        return [" ", *_wildcards(wilds, in_word=True)]
    return [*_letters(wilds)]


def _behind(wilds: list[Wild], last: _Literal) -> list[str | Step]:
    if last.ends_word and wilds:
        return [*_wildcards(wilds, in_word=True), " "]
    return [*_letters(wilds)]


def _letters(wilds: list[Wild]) -> list[Step]:
    return [Step.LETTER] * wilds.count(Wild.ONE)


def _expression(steps: list[str | Step]) -> str:
    text = ""
    for before, step in pairwise(["", *steps]):
        if isinstance(step, Step):
            text += step.value
        else:
            # As `re.escape`, spaces left alone so that word boundaries stay readable.
            text += " *" * (before is Step.LETTER) + re.escape(step).replace("\\ ", " ")
    return text
