"""`patlas serve`: the HTTP service and its page."""

from __future__ import annotations

import socket
from typing import Annotated

import typer

from api.terminal.options import LibraryOption, validated
from patents.errors import InputError


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("serve")(serve)


def serve(
    library: LibraryOption,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port; 0 takes a free one.")] = None,
) -> None:
    """Serve the library over HTTP: the page at /, the API at /api, its description at /docs."""
    import uvicorn

    from api.app import create_app
    from api.libraries.warming import keep_warm
    from api.settings import Settings

    given = {"library": library, "host": host, "port": port}
    settings = validated(Settings, {name: value for name, value in given.items() if value is not None})
    app = create_app(settings)
    config = uvicorn.Config(app, log_level=settings.log_level.lower())
    server = uvicorn.Server(config)
    sockets = [_listen(settings.host, settings.port)]
    address, bound = sockets[0].getsockname()[:2]
    typer.echo(f"Patlas serves {library} at http://{address}:{bound}/", err=True)
    keep_warm(app.state.live)
    server.run(sockets=sockets)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise InputError(
            f"{host}:{port} cannot be listened on: {error.strerror}",
            help="take another --port (0 for a free one), or a --host of this machine (0.0.0.0 for all)",
        ) from error
