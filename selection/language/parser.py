"""Text → Query: which spelling it is, the syntax tree, and errors that show their place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from patents.errors import QueryError
from patents.messages import Message
from selection.language.fields import DIALECTS, Dialect
from selection.language.grammar import (
    BRACKET_LINK,
    DOLLAR_LINK,
    DOLLAR_OFTEN,
    FIELD_NAME,
    QUOTED,
    SIMILAR,
    narrow,
    parser,
)
from selection.language.places import located
from selection.language.printer import write
from selection.language.raw import Raw
from selection.language.resolver import Resolver
from selection.language.tree import Node
from selection.language.unexpected import unexpected

#: About 30,000 numbers; more belongs into a tag.
MAX_LENGTH = 500_000
#: Reading takes some 30 µs a word.
MAX_WORDS = 50_000
_WORD = re.compile(r"[^\s,;、()]+")
_LONGEST_KEPT = 2_000
_CUES = re.compile(
    rf"(?P<comment>(?m:^)[^\S\n]*\#[^\n]*)"
    rf"|(?P<similar>(?<![\w-]){SIMILAR})"
    rf"|(?P<quoted>(?<![^\s()\[\]=:,;、@\"“”＂'‘’＇])(?:{QUOTED}))"
    rf"|(?<![\w-])(?:{FIELD_NAME})\s*(?P<sign>[=:])"
    rf"|(?P<compare>[<>≤≥])"
    rf"|(?P<dollar>{DOLLAR_LINK}|{DOLLAR_OFTEN})"
    rf"|(?P<bracket>\(\s*[0-9]+\s*[wWnNfF]\s*\)|(?:(?<=[\w\"”'])|(?<=[\w\"”'] ))(?:{BRACKET_LINK}))"
)


@dataclass(frozen=True, slots=True)
class Query:
    """One parsed 检索式.

    Attributes:
        text: as written.
        dialect: the spelling it was read in.
        root: the syntax tree.
        notes: what was read in a way that may surprise, a sentence each.
    """

    text: str
    dialect: Dialect
    root: Node
    notes: tuple[Message, ...] = ()

    @property
    def canonical(self) -> str:
        """The same query in the one spelling that Patlas prints: incoPat's, fields we added included."""
        return write(self.root)


def parse(text: str, dialect: Dialect | str | None = None) -> Query:
    """Read a 检索式.

    Args:
        text: the query.
        dialect: "incopat" or "patsnap"; None reads it off the fields (`=` or `:`) and operators.

    Raises:
        QueryError: with the place, what was expected there and the nearest field or operator.
    """
    if len(text) > MAX_LENGTH:
        raise QueryError("query-too-long", text=text[:80], count=len(text), most=MAX_LENGTH)
    if len(text) > MAX_WORDS and sum(1 for _ in _WORD.finditer(text)) > MAX_WORDS:
        raise QueryError("query-too-many-words", text=text[:80], most=MAX_WORDS)
    # Filters come again with every page of hits; a parsed query is immutable.
    return _kept(text, dialect) if len(text) <= _LONGEST_KEPT else _parsed(text, dialect)


def _parsed(text: str, dialect: Dialect | str | None) -> Query:
    narrowed = narrow(text)
    try:
        _check_characters(text)
        spelling = _told(dialect, text) or detect_dialect(narrowed)
        raw = _raw(narrowed, spelling)
        resolver = Resolver(text, spelling)
        root = resolver.query(raw)
    except QueryError as error:
        raise located(error, text) from None
    return Query(text, spelling, root, tuple(resolver.notes.values()))


_kept = lru_cache(maxsize=256)(_parsed)


def _check_characters(text: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise QueryError("query-half-character", place=error.start, point=ord(text[error.start])) from None


def detect_dialect(text: str) -> Dialect:
    """The spelling that fields and operators show; incoPat's when nothing shows it.

    Raises:
        QueryError: the query has fields of both.
    """
    seen: dict[Dialect, int] = {}
    for match in _CUES.finditer(narrow(text)):
        cue = _cue(match)
        if cue:
            seen.setdefault(cue, match.start())
    if len(seen) < 2:
        return next(iter(seen), "incopat")
    place = max(seen.values())
    raise QueryError("query-dialects-mixed", place=place)


def _cue(match: re.Match[str]) -> Dialect | None:
    if match["comment"] or match["quoted"]:
        return None
    if match["dollar"] or match["sign"] == ":":
        return "patsnap"
    return "incopat"


def _told(dialect: str | None, text: str) -> Dialect | None:
    if dialect is None or dialect in DIALECTS:
        return dialect
    raise QueryError("query-dialect-unknown", text=text, dialect=dialect, names=", ".join(DIALECTS))


def _raw(text: str, dialect: Dialect) -> Raw:
    try:
        raw = cast("Raw | None", parser(dialect).parse(text))
    except (UnexpectedCharacters, UnexpectedToken, UnexpectedInput) as error:
        raise unexpected(error, text, dialect) from None
    if raw is None:
        raise QueryError("query-empty")
    return raw
