"""Where needles stand in many texts at once: the texts one behind the other as an array of characters.

What is done for each text by a regular expression takes a time that depends on the expression; here every
step is arithmetic on arrays of places, so that a needle costs a sweep over the characters for each of its
steps, whatever the texts and the needle are.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from selection.text.needle import Needle, Step, Steps
from selection.text.segment import Texts

_Mask = npt.NDArray[np.bool_]
_Sums = npt.NDArray[np.int32]
Places = npt.NDArray[np.int64]
_SPACE = ord(" ")
#: Behind every text; no character has this code.
_END = 0x110000
#: So many words lie between two texts that no proximity reaches across.
_APART = 1_000
_SENTENCE_ENDS = tuple(map(ord, "。!?\n"))


class Spans(NamedTuple):
    """Places where something stands: first character and behind the last, by first character."""

    starts: Places
    ends: Places


class JoinedTexts:
    """Normal forms one behind the other.

    Args:
        texts: n normal forms.
    """

    def __init__(self, texts: Texts) -> None:
        joined = "".join(f"{text}\n" for text in texts.to_pylist())
        self.codes = np.frombuffer(joined.encode("utf-32-le"), dtype=np.uint32).copy()
        lengths = np.asarray(pc.utf8_length(texts).cast(pa.int64()))
        #: Where each text ends.
        self.ends: Places = np.cumsum(lengths + 1) - 1
        self.codes[self.ends] = _END

    def spans(self, needle: Needle) -> Spans:
        """Where a needle stands; for every start the shortest match, in whole Latin words."""
        stretches, gaps = _stretches(needle.steps)
        found = self._stretch(stretches[-1])
        for stretch, gap in zip(stretches[-2::-1], reversed(gaps), strict=True):
            found = self._followed(self._stretch(stretch), found, gap)
        return found if needle.literal is not None else self._whole_words(found)

    def any_spans(self, needles: Sequence[Needle]) -> Spans:
        """Where any of several needles stands."""
        found = [self.spans(needle) for needle in needles if not needle.empty]
        if len(found) == 1:
            return found[0]
        starts, ends = (np.concatenate(each) for each in zip(*found, strict=True))
        order = np.lexsort((ends, starts))
        return Spans(starts[order], ends[order])

    def texts_of(self, places: Places) -> npt.NDArray[np.int64]:
        """The texts in which places lie, ascending, each once."""
        return np.unique(np.searchsorted(self.ends, places))

    @cached_property
    def words_before(self) -> _Sums:
        """How many Chinese characters and Latin words begin before each place; punctuation counts nothing."""
        outside = self._spaces_before % 2 == 0
        weights = (outside & (self._letters | (self.codes == _SPACE))).astype(np.int32)
        weights[self.ends] = _APART
        return _before(weights)

    @cached_property
    def sentence_ends(self) -> Places:
        """Where sentences end: also by a full stop, unless it is a decimal point; and where texts end."""
        ends = np.isin(self.codes, (*_SENTENCE_ENDS, _END))
        stops = np.flatnonzero(self.codes == ord("."))
        ends[stops[~self._between_digits(stops)]] = True
        return np.flatnonzero(ends)

    @cached_property
    def paragraph_ends(self) -> Places:
        """Where paragraphs end, and texts."""
        return np.flatnonzero((self.codes == ord("\n")) | (self.codes == _END))

    @cached_property
    def _letters(self) -> _Mask:
        letters: _Mask = _letter_table()[self.codes]
        return letters

    @cached_property
    def _spaces(self) -> Places:
        return np.flatnonzero(self.codes == _SPACE)

    @cached_property
    def _spaces_before(self) -> _Sums:
        """Odd within a Latin word, which has a space on either side."""
        return _before(self.codes == _SPACE)[:-1]

    @cached_property
    def _barriers(self) -> dict[Step, _Sums]:
        """How many characters before each place a wildcard does not take."""
        spaces = self.codes == _SPACE
        return {
            Step.RUN: _before(~(self._letters | spaces)),
            Step.REST: _before(spaces | (self.codes == _END)),
        }

    def _stretch(self, steps: Steps) -> Spans:
        """Where texts and single characters stand, one behind the other."""
        first, *rest = steps
        starts = self._text(first) if isinstance(first, str) else np.flatnonzero(self._letters)
        ends = starts + (len(first) if isinstance(first, str) else 1)
        after_letter = first is Step.LETTER
        for step in rest:
            if step is Step.LETTER or after_letter:
                ends = self._behind_spaces(ends)
            width, fits = self._fitting(step, ends)
            starts, ends = starts[fits], ends[fits] + width
            after_letter = step is Step.LETTER
        return Spans(starts, ends)

    def _fitting(self, step: str | Step, places: Places) -> tuple[int, _Mask]:
        """How many characters a step takes, and the places where it can."""
        if step is Step.LETTER:
            return 1, self._letters[places]
        if step is Step.INSIDE:
            return 1, (self.codes[places] != _SPACE) & (self.codes[places] != _END)
        assert isinstance(step, str)
        fits = np.ones(len(places), dtype=np.bool_)
        last = len(self.codes) - 1
        for offset, char in enumerate(step):
            fits &= self.codes[np.minimum(places + offset, last)] == ord(char)
        return len(step), fits

    def _text(self, text: str) -> Places:
        """Every place where a text stands; the empty text stands everywhere."""
        if not text:
            return np.arange(len(self.codes))
        starts = np.flatnonzero(self.codes == ord(text[0]))
        last = len(self.codes) - 1
        for offset, char in enumerate(text[1:], start=1):
            starts = starts[self.codes[np.minimum(starts + offset, last)] == ord(char)]
        return starts

    def _behind_spaces(self, places: Places) -> Places:
        """At most two spaces stand between two letters."""
        for _ in range(2):
            places = places + (self.codes[places] == _SPACE)
        return places

    def _followed(self, left: Spans, right: Spans, gap: Step) -> Spans:
        """Each of the left with the nearest of the right that the wildcard between them reaches."""
        nearest = np.searchsorted(right.starts, left.ends)
        there = nearest < len(right.starts)
        starts, ends, nearest = left.starts[there], left.ends[there], nearest[there]
        barriers = self._barriers[gap]
        reached = barriers[right.starts[nearest]] == barriers[ends]
        return Spans(starts[reached], right.ends[nearest[reached]])

    def _whole_words(self, found: Spans) -> Spans:
        """Extend spans that begin or end within a Latin word."""
        before, behind = (np.searchsorted(self._spaces, each) for each in found)
        starts, ends = found.starts.copy(), found.ends.copy()
        inside = before % 2 == 1
        starts[inside] = self._spaces[before[inside] - 1]
        inside = behind % 2 == 1
        ends[inside] = self._spaces[behind[inside]] + 1
        return Spans(starts, ends)

    def _between_digits(self, stops: Places) -> _Mask:
        """In a normal form `0.5` is ` 0 . 5 `."""
        padded = np.concatenate([[_END, _END], self.codes, [_END, _END]])
        digits = (padded >= ord("0")) & (padded <= ord("9"))
        at = stops + 2
        left = digits[at - 2] & (padded[at - 1] == _SPACE)
        right = digits[at + 2] & (padded[at + 1] == _SPACE)
        between: _Mask = left & right
        return between


def _stretches(steps: Steps) -> tuple[list[Steps], list[Step]]:
    """Steps of known width, parted by those of any width."""
    stretches: list[list[str | Step]] = [[]]
    gaps: list[Step] = []
    for step in steps:
        if step in (Step.RUN, Step.REST):
            assert isinstance(step, Step)
            gaps.append(step)
            stretches.append([])
        else:
            stretches[-1].append(step)
    return [tuple(stretch) for stretch in stretches], gaps


def _before(weights: npt.NDArray[np.int32] | _Mask) -> _Sums:
    """Sum of the weights before each place, and behind the last."""
    sums = np.zeros(len(weights) + 1, dtype=np.int32)
    np.cumsum(weights, out=sums[1:])
    return sums


@cache
def _letter_table() -> _Mask:
    """Whether a character is a letter or digit, by its code."""
    return np.array([*(chr(code).isalnum() for code in range(_END)), False])
