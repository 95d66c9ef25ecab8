"""标引: tags put on and taken off patents, with undo."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query

from api.http.answers import AnswerRoute
from api.http.current import Current
from api.live.snapshot import LiveSnapshot
from api.selections import tags as service
from api.selections.shapes import (
    TagChangeAnswer,
    TagChangesAnswer,
    TagOperation,
    TagRequest,
    TagsAnswer,
    UndoRequest,
)

router = APIRouter(prefix="/tags", tags=["标引"], route_class=AnswerRoute)


@router.get("")
def tags(snapshot: Current) -> TagsAnswer:
    """The tags with the number of patents of each."""
    return TagsAnswer(tags=service.counts(snapshot))


@router.get("/history")
def history(
    snapshot: Current, tag: Annotated[str | None, Query(description="only this tag")] = None
) -> TagChangesAnswer:
    """Changes of tags, the newest first."""
    return service.history(snapshot, tag)


@router.post("/undo")
def undo(asked: UndoRequest, snapshot: Current) -> TagOperation:
    """Change back what one change did."""
    return service.undo(snapshot, asked.id, who=asked.who)


@router.post("/{tag}/add")
def add(tag: str, asked: TagRequest, snapshot: Current) -> TagChangeAnswer:
    """Put a tag on the patents of a 检索式 or of a list of numbers."""
    return _change(snapshot, tag, "put", asked)


@router.post("/{tag}/remove")
def remove(tag: str, asked: TagRequest, snapshot: Current) -> TagChangeAnswer:
    """Take a tag off the patents of a 检索式 or of a list of numbers."""
    return _change(snapshot, tag, "off", asked)


def _change(
    snapshot: LiveSnapshot, tag: str, action: Literal["put", "off"], asked: TagRequest
) -> TagChangeAnswer:
    patents = service.named(snapshot, where=asked.where, dialect=asked.dialect, numbers=asked.numbers or None)
    return service.change(snapshot, tag, action, patents, note=asked.note, who=asked.who)
