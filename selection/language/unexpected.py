"""What the parser did not expect, said in words."""

from __future__ import annotations

import difflib
import re

from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from patents.errors import QueryError
from selection.language.fields import Dialect

_WORDS = {
    "WORD": "a word",
    "STRING": "a phrase between quotes",
    "LPAR": "(",
    "_RPAR": ")",
    "LSQB": "a range [",
    "_RSQB": "]",
    "FIELD": "a field",
    "AND": "AND",
    "OR": "OR",
    "NOT": "NOT",
    "TO": "TO",
    "NEAR": "a proximity operator",
    "CMP": "a comparison",
    "$END": "the end",
}
_OPERATORS: dict[Dialect, tuple[str, ...]] = {
    "incopat": ("(1w)", "(1n)", "(s)", "(p)", "(2f)"),
    "patsnap": ("$W1", "$PRE1", "$WS", "$SEN", "$PARA", "$FREQ2"),
}
_QUOTES = "\"“”＂'‘’＇"


def unexpected(error: UnexpectedInput, text: str, dialect: Dialect) -> QueryError:
    """A QueryError with place, what stood there and what was expected."""
    place = min(error.pos_in_stream or 0, len(text))
    expected = _expected(error)
    if isinstance(error, UnexpectedToken) and error.token.type == "$END":
        place = len(text)
        what = "the query ends too early"
    else:
        found = _found(error, text, place)
        what = f"{found!r} was not expected here"
    wanted = f"{what}; expected {_listed(expected)}" if expected else what
    return QueryError(wanted, help=_hint(text, place, dialect, expected), place=place)


def _found(error: UnexpectedInput, text: str, place: int) -> str:
    if isinstance(error, UnexpectedToken):
        token = str(error.token)
        return token if len(token) <= 20 else token[:20] + "…"
    return text[place : place + 1]


def _expected(error: UnexpectedInput) -> list[str]:
    if isinstance(error, UnexpectedToken):
        names = error.accepts or error.expected
    elif isinstance(error, UnexpectedCharacters):
        names = error.allowed or set()
    else:
        return []
    return [word for name, word in _WORDS.items() if name in names]


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _hint(text: str, place: int, dialect: Dialect, expected: list[str]) -> str:
    char = text[place : place + 1]
    if char and char in _QUOTES:
        return "the quote is not closed"
    if char == "$":
        sign = re.match(r"\S+", text[place:])
        near = difflib.get_close_matches(sign[0] if sign else "$", _OPERATORS[dialect], n=1, cutoff=0.3)
        return f"PatSnap's operators are $W2, $PRE2, $WS, $SEN, $PARA, $FREQ2{_nearest(near)}"
    if char == "#":
        return "in PatSnap's spelling # is a wildcard; only incoPat's has comments"
    if char and char in "=:<>≤≥":
        return "a field must begin its own word; a text with this sign belongs between quotes"
    if char and char in ",;、":
        return "lists stand in brackets: PN=(CN1, CN2); a text with commas belongs between quotes"
    if ")" in expected and not char:
        return "a bracket is not closed"
    if "]" in expected or "TO" in expected:
        return "a range reads [20110101 to 20201231]"
    return "`patlas query check` shows how a query is read"


def _nearest(near: list[str]) -> str:
    return f"; the nearest is {near[0]}" if near else ""
