"""Rows of one leaf, by kind of field; fields of running text are in text_rows.py."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date

from selection.bitmaps import EMPTY, Rows
from selection.evaluation.corpus import Corpus
from selection.evaluation.identifiers import sought_key, written_number
from selection.evaluation.sources import Source, parse_sources
from selection.evaluation.value_column import LAST
from selection.language.fields import Field
from selection.language.leaves import class_order
from selection.language.tree import Pattern, Range, Term, Wild
from selection.language.values import days_of
from selection.text.needle import needle_of

Leaf = Term | Pattern | Range
_EPOCH = 719_163  # ordinal of 1970-01-01
_WILD = {Wild.MANY: ".*", Wild.ONE: "."}
_WILD_CODE = {Wild.MANY: "[A-Z0-9]*", Wild.ONE: "[A-Z0-9]"}


def usable_sources(corpus: Corpus, field: Field) -> list[Source]:
    """Sources of a field that hold anything in this library."""
    return [source for source in parse_sources(field.source) if corpus.has(source)]


def leaf_rows(corpus: Corpus, field: Field, leaf: Leaf) -> Rows:
    """Rows of a leaf in a field that is neither running text, registered nor a union."""
    answer = _BY_KIND[field.kind]
    return unite(answer(corpus, field, source, leaf) for source in usable_sources(corpus, field))


def unite(rows: Iterable[Rows]) -> Rows:
    """Union of any number of row sets."""
    found = EMPTY
    for each in rows:
        found = found | each
    return found


def expression(pattern: Pattern, wild: dict[Wild, str] = _WILD) -> str:
    """A pattern as a regular expression of RE2 over a whole value."""
    return "".join(re.escape(piece) if isinstance(piece, str) else wild[piece] for piece in pattern.pieces)


def _name(corpus: Corpus, _field: Field, source: Source, leaf: Leaf) -> Rows:
    if isinstance(leaf, Range):
        return EMPTY
    return corpus.values(source).containing(needle_of(leaf))


def _exact(corpus: Corpus, field: Field, source: Source, leaf: Leaf) -> Rows:
    values = corpus.values(source)
    if isinstance(leaf, Pattern):
        return values.like(expression(leaf))
    if isinstance(leaf, Range):
        return EMPTY
    if field.name == "STATUS" and leaf.text == "未知":
        return corpus.all() - corpus.filled(source)
    return values.equal(leaf.text)


def _identifier(corpus: Corpus, _field: Field, source: Source, leaf: Leaf) -> Rows:
    if isinstance(leaf, Pattern):
        pieces = [
            re.sub(r"[\s./,-]+", "", piece) if isinstance(piece, str) else piece for piece in leaf.pieces
        ]
        first = pieces[0]
        if isinstance(first, str) and first[:1].isdigit():
            pieces[0] = written_number(first)
        return corpus.written_numbers(source).like(expression(Pattern(tuple(pieces)), _WILD_CODE))
    return corpus.identifiers(source).any_of([sought_key(leaf.text)]) if isinstance(leaf, Term) else EMPTY


def _without_signs(piece: str | Wild) -> str | Wild:
    return re.sub(r"[\s./,-]+", "", piece) if isinstance(piece, str) else piece


def _class(corpus: Corpus, field: Field, source: Source, leaf: Leaf) -> Rows:
    symbols = corpus.classes(source)
    if isinstance(leaf, Term):
        key = class_order(leaf.text)
        return symbols.any_of([key]) if "SUBGROUP" in field.name else symbols.beginning(key)
    if isinstance(leaf, Pattern):
        return corpus.values(source).like(expression(leaf))
    low = class_order(leaf.low) if leaf.low is not None else ""
    high = class_order(leaf.high) + LAST if leaf.high is not None else LAST
    found = symbols.between(low, high)
    if leaf.above and leaf.low is not None:
        found -= symbols.beginning(low)
    if leaf.below and leaf.high is not None:
        found -= symbols.beginning(class_order(leaf.high))
    return found


def _region(corpus: Corpus, _field: Field, source: Source, leaf: Leaf) -> Rows:
    values = corpus.values(source)
    if isinstance(leaf, Pattern):
        return values.like(expression(leaf))
    return values.beginning(leaf.text) if isinstance(leaf, Term) else EMPTY


def _number(corpus: Corpus, _field: Field, source: Source, leaf: Leaf) -> Rows:
    low, high = _numbers(leaf)
    return corpus.numbers(source).between(low, high)


def _numbers(leaf: Leaf) -> tuple[int | None, int | None]:
    if isinstance(leaf, Term):
        return int(leaf.text), int(leaf.text)
    if isinstance(leaf, Range):
        low = None if leaf.low is None else int(leaf.low) + leaf.above
        return low, None if leaf.high is None else int(leaf.high) - leaf.below
    return 1, 0


def _date(corpus: Corpus, _field: Field, source: Source, leaf: Leaf) -> Rows:
    low, high = _day_numbers(leaf)
    if source.column == "filing_year":
        return corpus.numbers(source).between(low and _year(low), high and _year(high))
    return corpus.numbers(source).between(low, high)


def _year(day: int) -> int:
    return date.fromordinal(day + _EPOCH).year


def _day_numbers(leaf: Leaf) -> tuple[int | None, int | None]:
    """Days since 1970, both included."""
    if isinstance(leaf, Term):
        days = days_of(leaf.text)
        return days.first.toordinal() - _EPOCH, days.last.toordinal() - _EPOCH
    if not isinstance(leaf, Range):
        return 1, 0
    low = high = None
    if leaf.low is not None:
        days = days_of(leaf.low)
        low = (days.last.toordinal() + 1 if leaf.above else days.first.toordinal()) - _EPOCH
    if leaf.high is not None:
        days = days_of(leaf.high)
        high = (days.first.toordinal() - 1 if leaf.below else days.last.toordinal()) - _EPOCH
    return low, high


def _flag(corpus: Corpus, _field: Field, source: Source, leaf: Leaf) -> Rows:
    """1: the column says so; 0: the rest, those of which nothing is known included."""
    if source.column.endswith("_count"):
        yes = corpus.numbers(source).between(1, None)
    else:
        plain = Source(source.column)
        yes = corpus.filled(plain)
        if source.function == "absent":
            yes = corpus.all() - yes
    return yes if isinstance(leaf, Term) and leaf.text == "1" else corpus.all() - yes


_BY_KIND: dict[str, Callable[[Corpus, Field, Source, Leaf], Rows]] = {
    "name": _name,
    "exact": _exact,
    "identifier": _identifier,
    "class": _class,
    "region": _region,
    "number": _number,
    "date": _date,
    "month": _date,
    "year": _date,
    "flag": _flag,
}
