"""Prior art: where each hit discloses the elements of a claim, how closely, and what it lacks.

Everything here is a function of texts; nothing is searched or read from files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

import numpy as np

from index.claim_elements import Element
from index.sentences import Cut, Encode, Nearest, Sentence, clauses, nearest_among
from terms.stopwords import is_break
from terms.words import fold

Verdict = Literal["相近", "部分", "未见"]

# Learned on 8,259 elements of first claims (benchmarks/prior_art): the scores that another patent of the
# same main group reaches for 2 and 10 % of them. On 12,000 others it does for 2.3 and 11 %; the abstract of
# the own patent for 66 and 82 %, the texts of a twin (一案双申) for 77 and 87 %.
CLOSE, PARTLY = 0.47, 0.29
# 差异 that are named for an element.
_MOST_MISSING = 6
# 5~10mm, 0.5 %, 120℃: a number counts with its unit only; bare ones are signs of the drawings.
_QUANTITY = re.compile(
    r"\d+(?:\.\d+)?(?:\s*[-~～—–至到]\s*\d+(?:\.\d+)?)?\s*"
    r"(?:%|℃|°c|[μµ]m|[a-z]{1,3}(?![a-z])|度|倍|份|小时|分钟|秒|毫米|厘米|微米|纳米|千克|兆帕|米|克)"
)


class Field(NamedTuple):
    """A text of a hit and what it is: 标题, 摘要 or 权利要求."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Mapped:
    """An element and the place of one hit that comes closest to it.

    Attributes:
        element: of the claim.
        nearest: the clause, its place counted in its field; None where the hit has no text.
        field: name of that field, empty without a clause.
        missing: terms and quantities of the element that the hit's texts nowhere hold (差异), in the
            order of the element; at most six.
    """

    element: Element
    nearest: Nearest | None
    field: str = ""
    missing: tuple[str, ...] = ()

    @property
    def score(self) -> float:
        """Of the clause, in [0, 1]; 0 without."""
        return 0.0 if self.nearest is None else max(0.0, self.nearest.score)

    @property
    def verdict(self) -> Verdict:
        """The score in a word."""
        return verdict_of(self.score)


@dataclass(frozen=True, slots=True)
class ClaimCoverage:
    """How far one hit discloses a claim: a reading aid; what is disclosed is for an examiner to say.

    Attributes:
        mapped: every element in order.
        close: elements that are 相近.
        partly: elements that are 部分.
        mean: mean score over the elements, 0 without any.
    """

    mapped: tuple[Mapped, ...]
    close: int
    partly: int
    mean: float

    @property
    def scores(self) -> list[float]:
        """Of the elements in order."""
        return [one.score for one in self.mapped]


def verdict_of(score: float) -> Verdict:
    """Say a score in a word, by the thresholds that were measured."""
    if score >= CLOSE:
        return "相近"
    return "部分" if score >= PARTLY else "未见"


def map_elements(
    elements: Sequence[Element],
    hits: Sequence[Sequence[Field]],
    encode: Encode,
    cut: Cut,
    weights: Mapping[str, float] | None = None,
) -> list[ClaimCoverage]:
    """Map every element to the nearest clause of each hit.

    Args:
        elements: of a claim.
        hits: t hits, each with its texts.
        encode: texts → unit vectors.
        cut: text → words.
        weights: rarity of words; None to weigh all alike.

    Returns:
        t coverages.
    """
    cuts = [[(field.name, clause) for field in hit for clause in clauses(field.text)] for hit in hits]
    queries = [element.text for element in elements]
    places = [[clause for _, clause in one] for one in cuts]
    nearest = nearest_among(queries, places, encode, cut, weights)
    named = [_named(element.text, cut) for element in elements]
    return [
        _coverage(elements, named, own, _fields(one), _Held(hit, cut))
        for own, one, hit in zip(nearest, cuts, hits, strict=True)
    ]


def rarity(holders: Mapping[str, int], count: int, words: Iterable[str] | None = None) -> dict[str, float]:
    """Weights of words: the logarithm of how rare they are.

    Args:
        holders: passages that hold each word; what is not in it is held by none.
        count: of passages.
        words: to weigh; None for those of `holders`.
    """
    weighed = holders if words is None else words
    return {word: float(np.log((count + 1) / (holders.get(word, 0) + 0.5))) for word in weighed}


class _Named(NamedTuple):
    """What an element names that a hit may lack: words with their spans in order, and quantities."""

    words: list[tuple[str, int, int]]
    quantities: list[tuple[str, int, int]]


def _named(element: str, cut: Cut) -> _Named:
    folded = fold(element)
    words: list[tuple[str, int, int]] = []
    place = 0
    for word in cut(element):
        start = folded.find(word, place)
        if start < 0:
            continue
        place = start + len(word)
        # What begins with a digit is a quantity or a sign of the drawings.
        if not word[0].isdecimal() and not _says_nothing(word):
            words.append((word, start, place))
    found = _QUANTITY.finditer(folded)
    return _Named(words, [(re.sub(r"\s", "", one.group()), *one.span()) for one in found])


class _Held:
    """What the texts of one hit hold."""

    def __init__(self, hit: Sequence[Field], cut: Cut) -> None:
        text = "\n".join(field.text for field in hit)
        self._words = set(cut(text))
        self._folded = re.sub(r"\s", "", fold(text))

    def missing(self, element: str, named: _Named) -> tuple[str, ...]:
        """Terms and quantities of an element that are nowhere in the hit; neighbours as one term."""
        spans = [(start, stop) for quantity, start, stop in named.quantities if quantity not in self._folded]
        terms: list[tuple[int, int]] = []
        for word, start, stop in named.words:
            if word in self._words:
                continue
            if terms and terms[-1][1] == start:
                terms[-1] = (terms[-1][0], stop)
            else:
                terms.append((start, stop))
        spans += [(start, stop) for start, stop in terms if stop - start > 1]
        return tuple(dict.fromkeys(element[start:stop] for start, stop in sorted(spans)))[:_MOST_MISSING]


@lru_cache(maxsize=65_536)
def _says_nothing(word: str) -> bool:
    return is_break(word)


def _fields(cuts: Sequence[tuple[str, Sentence]]) -> dict[int, str]:
    return {id(clause): name for name, clause in cuts}


def _coverage(
    elements: Sequence[Element],
    named: Sequence[_Named],
    nearest: Sequence[Nearest | None],
    fields: Mapping[int, str],
    held: _Held,
) -> ClaimCoverage:
    mapped = tuple(
        Mapped(
            element, one, "" if one is None else fields[id(one.sentence)], held.missing(element.text, names)
        )
        for element, names, one in zip(elements, named, nearest, strict=True)
    )
    verdicts = [one.verdict for one in mapped]
    mean = float(np.mean([one.score for one in mapped])) if mapped else 0.0
    return ClaimCoverage(mapped, verdicts.count("相近"), verdicts.count("部分"), mean)
