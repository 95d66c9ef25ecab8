"""Who holds themes; its addresses are those of the themes."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.http.answers import AnswerRoute
from api.http.current import Current
from api.studies import holders
from api.studies.shapes import HoldersAnswer
from api.themes.routes import Industry, ThemeId, Within

router = APIRouter(tags=["themes"], route_class=AnswerRoute)


@router.get("/themes/who")
def who(
    snapshot: Current,
    industry: Industry = "",
    where: Annotated[str, Query(description="a 检索式: count only its patents")] = "",
    applicant: Annotated[
        str, Query(description="its holdings in every theme instead", examples=["东北大学"])
    ] = "",
) -> HoldersAnswer:
    """Who holds the themes of a scope, what firms leave open, and what the home region lacks."""
    return holders.of_scope(snapshot, industry, where=where, applicant=applicant).answer()


@router.get("/themes/{theme}/who")
def who_of_one(snapshot: Current, within: Within, theme: ThemeId) -> HoldersAnswer:
    """Leading applicants of a theme, their kinds, cities, and pairs that filed together."""
    return holders.of_theme(snapshot, theme, within=within).answer()
