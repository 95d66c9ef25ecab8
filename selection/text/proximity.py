"""Proximity: parts that stand near each other in one text.

Between two parts are counted Chinese characters and Latin words, one each; punctuation and white
space count nothing. Parts do not overlap. "Same sentence" and "same paragraph" ask where parts begin.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from selection.language.tree import Link
from selection.text.matching import spans
from selection.text.needle import Needle

# In a normal form Latin words stand between spaces; what else is a letter is a Chinese character.
_COUNTED = re.compile(r" [^ ]+ |[^\W_]")
# A full stop between digits is a decimal point.
_SENTENCE_END = re.compile(r"[。!?\n]|(?<![0-9] )\.(?! [0-9])")
_PARAGRAPH_END = re.compile(r"\n")

Alternatives = tuple[Needle, ...]
_Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Part:
    """Occurrences of one part that the parts before it allow, ascending."""

    found: list[_Span]

    @property
    def ends(self) -> list[int]:
        return sorted(end for _, end in self.found)

    @property
    def starts(self) -> list[int]:
        return [start for start, _ in self.found]


def holds(text: str, parts: Sequence[Alternatives], links: Sequence[Link]) -> bool:
    """Whether occurrences of the parts can be chosen so that every link between neighbours holds.

    Args:
        text: a normal form.
        parts: what is sought; each part has alternatives.
        links: one less than parts.
    """
    allowed = _Part(_occurrences(text, parts[0]))
    for alternatives, link in zip(parts[1:], links, strict=True):
        if not allowed.found:
            return False
        found = _occurrences(text, alternatives)
        if link.unit == "word":
            allowed = _Part(_near(text, allowed, found, link))
        else:
            allowed = _Part(_together(text, allowed, found, link))
    return bool(allowed.found)


def _occurrences(text: str, alternatives: Alternatives) -> list[_Span]:
    if len(alternatives) == 1:
        return spans(text, alternatives[0])
    return sorted({span for needle in alternatives for span in spans(text, needle)})


def _near(text: str, before: _Part, found: list[_Span], link: Link) -> list[_Span]:
    """Occurrences with an allowed one of the part before within the distance."""
    ends, starts = before.ends, before.starts
    kept = []
    for start, end in found:
        at = bisect_right(ends, start)
        near = at > 0 and _words_between(text, ends[at - 1], start) <= link.distance
        if not near and not link.ordered:
            at = bisect_left(starts, end)
            near = at < len(starts) and _words_between(text, end, starts[at]) <= link.distance
        if near:
            kept.append((start, end))
    return kept


def _words_between(text: str, start: int, end: int) -> int:
    return len(_COUNTED.findall(text, start, end))


def _together(text: str, before: _Part, found: list[_Span], link: Link) -> list[_Span]:
    """Occurrences that begin in the same sentence or paragraph as an allowed one of the part before."""
    pattern = _SENTENCE_END if link.unit == "sentence" else _PARAGRAPH_END
    breaks = [match.start() for match in pattern.finditer(text)]
    there = {bisect_left(breaks, start) for start in before.starts}
    return [span for span in found if bisect_left(breaks, span[0]) in there]
