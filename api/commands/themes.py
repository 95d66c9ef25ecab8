"""`patlas themes`: the themes of an industry."""

from __future__ import annotations

from typing import Annotated

import typer

from api.commands.options import JsonOption, LibraryOption, print_json


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("themes")(themes)


def themes(
    library: LibraryOption,
    industry: Annotated[
        str, typer.Option(help="产业: scheme:name or a name; the whole library without it.")
    ] = "",
    json: JsonOption = False,
) -> None:
    """Print the themes of an industry: name, keywords, size, counts by year."""
    from api.schemas import ThemesAnswer
    from api.service import theming
    from api.service.live import open_live

    with open_live(library) as snapshot:
        answer = ThemesAnswer.model_validate(theming.themes(snapshot, industry))
    if json:
        print_json(answer)
        return
    typer.echo(
        f"{answer.scope}: {answer.count} patents, {len(answer.themes)} themes; "
        f"core {answer.core}, assigned {answer.assigned}, unplaced {answer.unplaced}"
    )
    if answer.note:
        typer.echo(answer.note)
    for theme in answer.themes:
        typer.echo(f"{theme.id}  {theme.name}  {theme.size} ({theme.core_size} core, {theme.share:.1%})")
        typer.echo(f"      {'、'.join(theme.keywords)}")
        years = " ".join(
            f"{year}:{count}{'*' if year >= answer.incomplete_from_year else ''}"
            for year, count in sorted(theme.counts_by_year.items())
        )
        typer.echo(f"      {years}")
    if any(year >= answer.incomplete_from_year for theme in answer.themes for year in theme.counts_by_year):
        typer.echo("* incomplete: patents are published up to 18 months after filing")
