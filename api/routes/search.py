"""Similar patents: by text, by number, like a given patent."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.routes.current import AppSettings, Current
from api.schemas import SearchAnswer, SearchQuery, SearchRequest, SimilarQuery
from api.service import searching
from api.settings import Settings
from patents.errors import InputError

router = APIRouter(tags=["search"])


@router.post("/search")
def search(request: SearchRequest, snapshot: Current, settings: AppSettings) -> SearchAnswer:
    """The patents nearest to a text or to a patent of the library, within the filters."""
    _check(request.query, request.k, settings)
    found = searching.search(snapshot, request.query, request.k, request.filters.as_filters())
    return SearchAnswer.model_validate(found)


@router.get("/search")
def search_by_url(
    snapshot: Current, settings: AppSettings, query: Annotated[SearchQuery, Query()]
) -> SearchAnswer:
    """The same as POST /search, as a link."""
    _check(query.q, query.k, settings)
    return SearchAnswer.model_validate(searching.search(snapshot, query.q, query.k, query.as_filters()))


@router.get("/patents/{number:path}/similar")
def similar(
    number: str, snapshot: Current, settings: AppSettings, query: Annotated[SimilarQuery, Query()]
) -> SearchAnswer:
    """The patents nearest to one of the library; the patent itself is left out."""
    _check(number, query.k, settings)
    return SearchAnswer.model_validate(searching.similar(snapshot, number, query.k, query.as_filters()))


def _check(text: str, k: int, settings: Settings) -> None:
    if k > settings.max_k:
        raise InputError(f"k is {k}, at most {settings.max_k}", help="ask for fewer, or raise PATLAS_MAX_K")
    if len(text) > settings.max_text:
        raise InputError(
            f"the query has {len(text)} characters, at most {settings.max_text}",
            help="shorten it, or raise PATLAS_MAX_TEXT",
        )
