"""Industries and their themes."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.routes.current import Current
from api.schemas import IndustriesAnswer, ThemeHistoryAnswer, ThemesAnswer
from api.service import theming

router = APIRouter(tags=["themes"])


@router.get("/industries")
def industries(snapshot: Current) -> IndustriesAnswer:
    """The industries of every scheme, with how many patents each holds."""
    return IndustriesAnswer.model_validate({"industries": theming.industries(snapshot)})


Industry = Annotated[
    str, Query(description="`scheme:name` or a name; empty for the whole library", examples=["有色冶金"])
]


@router.get("/themes")
def themes(snapshot: Current, industry: Industry = "") -> ThemesAnswer:
    """The themes of one industry with keywords, size, representatives and yearly counts."""
    return ThemesAnswer.model_validate(theming.themes(snapshot, industry))


@router.get("/themes/history")
def history(snapshot: Current, industry: Industry = "") -> ThemeHistoryAnswer:
    """What the last build did to the themes of one industry: kept, merged, split, born or died."""
    return ThemeHistoryAnswer.model_validate({"events": theming.history(snapshot, industry)})
