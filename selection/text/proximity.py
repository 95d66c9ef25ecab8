"""Proximity: parts that stand near each other in one text.

Between two parts are counted Chinese characters and Latin words, one each; punctuation and white
space count nothing, and the parts do not overlap. "Same sentence" and "same paragraph" ask only that
all parts are in it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from selection.language.tree import Link
from selection.text.matches import spans
from selection.text.needle import Needle

# In a normal form Latin words stand between spaces; what else is a letter is a Chinese character.
_COUNTED = re.compile(r" [^ ]+ |[^\W_]")
# A full stop between digits is a decimal point.
_SENTENCE_END = re.compile(r"[。!?\n]|(?<![0-9] )\.|\.(?! [0-9])")

Alternatives = tuple[Needle, ...]
_Span = tuple[int, int]


def holds(text: str, parts: Sequence[Alternatives], links: Sequence[Link]) -> bool:
    """Whether occurrences of the parts can be chosen so that every link between neighbours holds.

    Args:
        text: a normal form.
        parts: what is sought; each part has alternatives.
        links: one less than parts.
    """
    units = {link.unit for link in links}
    if units == {"word"}:
        return bool(_chain(text, parts, links))
    if len(units) == 1:
        pieces = _SENTENCE_END.split(text) if units == {"sentence"} else text.split("\n")
        return any(all(_occurs(piece, part) for part in parts) for piece in pieces)
    return bool(_chain(text, parts, links))


def _chain(text: str, parts: Sequence[Alternatives], links: Sequence[Link]) -> list[_Span]:
    """Occurrences of the last part that end a chain of allowed ones."""
    allowed = _occurrences(text, parts[0])
    for alternatives, link in zip(parts[1:], links, strict=True):
        if not allowed:
            break
        near = _near if link.unit == "word" else _together
        allowed = near(text, allowed, _occurrences(text, alternatives), link)
    return allowed


def _occurs(piece: str, alternatives: Alternatives) -> bool:
    for needle in alternatives:
        if needle.literal is not None:
            if needle.literal in piece:
                return True
        elif re.search(needle.python, piece):
            return True
    return False


def _occurrences(text: str, alternatives: Alternatives) -> list[_Span]:
    if len(alternatives) == 1:
        return spans(text, alternatives[0])
    return sorted({span for needle in alternatives for span in spans(text, needle)})


def _near(text: str, before: list[_Span], found: list[_Span], link: Link) -> list[_Span]:
    """Occurrences with an allowed one of the part before within the distance."""
    ends, starts = sorted(end for _, end in before), [start for start, _ in before]
    kept = []
    for start, end in found:
        at = bisect_right(ends, start)
        near = at > 0 and _within(text, ends[at - 1], start, link.distance)
        if not near and not link.ordered:
            at = bisect_left(starts, end)
            near = at < len(starts) and _within(text, end, starts[at], link.distance)
        if near:
            kept.append((start, end))
    return kept


def _within(text: str, start: int, end: int, distance: int) -> bool:
    """Whether at most `distance` words stand between; a word has at least one character."""
    return end - start <= distance or len(_COUNTED.findall(text, start, end)) <= distance


def _together(text: str, before: list[_Span], found: list[_Span], link: Link) -> list[_Span]:
    """Occurrences that begin in the same sentence or paragraph as an allowed one of the part before."""
    if link.unit == "sentence":
        breaks = [match.start() for match in _SENTENCE_END.finditer(text)]
    else:
        breaks = [place for place, char in enumerate(text) if char == "\n"]
    there = {bisect_left(breaks, start) for start, _ in before}
    return [span for span in found if bisect_left(breaks, span[0]) in there]
