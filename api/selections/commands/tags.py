"""`patlas tag`: 标引 put on and taken off patents, with undo."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from api.live.library import open_live
from api.selections import tags
from api.selections.commands.options import DialectOption, NoteOption, WhoOption
from api.selections.shapes import TagChangesAnswer, TagOperation, TagsAnswer
from api.terminal.options import JsonOption, LibraryOption, print_json
from patents.messages import text

TagArgument = Annotated[str, typer.Argument(metavar="TAG", help=text("tag-argument"))]
WhereOption = Annotated[str, typer.Option(metavar="QUERY", help=text("tag-where"))]
NumbersOption = Annotated[Path | None, typer.Option(metavar="FILE", help=text("tag-numbers"))]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help=text("command-tag"))
    group.command("add", help=text("tag-add"))(add)
    group.command("remove", help=text("tag-remove"))(remove)
    group.command("undo", help=text("tag-undo"))(undo)
    group.command("list", help=text("tag-list"))(list_tags)
    group.command("history", help=text("tag-history"))(history)
    group.command("import", help=text("tag-import"))(import_sheet)
    app.add_typer(group, name="tag")


def add(
    tag: TagArgument,
    library: LibraryOption,
    where: WhereOption = "",
    numbers: NumbersOption = None,
    dialect: DialectOption = None,
    note: NoteOption = "",
    who: WhoOption = "",
    json: JsonOption = False,
) -> None:
    """Put a tag on the patents of a 检索式 or of a file of numbers."""
    _change(tag, "put", library, where, numbers, dialect, note, who, json)


def remove(
    tag: TagArgument,
    library: LibraryOption,
    where: WhereOption = "",
    numbers: NumbersOption = None,
    dialect: DialectOption = None,
    note: NoteOption = "",
    who: WhoOption = "",
    json: JsonOption = False,
) -> None:
    """Take a tag off the patents of a 检索式 or of a file of numbers."""
    _change(tag, "off", library, where, numbers, dialect, note, who, json)


def undo(
    library: LibraryOption,
    change: Annotated[int | None, typer.Argument(metavar="N", help=text("tag-undo-number"))] = None,
    who: WhoOption = "",
    json: JsonOption = False,
) -> None:
    """Undo a change."""
    with open_live(library) as live:
        answer = TagChangesAnswer(changes=[tags.undo(live, change, who=who)])
    _print_changes(answer, json)


def list_tags(
    library: LibraryOption,
    tag: Annotated[str | None, typer.Argument(metavar="TAG", help=text("tag-only"))] = None,
    export: Annotated[Path | None, typer.Option(metavar="FILE", help=text("tag-export"))] = None,
    json: JsonOption = False,
) -> None:
    """List the tags with the number of patents of each."""
    with open_live(library) as live:
        counts = tags.counts(live)
        if export is not None:
            written = tags.export_tags(live, export, tag)
            typer.echo(text("tag-written", count=written, path=export), err=True)
    listed = {name: count for name, count in counts.items() if tag in (None, name)}
    if json:
        print_json(TagsAnswer(tags=listed))
        return
    for name, count in listed.items():
        typer.echo(f"{count:>7}  {name}")


def history(
    library: LibraryOption,
    tag: Annotated[str | None, typer.Argument(metavar="TAG", help=text("tag-only"))] = None,
    json: JsonOption = False,
) -> None:
    """List the changes, the newest first, with who and when."""
    with open_live(library) as live:
        answer = tags.history(live, tag)
    _print_changes(answer, json)


def import_sheet(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=text("tag-sheet"))],
    library: LibraryOption,
    note: NoteOption = "",
    who: WhoOption = "",
    json: JsonOption = False,
) -> None:
    """Put the tags of a sheet on its patents; each tag is one change."""
    with open_live(library) as live:
        answer = tags.apply_sheet(live, file, note=note, who=who)
    _print_changes(answer, json)


def _change(
    tag: str,
    action: Literal["put", "off"],
    library: Path,
    where: str,
    numbers: Path | None,
    dialect: str | None,
    note: str,
    who: str,
    json: bool,
) -> None:
    with open_live(library) as live:
        listed = None if numbers is None else tags.numbers_in(numbers)
        patents = tags.named(live, where=where, dialect=dialect, numbers=listed)
        answer = tags.change(live, tag, action, patents, note=note, who=who)
    if json:
        print_json(answer)
        return
    typer.echo(text("tag-named", count=answer.named))
    _print_change(answer.change)
    _print_unknown(answer.unknown)


def _print_changes(answer: TagChangesAnswer, json: bool) -> None:
    if json:
        print_json(answer)
        return
    for change in answer.changes:
        _print_change(change)
    _print_unknown(answer.unknown)


def _print_change(change: TagOperation) -> None:
    values = {"tag": change.tag, "count": change.changed}
    line = text("tag-put-on", **values) if change.action == "put" else text("tag-taken-off", **values)
    typer.echo(f"{change.id:>4}  {line}  {change.at} {change.who}".rstrip())
    if change.note:
        typer.echo(f"      {change.note}")


def _print_unknown(numbers: list[str]) -> None:
    for number in numbers:
        typer.echo(text("number-not-in-library", number=number), err=True)
