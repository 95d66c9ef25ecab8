"""The FastAPI application, made by a factory: nothing is opened or read at import."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from api import errors
from api.http.language import LanguageOfRequest
from api.libraries import routes as libraries
from api.live.library import LiveLibrary
from api.patents import routes as patents
from api.prior_art import routes as prior_art
from api.search import routes as search
from api.selections.routes import queries, saved, selections, tags, watches
from api.settings import Settings
from api.shapes import Problem
from api.studies.routes import chains, chapters
from api.themes import routes as themes
from patents.errors import InputError, PatlasError, QueryError

PAGE = Path(__file__).parent / "page"
PROBLEMS: dict[int | str, dict[str, object]] = {
    404: {"model": Problem, "description": "The thing asked for is not in this library."},
    405: {"model": Problem, "description": "There is such an address, but not for this method."},
    422: {
        "model": Problem,
        "description": "The request cannot be understood; the message says what to change.",
    },
    500: {"model": Problem, "description": "The machine or Patlas failed; the log has the details."},
    503: {
        "model": Problem,
        "description": "The library has no usable snapshot; the message says how to mend it.",
    },
}


def create_app(settings: Settings) -> FastAPI:
    """Make the service for one library.

    Raises:
        InputError: no library is named.
        LibraryError: the library has no snapshot that can be served.
    """
    if settings.library is None:
        raise InputError("no library to serve", help="patlas serve --library DIR, or set PATLAS_LIBRARY")
    live = LiveLibrary(settings.library, refresh_seconds=settings.refresh_seconds)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        live.close()

    app = FastAPI(
        title="Patlas 专利图谱",
        version=version("patlas"),
        summary="Similar patents, themes and technology directions over a library of Chinese patents.",
        lifespan=lifespan,
        responses=PROBLEMS,
    )
    app.state.live = live
    app.state.settings = settings
    for room in (
        libraries,
        search,
        prior_art,
        patents,
        queries,
        selections,
        saved,
        tags,
        watches,
        themes,
        chains,
        chapters,
    ):
        app.include_router(room.router, prefix="/api")
    app.add_exception_handler(PatlasError, _problem)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(UnicodeEncodeError, _half_a_character)
    app.add_exception_handler(HTTPException, _no_address)
    app.add_exception_handler(Exception, _failed)
    app.add_middleware(LanguageOfRequest)
    app.mount("/page", StaticFiles(directory=PAGE), name="page")
    app.add_api_route("/", _page, include_in_schema=False)
    return app


def _page() -> FileResponse:
    return FileResponse(PAGE / "index.html")


async def _problem(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, PatlasError)
    said: dict[str, object] = {"error": error.what, "help": error.help}
    if isinstance(error, QueryError):
        said |= {"place": error.place, "query": error.text}
    return JSONResponse(said, status_code=error.status)


async def _invalid(_: Request, error: Exception) -> JSONResponse:
    """Say where a request is wrong in one sentence, in the shape of every other problem."""
    assert isinstance(error, RequestValidationError)
    places = [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]
    return JSONResponse({"error": "; ".join(places), "help": "see /docs for the fields"}, status_code=422)


async def _half_a_character(_: Request, error: Exception) -> JSONResponse:
    """Refuse lone surrogates, which JSON may hold: they are no text, neither sought nor stored."""
    assert isinstance(error, UnicodeEncodeError)
    said = {
        "error": f"U+{ord(error.object[error.start]):04X} is half of a character",
        "help": "the text was cut or read in the wrong encoding",
    }
    return JSONResponse(said, status_code=422)


async def _no_address(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    said = {"error": str(error.detail), "help": "see /docs for the addresses"}
    return JSONResponse(said, status_code=error.status_code, headers=error.headers)


async def _failed(_: Request, error: Exception) -> JSONResponse:
    """Answer in the one shape; Starlette logs the error with its traceback."""
    refused = errors.refusal(error) if isinstance(error, OSError) else None
    what = refused.what if refused else f"Patlas failed: {type(error).__name__}"
    help_ = refused.help if refused else "the log of the service has the details; please report them"
    return JSONResponse({"error": what, "help": help_}, status_code=500)
