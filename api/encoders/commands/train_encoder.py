"""`patlas train-encoder`: adapt the default encoder to a library."""

from __future__ import annotations

from typing import Annotated

import typer

from api.encoders.adaptation import adapt_to
from api.terminal.options import JsonOption, LibraryOption, QuietOption, print_json
from api.terminal.progress import progress
from patents.messages import text


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("train-encoder", help=text("command-train-encoder") + "\n\n" + text("encoder-needs-torch"))(
        train_encoder
    )


def train_encoder(
    library: LibraryOption,
    insist: Annotated[bool, typer.Option("--insist", help=text("encoder-insist"))] = False,
    queries: Annotated[int, typer.Option(min=10, metavar="N", help=text("evaluation-queries"))] = 1_000,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Adapt the encoder to this library in minutes; it is replaced only when that helps."""
    with progress(quiet) as report:
        answer = adapt_to(library, insist=insist, queries=queries, report=report)
    if json:
        print_json(answer)
        return
    for task, metric, before, after in answer.changes:
        typer.echo(f"{task:<24} {metric:<10} {before:.3f} → {after:.3f}  ({after - before:+.3f})")
    typer.echo(answer.reason)
    if answer.taken:
        typer.echo(text("encoder-taken", encoder=answer.encoder, library=library))
    else:
        typer.echo(text("encoder-stays"))
