"""Reading the value of a field: canonical text, or a reason why it cannot be one.

Functions raise ValueError with one sentence; the resolver adds the place.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from patents.errors import ClassificationError
from patents.half_width import compact
from patents.ipc import parse_locarno, split_ipc
from selection.language.fields import Field
from selection.language.tree import Wild
from selection.language.vocabularies import CLOSED, canonical_value, province_name

_DAY = re.compile(r"(\d{4})(?:([-./年]?)(\d{1,2})(?:([-./月]?)(\d{1,2})日?)?月?)?年?")
_COUNT = re.compile(r"\d{1,12}")
_PREFIX = re.compile(r"[A-HY]\d\d[A-Z]\d{1,4}/\d")
_LOCARNO_CLASS = re.compile(r"\d\d")
_YES = {"1": "1", "是": "1", "有": "1", "YES": "1", "TRUE": "1", "0": "0", "否": "0", "无": "0"}


@dataclass(frozen=True, slots=True)
class Days:
    """All days that a date, a month or a year means."""

    first: date
    last: date


def read_value(field: Field, text: str) -> tuple[str, ...]:
    """Canonical values that a text means in a field; several are alternatives.

    Raises:
        ValueError: it can be no value of this field.
    """
    text = text.strip()
    if not text:
        raise ValueError("the value is empty")
    if field.kind in ("date", "month", "year"):
        return (_date_text(field, text),)
    if field.kind == "exact":
        return _closed_value(field, text)
    reader = _READERS.get(field.kind)
    return (reader(text),) if reader and field.source else (text,)


def days_of(text: str) -> Days:
    """The days of a date, a month or a year: `20110305`, `201103`, `2011`, `2011-03-05` ….

    Raises:
        ValueError: no such day.
    """
    year, month, day = _date_parts(text)
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        raise ValueError(f"{text!r} is a day that does not exist") from None
    if day:
        return Days(first, first)
    last_month = month or 12
    return Days(first, date(year, last_month, monthrange(year, last_month)[1]))


def wild_pieces(text: str, signs: dict[str, Wild]) -> tuple[str | Wild, ...]:
    """Split a word at its wildcards; neighbouring MANYs are one."""
    pieces: list[str | Wild] = []
    for part in re.split(f"([{re.escape(''.join(signs))}])", text):
        piece = signs.get(part, part)
        if part and not (piece is Wild.MANY and pieces and pieces[-1] is Wild.MANY):
            pieces.append(piece)
    return tuple(pieces)


def _date_parts(text: str) -> tuple[int, int, int]:
    """Year, month and day, 0 where not given."""
    match = _DAY.fullmatch(compact(text))
    if match is None or not _same_separators(match):
        raise ValueError(f"{text!r} is no date: write 20110305, 2011-03-05, 201103 or 2011")
    return int(match[1]), int(match[3] or 0), int(match[5] or 0)


def _same_separators(match: re.Match[str]) -> bool:
    """20110305 and 2011-3-5, but not 2011305 (which month?)."""
    _, first, month, second, day = match.groups()
    if month is None:
        return True
    if not first and len(month) != 2:
        return False
    return day is None or (bool(first) == bool(second) and (bool(second) or len(day) == 2))


def _date_text(field: Field, text: str) -> str:
    try:
        first = days_of(text).first
    except ValueError:
        if not field.source:
            return text
        raise
    _, month, day = _date_parts(text)
    if field.kind == "year" and month:
        raise ValueError(f"{text!r} is more than a year: write {first:%Y}, or use a field of days")
    if field.kind == "month" and (day or not month):
        raise ValueError(f"{text!r} is no month: write {first:%Y%m}, or use a field of days or years")
    return f"{first.year:04d}" + (f"{month:02d}" if month else "") + (f"{day:02d}" if day else "")


def _closed_value(field: Field, text: str) -> tuple[str, ...]:
    found = canonical_value(field.name, text)
    if found is None:
        known = "、".join(value.text for value in CLOSED[field.name])
        raise ValueError(f"{text!r} is no value of {field.label}; there are {known}")
    return found


def _class_symbol(text: str) -> str:
    folded = compact(text)
    if _LOCARNO_CLASS.fullmatch(folded) or _PREFIX.fullmatch(folded):
        return folded
    symbols, _ = split_ipc(folded, cpc=True)
    if len(symbols) == 1:
        return symbols[0]
    try:
        return parse_locarno(text)
    except ClassificationError:
        raise ValueError(
            f"{text!r} is no classification symbol: one looks like C01B32/184, C01B32, C01B or 14-03"
        ) from None


def _count(text: str) -> str:
    folded = compact(text)
    if not _COUNT.fullmatch(folded):
        raise ValueError(f"{text!r} is no whole number")
    return str(int(folded))


def _flag(text: str) -> str:
    value = _YES.get(compact(text))
    if value is None:
        raise ValueError(f"{text!r} is neither 1 (yes) nor 0 (no)")
    return value


def _region(text: str) -> str:
    folded = compact(text)
    if folded.isdigit():
        name = province_name(folded)
        if name is None:
            raise ValueError(f"{text!r} is no code of a province (GB/T 2260, as 62 for 甘肃)")
        return name
    return text


_READERS = {
    "number": _count,
    "flag": _flag,
    "class": _class_symbol,
    "region": _region,
    "identifier": compact,
}
