"""`patlas import`: export files → library."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from api.libraries.importing import import_exports
from api.libraries.shapes import ImportAnswer
from api.selections.watches import after_publishing
from api.terminal.options import JsonOption, LibraryOption, QuietOption, day_option, print_json
from api.terminal.progress import progress
from patents.messages import N_, text

_AS_OF = {
    "argument": N_("as-of-argument"),
    "file": N_("as-of-file"),
    "name": N_("as-of-name"),
    "events": N_("as-of-events"),
    "today": N_("as-of-today"),
}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("import", help=text("command-import") + "\n\n" + text("import-one-transaction"))(import_files)


def import_files(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help=text("import-files"))],
    library: LibraryOption,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help=text("import-as-of"))] = None,
    mapping: Annotated[Path | None, typer.Option(metavar="FILE", help=text("import-mapping"))] = None,
    no_publish: Annotated[bool, typer.Option("--no-publish", help=text("import-no-publish"))] = False,
    database: Annotated[str | None, typer.Option(metavar="URL", help=text("import-database"))] = None,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Read export files into a library."""
    with progress(quiet) as report:
        answer = import_exports(
            library,
            files,
            as_of=day_option("--as-of", as_of),
            mapping=mapping,
            database=database,
            publish=not no_publish,
            report=report,
            afterwards=[after_publishing],
        )
    if json:
        print_json(answer)
    else:
        _print(answer)


def _print(answer: ImportAnswer) -> None:
    for file in answer.files:
        source = text(_AS_OF[file.as_of_source])
        typer.echo(
            text("import-file-read", path=file.path, format=file.format, as_of=file.as_of, source=source)
        )
        typer.echo("  " + text("import-counts", **asdict(file.counts)))
        if file.warnings:
            typer.echo("  " + text("import-warnings", count=file.warnings))
        if file.unread_columns:
            typer.echo("  " + text("import-raw-columns", columns="、".join(file.unread_columns)))
    typer.echo(text("import-report", path=answer.path_xlsx))
    typer.echo(text("import-patents", count=answer.patents))
    if answer.snapshot is not None:
        typer.echo(text("import-snapshot", snapshot=answer.snapshot))
    for note in answer.notes:
        typer.echo(note)
