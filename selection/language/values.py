"""Reading the value of a field: canonical text, or a reason why it cannot be one.

Functions raise a QueryError without a place; `leaves` adds it.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from patents.errors import ClassificationError, QueryError
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
        QueryError: it can be no value of this field.
    """
    text = text.strip()
    if not text:
        raise QueryError("query-value-empty")
    if field.kind in ("date", "month", "year"):
        return (_date_text(field, text),)
    if field.kind == "exact":
        return _closed_value(field, text)
    reader = _READERS.get(field.kind)
    return (reader(text),) if reader and field.source else (text,)


def days_of(text: str) -> Days:
    """The days of a date, a month or a year: `20110305`, `201103`, `2011`, `2011-03-05` ….

    Raises:
        QueryError: no such day.
    """
    year, month, day = _date_parts(text)
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        raise QueryError("query-day-not-real", value=text) from None
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
        raise QueryError("query-date-wrong", value=text)
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
    except QueryError:
        if not field.source:
            return text
        raise
    _, month, day = _date_parts(text)
    if field.kind == "year" and month:
        raise QueryError("query-year-wrong", value=text, year=first.year)
    if field.kind == "month" and (day or not month):
        raise QueryError("query-month-wrong", value=text, month=f"{first:%Y%m}")
    return f"{first.year:04d}" + (f"{month:02d}" if month else "") + (f"{day:02d}" if day else "")


def _closed_value(field: Field, text: str) -> tuple[str, ...]:
    found = canonical_value(field.name, text)
    if found is None:
        known = "、".join(value.text for value in CLOSED[field.name])
        raise QueryError(
            "query-value-not-of-field", value=text, label=field.label, field=field.name, names=known
        )
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
        raise QueryError("query-class-wrong", value=text) from None


def _count(text: str) -> str:
    folded = compact(text)
    if not _COUNT.fullmatch(folded):
        raise QueryError("query-number-wrong", value=text)
    return str(int(folded))


def _flag(text: str) -> str:
    value = _YES.get(compact(text))
    if value is None:
        raise QueryError("query-flag-wrong", value=text)
    return value


def _region(text: str) -> str:
    folded = compact(text)
    if folded.isdigit():
        name = province_name(folded)
        if name is None:
            raise QueryError("query-province-wrong", value=text)
        return name
    return text


_READERS = {
    "number": _count,
    "flag": _flag,
    "class": _class_symbol,
    "region": _region,
    "identifier": compact,
}
