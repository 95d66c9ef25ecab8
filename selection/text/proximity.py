"""Proximity: parts that stand near each other in one text.

Between two parts are counted Chinese characters and Latin words, one each; punctuation and white
space count nothing, and the parts do not overlap. "Same sentence" and "same paragraph" ask only that
all parts are in it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from selection.language.tree import Link
from selection.text.needle import Needle
from selection.text.places import JoinedTexts, Spans
from selection.text.segment import Texts

Alternatives = tuple[Needle, ...]


def near(texts: Texts, parts: Sequence[Alternatives], links: Sequence[Link]) -> npt.NDArray[np.int64]:
    """Texts in which occurrences of the parts can be chosen so that every link between neighbours holds.

    Args:
        texts: normal forms.
        parts: what is sought; each part has alternatives.
        links: one less than parts.

    Returns:
        Places among the texts, ascending.
    """
    joined = JoinedTexts(texts)
    allowed = joined.any_spans(parts[0])
    for alternatives, link in zip(parts[1:], links, strict=True):
        if not len(allowed.starts):
            break
        found = joined.any_spans(alternatives)
        linked = _within_distance if link.unit == "word" else _in_same_part
        chosen = linked(joined, allowed, found, link)
        allowed = Spans(found.starts[chosen], found.ends[chosen])
    return joined.texts_of(allowed.starts)


def _within_distance(joined: JoinedTexts, before: Spans, found: Spans, link: Link) -> npt.NDArray[np.bool_]:
    """Which of the found have an allowed one of the part before within the distance."""
    words = joined.words_before
    ends = np.sort(before.ends)
    at = np.searchsorted(ends, found.starts, side="right")
    near = (at > 0) & (words[found.starts] - words[ends[at - 1]] <= link.distance)
    if not link.ordered:
        starts = np.sort(before.starts)
        at = np.searchsorted(starts, found.ends)
        nearest = starts[np.minimum(at, len(starts) - 1)]
        near |= (at < len(starts)) & (words[nearest] - words[found.ends] <= link.distance)
    return near


def _in_same_part(joined: JoinedTexts, before: Spans, found: Spans, link: Link) -> npt.NDArray[np.bool_]:
    """Which of the found begin in the same sentence or paragraph as an allowed one of the part before."""
    breaks = joined.sentence_ends if link.unit == "sentence" else joined.paragraph_ends
    there = np.searchsorted(breaks, before.starts)
    return np.isin(np.searchsorted(breaks, found.starts), there)
