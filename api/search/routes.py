"""Similar patents: by text, by number, like a given patent."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.http.answers import AnswerRoute
from api.http.current import AppSettings, Current
from api.http.files import FILES, Export, Kind, sent
from api.live.snapshot import LiveSnapshot
from api.patents.typed import MOST_PATENTS
from api.search import similar as service
from api.search.book import book_of_search
from api.search.shapes import SearchAnswer, SearchQuery, SearchRequest, SimilarQuery, Wanted
from api.selections.filters import Filters
from api.settings import Settings
from documents.book_files import write_book
from patents.errors import InputError

router = APIRouter(tags=["search"], route_class=AnswerRoute)


@router.post("/search", responses=FILES)
def search(
    request: SearchRequest, snapshot: Current, settings: AppSettings, export: Export = None
) -> SearchAnswer | Response:
    """The patents nearest to a text, to a patent of the library or to several, within the filters."""
    wanted = request.make(Wanted)
    _check(request.query, wanted, settings)
    found = service.search(snapshot, request.query, request.filters.make(Filters), wanted)
    return _answer(snapshot, found, export)


@router.get("/search", responses=FILES)
def search_by_url(
    snapshot: Current, settings: AppSettings, query: Annotated[SearchQuery, Query()]
) -> SearchAnswer | Response:
    """The same as POST /search, as a link."""
    wanted = query.make(Wanted)
    _check(query.q, wanted, settings)
    found = service.search(snapshot, query.q, query.make(Filters), wanted)
    return _answer(snapshot, found, query.export)


@router.get("/patents/{number:path}/similar")
def similar(
    number: str, snapshot: Current, settings: AppSettings, query: Annotated[SimilarQuery, Query()]
) -> SearchAnswer:
    """The patents nearest to one of the library; the patent itself is left out."""
    wanted = query.make(Wanted)
    _check(number, wanted, settings)
    return service.similar(snapshot, number, query.make(Filters), wanted)


def _answer(snapshot: LiveSnapshot, found: SearchAnswer, export: Kind | None) -> SearchAnswer | Response:
    if export is None:
        return found
    return sent(
        lambda path: write_book(book_of_search(snapshot, found), path),
        export,
        plain="search",
        name=" ".join(f"相似专利-{found.query}".split()),
    )


def require_limits(text: str, k: int, settings: Settings) -> None:
    """Refuse what is longer, or asks for more, than the service allows.

    Raises:
        InputError: with the limit, and the setting that raises it.
    """
    if k > settings.max_k:
        raise InputError("search-too-many-results", asked=k, most=settings.max_k)
    if len(text) > settings.max_text:
        raise InputError("search-text-too-long", length=len(text), most=settings.max_text)


def _check(text: str, wanted: Wanted, settings: Settings) -> None:
    require_limits(text, wanted.k, settings)
    named = len(wanted.like) + len(wanted.unlike)
    if named > MOST_PATENTS:
        raise InputError("search-too-many-patents", asked=named, most=MOST_PATENTS)
