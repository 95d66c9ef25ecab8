"""Selections saved under a name."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.http.current import Current
from api.selections import saved as service
from api.selections.choosing import choose, shown
from api.selections.shapes import SavedAnswer, SavedListAnswer, SavedShape, SaveRequest

router = APIRouter(prefix="/saved", tags=["检索式"])


@router.get("")
def saved(snapshot: Current) -> SavedListAnswer:
    """The saved selections, each with its newest version."""
    return SavedListAnswer.model_validate({"saved": service.saved(snapshot)})


@router.get("/{name:path}")
def one(
    name: str,
    snapshot: Current,
    version: Annotated[int | None, Query(ge=1, description="as it was printed; today's without it")] = None,
    limit: Annotated[int, Query(ge=0, le=1_000)] = 20,
) -> SavedAnswer:
    """What a saved selection means today, or what a version of it meant when it was saved."""
    found = service.recalled(snapshot, name, version)
    return SavedAnswer.model_validate(
        {
            "saved": found.saved,
            "versions": found.versions,
            "selection": found.chosen.selection,
            "noise": found.chosen.noise,
            "left": found.left,
            "patents": shown(snapshot, found.chosen.selection, limit=limit),
        }
    )


@router.post("/{name:path}", status_code=201)
def save(name: str, asked: SaveRequest, snapshot: Current) -> SavedShape:
    """Save a 检索式 as the next version of a name."""
    chosen = choose(snapshot, asked.where, dialect=asked.dialect, with_noise=asked.with_noise)
    return SavedShape.model_validate(service.save(snapshot, name, chosen, note=asked.note, who=asked.who))


@router.delete("/{name:path}", status_code=204)
def forget(name: str, snapshot: Current) -> None:
    """Forget a saved selection with all its versions."""
    service.forget(snapshot, name)
