"""权利要求书: where each claim begins, and which others it refers to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from patents.drafts.lines import Line, joined
from patents.drafts.model import DraftClaim
from patents.errors import InputError

_NUMBER = re.compile(
    r"\s*(?:[\[【]?\s*权利要求\s*)?(\d{1,3})\s*(?:[.．、:：\]】]|(?<=\d)(?=\s*一种))\s*(?!\d)"
)
_OPENING = re.compile(
    r"一种|一组|一类|根据|如|按照|按|依照|依据|基于|前述|上述|(?:[^，,。；;]{0,20})权利要求\s*\d"
)
# Several claims in one line: a number behind a full stop, before what only a claim begins with.
_INSIDE = re.compile(
    r"(?<=[。.])\s*(?=(?:权利要求\s*)?\d{1,3}\s*[.．、]\s*(?:一种|(?:根据|如|按照|按|依照|依据|基于)[^。]{0,12}权利要求))"
)
_SEPARATOR = r"\s*(?:[、,，/]|或者?|和|及|以及|与|至|到|[-~～—–]{1,2})\s*"
_REFERENCE = re.compile(rf"权利要求\s*(\d{{1,3}}(?:{_SEPARATOR}(?:权利要求\s*)?\d{{1,3}})*)")
_PART = re.compile(r"(至|到|[-~～—–])?[^\d至到~～—–-]*(\d{1,3})")
# 上述任一权利要求 names all claims before it.
_ANY_BEFORE = re.compile(
    r"(?:上述|前述|前面)[^，,。；;]{0,8}权利要求|权利要求[^，,。；;\d]{0,6}(?:任一|任意一)项?所述"
)
CHARACTERISED = re.compile(r"其特征在于|其特征是|其特征为|特征在于")
_TAKING_UP = re.compile(r"^[^，,：:]*权利要求[^，,：:]*[，,：:]?\s*(?:其中|还包括|进一步)?[，,：:]?")
_MOST_LINKS = 20


def claims_of(text: str) -> list[DraftClaim]:
    """Split a text of claims; one without numbers is claim 1."""
    return split_claims([Line(line) for line in text.splitlines()])


def split_claims(lines: Sequence[Line]) -> list[DraftClaim]:
    """Find the claims in the lines of 权利要求书.

    A line begins claim n + 1 when it bears that number and the claim before has ended (。), or when it
    begins as claims do; so steps numbered 1、2、 inside a claim do not. Where the word processor numbers
    them, each numbered paragraph is one.

    Returns:
        Claims in order; none for lines without text.
    """
    texts = [Line(part, line.numbered) for line in lines for part in _INSIDE.split(line.text) if part.strip()]
    if not texts:
        return []
    begun = [] if texts[0].numbered else _begun(texts)
    begun = begun or _counted(texts) or [(1, [line.text for line in texts])]
    return [_claim(number, joined(parts)) for number, parts in begun]


def whole_claim(claims: Sequence[DraftClaim], number: int) -> str:
    """A claim with all that it takes over: the claims it refers to (the first of each), then its own.

    Args:
        claims: of the draft.
        number: of the claim.

    Raises:
        InputError: there is no such claim.
    """
    by_number = {claim.number: claim for claim in claims}
    if number not in by_number:
        numbers = f"1 to {max(by_number)}" if by_number else "none"
        raise InputError("draft-claim-not-found", number=number, numbers=numbers)
    chain = [by_number[number]]
    while chain[-1].refers_to and len(chain) < _MOST_LINKS:
        earlier = [one for one in chain[-1].refers_to if one in by_number and one < chain[-1].number]
        if not earlier:
            break
        chain.append(by_number[earlier[0]])
    first, *rest = reversed(chain)
    return "；".join([first.text.rstrip("。. "), *(_own_part(claim.text) for claim in rest)])


def _begun(lines: Iterable[Line]) -> list[tuple[int, list[str]]]:
    """Claims whose number is written."""
    found: list[tuple[int, list[str]]] = []
    for line in lines:
        match = _NUMBER.match(line.text)
        expected = found[-1][0] + 1 if found else 1
        if (
            match
            and int(match[1]) == expected
            and (not found or _begins(found[-1][1], line.text[match.end() :]))
        ):
            found.append((expected, [line.text[match.end() :]]))
        elif found:
            found[-1][1].append(line.text)
    return found


def _begins(before: list[str], text: str) -> bool:
    return before[-1].rstrip().endswith(("。", ".")) or _OPENING.match(text) is not None


def _counted(lines: Iterable[Line]) -> list[tuple[int, list[str]]]:
    """Claims that the word processor numbers."""
    found: list[tuple[int, list[str]]] = []
    for line in lines:
        if line.numbered and (not found or _begins(found[-1][1], line.text)):
            found.append((len(found) + 1, [line.text]))
        elif found:
            found[-1][1].append(line.text)
    return found


def _claim(number: int, text: str) -> DraftClaim:
    return DraftClaim(number, text, _references(text, number))


def _references(text: str, own: int) -> tuple[int, ...]:
    """Numbers of the claims that a claim names."""
    named: set[int] = set()
    for reference in _REFERENCE.finditer(text):
        last = 0
        for to, digits in _PART.findall(reference[1]):
            number = int(digits)
            named |= set(range(last, number + 1)) if to and 0 < last < number else {number}
            last = number
    if not named and _ANY_BEFORE.search(text):
        named = set(range(1, own))
    return tuple(sorted(named - {own}))


def _own_part(text: str) -> str:
    """What a dependent claim adds."""
    mark = CHARACTERISED.search(text)
    own = text[mark.end() :] if mark else _TAKING_UP.sub("", text)
    return own.strip(" ，,：:。.\n")
