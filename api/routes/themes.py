"""Industries and their themes."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.routes.current import Current
from api.schemas import IndustriesAnswer, ThemesAnswer
from api.service import theming

router = APIRouter(tags=["themes"])


@router.get("/industries")
def industries(snapshot: Current) -> IndustriesAnswer:
    """The industries of every scheme, with how many patents each holds."""
    return IndustriesAnswer.model_validate({"industries": theming.industries(snapshot)})


@router.get("/themes")
def themes(
    snapshot: Current,
    industry: Annotated[
        str, Query(description="`scheme:name` or a name; empty for the whole library", examples=["有色冶金"])
    ] = "",
) -> ThemesAnswer:
    """The themes of one industry with keywords, size, representatives and yearly counts."""
    return ThemesAnswer.model_validate(theming.themes(snapshot, industry))
