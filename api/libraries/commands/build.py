"""`patlas build`: derive everything anew."""

from __future__ import annotations

from typing import Annotated

import typer

from api.terminal.options import JsonOption, LibraryOption, QuietOption, print_json


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("build")(build)


def build(
    library: LibraryOption,
    stability: Annotated[
        bool,
        typer.Option("--stability", help="Also tell how firm each theme is (five times the work)."),
    ] = False,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Build index and themes anew from the records; theme ids are carried over."""
    from api.libraries import publishing
    from api.shapes import BuildAnswer
    from api.terminal.progress import progress

    with progress(quiet) as report:
        answer = BuildAnswer.model_validate(publishing.build(library, stability=stability, report=report))
    if json:
        print_json(answer)
        return
    typer.echo(f"snapshot {answer.snapshot} is live: {answer.count} patents, {answer.themes} themes")
    for stage, seconds in answer.seconds.items():
        typer.echo(f"  {stage:<12} {seconds:8.1f} s")
    for note in answer.notes:
        typer.echo(note)
