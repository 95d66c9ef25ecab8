"""预警: what every import brings and changes in a selection."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.http.current import Current
from api.selections import watches as service
from api.selections.shapes import (
    WatchesAnswer,
    WatchEventsAnswer,
    WatchLook,
    WatchLooksAnswer,
    WatchRequest,
)

router = APIRouter(prefix="/watches", tags=["预警"])
OfWatch = Annotated[str | None, Query(description="only this watch", examples=["铝电解阴极"])]
Newest = Annotated[int, Query(ge=1, le=10_000, description="the newest so many")]


@router.get("")
def watches(snapshot: Current) -> WatchesAnswer:
    """All watches."""
    return WatchesAnswer.model_validate({"watches": service.watches(snapshot)})


@router.post("", status_code=201)
def add(asked: WatchRequest, snapshot: Current) -> WatchLook:
    """Watch a 检索式 or a saved selection from now on."""
    found = service.add_watch(
        snapshot, asked.name, asked.where, dialect=asked.dialect, floor=asked.floor, who=asked.who
    )
    return WatchLook.model_validate(service.as_looks([found])[0])


@router.post("/check")
def check(snapshot: Current) -> WatchLooksAnswer:
    """Look at all watches now; imports and builds do it by themselves."""
    looked = service.look(snapshot)
    return WatchLooksAnswer.model_validate({"looks": service.as_looks(looked.reports), "notes": looked.notes})


@router.get("/events")
def events(snapshot: Current, watch: OfWatch = None, limit: Newest = 500) -> WatchEventsAnswer:
    """What the watches reported, the newest first."""
    return WatchEventsAnswer.model_validate({"events": service.told(snapshot, watch, limit=limit)})


@router.get("/feed", response_class=Response, responses={200: {"content": {"application/atom+xml": {}}}})
def feed(request: Request, snapshot: Current, watch: OfWatch = None, limit: Newest = 500) -> Response:
    """What the watches reported, as an Atom feed."""
    base = str(request.base_url).rstrip("/") + "/api"
    text = service.feed(snapshot, watch, limit=limit, base_url=base)
    return Response(text, media_type="application/atom+xml")


@router.delete("/{name:path}", status_code=204)
def remove(name: str, snapshot: Current) -> None:
    """Forget a watch with all that it reported."""
    service.remove_watch(snapshot, name)
