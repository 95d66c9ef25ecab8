"""One patent's record."""

from __future__ import annotations

from fastapi import APIRouter

from api.routes.current import Current
from api.schemas import PatentAnswer
from api.service import looking_up

router = APIRouter(tags=["patents"])


@router.get("/patents/{number:path}")
def patent(number: str, snapshot: Current) -> PatentAnswer:
    """The record of a patent, by application or publication number in any spelling."""
    return PatentAnswer.model_validate(looking_up.patent(snapshot, number))
