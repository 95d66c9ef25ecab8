"""检索式 as texts: read, explained on a library, written in the other spelling; the fields they may name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from api.live.parts import corpus_of
from api.selections.environment import environment_of

if TYPE_CHECKING:
    from api.live.snapshot import LiveSnapshot
    from patents.errors import QueryError
    from selection.evaluation.explanation import Explanation
    from selection.language import Translation

Spelling = Literal["incopat", "patsnap"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """A part that this library cannot answer.

    Attributes:
        place: 0-based character of the query.
        error: what is wrong, with the line and a caret under the character.
        help: what would supply it.
    """

    place: int
    error: str
    help: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A query that parses; `mistakes` are empty unless it was checked against a library."""

    text: str
    dialect: Spelling
    notes: list[str]
    mistakes: list[Mistake] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldFacts:
    """One field of the language; `needs` says what would supply it where no column does."""

    name: str
    label: str
    incopat: list[str]
    patsnap: list[str]
    kind: str
    columns: list[str]
    needs: str


def check(text: str, *, dialect: str | None = None, live: LiveSnapshot | None = None) -> Checked:
    """Read a query, and see whether a library can answer it when one is given.

    Raises:
        QueryError: it does not parse.
    """
    from selection.evaluation import problems, remarks
    from selection.language import parse

    query = parse(text, dialect)
    notes = list(query.notes)
    mistakes: list[Mistake] = []
    if live is not None:
        notes += remarks(query, corpus_of(live))
        mistakes = [_mistake(error) for error in problems(query, corpus_of(live), environment_of(live))]
    return Checked(text=query.canonical, dialect=query.dialect, notes=notes, mistakes=mistakes)


def explain(live: LiveSnapshot, text: str, *, dialect: str | None = None) -> Explanation:
    """Count every part of a query by itself, written as the user spells it.

    Raises:
        QueryError: it does not parse.
    """
    from selection.evaluation import explain as explain_query
    from selection.language import parse

    query = parse(text, dialect)
    return explain_query(query, corpus_of(live), environment_of(live), dialect=query.dialect)


def rendered(explanation: Explanation) -> str:
    """An explanation as indented lines."""
    from selection.evaluation import render

    return render(explanation)


def translate(text: str, to: Spelling, *, dialect: str | None = None) -> Translation:
    """Write a query for a portal, and list what cannot be carried over.

    Raises:
        QueryError: it does not parse.
    """
    from selection.language import parse
    from selection.language import translate as translate_query

    return translate_query(parse(text, dialect), to)


def known_fields() -> list[FieldFacts]:
    """Every field of both spellings."""
    from selection.evaluation.sources import parse_sources
    from selection.language import fields

    return [
        FieldFacts(
            name=one.name,
            label=one.label,
            incopat=list(one.codes("incopat")),
            patsnap=list(one.codes("patsnap")),
            kind=one.kind,
            columns=one.source.split("+")
            if one.kind == "union"
            else [column for source in parse_sources(one.source) for column in source.columns],
            needs=one.needs,
        )
        for one in fields()
    ]


def _mistake(error: QueryError) -> Mistake:
    return Mistake(place=error.place, error=error.what, help=error.help)
