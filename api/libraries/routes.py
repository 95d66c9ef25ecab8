"""Is the service up?"""

from __future__ import annotations

from importlib.metadata import version

from fastapi import APIRouter

from api.http.current import Current
from api.shapes import Health

router = APIRouter(tags=["service"])


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
