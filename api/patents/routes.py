"""One patent's record."""

from __future__ import annotations

from fastapi import APIRouter

from api.http.answers import AnswerRoute
from api.http.current import Current
from api.patents import record
from api.patents.shapes import PatentAnswer

router = APIRouter(tags=["patents"], route_class=AnswerRoute)


@router.get("/patents/{number:path}")
def patent(number: str, snapshot: Current) -> PatentAnswer:
    """The record of a patent, by application or publication number in any spelling."""
    return record.patent(snapshot, number)
