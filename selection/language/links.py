"""Proximity and frequency operators of both spellings."""

from __future__ import annotations

import re

from patents.errors import QueryError
from selection.language.fields import Dialect
from selection.language.tree import Link

MOST_WORDS = 99
MOST_TIMES = {"incopat": 99, "patsnap": 50}
_BRACKETED = re.compile(r"\(\s*([0-9]*)\s*([wnspf])\s*\)", re.IGNORECASE)
_DOLLAR = re.compile(r"\$(W|PRE|FREQ)([0-9]+)|\$(WS|SEN|PARA)", re.IGNORECASE)


def read_link(sign: str, place: int, dialect: Dialect) -> Link:
    """The meaning of `(2w)`, `(n)`, `(s)`, `$W2`, `$PRE2`, `$SEN` ….

    Raises:
        QueryError: the operator is the other spelling's, or its number is over 99.
    """
    _check_spelling(sign, place, dialect)
    if sign.startswith("("):
        count, letter = _parts(_BRACKETED, sign)
        if letter in "SP":
            return Link("sentence" if letter == "S" else "paragraph")
        return Link("word", _number(count or "1", MOST_WORDS, place), ordered=letter == "W")
    name, count, other = _parts(_DOLLAR, sign)
    if other in ("SEN", "PARA"):
        return Link("sentence" if other == "SEN" else "paragraph")
    if other == "WS":
        return Link("word", MOST_WORDS)
    return Link("word", _number(count, MOST_WORDS, place), ordered=name == "PRE")


def read_times(sign: str, place: int, dialect: Dialect) -> int:
    """The number of `(3f)` or `$FREQ3`.

    Raises:
        QueryError: the operator is the other spelling's, or its number is 0 or too large.
    """
    _check_spelling(sign, place, dialect)
    digits = _parts(_BRACKETED, sign)[0] if sign.startswith("(") else _parts(_DOLLAR, sign)[1]
    times = _number(digits, MOST_TIMES[dialect], place)
    if times == 0:
        raise QueryError("query-frequency-zero", place=place)
    return times


def write_link(link: Link, dialect: Dialect) -> str:
    """The operator in a spelling."""
    if dialect == "incopat":
        if link.unit == "word":
            return f"({link.distance}{'w' if link.ordered else 'n'})"
        return "(s)" if link.unit == "sentence" else "(p)"
    if link.unit == "word":
        return f"${'PRE' if link.ordered else 'W'}{link.distance}"
    return "$SEN" if link.unit == "sentence" else "$PARA"


def _check_spelling(sign: str, place: int, dialect: Dialect) -> None:
    if sign.startswith("$") != (dialect == "patsnap"):
        owner, other = ("PatSnap", "patsnap") if sign.startswith("$") else ("incoPat", "incopat")
        raise QueryError("query-operator-of-other-dialect", place=place, sign=sign, owner=owner, other=other)


def _parts(pattern: re.Pattern[str], sign: str) -> list[str]:
    match = pattern.fullmatch(sign)
    return [(group or "").upper() for group in match.groups()] if match else []


def _number(digits: str, most: int, place: int) -> int:
    if len(digits) > 4 or int(digits) > most:
        raise QueryError("query-number-too-large", place=place, digits=digits, most=most)
    return int(digits)
