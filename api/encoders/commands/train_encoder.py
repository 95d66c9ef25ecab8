"""`patlas train-encoder`: adapt the default encoder to a library."""

from __future__ import annotations

from typing import Annotated

import typer

from api.terminal.options import JsonOption, LibraryOption, QuietOption


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("train-encoder")(train_encoder)


def train_encoder(
    library: LibraryOption,
    insist: Annotated[
        bool, typer.Option("--insist", help="Take the new encoder even if the ruler does not find it better.")
    ] = False,
    queries: Annotated[int, typer.Option(min=10, help="Queries of each task of the ruler.")] = 1_000,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Adapt the encoder to this library in minutes; it is replaced only when that helps.

    Needs the `models` extra (torch).
    """
    from api.encoders.adapting import adapt_to
    from api.terminal.progress import progress

    with progress(quiet) as report:
        adapted = adapt_to(library, insist=insist, queries=queries, report=report)
    if json:
        from msgspec.json import encode

        typer.echo(encode(adapted).decode())
        return
    for task, metric, before, after in adapted.verdict.changes:
        typer.echo(f"{task:<24} {metric:<10} {before:.3f} → {after:.3f}  ({after - before:+.3f})")
    typer.echo(adapted.verdict.reason)
    if adapted.taken:
        typer.echo(f"encoder is now {adapted.encoder}; run patlas build --library {library}")
    else:
        typer.echo("the encoder stays; --insist takes the new one all the same")
