"""Matching needles within one segment: postings first, then the normal forms of what is left."""

from __future__ import annotations

from typing import cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from selection.text.needle import Needle
from selection.text.segment import Postings, Segment, Texts, intersect

_NONE: Postings = np.empty(0, dtype=np.uint16)


def estimate(segment: Segment, needle: Needle) -> int:
    """At most so many rows match."""
    if needle.empty:
        return 0
    if needle.word_re2:
        return segment.size
    return min((len(postings) for postings in _postings(segment, needle)), default=segment.size)


def match(segment: Segment, needle: Needle, within: Postings | None = None) -> Postings:
    """Rows whose text matches, ascending.

    Args:
        segment: where to look.
        needle: what to look for.
        within: rows to which the answer is restricted; None is all.
    """
    found = candidates(segment, needle, within)
    if needle.exact or not len(found):
        return found
    texts = segment.select(found)
    return cast("Postings", found[np.asarray(_contains(texts, needle))])


def count(segment: Segment, needle: Needle, rows: Postings) -> npt.NDArray[np.int64]:
    """How often each of the rows matches; matches do not overlap."""
    texts = segment.select(rows)
    if needle.literal is not None:
        counts = pc.count_substring(texts, needle.literal)
    else:
        counts = pc.count_substring_regex(texts, needle.re2)
    return np.asarray(counts, dtype=np.int64)


def candidates(segment: Segment, needle: Needle, within: Postings | None = None) -> Postings:
    """Rows that hold all that a match must hold; all rows when nothing is known."""
    if needle.empty:
        return _NONE
    lists = _postings(segment, needle)
    if needle.word_re2:
        lists.append(segment.words_like(needle.word_prefix, needle.word_re2))
    if within is not None:
        lists.append(within)
    if not lists:
        return np.arange(segment.size, dtype=np.uint16)
    return intersect(lists, segment.size)


def _contains(texts: Texts, needle: Needle) -> pa.BooleanArray:
    if needle.literal is not None:
        return pc.match_substring(texts, needle.literal)
    return pc.match_substring_regex(texts, needle.re2)


def _postings(segment: Segment, needle: Needle) -> list[Postings]:
    return [
        *(segment.character(char) for char in needle.characters),
        *(segment.pair(first, second) for first, second in needle.pairs),
        *(segment.word(word) for word in needle.words),
    ]
