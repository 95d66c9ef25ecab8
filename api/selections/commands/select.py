"""`patlas select`: the patents that a 检索式 means; `patlas saved`: those saved under a name."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.live.library import open_live
from api.live.snapshot import LiveSnapshot
from api.selections import saved
from api.selections.choosing import Chosen, choose, page
from api.selections.commands.options import (
    DialectOption,
    NoteOption,
    QueryArgument,
    WhoOption,
    WithNoiseOption,
)
from api.selections.exports import export as export_to
from api.selections.shapes import ChosenPatent, SavedListAnswer, SavedVersion, SelectAnswer
from api.terminal.options import JsonOption, LibraryOption, print_json
from patents.messages import text

LimitOption = Annotated[int, typer.Option(min=0, metavar="N", help=text("select-limit"))]
NameArgument = Annotated[str, typer.Argument(metavar="NAME", help=text("saved-name"))]
VersionOption = Annotated[
    int | None, typer.Option("--version", min=1, metavar="N", help=text("saved-version"))
]
ExportOption = Annotated[Path | None, typer.Option(metavar="FILE", help=text("select-export"))]
ColumnsOption = Annotated[str, typer.Option(metavar="NAMES", help=text("select-columns"))]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("select", help=text("command-select"))(select)
    group = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help=text("command-saved"))
    group.command("list", help=text("saved-list"))(list_saved)
    group.command("show", help=text("saved-show"))(show)
    group.command("versions", help=text("saved-versions"))(versions)
    group.command("delete", help=text("saved-delete"))(delete)
    app.add_typer(group, name="saved")


def select(
    query: QueryArgument,
    library: LibraryOption,
    count: Annotated[bool, typer.Option("--count", help=text("select-count"))] = False,
    export: ExportOption = None,
    columns: ColumnsOption = "compact",
    save: Annotated[str | None, typer.Option(metavar="NAME", help=text("select-save"))] = None,
    note: NoteOption = "",
    who: WhoOption = "",
    dialect: DialectOption = None,
    with_noise: WithNoiseOption = False,
    limit: LimitOption = 20,
    json: JsonOption = False,
) -> None:
    """Find the patents that a 检索式 means; count, export or save them."""
    with open_live(library) as live:
        chosen = choose(live, query, dialect=dialect, with_noise=with_noise)
        if save is not None:
            version = saved.save(live, save, chosen, note=note, who=who)
            typer.echo(text("select-saved", name=version.name, version=version.version), err=True)
        if export is not None:
            _export(live, chosen, export, columns)
        if count:
            typer.echo(str(chosen.selection.count))
            return
        answer = page(live, chosen, limit=limit)
    if json:
        print_json(answer)
    else:
        _print(answer)


def list_saved(library: LibraryOption, json: JsonOption = False) -> None:
    """List the saved selections, each with its newest version."""
    with open_live(library) as live:
        _print_saved(saved.saved(live), json)


def versions(name: NameArgument, library: LibraryOption, json: JsonOption = False) -> None:
    """List the versions of a saved selection, the oldest first."""
    with open_live(library) as live:
        _print_saved(saved.versions(live, name), json)


def show(
    name: NameArgument,
    library: LibraryOption,
    version: VersionOption = None,
    export: ExportOption = None,
    columns: ColumnsOption = "compact",
    with_noise: WithNoiseOption = False,
    limit: LimitOption = 20,
    json: JsonOption = False,
) -> None:
    """Show what a saved selection means today, or what a version of it meant when it was saved."""
    with open_live(library) as live:
        if export is not None:
            _, chosen = saved.recalled(live, name, version, with_noise=with_noise)
            _export(live, chosen, export, columns)
        answer = saved.show(live, name, version, limit=limit, with_noise=with_noise)
    if json:
        print_json(answer)
        return
    _print_version(answer.saved)
    count = answer.selection.count
    typer.echo(text("saved-today", count=count) if version is None else text("saved-then", count=count))
    _print_sides(answer.noise, answer.left)
    _print_patents(answer.patents)


def delete(name: NameArgument, library: LibraryOption) -> None:
    """Delete a saved selection with all its versions."""
    with open_live(library) as live:
        gone = saved.delete(live, name)
    typer.echo(text("saved-deleted", name=name, count=gone))


def _export(live: LiveSnapshot, chosen: Chosen, path: Path, columns: str) -> None:
    names = [name.strip() for name in columns.split(",") if name.strip()]
    written = export_to(live, chosen, path, columns=names)
    typer.echo(text("select-written", count=written, path=path), err=True)


def _print(answer: SelectAnswer) -> None:
    typer.echo(text("select-heading", count=answer.selection.count, query=answer.selection.text))
    _print_sides(answer.noise, 0)
    for note in answer.notes:
        typer.echo(text("note", note=note))
    _print_patents(answer.patents)
    more = answer.selection.count - len(answer.patents)
    if more > 0:
        typer.echo(text("select-more", count=more))


def _print_sides(noise: int, left: int) -> None:
    if noise:
        typer.echo(text("select-noise", count=noise))
    if left:
        typer.echo(text("saved-left", count=left))


def _print_patents(patents: list[ChosenPatent]) -> None:
    for patent in patents:
        score = "" if patent.score is None else f"{text('cosine')} {patent.score:.3f}  "
        typer.echo(f"{score}{patent.publication_number or patent.application_number}  {patent.title}")
        facts = (
            patent.ipc_main,
            "；".join(patent.applicants),
            str(patent.filing_date or ""),
            patent.legal_state,
            " ".join(f"#{tag}" for tag in patent.tags),
        )
        typer.echo("    " + "  ".join(fact for fact in facts if fact))


def _print_saved(answer: SavedListAnswer, json: bool) -> None:
    if json:
        print_json(answer)
        return
    for version in answer.saved:
        _print_version(version)


def _print_version(saved: SavedVersion) -> None:
    line = text("saved-line", name=saved.name, version=saved.version, count=saved.count)
    typer.echo(f"{line}  {saved.at} {saved.who}".rstrip())
    typer.echo(f"    {saved.written}")
    if saved.note:
        typer.echo(f"    {saved.note}")
