"""`patlas tag`: 标引 put on and taken off patents, with undo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from api.selections.commands.query import DialectOption
from api.selections.commands.select import NoteOption, WhoOption
from api.terminal.options import JsonOption, LibraryOption, print_json

if TYPE_CHECKING:
    from api.selections.shapes import TagChange, TagChangesAnswer

TagArgument = Annotated[str, typer.Argument(metavar="TAG", help="Such as 噪声, which studies leave out.")]
WhereOption = Annotated[str, typer.Option(help="检索式 of the patents; '*' means all.")]
NumbersOption = Annotated[
    Path | None, typer.Option(help="File of numbers: one a line, or an xlsx or csv with a column of them.")
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(
        no_args_is_help=True, rich_markup_mode=None, help="标引: put tags on patents and take them off."
    )
    group.command("add")(add)
    group.command("remove")(remove)
    group.command("undo")(undo)
    group.command("list")(list_tags)
    group.command("history")(history)
    group.command("import")(import_sheet)
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
    change: Annotated[
        int | None, typer.Argument(help="Number of the change; the newest open one without it.")
    ] = None,
    who: WhoOption = "",
    json: JsonOption = False,
) -> None:
    """Change back what one change did."""
    from api.live.library import open_live
    from api.selections import tags
    from api.selections.shapes import TagChangesAnswer

    with open_live(library) as live:
        answer = TagChangesAnswer.model_validate({"changes": [tags.undo(live, change, who=who)]})
    _print_changes(answer, json)


def list_tags(
    library: LibraryOption,
    tag: Annotated[str | None, typer.Argument(help="Only this tag, in the file.")] = None,
    export: Annotated[Path | None, typer.Option(help="Write every tagged patent to this xlsx.")] = None,
    json: JsonOption = False,
) -> None:
    """List the tags with the number of patents of each."""
    from api.live.library import open_live
    from api.selections import tags
    from api.selections.shapes import TagsAnswer

    with open_live(library) as live:
        counts = tags.counts(live)
        if export is not None:
            written = tags.export_tags(live, export, tag)
            typer.echo(f"{written} tags written to {export}", err=True)
    kept = {name: count for name, count in counts.items() if tag in (None, name)}
    if json:
        print_json(TagsAnswer(tags=kept))
        return
    for name, count in kept.items():
        typer.echo(f"{count:>7}  {name}")


def history(
    library: LibraryOption,
    tag: Annotated[str | None, typer.Argument(help="Only this tag.")] = None,
    json: JsonOption = False,
) -> None:
    """List the changes, the newest first, with who and when."""
    from api.live.library import open_live
    from api.selections import tags
    from api.selections.shapes import TagChangesAnswer

    with open_live(library) as live:
        answer = TagChangesAnswer.model_validate({"changes": tags.history(live, tag)})
    _print_changes(answer, json)


def import_sheet(
    file: Annotated[Path, typer.Argument(help="xlsx or csv with a column of numbers and a column 标引.")],
    library: LibraryOption,
    note: NoteOption = "",
    who: WhoOption = "",
    json: JsonOption = False,
) -> None:
    """Put the tags of a sheet on its patents; each tag is one change."""
    from api.live.library import open_live
    from api.selections import tags
    from api.selections.shapes import TagChangesAnswer

    with open_live(library) as live:
        answer = TagChangesAnswer.model_validate(tags.apply_sheet(live, file, note=note, who=who))
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
    from api.live.library import open_live
    from api.selections import tags
    from api.selections.shapes import TagChangeAnswer

    with open_live(library) as live:
        listed = None if numbers is None else tags.numbers_in(numbers)
        patents = tags.named(live, where=where, dialect=dialect, numbers=listed)
        done = tags.change(live, tag, action, patents, note=note, who=who)
    answer = TagChangeAnswer.model_validate(done)
    if json:
        print_json(answer)
        return
    typer.echo(f"{answer.named} patents named")
    _print_change(answer.change)
    _print_unknown(answer.unknown)


def _print_changes(answer: TagChangesAnswer, json: bool) -> None:
    if json:
        print_json(answer)
        return
    for change in answer.changes:
        _print_change(change)
    _print_unknown(answer.unknown)


def _print_change(change: TagChange) -> None:
    verb = "put on" if change.action == "put" else "taken off"
    typer.echo(f"{change.id:>4}  {change.tag} {verb} {change.changed}  {change.at} {change.who}".rstrip())
    if change.note:
        typer.echo(f"      {change.note}")


def _print_unknown(numbers: list[str]) -> None:
    for number in numbers:
        typer.echo(f"no patent here bears {number}", err=True)
