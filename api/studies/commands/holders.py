"""`patlas themes who`: who holds a theme, or the themes of an industry."""

from __future__ import annotations

from typing import Annotated

import typer

from api.live.library import open_live
from api.studies import holders
from api.terminal.options import JsonOption, LibraryOption, print_json
from api.terminal.tables import table_lines
from api.themes.commands import IndustryOption
from api.themes.counting import within
from api.themes.shapes import Choice
from patents.errors import InputError
from patents.messages import text


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("who", help=text("themes-who"))(who)


def who(
    library: LibraryOption,
    theme: Annotated[str, typer.Argument(metavar="ID", help=text("themes-who-theme"))] = "",
    industry: IndustryOption = "",
    where: Annotated[str, typer.Option(metavar="TEXT", help=text("themes-where"))] = "",
    applicant: Annotated[str, typer.Option(metavar="TEXT", help=text("themes-who-applicant"))] = "",
    json: JsonOption = False,
) -> None:
    """Print who holds a theme, or the themes of an industry: applicants, kinds, cities, partners, gaps."""
    if theme and (industry or applicant):
        raise InputError("themes-who-of-one")
    with open_live(library) as live:
        found = (
            holders.of_theme(live, theme, within=within(live, Choice(where=where)))
            if theme
            else holders.of_scope(live, industry, where=where, applicant=applicant)
        )
    if json:
        print_json(found.answer())
        return
    typer.echo(text("themes-who-heading", title=found.title, count=found.count))
    for table in found.tables:
        typer.echo("")
        for line in table_lines(table):
            typer.echo(line)
