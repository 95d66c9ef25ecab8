"""`patlas info`: what a library holds and what that makes possible."""

from __future__ import annotations

import typer

from api.libraries.information import Description, SearchFacts, describe
from api.terminal.options import JsonOption, LibraryOption, print_json
from patents.messages import text


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("info", help=text("command-info"))(info)


def info(library: LibraryOption, json: JsonOption = False) -> None:
    """Show counts, imports, the live snapshot, and the coverage of every column."""
    answer = describe(library)
    if json:
        print_json(answer)
        return
    for line in _heading(answer):
        typer.echo(line)
    if answer.records and answer.snapshot is not None:
        _print_columns(answer)


def _heading(answer: Description) -> list[str]:
    values = {"path": answer.path, "count": answer.records}
    lines = [
        text("info-patents-as-of", as_of=answer.as_of, **values)
        if answer.as_of
        else text("info-patents", **values)
    ]
    snapshot = answer.snapshot
    if answer.records == 0:
        return [*lines, text("info-nothing-imported", path=answer.path)]
    if snapshot is None:
        return [*lines, text("info-no-snapshot", path=answer.path)]
    lines.append(
        text(
            "info-snapshot",
            number=snapshot.number,
            created=snapshot.created,
            patents=snapshot.count,
            encoder=snapshot.encoder,
            dim=snapshot.dim,
            themes=snapshot.themes,
        )
    )
    if not answer.up_to_date:
        lines.append("  " + text("info-not-up-to-date", path=answer.path))
    if snapshot.search:
        lines += _search(snapshot.search)
    return [*lines, *(f"  {name}: {value}" for name, value in snapshot.facts.items())]


def _search(search: SearchFacts) -> list[str]:
    by_meaning = text(
        "info-search-by-meaning",
        kind=search.kind,
        passages=search.passages,
        recall=f"{search.recall_at_10:.3f}",
        sampled=search.sampled or search.passages,
        reason=_reason(search),
    )
    gone = search.documents - search.passages
    return ["  " + by_meaning, "  " + text("info-search-by-words", documents=search.documents, gone=gone)]


def _reason(search: SearchFacts) -> str:
    """Why the build chose this index, by what it measured."""
    if search.kind == "ivf":
        return text("index-lists", probes=search.probes, lists=search.lists)
    return text("index-on-server") if search.kind == "milvus" else text("index-scanned")


def _print_columns(answer: Description) -> None:
    typer.echo("\n" + text("info-columns"))
    for column in answer.coverage:
        typer.echo(f"{column.share:>6.1%}   {column.name} {column.label}")
    typer.echo("\n" + text("info-capabilities"))
    for capability in answer.capabilities:
        if capability.possible:
            line = text("info-possible", name=capability.name, share=f"{capability.share:.1%}")
        else:
            line = text("info-not-possible", name=capability.name, columns="、".join(capability.missing))
        typer.echo(f"  {line}")
