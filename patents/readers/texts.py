"""Titles, abstracts and claims as plain text: mark-up taken off, hard-wrapped lines joined."""

from __future__ import annotations

import html
import re

_TAG = re.compile(
    r"</?(?:sub|sup|b|i|u|em|strong|font|span|p|div|br|img|math|maths|chemistry|tables?)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|apos|nbsp|#\d{2,5}|#x[0-9a-f]{2,4});", re.IGNORECASE)
_HAN = re.compile("[\u2e80-\u9fff\uff00-\uffef]")
_BROKEN = re.compile(r"(\S)\n(?=(\S))")
_SENTENCE_ENDS = "。；;：:！？!?."


def plain_text(text: str) -> str:
    """The text without inline mark-up (`Al<sub>2</sub>O<sub>3</sub>`) and character entities."""
    if "<" in text:
        text = _TAG.sub("", text)
    if "&" in text:
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    return text.strip()


def unwrapped(text: str) -> str:
    """The text with lines joined that were only broken for their length.

    A line end after 。；： and the like stays, since lists of points are written so; any other is
    taken out between Chinese characters and becomes a space elsewhere.
    """
    if "\n" not in text:
        return text
    lines = (line.strip() for line in text.split("\n"))
    return _BROKEN.sub(_joint, "\n".join(line for line in lines if line))


def _joint(found: re.Match[str]) -> str:
    before, after = found[1], found[2]
    if before in _SENTENCE_ENDS:
        return found[0]
    return before if _HAN.match(before) or _HAN.match(after) else f"{before} "
