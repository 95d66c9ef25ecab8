"""`patlas query`: check, explain and translate a 检索式; list the fields."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.terminal.options import JsonOption, LibraryOption, print_json

QueryArgument = Annotated[str, typer.Argument(metavar="检索式", help="In incoPat's or PatSnap's spelling.")]
DialectOption = Annotated[
    str | None, typer.Option("--dialect", help="incopat or patsnap; read off the 检索式 when left out.")
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(
        no_args_is_help=True, rich_markup_mode=None, help="检索式: check, explain and translate a query."
    )
    group.command("check")(check)
    group.command("explain")(explain)
    group.command("translate")(translate)
    group.command("fields")(fields)
    app.add_typer(group, name="query")


def check(
    query: QueryArgument,
    library: Annotated[
        Path | None,
        typer.Option("--library", envvar="PATLAS_LIBRARY", help="Also see whether this library can answer."),
    ] = None,
    dialect: DialectOption = None,
    json: JsonOption = False,
) -> None:
    """Say whether a 检索式 can be read, and answered by a library; exit code 2 when it cannot."""
    from api.live.library import open_live
    from api.selections import queries
    from api.selections.shapes import CheckAnswer

    if library is None:
        found = queries.check(query, dialect=dialect)
    else:
        with open_live(library) as live:
            found = queries.check(query, dialect=dialect, live=live)
    answer = CheckAnswer.model_validate(found)
    if json:
        print_json(answer)
    else:
        typer.echo(f"{answer.dialect}: {answer.text}")
        for note in answer.notes:
            typer.echo(f"note: {note}")
    for mistake in answer.mistakes:
        typer.echo(f"{mistake.error}\n  {mistake.help}", err=True)
    if answer.mistakes:
        raise typer.Exit(2)


def explain(
    query: QueryArgument, library: LibraryOption, dialect: DialectOption = None, json: JsonOption = False
) -> None:
    """Print the tree of a 检索式 with the number of patents at every node."""
    from api.live.library import open_live
    from api.selections import queries
    from api.selections.shapes import ExplainAnswer

    with open_live(library) as live:
        found = queries.explain(live, query, dialect=dialect)
    if json:
        print_json(ExplainAnswer.model_validate(found))
    else:
        typer.echo(queries.rendered(found))


def translate(
    query: QueryArgument,
    to: Annotated[str, typer.Option("--to", help="incopat or patsnap.")],
    dialect: DialectOption = None,
    json: JsonOption = False,
) -> None:
    """Write a 检索式 for a portal; what cannot be carried over is listed on stderr."""
    from api.selections import queries
    from api.selections.shapes import TranslateAnswer
    from patents.errors import InputError

    if to not in ("incopat", "patsnap"):
        raise InputError(f"there is no spelling {to!r}", help="use --to incopat or --to patsnap")
    spelling: queries.Spelling = "incopat" if to == "incopat" else "patsnap"
    answer = TranslateAnswer.model_validate(queries.translate(query, spelling, dialect=dialect))
    if json:
        print_json(answer)
        return
    typer.echo(answer.text)
    for lost in answer.lost:
        typer.echo(f"not carried over ({lost.effect}): {lost.what}: {lost.why}", err=True)


def fields(json: JsonOption = False) -> None:
    """List the fields: canonical name, Chinese name, codes of both portals, what answers them."""
    from api.selections import queries
    from api.selections.shapes import FieldsAnswer

    answer = FieldsAnswer.model_validate({"fields": queries.known_fields()})
    if json:
        print_json(answer)
        return
    for field in answer.fields:
        supply = "+".join(field.columns) or f"– needs {field.needs}"
        typer.echo(
            "\t".join((field.name, field.label, " ".join(field.incopat), " ".join(field.patsnap), supply))
        )
