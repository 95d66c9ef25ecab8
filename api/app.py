"""The FastAPI application, made by a factory: nothing is opened or read at import."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from api import errors
from api.http import page
from api.http.body_limit import BodyLimit
from api.http.language import LanguageOfRequest
from api.libraries import routes as libraries
from api.live.shelf import Shelf
from api.patents import routes as patents
from api.prior_art import routes as prior_art
from api.search import routes as search
from api.selections.routes import queries, saved, selections, tags, watches
from api.settings import Settings
from api.shapes import Problem
from api.studies.routes import chains, chapters, holders
from api.themes import routes as themes
from patents.errors import (
    DamagedSnapshotError,
    DamagedStoreError,
    InputError,
    NotFoundError,
    PatlasError,
    QueryError,
)
from patents.messages import language_of

# That of the server, which goes where the operator looks.
_LOG = logging.getLogger("uvicorn.error")
CAPABILITIES = (
    libraries,
    search,
    prior_art,
    patents,
    queries,
    selections,
    saved,
    tags,
    watches,
    holders,
    themes,
    chains,
    chapters,
)
PROBLEMS: dict[int | str, dict[str, object]] = {
    404: {"model": Problem, "description": "The thing asked for is not in this library."},
    405: {"model": Problem, "description": "There is such an address, but not for this method."},
    413: {"model": Problem, "description": "The request is larger than this service takes."},
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
    """Make the service for one library or several.

    Raises:
        InputError: no library is named.
        LibraryError: the first library has no snapshot that can be served.
    """
    shelf = Shelf(
        settings.library, refresh_seconds=settings.refresh_seconds, encoder_memory=settings.encoder_memory
    )
    shelf.library()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        shelf.close()

    app = FastAPI(
        title="Patlas 专利图谱",
        version=version("patlas"),
        summary="Similar patents, themes and technology directions over libraries of Chinese patents.",
        lifespan=lifespan,
        responses=PROBLEMS,
    )
    app.state.shelf = shelf
    app.state.settings = settings
    for capability in CAPABILITIES:
        app.include_router(capability.router, prefix="/api")
    app.add_exception_handler(PatlasError, _problem)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(UnicodeEncodeError, _half_a_character)
    app.add_exception_handler(HTTPException, _no_address)
    app.add_exception_handler(Exception, _failed)
    app.add_middleware(BodyLimit, most=settings.max_body)
    app.add_middleware(LanguageOfRequest, default=language_of(settings.lang))
    app.mount("/page", StaticFiles(directory=page.FILES), name="page")
    app.include_router(page.router)
    return app


def _answer(error: PatlasError, status: int | None = None) -> JSONResponse:
    """A refusal in the language of the request; see `Problem`."""
    answer: dict[str, object] = {"error": error.what, "help": error.help, "code": error.code}
    if isinstance(error, QueryError):
        answer |= {"place": error.place, "query": error.text}
    return JSONResponse(answer, status_code=status or error.status)


async def _problem(_: Request, error: Exception) -> JSONResponse:
    """Refuse; where the disk failed, paths and commands are for the log and not for whoever asked."""
    assert isinstance(error, PatlasError)
    if isinstance(error, DamagedSnapshotError | DamagedStoreError):
        _LOG.error("%s\n  %s", error, error.message.values.get("mend", ""))
        public = PatlasError("library-damaged")
        content = {"error": public.what, "help": public.help, "code": error.code}
        return JSONResponse(content, status_code=error.status)
    return _answer(error)


async def _invalid(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    return _answer(errors.invalid(error.errors()))


async def _half_a_character(_: Request, error: Exception) -> JSONResponse:
    """Refuse lone surrogates, which JSON may hold: they are no text, neither sought nor stored."""
    assert isinstance(error, UnicodeEncodeError)
    return _answer(InputError("text-half-character", value=f"U+{ord(error.object[error.start]):04X}"))


async def _no_address(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    values = {"method": request.method, "path": request.url.path}
    known = {
        404: "address-unknown",
        405: "address-without-method",
        413: "request-too-large",
        400: "request-unreadable",
    }
    problem = NotFoundError(known.get(error.status_code, "request-refused"), detail=error.detail, **values)
    answer = _answer(problem, error.status_code)
    answer.headers.update(error.headers or {})
    return answer


async def _failed(_: Request, error: Exception) -> JSONResponse:
    """Answer in the one shape; Starlette logs the error with its traceback."""
    refused = errors.refusal(error) if isinstance(error, OSError) else None
    return _answer(refused or PatlasError("service-failed", error=type(error).__name__), 500)
