"""`patlas settings`: what a library is told about itself."""

from __future__ import annotations

from typing import Annotated

import typer

from api.terminal.options import JsonOption, LibraryOption


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("settings")(settings)


def settings(
    library: LibraryOption,
    name: Annotated[str | None, typer.Argument(help="A setting to change.")] = None,
    value: Annotated[str | None, typer.Argument(help="Its new value; an empty one is the default.")] = None,
    json: JsonOption = False,
) -> None:
    """Show the settings of a library, or change one (such as its encoder)."""
    from api.libraries import settings
    from patents.errors import InputError

    if name is not None:
        if value is None:
            raise InputError(
                f"no value for setting {name!r}", help=f"patlas settings {name} VALUE --library {library}"
            )
        note = settings.change(library, name, value)
        if note and not json:
            typer.echo(note)
    found = settings.listed(library)
    if json:
        from msgspec.json import encode

        typer.echo(encode(found).decode())
        return
    for setting in found:
        typer.echo(f"{setting.name:<14} {setting.value or '–'}\n  {setting.meaning}")
