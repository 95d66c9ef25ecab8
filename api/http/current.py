"""What every route is handed: the snapshot that is live when the request comes in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, Request

from api.live.library import LiveLibrary
from api.live.snapshot import LiveSnapshot
from api.settings import Settings


def current_snapshot(request: Request) -> Iterator[LiveSnapshot]:
    """Hold the live snapshot for the length of one request, so that a swap cannot take it away."""
    live: LiveLibrary = request.app.state.live
    with live.current() as snapshot:
        yield snapshot


def settings(request: Request) -> Settings:
    """Settings that the app was made with."""
    found: Settings = request.app.state.settings
    return found


Current = Annotated[LiveSnapshot, Depends(current_snapshot)]
AppSettings = Annotated[Settings, Depends(settings)]
