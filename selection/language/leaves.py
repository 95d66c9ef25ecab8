"""Leaves of the tree: values, wildcards, ranges and comparisons."""

from __future__ import annotations

import re

from patents.errors import QueryError
from selection.language.fields import Dialect, Field, field_coded, fields
from selection.language.grammar import QUOTED
from selection.language.raw import RawCompare, RawValue
from selection.language.tree import Filled, Node, Pattern, Term, Wild, disjoin
from selection.language.values import days_of, read_value, wild_pieces
from selection.language.vocabularies import CLOSED

WILDCARDS: dict[Dialect, dict[str, Wild]] = {
    "incopat": {"*": Wild.MANY, "$": Wild.MANY, "?": Wild.ONE},
    "patsnap": {"*": Wild.MANY, "?": Wild.ONE},
}
#: Of each kind in a word: the automaton of an expression grows with the power of the `?` in it.
MOST_WILDCARDS = 10
#: Of a word or phrase.
MOST_CHARACTERS = 2_000
_RANGED = ("date", "month", "year", "number", "class")
_WORDS = ("text", "name", "union")
_ESCAPED = re.compile(r"\\([\"“”＂'‘’＇\\])")
_QUOTED = re.compile(QUOTED)
_SEPARATORS = (" ", "-", "")


def read_leaf(raw: RawValue, bound: Field, dialect: Dialect) -> Node:
    """A value in a field: a term, a pattern, `*`, or alternatives when one word means several values.

    Raises:
        QueryError: it can be no value of this field.
    """
    text = plain(raw)
    if len(text) > MOST_CHARACTERS:
        raise QueryError("query-word-too-long", place=raw.place, count=len(text), most=MOST_CHARACTERS)
    if not raw.quoted and text.strip("*") == "":
        return Filled(raw.place)
    if not raw.quoted and dialect == "patsnap" and "#" in text:
        return disjoin([read_leaf(each, bound, dialect) for each in _with_and_without(raw)], raw.place)
    if not raw.quoted and has_wildcard(text, dialect):
        return _pattern(text, bound, dialect, raw.place)
    if not raw.quoted and dialect == "patsnap" and bound.kind in _WORDS and _optional_separator(text):
        left, right = text.split("_")
        return disjoin([Term(left + sign + right, raw.place) for sign in _SEPARATORS], raw.place)
    return disjoin([Term(value, raw.place) for value in _read(bound, text, raw.place)], raw.place)


def read_range(
    bound: Field, low: RawValue | None, high: RawValue | None, place: int
) -> tuple[str | None, str | None]:
    """Canonical bounds; None is open.

    Raises:
        QueryError: the field has no order, a bound is no value, or low is above high.
    """
    if bound.kind not in _RANGED and bound.source:
        raise QueryError("query-field-unordered", place=place, label=bound.label, field=bound.name)
    first, last = (_bound(value, bound) for value in (low, high))
    if first is None and last is None:
        raise QueryError("query-range-unbounded", place=place)
    if first is not None and last is not None and bound.source and _upside_down(bound, first, last):
        raise QueryError("query-range-reversed", place=place, first=first, last=last)
    return first, last


def comparison(
    raw: RawCompare, dialect: Dialect
) -> tuple[Field, RawValue | None, RawValue | None, bool, bool]:
    """Field, low, high and whether each is excluded, of `a<=f<=b`, `f>a` or `a<=f`.

    Raises:
        QueryError: no word or more than one is a field, or the signs point different ways.
    """
    index = 1 if len(raw.words) == 3 else _field_index(raw, dialect)
    name = raw.words[index]
    bound = field_coded(name.text, dialect)
    if bound is None:
        raise QueryError("query-compared-field-unknown", place=name.place, name=name.text)
    low: RawValue | None = None
    high: RawValue | None = None
    above = below = False
    for other, sign in _sides(raw, index):
        if sign.startswith(">") and low is None:
            low, above = other, sign == ">"
        elif sign.startswith("<") and high is None:
            high, below = other, sign == "<"
        else:
            raise QueryError("query-bounds-on-one-side", place=raw.place)
    return bound, low, high, above, below


def plain(raw: RawValue) -> str:
    """The text of a value, without its quotes and escapes."""
    return unwrap(raw.text) if raw.quoted else raw.text


