"""Words that say little about a technology, by what they may do in a term.

The lists beside this module are our own reading of patent prose; corpus statistics add to them
(`terms.informative`). A word is in at most one of them:

- ``breaks`` end a term: function words, the verbs and praise of patent prose, positions, ordinals.
- ``heads`` may close a term (充电**装置**) but not open one.
- ``openers`` may open a term (**自动**焊接) but not close one.
- ``weak`` words may do both (缺陷**检测**).

A term holds at least one word that is in none of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = ["Roles", "is_break", "listed", "roles"]

# Parts of speech of jieba's dictionary that no term contains: auxiliaries, conjunctions,
# prepositions, pronouns, modal particles, exclamations, onomatopoeia.
_BREAK_TAGS = frozenset({"u", "uj", "ul", "uv", "ud", "ug", "uz", "c", "p", "r", "rr", "rz", "y", "e", "o"})
# Adverbs and words of place (台上, 体内) close no term.
_OPEN_TAGS = frozenset({"d", "f", "s"})
# Numbers, also with a unit of measurement; 3d and 5g are none, 28d and 2.5g are.
_NUMBER = re.compile(
    r"[\d.]+%?|[\d.]+(?:h|min|ms|hr|℃|mm|cm|dm|km|nm|um|μm|ml|ul|μl|kg|mg|ug|μg|mol|mmol|pa|kpa|mpa|gpa"
    r"|kw|mw|kv|mv|ma|ah|mah|hz|khz|mhz|ghz|rpm|ppm|wt)|(?:\d{2,}|\d*\.\d+)[dsmgltwvar]"
)
# Unknown words that jieba's model cuts across a seam: 和转子, 壁上, 有所.
_SEAM_FIRST = "和与或及且并将在由从被使其该的所可有为"
_SEAM_LAST = "的了和与或及且并将在由从上中内里处时后前均皆有为至所可"


class Roles(NamedTuple):
    """What each word of a vocabulary may do in a term; bool arrays of shape (words,).

    Attributes:
        inside: may be part of a term at all.
        opens: may be its first word.
        closes: may be its last word.
        tells: is technical by itself: a term holds at least one such word.
    """

    inside: npt.NDArray[np.bool_]
    opens: npt.NDArray[np.bool_]
    closes: npt.NDArray[np.bool_]
    tells: npt.NDArray[np.bool_]


@lru_cache(maxsize=4)
def listed(name: str) -> frozenset[str]:
    """Words of one list.

    Args:
        name: ``breaks``, ``heads``, ``openers`` or ``weak``.
    """
    text = files("terms").joinpath("lists", f"{name}.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())


def _tag(word: str) -> str:
    import rjieba

    tagged: list[tuple[str, str]] = rjieba.tag(word)
    return tagged[0][1] if len(tagged) == 1 else "x"


def _is_number(word: str) -> bool:
    """Whether a word is a number, also one with a unit of measurement: 0.5, 30%, 28d, 5mm."""
    return _NUMBER.fullmatch(word) is not None


def _is_miscut(word: str) -> bool:
    """Whether an unknown word holds a function word at its edge."""
    import rjieba

    edges = len(word) > 1 and (word[0] in _SEAM_FIRST or word[-1] in _SEAM_LAST)
    return edges and not rjieba.has_word(word)


def _kept(word: str) -> bool:
    return word in listed("heads") or word in listed("openers") or word in listed("weak")


def is_break(word: str) -> bool:
    """Whether no term may contain the word: function words, patent prose, numbers."""
    if _kept(word):
        return False
    if word in listed("breaks") or _is_number(word) or _is_miscut(word):
        return True
    return _tag(word) in _BREAK_TAGS


def roles(vocabulary: Sequence[str]) -> Roles:
    """Say of each word what it may do in a term.

    Args:
        vocabulary: n folded words as `terms.words` cuts them.

    Returns:
        Arrays of shape (n,).
    """
    inside = np.array([not is_break(word) for word in vocabulary], dtype=np.bool_)
    heads, openers, weak = listed("heads"), listed("openers"), listed("weak")
    opens = np.array([word not in heads for word in vocabulary], dtype=np.bool_)
    closes = np.array(
        [word not in openers and _tag(word) not in _OPEN_TAGS for word in vocabulary], dtype=np.bool_
    )
    tells = np.array([word not in weak for word in vocabulary], dtype=np.bool_)
    return Roles(inside, inside & opens, inside & closes, inside & opens & closes & tells)
