"""`patlas watch`: 预警 over selections and similar-searches."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.selections.commands.query import DialectOption
from api.selections.commands.select import WhoOption
from api.terminal.options import JsonOption, LibraryOption, print_json

if TYPE_CHECKING:
    from api.selections.shapes import WatchEventShape
    from selection.watching import WatchReport

WatchArgument = Annotated[str, typer.Argument(metavar="NAME", help="Name of the watch.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(
        no_args_is_help=True,
        rich_markup_mode=None,
        help="预警: be told what every import brings and changes in a selection.",
    )
    group.command("add")(add)
    group.command("list")(list_watches)
    group.command("remove")(remove)
    group.command("check")(check)
    group.command("report")(report)
    group.command("events", hidden=True)(report)
    app.add_typer(group, name="watch")


def add(
    name: Annotated[str, typer.Argument(help="Of the watch; without 检索式 that of a saved selection.")],
    library: LibraryOption,
    query: Annotated[
        str, typer.Argument(metavar="[检索式]", help="What is watched; R=(…) watches similar patents.")
    ] = "",
    floor: Annotated[
        float | None, typer.Option(min=0, max=1, help="With R=: lowest score that counts as similar.")
    ] = None,
    dialect: DialectOption = None,
    who: WhoOption = "",
    json: JsonOption = False,
) -> None:
    """Watch a 检索式 or a saved selection from now on; every import then reports what is new in it."""
    from api.live.library import open_live
    from api.selections import watches

    with open_live(library) as live:
        found = watches.add_watch(live, name, query, dialect=dialect, floor=floor, who=who)
    _print_looks([found], [f"{found.count} patents are watched as {name}"], json)


def list_watches(library: LibraryOption, json: JsonOption = False) -> None:
    """List the watches and when each was looked at last."""
    from api.live.library import open_live
    from api.selections import watches
    from api.selections.shapes import WatchesAnswer

    with open_live(library) as live:
        answer = WatchesAnswer.model_validate({"watches": watches.watches(live)})
    if json:
        print_json(answer)
        return
    for one in answer.watches:
        floor = "" if one.floor is None else f"  floor {one.floor}"
        typer.echo(f"{one.name}  looked at {one.checked}{floor}  {one.who}".rstrip())
        typer.echo(f"    {one.written}")


def remove(name: WatchArgument, library: LibraryOption) -> None:
    """Forget a watch with all that it reported."""
    from api.live.library import open_live
    from api.selections import watches

    with open_live(library) as live:
        watches.remove_watch(live, name)
    typer.echo(f"{name} is not watched any more")


def check(
    library: LibraryOption,
    json: JsonOption = False,
) -> None:
    """Look at all watches now; imports and builds do it by themselves."""
    from api.live.library import open_live
    from api.selections import watches

    with open_live(library) as live:
        looked = watches.look(live)
    _print_looks(looked.reports, looked.notes, json)


def report(
    library: LibraryOption,
    name: Annotated[str | None, typer.Argument(help="Only this watch.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write them to FILE.xlsx, .json or .atom.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="The newest so many.")] = 500,
    json: JsonOption = False,
) -> None:
    """Print what the watches reported, the newest first."""
    from api.live.library import open_live
    from api.selections import watches
    from api.selections.shapes import WatchEventsAnswer

    with open_live(library) as live:
        answer = WatchEventsAnswer.model_validate({"events": watches.told(live, name, limit=limit)})
        if out is not None:
            written = watches.export_events(live, out, name, limit=limit)
            typer.echo(f"{written} events written to {out}", err=True)
            return
    if json:
        print_json(answer)
        return
    for event in answer.events:
        _print_event(event)


def _print_looks(reports: list[WatchReport], notes: list[str], json: bool) -> None:
    from api.selections import watches
    from api.selections.shapes import WatchLooksAnswer

    answer = WatchLooksAnswer.model_validate({"looks": watches.as_looks(reports), "notes": notes})
    if json:
        print_json(answer)
        return
    for note in answer.notes:
        typer.echo(note)
    for look in answer.looks:
        for event in look.events:
            _print_event(event)


def _print_event(event: WatchEventShape) -> None:
    facts = (event.at, event.watch, event.label, event.publication_number or event.key, event.title)
    typer.echo("  ".join(part for part in (*facts, event.detail, event.day) if part))
