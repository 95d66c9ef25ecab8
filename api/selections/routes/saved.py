"""Selections saved under a name."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.http.answers import AnswerRoute
from api.http.current import Current
from api.selections import saved as service
from api.selections.choosing import choose
from api.selections.shapes import SavedAnswer, SavedListAnswer, SavedVersion, SaveRequest

router = APIRouter(prefix="/saved", tags=["检索式"], route_class=AnswerRoute)


@router.get("")
def saved(snapshot: Current) -> SavedListAnswer:
    """The saved selections, each with its newest version."""
    return service.saved(snapshot)


@router.get("/{name:path}")
def one(
    name: str,
    snapshot: Current,
    version: Annotated[int | None, Query(ge=1, description="as it was printed; today's without it")] = None,
    limit: Annotated[int, Query(ge=0, le=1_000)] = 20,
) -> SavedAnswer:
    """What a saved selection means today, or what a version of it meant when it was saved."""
    return service.show(snapshot, name, version, limit=limit)


@router.post("/{name:path}", status_code=201)
def save(name: str, asked: SaveRequest, snapshot: Current) -> SavedVersion:
    """Save a 检索式 as the next version of a name."""
    chosen = choose(snapshot, asked.where, dialect=asked.dialect, with_noise=asked.with_noise)
    return service.save(snapshot, name, chosen, note=asked.note, who=asked.who)


@router.delete("/{name:path}", status_code=204)
def forget(name: str, snapshot: Current) -> None:
    """Delete a saved selection with all its versions."""
    service.delete(snapshot, name)
