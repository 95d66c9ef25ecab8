"""检索式 as texts: read, explained on a library, written in the other spelling; the fields they may name."""

from __future__ import annotations

from typing import Literal

from api.live.parts import corpus_of
from api.live.snapshot import LiveSnapshot
from api.selections.environment import environment_of
from api.selections.shapes import CheckAnswer, FieldFacts, FieldsAnswer, Mistake
from patents.errors import QueryError
from selection.evaluation import explain as explain_query
from selection.evaluation import problems, remarks, render
from selection.evaluation.explanation import Explanation as Explanation
from selection.evaluation.sources import parse_sources
from selection.language import Translation as Translation
from selection.language import fields, parse
from selection.language import translate as translate_query
from selection.language.needs import needs_of

Spelling = Literal["incopat", "patsnap"]


def check(text: str, *, dialect: str | None = None, live: LiveSnapshot | None = None) -> CheckAnswer:
    """Read a query, and see whether a library can answer it when one is given.

    Raises:
        QueryError: it does not parse.
    """
    query = parse(text, dialect)
    notes = [str(note) for note in query.notes]
    mistakes: list[Mistake] = []
    if live is not None:
        notes += remarks(query, corpus_of(live))
        mistakes = [_mistake(error) for error in problems(query, corpus_of(live), environment_of(live))]
    return CheckAnswer(text=query.canonical, dialect=query.dialect, notes=notes, mistakes=mistakes)


def explain(live: LiveSnapshot, text: str, *, dialect: str | None = None) -> Explanation:
    """Count every part of a query by itself, written as the user spells it.

    Raises:
        QueryError: it does not parse.
    """
    query = parse(text, dialect)
    return explain_query(query, corpus_of(live), environment_of(live), dialect=query.dialect)


def rendered(explanation: Explanation) -> str:
    """An explanation as indented lines."""
    return render(explanation)


def translate(text: str, to: Spelling, *, dialect: str | None = None) -> Translation:
    """Write a query for a portal, and list what cannot be carried over.

    Raises:
        QueryError: it does not parse.
    """
    return translate_query(parse(text, dialect), to)


def known_fields() -> FieldsAnswer:
    """Every field of both spellings."""
    listed = [
        FieldFacts(
            name=field.name,
            label=field.label,
            incopat=list(field.codes("incopat")),
            patsnap=list(field.codes("patsnap")),
            kind=field.kind,
            columns=field.source.split("+")
            if field.kind == "union"
            else [column for source in parse_sources(field.source) for column in source.columns],
            needs=str(needs_of(field)) if field.needs else "",
        )
        for field in fields()
    ]
    return FieldsAnswer(fields=listed)


def _mistake(error: QueryError) -> Mistake:
    return Mistake(place=error.place, error=error.what, help=error.help)
