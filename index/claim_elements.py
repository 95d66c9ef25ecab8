"""A claim, or any text that says what is asked for, cut into its elements (技术特征).

The texts of hits are cut in the same way: so an element is held against pieces of its own size.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

Part = Literal["preamble", "characterising", "whole"]
Span = tuple[int, int]

# From the preamble to what is claimed as new; before and after it are elements of their own.
_CHARACTERISED = re.compile(
    r"[，,；;]?\s{0,4}(?:其特征在于|其特征是|其特征为|特征在于|其改进在于)\s*[，,：:]?\s*(?:是)?[，,：:]?"
)
_LEADING_NUMBER = re.compile(r"^\s*(?:权利要求\s*)?\d{1,3}\s*[.．、]\s*(?!\d)")
# A numbered step begins an element: (1) ① S1、 步骤一： a) behind a mark. Behind a word, (1) is the
# reference sign of a part in the drawings; 第一、第二 are no steps, 第一步、 is one.
_NUMERAL = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_STEP = re.compile(
    rf"(?<![^\s，,；;。：:、])(?:[(（]\s*(?:{_NUMERAL}|[a-zA-Z])\s*[)）]"
    r"|[①-⑳]"
    r"|(?<![A-Za-z0-9])(?:步骤\s*)?[Ss]\d{1,3}(?:[-.]\d{1,2})?\s*[、.．：:，,\s]"
    rf"|(?:步骤\s*{_NUMERAL}|第{_NUMERAL}步)\s*[、.．：:，,\s]"
    r"|(?<![A-Za-z0-9])[a-hA-H1-9]\s*[)）、])"
)
# A full stop behind a digit is a decimal point; an ASCII full stop ends a sentence before white space.
_END = re.compile(r"[。！？!?；;\n]+|(?<=[^\d\s])\.(?=\s)")
# 所述 takes up what was named before: a clause that begins with it says something new about a part.
# So does a part with its reference sign that is followed by the next: 光源(1)、滤光片(2)
_TAKEN_UP = re.compile(r"[，,](?=(?:且|并且|其中|以及)?[，,]?(?:所述|该|上述|其中))|(?<=[)）])、(?=\D)")
_CLAUSE = re.compile(r"[，,：:](?!\d)")
_EDGES = " \t\r\n，,；;。.：:、"
# Characters. Shorter pieces join their neighbour, longer ones are cut at 所述, and what is then
# still more than twice as long at commas.
_SHORTEST, _LONGEST = 8, 60


@dataclass(frozen=True, slots=True)
class Element:
    """One element of a claim: ``text == claim[start:stop]``.

    Attributes:
        number: from 1, in the order of the claim.
        part: preamble (what it is), characterising (what is new about it), or whole where the claim
            makes no such division.
    """

    number: int
    text: str
    start: int
    stop: int
    part: Part


def claim_elements(claim: str) -> list[Element]:
    """Split a claim into its elements.

    Cut at 其特征在于, at numbered steps, at semicolons, full stops and lines; a piece that is still long
    is cut where a clause takes a part up again (，所述…), then at commas. Pieces too short to say
    anything join their neighbour.
    """
    start = match.end() if (match := _LEADING_NUMBER.match(claim)) else 0
    mark = _CHARACTERISED.search(claim, start)
    spans: list[tuple[Span, Part]]
    if mark is None:
        spans = [(span, "whole") for span in _pieces(claim, start, len(claim))]
    else:
        spans = [(span, "preamble") for span in _pieces(claim, start, mark.start())]
        spans += [(span, "characterising") for span in _pieces(claim, mark.end(), len(claim))]
    return [
        Element(number, claim[first:last], first, last, part)
        for number, ((first, last), part) in enumerate(spans, start=1)
    ]


def _pieces(claim: str, start: int, stop: int) -> list[Span]:
    """Spans of elements between two places, without white space and punctuation at their ends."""
    ends = {match.end() for match in _END.finditer(claim, start, stop)}
    ends |= {match.start() for match in _STEP.finditer(claim, start, stop)}
    spans = _cut_long(_between(start, stop, ends), claim, _TAKEN_UP, _LONGEST)
    spans = _cut_long(spans, claim, _CLAUSE, 2 * _LONGEST)
    trimmed = (_trim(claim, span) for span in spans)
    return _join_short([span for span in trimmed if span[0] < span[1]])


def _cut_long(spans: Iterable[Span], claim: str, mark: re.Pattern[str], longest: int) -> list[Span]:
    """Cut what is longer than `longest`, leaving no piece shorter than half of `_LONGEST` but the last."""
    cut: list[Span] = []
    for first, last in spans:
        if last - first <= longest:
            cut.append((first, last))
            continue
        places: list[int] = []
        for match in mark.finditer(claim, first, last):
            if match.end() - (places[-1] if places else first) >= _LONGEST // 3:
                places.append(match.end())
        cut += _between(first, last, places)
    return cut


def _between(start: int, stop: int, cuts: Iterable[int]) -> list[Span]:
    places = sorted({start, stop} | {cut for cut in cuts if start < cut < stop})
    return list(pairwise(places))


def _join_short(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for first, last in spans:
        if joined and (last - first < _SHORTEST or joined[-1][1] - joined[-1][0] < _SHORTEST):
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return joined


def _trim(claim: str, span: Span) -> Span:
    first, last = span
    while first < last and claim[first] in _EDGES:
        first += 1
    while first < last and claim[last - 1] in _EDGES:
        last -= 1
    return first, last
