"""检索式 as texts: check, explain, translate, and the fields they may name."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.http.answers import AnswerRoute
from api.http.current import Current
from api.selections import queries
from api.selections.queries import Explanation, Translation
from api.selections.shapes import (
    CheckAnswer,
    FieldsAnswer,
    QueryLink,
    QueryText,
    TranslateLink,
    TranslateText,
)

router = APIRouter(prefix="/query", tags=["检索式"], route_class=AnswerRoute)


@router.get("/check")
def check(snapshot: Current, asked: Annotated[QueryLink, Query()]) -> CheckAnswer:
    """Can a 检索式 be read, and what of it can this library not answer?"""
    return check_long(snapshot, asked)


@router.post("/check")
def check_long(snapshot: Current, asked: QueryText) -> CheckAnswer:
    """The same for a 检索式 that is too long for a link."""
    return queries.check(asked.where, dialect=asked.dialect, live=snapshot)


@router.get("/explain")
def explain(snapshot: Current, asked: Annotated[QueryLink, Query()]) -> Explanation:
    """The tree of a 检索式 with the number of patents at every node."""
    return explain_long(snapshot, asked)


@router.post("/explain")
def explain_long(snapshot: Current, asked: QueryText) -> Explanation:
    """The same for a 检索式 that is too long for a link."""
    return queries.explain(snapshot, asked.where, dialect=asked.dialect)


@router.get("/translate")
def translate(asked: Annotated[TranslateLink, Query()]) -> Translation:
    """A 检索式 as a portal spells it, with what cannot be carried over."""
    return translate_long(asked)


@router.post("/translate")
def translate_long(asked: TranslateText) -> Translation:
    """The same for a 检索式 that is too long for a link."""
    return queries.translate(asked.where, asked.to, dialect=asked.dialect)


@router.get("/fields")
def fields() -> FieldsAnswer:
    """All fields of the query language with their codes in both spellings."""
    return queries.known_fields()
