"""预警: what every import brings and changes in a selection."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.http.answers import AnswerRoute
from api.http.current import Current
from api.selections import watches as service
from api.selections.shapes import (
    WatchesAnswer,
    WatchEventsAnswer,
    WatchLook,
    WatchLooksAnswer,
    WatchRequest,
)

router = APIRouter(prefix="/watches", tags=["预警"], route_class=AnswerRoute)
OfWatch = Annotated[str | None, Query(description="only this watch", examples=["铝电解阴极"])]
Newest = Annotated[int, Query(ge=1, le=10_000, description="the newest so many")]


@router.get("")
def watches(snapshot: Current) -> WatchesAnswer:
    """All watches."""
    return service.watches(snapshot)


@router.post("", status_code=201)
def add(asked: WatchRequest, snapshot: Current) -> WatchLook:
    """Watch a 检索式 or a saved selection from now on."""
    return service.add_watch(
        snapshot, asked.name, asked.where, dialect=asked.dialect, floor=asked.floor, who=asked.who
    )


@router.post("/check")
def check(snapshot: Current) -> WatchLooksAnswer:
    """Look at all watches now; imports and builds do it by themselves."""
    return service.look(snapshot)


@router.get("/events")
def events(snapshot: Current, watch: OfWatch = None, limit: Newest = 500) -> WatchEventsAnswer:
    """What the watches reported, the newest first."""
    return service.events(snapshot, watch, limit=limit)


@router.get("/feed", response_class=Response, responses={200: {"content": {"application/atom+xml": {}}}})
def feed(request: Request, snapshot: Current, watch: OfWatch = None, limit: Newest = 500) -> Response:
    """What the watches reported, as an Atom feed."""
    base = str(request.base_url).rstrip("/") + "/api"
    text = service.feed(snapshot, watch, limit=limit, base_url=base)
    return Response(text, media_type="application/atom+xml")


@router.delete("/{name:path}", status_code=204)
def remove(name: str, snapshot: Current) -> None:
    """Delete a watch with all that it reported."""
    service.remove_watch(snapshot, name)
