"""Industries and their themes."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from api.http.current import Current
from api.live.shelf import Shelf
from api.selections.choosing import choose
from api.studies import holders
from api.studies.shapes import HoldersAnswer
from api.themes import detail, editing, fitting, layers, listing, map
from api.themes import trends as trend_service
from api.themes.listing import Within
from api.themes.shapes import (
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

router = APIRouter(tags=["themes"])

#: More patents are themed on the command line only: a request should not take minutes.
MOST_FITTED = 30_000

Industry = Annotated[
    str, Query(description="`scheme:name` or a name; empty for the whole library", examples=["有色冶金"])
]
Where = Annotated[str, Query(description="a 检索式: count only its patents", examples=["AD=[2015 to 2020]"])]
Dialect = Annotated[str | None, Query(description="incopat or patsnap; read off the 检索式 when left out")]
WithNoise = Annotated[bool, Query(description="count the patents tagged 噪声 too")]
Layer = Annotated[int | None, Query(ge=1, description="about how many themes", examples=[8, 40, 200])]

ThemeId = Annotated[str, Path(description="id of a theme, or a name that only one has", examples=["T000012"])]


def counted(
    snapshot: Current,
    where: Where = "",
    dialect: Dialect = None,
    with_noise: WithNoise = False,
    placed_only: Annotated[
        bool, Query(description="leave out the patents that no theme takes, and say how many")
    ] = False,
    leading_classes: Annotated[
        int | None,
        Query(
            ge=1, description="only patents of so many leading IPC subclasses of the industry", examples=[10]
        ),
    ] = None,
) -> Within:
    """Which patents are counted; those tagged 噪声 are not, unless asked for."""
    chosen = choose(snapshot, where, dialect=dialect, with_noise=with_noise)
    plain = chosen.selection.count == snapshot.count and not (placed_only or leading_classes)
    if plain and not where.strip():
        return listing.EVERYTHING
    return Within(chosen=chosen, placed_only=placed_only, leading_classes=leading_classes)


Counted = Annotated[Within, Depends(counted)]


@router.get("/industries")
def industries(
    snapshot: Current, where: Where = "", dialect: Dialect = None, with_noise: WithNoise = False
) -> IndustriesAnswer:
    """The industries of every scheme, with how many patents each holds."""
    within = Within(chosen=choose(snapshot, where, dialect=dialect, with_noise=with_noise))
    return IndustriesAnswer.model_validate(listing.counted_industries(snapshot, within))


@router.get("/themes")
def themes(
    snapshot: Current,
    within: Counted,
    industry: Industry = "",
    layer: Layer = None,
    hidden: Annotated[bool, Query(description="also the themes that users hid")] = False,
) -> ThemesAnswer:
    """The themes of one industry with keywords, size, representatives and yearly counts."""
    found = listing.themes(snapshot, industry, within=within, layer=layer, hidden=hidden)
    return ThemesAnswer.model_validate(found)


@router.get("/themes/tree")
def tree(snapshot: Current, within: Counted, industry: Industry = "") -> ThemeTreeAnswer:
    """Coarser and finer themes: about 8, 40 and 200, and the default layer."""
    return ThemeTreeAnswer.model_validate(layers.tree(snapshot, industry, within=within))


@router.get("/themes/trends")
def trends(
    snapshot: Current,
    within: Counted,
    industry: Industry = "",
    until: Annotated[
        int | None, Query(description="last year compared; the last complete one when left out")
    ] = None,
) -> TrendsAnswer:
    """The themes over time: counts and shares by year and plan, growth with interval, emergence."""
    return TrendsAnswer.model_validate(trend_service.trends(snapshot, industry, within=within, until=until))


@router.get("/themes/map", responses={200: {"model": ThemeMapAnswer}})
def draw(snapshot: Current, within: Counted, industry: Industry = "") -> Response:
    """Where the patents of an industry stand on the plane, with labels by layer and outlines."""
    return Response(map.draw(snapshot, industry, within=within), media_type="application/json")


@router.get("/themes/fit")
def fit(snapshot: Current, within: Counted, industry: Industry = "", layer: Layer = None) -> ThemesAnswer:
    """Themes found anew for the patents of a 检索式; nothing is kept."""
    found = fitting.fit(snapshot, industry, within=within, layer=layer, most=MOST_FITTED)
    return ThemesAnswer.model_validate(found)


@router.get("/themes/new")
def find_new(snapshot: Current, industry: Industry = "") -> ThemesAnswer:
    """New clusters among the patents that no theme of an industry takes; nothing is kept."""
    return ThemesAnswer.model_validate(fitting.find_new(snapshot, industry))


@router.get("/themes/history")
def history(snapshot: Current, industry: Industry = "") -> ThemeHistoryAnswer:
    """What the last build did to the themes of one industry: kept, merged, split, born or died."""
    return ThemeHistoryAnswer.model_validate({"events": listing.history(snapshot, industry)})


@router.get("/themes/edits")
def edits(snapshot: Current) -> EditLogAnswer:
    """Users' changes to themes, the newest first."""
    return EditLogAnswer.model_validate({"edits": editing.lines(snapshot.library.path)})


@router.post("/themes/edits")
def change(request: Request, snapshot: Current, asked: ThemeChange) -> EditedAnswer:
    """Rename, merge, split, hide, show, pin keywords, or make a theme of terms; seen at once."""
    wanted = editing.Change(
        **asked.model_dump(exclude={"ids", "words"}), ids=tuple(asked.ids), words=tuple(asked.words)
    )
    return _published(request, editing.change(snapshot.library.path, wanted))


@router.post("/themes/edits/undo")
def undo(request: Request, snapshot: Current, asked: ThemeUndo) -> EditedAnswer:
    """Undo a change; without a number, the newest that stands."""
    done = editing.undo(snapshot.library.path, asked.number, who=asked.who, note=asked.note)
    return _published(request, done)


@router.get("/themes/who")
def who(
    snapshot: Current,
    industry: Industry = "",
    where: Where = "",
    applicant: Annotated[
        str, Query(description="its holdings in every theme instead", examples=["东北大学"])
    ] = "",
) -> HoldersAnswer:
    """Who holds the themes of a scope, what firms leave open, and what the home region lacks."""
    found = holders.of_scope(snapshot, industry, where=where, applicant=applicant)
    return HoldersAnswer.model_validate(holders.shown(found))


@router.get("/themes/{theme}/who")
def who_of_one(snapshot: Current, within: Counted, theme: ThemeId) -> HoldersAnswer:
    """Leading applicants of a theme, their kinds, cities, and pairs that filed together."""
    found = holders.of_theme(snapshot, theme, within=within)
    return HoldersAnswer.model_validate(holders.shown(found))


@router.get("/themes/{theme}")
def show(
    snapshot: Current,
    within: Counted,
    theme: ThemeId,
) -> ThemeAnswer:
    """One theme: keywords with evidence, representatives, trend, neighbours, events."""
    return ThemeAnswer.model_validate(detail.show(snapshot, theme, within=within))


def _published(request: Request, done: editing.EditedFacts) -> EditedAnswer:
    shelf: Shelf = request.app.state.shelf
    live = shelf.library()
    live.refresh()
    return EditedAnswer.model_validate(done)
