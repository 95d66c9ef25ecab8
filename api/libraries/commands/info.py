"""`patlas info`: what a library holds and what that makes possible."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from api.terminal.options import JsonOption, LibraryOption, print_json

if TYPE_CHECKING:
    from api.shapes import InfoAnswer, SearchInfo


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("info")(info)


def info(library: LibraryOption, json: JsonOption = False) -> None:
    """Show counts, imports, the live snapshot, and the coverage of every column."""
    from api.shapes import InfoAnswer
    from library import about

    answer = InfoAnswer.model_validate(about.describe(library))
    if json:
        print_json(answer)
        return
    as_of = f", as of {answer.as_of}" if answer.as_of else ""
    typer.echo(f"{answer.path}: {answer.records} patents{as_of}")
    if answer.records == 0:
        typer.echo(f"nothing is imported yet: patlas import FILE… --library {answer.path}")
        return
    if answer.snapshot is None:
        typer.echo(f"no snapshot yet: patlas build --library {answer.path}")
        return
    snapshot = answer.snapshot
    typer.echo(
        f"snapshot {snapshot.number} of {snapshot.created}: {snapshot.count} patents, "
        f"encoder {snapshot.encoder} ({snapshot.dim} dimensions), {snapshot.themes} themes"
    )
    if not answer.up_to_date:
        typer.echo(
            f"  records were changed since and are not searched yet: patlas build --library {answer.path}"
        )
    if snapshot.search:
        _print_search(snapshot.search)
    for name, value in snapshot.facts.items():
        typer.echo(f"  {name}: {value}")
    _print_columns(answer)


def _print_columns(answer: InfoAnswer) -> None:
    typer.echo("\nfilled   column")
    for column in answer.coverage:
        typer.echo(f"{column.share:>6.1%}   {column.name} {column.label}")
    typer.echo("\nwhat the columns make possible")
    for capability in answer.capabilities:
        if capability.possible:
            typer.echo(f"  yes  {capability.name} ({capability.share:.1%} of the patents)")
        else:
            typer.echo(f"  no   {capability.name}: needs {'、'.join(capability.missing)}")


def _print_search(search: SearchInfo) -> None:
    typer.echo(
        f"  search by meaning: {search.kind}, {search.passages} passages, "
        f"recall@10 {search.recall_at_10:.3f} on {search.sampled or 'all'} queries; {search.reason}"
    )
    typer.echo(
        f"  search by words: {search.documents} documents, {search.documents - search.passages} of them gone"
    )
