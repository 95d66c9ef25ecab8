"""Similar patents: by text, by number, like a given patent."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.http.current import AppSettings, Current
from api.http.files import FILES, Export, Kind, sent
from api.live.snapshot import LiveSnapshot
from api.search import similar as service
from api.search.shapes import SearchAnswer, SearchQuery, SearchRequest, SimilarQuery, WantedFields
from api.search.similar import Found
from api.service import result_exporting
from api.settings import Settings
from patents.errors import InputError

# More than a reader can have judged; each is looked up by itself.
_MOST_PATENTS = 200

router = APIRouter(tags=["search"])


@router.post("/search", response_model=SearchAnswer, responses=FILES)
def search(
    request: SearchRequest, snapshot: Current, settings: AppSettings, export: Export = None
) -> SearchAnswer | Response:
    """The patents nearest to a text, to a patent of the library or to several, within the filters."""
    _check(request.query, request, settings)
    found = service.search(snapshot, request.query, request.filters.as_filters(), request.as_wanted())
    return _answer(snapshot, found, export)


@router.get("/search", response_model=SearchAnswer, responses=FILES)
def search_by_url(
    snapshot: Current, settings: AppSettings, query: Annotated[SearchQuery, Query()]
) -> SearchAnswer | Response:
    """The same as POST /search, as a link."""
    _check(query.q, query, settings)
    found = service.search(snapshot, query.q, query.as_filters(), query.as_wanted())
    return _answer(snapshot, found, query.export)


@router.get("/patents/{number:path}/similar")
def similar(
    number: str, snapshot: Current, settings: AppSettings, query: Annotated[SimilarQuery, Query()]
) -> SearchAnswer:
    """The patents nearest to one of the library; the patent itself is left out."""
    _check(number, query, settings)
    found = service.similar(snapshot, number, query.as_filters(), query.as_wanted())
    return SearchAnswer.model_validate(found)


def _answer(snapshot: LiveSnapshot, found: Found, export: Kind | None) -> SearchAnswer | Response:
    if export is None:
        return SearchAnswer.model_validate(found)
    return sent(
        lambda path: result_exporting.export_search(snapshot, found, path),
        export,
        plain="search",
        name=" ".join(f"相似专利-{found.query}".split()),
    )


def _check(text: str, wanted: WantedFields, settings: Settings) -> None:
    if wanted.k > settings.max_k:
        raise InputError(
            f"k is {wanted.k}, at most {settings.max_k}", help="ask for fewer, or raise PATLAS_MAX_K"
        )
    if len(wanted.like) + len(wanted.unlike) > _MOST_PATENTS:
        raise InputError(
            f"{len(wanted.like) + len(wanted.unlike)} patents to be like or unlike, at most {_MOST_PATENTS}",
            help="name the most typical ones",
        )
    if len(text) > settings.max_text:
        raise InputError(
            f"the query has {len(text)} characters, at most {settings.max_text}",
            help="shorten it, or raise PATLAS_MAX_TEXT",
        )
