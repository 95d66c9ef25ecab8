"""`patlas serve`: the HTTP service and its page."""

from __future__ import annotations

from typing import Annotated

import typer

from api.commands.options import LibraryOption


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
    from api.settings import Settings

    given = {"library": library, "host": host, "port": port}
    settings = Settings.model_validate(
        Settings().model_dump() | {name: value for name, value in given.items() if value is not None}
    )
    app = create_app(settings)
    config = uvicorn.Config(app, host=settings.host, port=settings.port, log_level=settings.log_level.lower())
    server = uvicorn.Server(config)
    sockets = [config.bind_socket()]
    address, bound = sockets[0].getsockname()[:2]
    typer.echo(f"Patlas serves {library} at http://{address}:{bound}/", err=True)
    server.run(sockets=sockets)
