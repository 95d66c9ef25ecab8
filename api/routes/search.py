"""Similar patents: by text, by number, like a given patent."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.routes.current import AppSettings, Current
from api.schemas import EXAMPLE_TEXT, FilterFields, SearchAnswer, SearchRequest
from api.service import searching
from api.settings import Settings
from patents.errors import InputError

router = APIRouter(tags=["search"])


@router.post("/search")
def search(request: SearchRequest, snapshot: Current, settings: AppSettings) -> SearchAnswer:
    """The patents nearest to a text or to a patent of the library, within the filters."""
    _check(request, settings)
    found = searching.search(snapshot, request.query, request.k, request.filters.as_filters())
    return SearchAnswer.model_validate(found)


@router.get("/search")
def search_by_url(
    snapshot: Current,
    settings: AppSettings,
    q: Annotated[str, Query(min_length=1, description="text or number", examples=[EXAMPLE_TEXT])],
    filters: Annotated[FilterFields, Query()],
    k: Annotated[int, Query(ge=1)] = 10,
) -> SearchAnswer:
    """The same as POST /search, as a link."""
    return search(SearchRequest(query=q, k=k, filters=filters), snapshot, settings)


@router.get("/patents/{number:path}/similar")
def similar(
    number: str,
    snapshot: Current,
    settings: AppSettings,
    filters: Annotated[FilterFields, Query()],
    k: Annotated[int, Query(ge=1)] = 10,
) -> SearchAnswer:
    """The patents nearest to one of the library; the patent itself is left out."""
    _check(SearchRequest(query=number, k=k), settings)
    return SearchAnswer.model_validate(searching.similar(snapshot, number, k, filters.as_filters()))


def _check(request: SearchRequest, settings: Settings) -> None:
    if request.k > settings.max_k:
        raise InputError(
            f"k is {request.k}, at most {settings.max_k}", help="ask for fewer, or raise PATLAS_MAX_K"
        )
    if len(request.query) > settings.max_text:
        raise InputError(
            f"the query has {len(request.query)} characters, at most {settings.max_text}",
            help="shorten it, or raise PATLAS_MAX_TEXT",
        )
