"""Which line of a draft belongs to what: headings in the forms that Chinese drafts have.

Headings stand alone, with gaps (权 利 要 求 书), with a page number behind or a numeral before them, in
brackets, or open a paragraph and end with a colon. Published documents repeat them on every page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from patents.drafts.claims import CHARACTERISED, split_claims
from patents.drafts.lines import Line, joined, without_gaps
from patents.drafts.model import DraftClaim, PatentDraft
from patents.messages import Message, message

# Parts of a file, and within the description its sections.
_PARTS = {
    "权利要求书": "claims",
    "权利要求": "claims",
    "说明书摘要": "abstract",
    "摘要": "abstract",
    "摘要附图": "drawings",
    "说明书附图": "drawings",
    "说明书": "description",
}
_SECTIONS = {
    "所属技术领域": "technical_field",
    "技术领域": "technical_field",
    "发明领域": "technical_field",
    "背景技术": "description",
    "现有技术": "description",
    "发明内容": "description",
    "实用新型内容": "description",
    "附图说明": "description",
    "具体实施方式": "description",
    "具体实施例": "description",
    "实施方式": "description",
}
_TITLES = ("发明创造名称", "发明名称", "实用新型名称", "专利名称", "技术名称", "名称")
_NAMES = "|".join(sorted((*_PARTS, *_SECTIONS, *_TITLES), key=len, reverse=True))
_PAGE_MARK = r"(?:第?\s*\d{1,3}\s*(?:/\s*\d{1,3}\s*页?|页(?:\s*[,，]?\s*共?\s*\d{1,3}\s*页)?))"
# (57) and [0001] and 一、 may stand before a heading; it ends there, at a colon or at its bracket.
_HEADING = re.compile(
    r"(?:[\[【(（]\s*\d{1,4}\s*[\]】)）]\s*|[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[)）]?\s*[、.．]\s*|#+\s*)*"
    rf"[\[【*]*({_NAMES})(?:\s*{_PAGE_MARK})?\s*(?:$|[：:]|[\]】*]+[：:]?)\s*(.*)",
    re.DOTALL,
)
_FURNITURE = re.compile(
    rf"{_PAGE_MARK}|[-—]?\s*\d{{1,3}}\s*[-—]?|CN\s?\d{{7,13}}\s?[A-Z]\d?|(?:权利要求书|说明书|附图)\s*\d+\s*页.*"
)
_PARAGRAPH_NUMBER = re.compile(r"^[\[【]\s*\d{4}\s*[\]】]\s*")
_FIRST_CLAIM = re.compile(r"(?:权利要求\s*)?1\s*[.．、:：]\s*(?=\D)")
_LONGEST_TITLE = 80


@dataclass(slots=True)
class _Sorted:
    """Lines by what they belong to; `front` is what stands before any heading."""

    front: list[Line] = field(default_factory=list)
    title: list[Line] = field(default_factory=list)
    claims: list[Line] = field(default_factory=list)
    abstract: list[Line] = field(default_factory=list)
    drawings: list[Line] = field(default_factory=list)
    technical_field: list[Line] = field(default_factory=list)
    description: list[Line] = field(default_factory=list)


def draft_of_lines(lines: Iterable[Line], name: str) -> PatentDraft:
    """Tell claims, abstract, title and description apart.

    Args:
        lines: of the file in reading order.
        name: of the file.

    Returns:
        A draft. Without any heading, numbered claims are looked for in the whole text.
    """
    kept = [Line(without_gaps(line.text), line.numbered) for line in lines]
    kept = [line for line in kept if line.text and not _FURNITURE.fullmatch(line.text)]
    parts = _sort(kept)
    claims = split_claims(parts.claims)
    if not claims:
        claims = _claims_without_heading(parts)
    notes: list[Message] = []
    title = _title(parts)
    if not title and claims:
        title = claims[0].text.partition("，")[0].partition(",")[0][:_LONGEST_TITLE]
        notes.append(message("draft-without-title"))
    if not claims:
        notes.append(message("draft-without-claims"))
    return PatentDraft(
        name=name,
        title=title,
        technical_field=_text(parts.technical_field),
        abstract=_text(parts.abstract),
        claims=tuple(claims),
        description=_text(parts.description) or ("" if claims else _text(parts.front)),
        notes=tuple(notes),
    )


def _sort(lines: Sequence[Line]) -> _Sorted:
    parts = _Sorted()
    part = current = "front"
    title_follows = False
    for line in lines:
        heading = _HEADING.fullmatch(line.text)
        if heading is None:
            _put(parts, "title" if title_follows else current, line)
            title_follows = False
            continue
        name, rest = heading[1], heading[2].strip()
        title_follows = name in _TITLES and not rest and not parts.title
        if name in _TITLES:
            parts.title += [Line(rest)] if rest else []
            continue
        if name in _SECTIONS:
            part, current = "description", _SECTIONS[name]
        elif part != _PARTS[name]:
            part = current = _PARTS[name]
        if rest:
            _put(parts, current, Line(rest, line.numbered))
    return parts


def _put(parts: _Sorted, part: str, line: Line) -> None:
    getattr(parts, part).append(line)
    if part == "technical_field":
        parts.description.append(line)


def _title(parts: _Sorted) -> str:
    """As it is named; else the line that opens the description, else the one that opens the file."""
    if parts.title:
        return parts.title[0].text
    openings = (lines[0].text for lines in (parts.description, parts.front) if lines)
    return next((text for text in openings if _may_be_title(text)), "")


def _may_be_title(text: str) -> bool:
    return (
        2 < len(text) <= _LONGEST_TITLE
        and not text.endswith(("。", "；", "：", ":", ";"))
        and "，" not in text
    )


def _claims_without_heading(parts: _Sorted) -> list[DraftClaim]:
    """Claims in a file that does not say where they are; none where nothing speaks like a claim."""
    lines = [*parts.front, *parts.description]
    first = next((place for place, line in enumerate(lines) if _FIRST_CLAIM.match(line.text)), None)
    if first is not None:
        claims = split_claims(lines[first:])
        if CHARACTERISED.search(claims[0].text) or any(claim.refers_to for claim in claims):
            return claims
    return split_claims([line for line in lines if CHARACTERISED.search(line.text)][:1])


def _text(lines: Iterable[Line]) -> str:
    return "\n".join(_PARAGRAPH_NUMBER.sub("", paragraph) for paragraph in _paragraphs(lines))


def _paragraphs(lines: Iterable[Line]) -> list[str]:
    """Lines that a page broke, joined again: a paragraph ends with a full stop."""
    found: list[list[str]] = []
    for line in lines:
        goes_on = found and not found[-1][-1].endswith(("。", "；", "：", ".", ":", "！", "？"))
        if goes_on and not _PARAGRAPH_NUMBER.match(line.text):
            found[-1].append(line.text)
        else:
            found.append([line.text])
    return [joined(one) for one in found]
