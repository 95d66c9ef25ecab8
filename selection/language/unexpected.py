"""What the parser did not expect, in words."""

from __future__ import annotations

import difflib
import re

from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from patents.errors import QueryError
from patents.messages import Message, message
from selection.language.fields import Dialect

Part = str | Message
_PARTS: dict[str, Part] = {
    "WORD": message("query-token-word"),
    "STRING": message("query-token-phrase"),
    "LPAR": "(",
    "_RPAR": ")",
    "LSQB": message("query-token-range"),
    "_RSQB": "]",
    "FIELD": message("query-token-field"),
    "AND": "AND",
    "OR": "OR",
    "NOT": "NOT",
    "TO": "TO",
    "NEAR": message("query-token-proximity"),
    "CMP": message("query-token-comparison"),
    "$END": message("query-token-end"),
}
_OPERATORS: dict[Dialect, tuple[str, ...]] = {
    "incopat": ("(1w)", "(1n)", "(s)", "(p)", "(2f)"),
    "patsnap": ("$W1", "$PRE1", "$WS", "$SEN", "$PARA", "$FREQ2"),
}
_HINTS = {
    "\"“”＂'‘’＇": message("query-hint-quote"),
    "#": message("query-hint-hash"),
    "=:<>≤≥": message("query-hint-sign"),
    ",;、": message("query-hint-comma"),
}


def unexpected(error: UnexpectedInput, text: str, dialect: Dialect) -> QueryError:
    """A QueryError with place, what stood there and what was expected."""
    place = min(error.pos_in_stream or 0, len(text))
    expected = _expected(error)
    if isinstance(error, UnexpectedToken) and error.token.type == "$END":
        hint = _hint("", 0, dialect, expected)
        return QueryError("query-ends-early", place=len(text), expected=_listed(expected), hint=hint)
    found, hint = _found(error, text, place), _hint(text, place, dialect, expected)
    if not expected:
        return QueryError("query-part-unexpected", place=place, found=found, hint=hint)
    return QueryError(
        "query-other-part-expected", place=place, found=found, expected=_listed(expected), hint=hint
    )


def _found(error: UnexpectedInput, text: str, place: int) -> str:
    if isinstance(error, UnexpectedToken):
        token = str(error.token)
        return token if len(token) <= 20 else token[:20] + "…"
    return text[place : place + 1]


def _expected(error: UnexpectedInput) -> list[Part]:
    if isinstance(error, UnexpectedToken):
        names = error.accepts or error.expected
    elif isinstance(error, UnexpectedCharacters):
        names = error.allowed or set()
    else:
        return []
    return [part for name, part in _PARTS.items() if name in names]


def _listed(parts: list[Part]) -> Part:
    """All but the last joined by commas, the last by “or”."""
    listed = parts[0]
    for part in parts[1:-1]:
        listed = message("query-parts", first=listed, following=part)
    return listed if len(parts) == 1 else message("query-parts-or", first=listed, last=parts[-1])


def _hint(text: str, place: int, dialect: Dialect, expected: list[Part]) -> Message:
    char = text[place : place + 1]
    for signs, hint in _HINTS.items():
        if char and char in signs:
            return hint
    if char == "$":
        return _nearest_operator(text, place, dialect)
    if ")" in expected and not char:
        return message("query-hint-bracket")
    if "]" in expected or "TO" in expected:
        return message("query-hint-range")
    return message("query-hint-parts")


def _nearest_operator(text: str, place: int, dialect: Dialect) -> Message:
    sign = re.match(r"\S+", text[place:])
    near = difflib.get_close_matches(sign[0] if sign else "$", _OPERATORS[dialect], n=1, cutoff=0.3)
    return message("query-hint-operators-near", near=near[0]) if near else message("query-hint-operators")
