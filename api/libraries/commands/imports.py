"""`patlas import`: export files → library."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.terminal.options import JsonOption, LibraryOption, QuietOption, day_option, print_json

if TYPE_CHECKING:
    from api.shapes import ImportAnswer


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("import")(import_files)


def import_files(
    files: Annotated[list[Path], typer.Argument(help="Export files: xlsx, xls, csv, tsv, jsonl, parquet.")],
    library: LibraryOption,
    as_of: Annotated[
        str | None,
        typer.Option(help="检索截止日, the day the export shows; else the file's own, else today."),
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option(help="Column mapping (YAML) for a table of your own; see docs/formats.md.")
    ] = None,
    no_publish: Annotated[
        bool, typer.Option("--no-publish", help="Commit the records, but publish no new snapshot yet.")
    ] = False,
    database: Annotated[
        str | None, typer.Option(help="postgresql://… to keep the records there (only for a new library).")
    ] = None,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Read export files into a library; a new library is made when there is none.

    All files are one transaction: a file that cannot be read changes nothing.
    """
    from api.libraries import importing
    from api.shapes import ImportAnswer
    from api.terminal.progress import progress

    with progress(quiet) as report:
        found = importing.import_exports(
            library,
            files,
            as_of=day_option("--as-of", as_of),
            mapping=mapping,
            database=database,
            publish=not no_publish,
            report=report,
        )
    answer = ImportAnswer.model_validate(found)
    if json:
        print_json(answer)
    else:
        _print(answer)


def _print(answer: ImportAnswer) -> None:
    for file in answer.files:
        typer.echo(f"{file.path}: {file.format}, as of {file.as_of} ({file.as_of_source})")
        counts = file.counts.model_dump()
        typer.echo("  " + "  ".join(f"{name} {number}" for name, number in counts.items()))
        if file.warnings:
            typer.echo(f"  {file.warnings} warnings")
        if file.unread_columns:
            typer.echo(f"  kept as raw columns: {', '.join(file.unread_columns)}")
    typer.echo(f"report: {answer.path_xlsx}")
    typer.echo(f"{answer.patents} patents in the library")
    if answer.snapshot is not None:
        typer.echo(f"snapshot {answer.snapshot} is live")
    for note in answer.notes:
        typer.echo(note)