def unwrap(text: str) -> str:
    """Take off the quotes and the escapes within them; a text without quotes stays."""
    if _QUOTED.fullmatch(text):
        return _ESCAPED.sub(r"\1", text[1:-1])
    return text


def similar_text(text: str) -> str:
    """What stands behind R=, without its brackets and quotes."""
    text = text.strip()
    if text[:1] in ("(", "（"):
        text = text[1:-1].strip()
    return unwrap(text).strip()


def has_wildcard(text: str, dialect: Dialect) -> bool:
    """Whether a character of the text would be a wildcard without quotes."""
    return any(sign in text for sign in WILDCARDS[dialect]) or (dialect == "patsnap" and "#" in text)


def codes_labelled(label: str, dialect: Dialect) -> list[str]:
    """Codes whose Chinese label is, or contains, a word."""
    found = sorted((field for field in fields() if label in field.label), key=lambda field: len(field.label))
    return [code for field in found if (code := field.code(dialect))]


def _pattern(text: str, bound: Field, dialect: Dialect, place: int) -> Node:
    pieces = wild_pieces(text, WILDCARDS[dialect])
    if max(pieces.count(Wild.ONE), pieces.count(Wild.MANY)) > MOST_WILDCARDS:
        raise QueryError("query-wildcards-too-many", place=place, most=MOST_WILDCARDS)
    if bound.source and (bound.kind in ("date", "month", "year", "number", "flag") or bound.name in CLOSED):
        named = {"label": bound.label, "field": bound.name}
        if bound.kind == "date":
            raise QueryError("query-wildcard-in-date", place=place, **named)
        raise QueryError("query-wildcard-in-value", place=place, **named)
    if not any(isinstance(piece, str) for piece in pieces):
        raise QueryError("query-wildcard-alone", place=place)
    if bound.kind == "class" and bound.source and len(pieces) == 2 and pieces[1] is Wild.MANY:
        return disjoin([Term(value, place) for value in _read(bound, str(pieces[0]), place)], place)
    return Pattern(pieces, place)


def _read(bound: Field, text: str, place: int) -> tuple[str, ...]:
    try:
        return read_value(bound, text)
    except QueryError as error:
        error.place = place
        raise


def _bound(raw: RawValue | None, bound: Field) -> str | None:
    if raw is None or (raw.text == "*" and not raw.quoted):
        return None
    return _read(bound, plain(raw), raw.place)[0]


def _upside_down(bound: Field, low: str, high: str) -> bool:
    if bound.kind == "number":
        return int(low) > int(high)
    if bound.kind == "class":
        return class_order(low) > class_order(high) + "\uffff"
    return days_of(low).first > days_of(high).last


def class_order(symbol: str) -> str:
    """A key by which symbols sort as in the classification: main groups as numbers, subgroups as decimals."""
    group, slash, subgroup = symbol[4:].partition("/")
    return symbol[:4] + (group.zfill(4) if group.isdigit() else group) + slash + subgroup


def _field_index(raw: RawCompare, dialect: Dialect) -> int:
    known = [index for index, word in enumerate(raw.words) if field_coded(word.text, dialect)]
    if len(known) == 2:
        raise QueryError("query-two-fields-compared", place=raw.place)
    if not known:
        raise QueryError("query-comparison-without-field", place=raw.place)
    return known[0]


def _sides(raw: RawCompare, index: int) -> list[tuple[RawValue, str]]:
    """The values, each with the sign as it reads behind the field: `20190101<=pd` gives `>=`."""
    turned = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
    sides = []
    if index > 0:
        sides.append((raw.words[index - 1], turned[raw.operators[index - 1]]))
    if index < len(raw.words) - 1:
        sides.append((raw.words[index + 1], raw.operators[index]))
    return sides


def _with_and_without(raw: RawValue) -> tuple[RawValue, RawValue]:
    """PatSnap's # is zero or one character: the word without it, and with exactly one there."""
    if raw.text.count("#") > 1 or "*" in raw.text or "?" in raw.text:
        raise QueryError("query-hash-not-alone", place=raw.place)
    without, one = (RawValue(raw.text.replace("#", sign), raw.place, raw.end) for sign in ("", "?"))
    if not without.text:
        raise QueryError("query-wildcard-alone", place=raw.place)
    return without, one


def _optional_separator(text: str) -> bool:
    left, sign, right = text.partition("_")
    return bool(left and sign and right) and "_" not in right
