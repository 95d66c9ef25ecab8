"""`patlas settings`: the settings of a library."""

from __future__ import annotations

from typing import Annotated

import typer

from api.libraries.settings import change, listed
from api.terminal.options import JsonOption, LibraryOption, print_json
from patents.errors import InputError
from patents.messages import text


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("settings", help=text("command-settings"))(settings)


def settings(
    library: LibraryOption,
    name: Annotated[str | None, typer.Argument(metavar="NAME", help=text("settings-name"))] = None,
    value: Annotated[str | None, typer.Argument(metavar="VALUE", help=text("settings-value"))] = None,
    json: JsonOption = False,
) -> None:
    """Show the settings of a library, or change one."""
    if name is not None:
        if value is None:
            raise InputError("setting-without-value", name=name, library=library)
        note = change(library, name, value)
        if note and not json:
            typer.echo(note)
    answer = listed(library)
    if json:
        print_json(answer)
        return
    for setting in answer:
        typer.echo(f"{setting.name:<14} {setting.value or '–'}\n  {setting.meaning}")
