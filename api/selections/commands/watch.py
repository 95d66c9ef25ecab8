"""`patlas watch`: 预警 over selections and similar-searches."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.live.library import open_live
from api.selections import watches
from api.selections.commands.options import DialectOption, WhoOption
from api.selections.shapes import ReportedEvent, WatchLooksAnswer
from api.terminal.options import JsonOption, LibraryOption, print_json
from patents.messages import text

WatchArgument = Annotated[str, typer.Argument(metavar="NAME", help=text("watch-name"))]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help=text("command-watch"))
    group.command("add", help=text("watch-add"))(add)
    group.command("list", help=text("watch-list"))(list_watches)
    group.command("remove", help=text("watch-remove"))(remove)
    group.command("check", help=text("watch-check"))(check)
    group.command("report", help=text("watch-report"))(report)
    group.command("events", hidden=True)(report)
    app.add_typer(group, name="watch")


def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help=text("watch-new-name"))],
    library: LibraryOption,
    query: Annotated[str, typer.Argument(metavar="QUERY", help=text("watch-query"))] = "",
    floor: Annotated[
        float | None, typer.Option(min=0, max=1, metavar="SCORE", help=text("watch-floor"))
    ] = None,
    dialect: DialectOption = None,
    who: WhoOption = "",
    json: JsonOption = False,
) -> None:
    """Watch a 检索式 or a saved selection from now on; every import then reports what is new in it."""
    with open_live(library) as live:
        look = watches.add_watch(live, name, query, dialect=dialect, floor=floor, who=who)
    note = text("watch-added", count=look.count, name=name)
    _print_looks(WatchLooksAnswer(looks=[look], notes=[note]), json)


def list_watches(library: LibraryOption, json: JsonOption = False) -> None:
    """List the watches and when each was looked at last."""
    with open_live(library) as live:
        answer = watches.watches(live)
    if json:
        print_json(answer)
        return
    for watch in answer.watches:
        line = text("watch-line", name=watch.name, checked=watch.checked)
        floor = "" if watch.floor is None else "  " + text("watch-line-floor", floor=watch.floor)
        typer.echo(f"{line}{floor}  {watch.who}".rstrip())
        typer.echo(f"    {watch.written}")


def remove(name: WatchArgument, library: LibraryOption) -> None:
    """Delete a watch with all that it reported."""
    with open_live(library) as live:
        watches.remove_watch(live, name)
    typer.echo(text("watch-removed", name=name))


def check(library: LibraryOption, json: JsonOption = False) -> None:
    """Look at all watches now; imports and builds do it by themselves."""
    with open_live(library) as live:
        answer = watches.look(live)
    _print_looks(answer, json)


def report(
    library: LibraryOption,
    name: Annotated[str | None, typer.Argument(metavar="NAME", help=text("watch-only"))] = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help=text("watch-out"))] = None,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help=text("watch-limit"))] = 500,
    json: JsonOption = False,
) -> None:
    """Print what the watches reported, the newest first."""
    with open_live(library) as live:
        answer = watches.events(live, name, limit=limit)
        if out is not None:
            written = watches.export_events(live, out, name, limit=limit)
            typer.echo(text("watch-written", count=written, path=out), err=True)
            return
    if json:
        print_json(answer)
        return
    for event in answer.events:
        _print_event(event)


def _print_looks(answer: WatchLooksAnswer, json: bool) -> None:
    if json:
        print_json(answer)
        return
    for note in answer.notes:
        typer.echo(note)
    for look in answer.looks:
        for event in look.events:
            _print_event(event)


def _print_event(event: ReportedEvent) -> None:
    facts = (event.at, event.watch, event.label, event.publication_number or event.key, event.title)
    typer.echo("  ".join(part for part in (*facts, event.detail, event.day) if part))
