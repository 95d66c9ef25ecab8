"""`patlas build`: derive everything anew."""

from __future__ import annotations

from typing import Annotated

import typer

from api.libraries.publishing import build as build_library
from api.selections.watches import after_publishing
from api.terminal.options import JsonOption, LibraryOption, QuietOption, print_json
from api.terminal.progress import progress
from patents.messages import text


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("build", help=text("command-build"))(build)


def build(
    library: LibraryOption,
    stability: Annotated[bool, typer.Option("--stability", help=text("build-stability"))] = False,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Build indexes and themes anew from the records; theme ids carry over."""
    with progress(quiet) as report:
        answer = build_library(library, stability=stability, report=report, afterwards=[after_publishing])
    if json:
        print_json(answer)
        return
    typer.echo(text("build-done", snapshot=answer.snapshot, patents=answer.count, themes=answer.themes))
    for stage, seconds in answer.seconds.items():
        typer.echo(f"  {stage:<12} {seconds:8.1f} s")
    for note in answer.notes:
        typer.echo(note)
