"""`patlas query`: check, explain and translate a 检索式; list the fields."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.live.library import open_live
from api.selections import queries
from api.selections.commands.options import DialectOption, QueryArgument
from api.terminal.options import JsonOption, LibraryOption, print_json
from patents.errors import InputError
from patents.messages import text


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help=text("command-query"))
    group.command("check", help=text("query-check"))(check)
    group.command("explain", help=text("query-explain"))(explain)
    group.command("translate", help=text("query-translate"))(translate)
    group.command("fields", help=text("query-fields"))(fields)
    app.add_typer(group, name="query")


def check(
    query: QueryArgument,
    library: Annotated[
        Path | None,
        typer.Option("--library", envvar="PATLAS_LIBRARY", metavar="DIR", help=text("query-check-library")),
    ] = None,
    dialect: DialectOption = None,
    json: JsonOption = False,
) -> None:
    """Check whether a 检索式 can be read, and answered by a library; exit code 2 when it cannot."""
    if library is None:
        answer = queries.check(query, dialect=dialect)
    else:
        with open_live(library) as live:
            answer = queries.check(query, dialect=dialect, live=live)
    if json:
        print_json(answer)
    else:
        typer.echo(f"{answer.dialect}: {answer.text}")
        for note in answer.notes:
            typer.echo(text("note", note=note))
    for mistake in answer.mistakes:
        typer.echo(f"{mistake.error}\n  {mistake.help}", err=True)
    if answer.mistakes:
        raise typer.Exit(2)


def explain(
    query: QueryArgument, library: LibraryOption, dialect: DialectOption = None, json: JsonOption = False
) -> None:
    """Print the tree of a 检索式 with the number of patents at every node."""
    with open_live(library) as live:
        answer = queries.explain(live, query, dialect=dialect)
    if json:
        print_json(answer)
    else:
        typer.echo(queries.rendered(answer))


def translate(
    query: QueryArgument,
    to: Annotated[str, typer.Option("--to", metavar="incopat|patsnap", help=text("query-translate-to"))],
    dialect: DialectOption = None,
    json: JsonOption = False,
) -> None:
    """Write a 检索式 for a portal; what cannot be carried over is listed on stderr."""
    if to not in ("incopat", "patsnap"):
        raise InputError("option-not-a-choice", option="--to", value=to, choices="incopat, patsnap")
    spelling: queries.Spelling = "incopat" if to == "incopat" else "patsnap"
    answer = queries.translate(query, spelling, dialect=dialect)
    if json:
        print_json(answer)
        return
    typer.echo(answer.text)
    for lost in answer.lost:
        typer.echo(text("query-lost", effect=lost.effect, what=lost.what, why=lost.why), err=True)


def fields(json: JsonOption = False) -> None:
    """List the fields: canonical name, Chinese name, codes of both portals, what answers them."""
    answer = queries.known_fields()
    if json:
        print_json(answer)
        return
    for field in answer.fields:
        supply = "+".join(field.columns) or text("query-field-needs", needs=field.needs)
        codes = (" ".join(field.incopat), " ".join(field.patsnap))
        typer.echo("\t".join((field.name, field.label, *codes, supply)))
