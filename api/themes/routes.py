"""Industries and their themes."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from api.http.answers import AnswerRoute
from api.http.current import Current, Libraries, LibraryName
from api.http.parameters import query_of
from api.themes import counting, detail, editing, fitting, layers, listing, map
from api.themes import trends as trend_service
from api.themes.shapes import (
    Change,
    Choice,
    Counted,
    EditedAnswer,
    EditLogAnswer,
    IndustriesAnswer,
    ThemeAnswer,
    ThemeChange,
    ThemeHistoryAnswer,
    ThemeMapAnswer,
    ThemesAnswer,
    ThemeTreeAnswer,
    ThemeUndo,
    TrendsAnswer,
)

router = APIRouter(tags=["themes"], route_class=AnswerRoute)

#: More patents are themed on the command line only: a request should not take minutes.
MOST_FITTED = 30_000

ChoiceQuery = Annotated[Choice, Depends(query_of(Choice))]
Industry = Annotated[
    str, Query(description="`scheme:name` or a name; empty for the whole library", examples=["有色冶金"])
]
Layer = Annotated[int | None, Query(ge=1, description="about how many themes", examples=[8, 40, 200])]
ThemeId = Annotated[str, Path(description="id of a theme, or a name that only one has", examples=["T000012"])]


def counted(
    snapshot: Current, choice: ChoiceQuery, counted: Annotated[Counted, Depends(query_of(Counted))]
) -> counting.Within:
    """Which patents are counted; those tagged 噪声 are not, unless asked for."""
    return counting.within(snapshot, choice, counted)


Within = Annotated[counting.Within, Depends(counted)]


@router.get("/industries")
def industries(snapshot: Current, choice: ChoiceQuery) -> IndustriesAnswer:
    """The industries of every scheme, with how many patents each holds."""
    return listing.counted_industries(snapshot, counting.within(snapshot, choice))


@router.get("/themes")
def themes(
    snapshot: Current,
    within: Within,
    industry: Industry = "",
    layer: Layer = None,
    hidden: Annotated[bool, Query(description="also the themes that users hid")] = False,
) -> ThemesAnswer:
    """The themes of one industry with keywords, size, representatives and yearly counts."""
    return listing.themes(snapshot, industry, within=within, layer=layer, hidden=hidden)


@router.get("/themes/tree")
def tree(snapshot: Current, within: Within, industry: Industry = "") -> ThemeTreeAnswer:
    """Coarser and finer themes: about 8, 40 and 200, and the default layer."""
    return layers.tree(snapshot, industry, within=within)


@router.get("/themes/trends")
def trends(
    snapshot: Current,
    within: Within,
    industry: Industry = "",
    until: Annotated[
        int | None, Query(description="last year compared; the last complete one when left out")
    ] = None,
) -> TrendsAnswer:
    """The themes over time: counts and shares by year and plan, growth with interval, emergence."""
    return trend_service.trends(snapshot, industry, within=within, until=until)


@router.get("/themes/map", responses={200: {"model": ThemeMapAnswer}})
def draw(snapshot: Current, within: Within, industry: Industry = "") -> Response:
    """Where the patents of an industry stand on the plane, with labels by layer and outlines."""
    return Response(map.draw(snapshot, industry, within=within), media_type="application/json")


@router.get("/themes/fit")
def fit(snapshot: Current, within: Within, industry: Industry = "", layer: Layer = None) -> ThemesAnswer:
    """Themes found anew for the patents of a 检索式; nothing is kept."""
    return fitting.fit(snapshot, industry, within=within, layer=layer, most=MOST_FITTED)


@router.get("/themes/new")
def find_new(snapshot: Current, industry: Industry = "") -> ThemesAnswer:
    """New clusters among the patents that no theme of an industry takes; nothing is kept."""
    return fitting.find_new(snapshot, industry)


@router.get("/themes/history")
def history(snapshot: Current, industry: Industry = "") -> ThemeHistoryAnswer:
    """What the last build did to the themes of one industry: kept, merged, split, born or died."""
    return listing.history(snapshot, industry)


@router.get("/themes/edits")
def edits(snapshot: Current) -> EditLogAnswer:
    """Users' changes to themes, the newest first."""
    return editing.lines(snapshot.library.path)


@router.post("/themes/edits")
def change(
    libraries: Libraries, snapshot: Current, asked: ThemeChange, library: LibraryName = ""
) -> EditedAnswer:
    """Rename, merge, split, hide, show, pin keywords, or make a theme of terms; seen at once."""
    answer = editing.change(snapshot.library.path, asked.make(Change))
    libraries.library(library).refresh()
    return answer


@router.post("/themes/edits/undo")
def undo(
    libraries: Libraries, snapshot: Current, asked: ThemeUndo, library: LibraryName = ""
) -> EditedAnswer:
    """Undo a change; without a number, the newest that stands."""
    answer = editing.undo(snapshot.library.path, asked.number, who=asked.who, note=asked.note)
    libraries.library(library).refresh()
    return answer


@router.get("/themes/{theme}")
def show(snapshot: Current, within: Within, theme: ThemeId) -> ThemeAnswer:
    """One theme: keywords with evidence, representatives, trend, neighbours, events."""
    return detail.show(snapshot, theme, within=within)
