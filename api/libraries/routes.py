"""Is the service up, and which libraries does it serve?"""

from __future__ import annotations

from importlib.metadata import version

from fastapi import APIRouter

from api.http.answers import AnswerRoute
from api.http.current import Current, Libraries
from api.libraries.shapes import Health, ServedLibrary

router = APIRouter(tags=["service"], route_class=AnswerRoute)


@router.get("/health")
def health(snapshot: Current) -> Health:
    """The live snapshot: its number, how many patents it holds and up to which day."""
    return Health(
        status="ok",
        version=version("patlas"),
        snapshot=snapshot.number,
        count=snapshot.count,
        as_of=snapshot.as_of,
        encoder=snapshot.encoder_name,
    )


@router.get("/libraries")
def libraries(shelf: Libraries) -> list[ServedLibrary]:
    """The libraries that the service holds; the first answers where a request names none."""
    return [_served(shelf, name) for name in shelf.names]


def _served(shelf: Libraries, name: str) -> ServedLibrary:
    with shelf.library(name).current() as snapshot:
        return ServedLibrary(name=name, snapshot=snapshot.number, count=snapshot.count, as_of=snapshot.as_of)
