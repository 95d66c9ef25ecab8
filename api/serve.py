"""`patlas serve`: the HTTP service and its page."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Annotated

import typer
import uvicorn
from pydantic import ValidationError

from api import errors
from api.app import create_app
from api.libraries.warming import keep_warm
from api.settings import Settings
from patents.errors import InputError
from patents.messages import text

LibrariesOption = Annotated[
    list[Path],
    typer.Option("--library", envvar="PATLAS_LIBRARY", metavar="DIR", help=text("serve-library")),
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("serve", help=text("command-serve"))(serve)


def serve(
    library: LibrariesOption,
    host: Annotated[str | None, typer.Option(metavar="HOST", help=text("serve-host"))] = None,
    port: Annotated[int | None, typer.Option(metavar="N", help=text("serve-port"))] = None,
) -> None:
    """Serve libraries over HTTP: the page at /, the API at /api, its description at /docs."""
    settings = _settings(library, host, port)
    app = create_app(settings)
    server = uvicorn.Server(uvicorn.Config(app, log_level=settings.log_level.lower()))
    listening = _listen(settings.host, settings.port)
    address, bound = listening.getsockname()[:2]
    names = "、".join(map(str, library))
    typer.echo(text("serve-address", library=names, address=f"http://{address}:{bound}/"), err=True)
    for name in app.state.shelf.names:
        keep_warm(app.state.shelf.library(name))
    server.run(sockets=[listening])


def _settings(library: list[Path], host: str | None, port: int | None) -> Settings:
    given = {"library": tuple(library), "host": host, "port": port}
    try:
        return Settings.model_validate({name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        raise errors.invalid(error.errors(), prefix="PATLAS_") from error


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise InputError(
            "serve-cannot-listen", address=f"{host}:{port}", reason=(error.strerror or "").partition(" (")[0]
        ) from error
