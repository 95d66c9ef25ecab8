"""What every route is handed: the library that is asked, and its snapshot of the moment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, Query, Request

from api.live.shelf import Shelf
from api.live.snapshot import LiveSnapshot
from api.settings import Settings

LibraryName = Annotated[
    str, Query(description="name of the library; the first of the service when left out", max_length=200)
]


def shelf(request: Request) -> Shelf:
    """The libraries of the service."""
    served: Shelf = request.app.state.shelf
    return served


def settings(request: Request) -> Settings:
    """Settings that the app was made with."""
    given: Settings = request.app.state.settings
    return given


Libraries = Annotated[Shelf, Depends(shelf)]
AppSettings = Annotated[Settings, Depends(settings)]


def current_snapshot(libraries: Libraries, library: LibraryName = "") -> Iterator[LiveSnapshot]:
    """Hold the live snapshot for the length of one request, so that a swap cannot take it away."""
    with libraries.library(library).current() as snapshot:
        yield snapshot


Current = Annotated[LiveSnapshot, Depends(current_snapshot)]
