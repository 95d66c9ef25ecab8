"""`patlas themes`: the themes of an industry or of any 检索式; changing, comparing and finding them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from api.live.library import open_live
from api.terminal.options import JsonOption, LibraryOption, options, print_json
from api.themes import counting, detail, editing, fitting, layers, listing
from api.themes import trends as trend_service
from api.themes.lines import (
    edit_lines,
    history_lines,
    industry_lines,
    theme_lines,
    themes_lines,
    tree_lines,
    trends_lines,
)
from api.themes.shapes import Change, Choice, Counted, EditedAnswer
from patents.errors import InputError
from patents.messages import text

IndustryOption = Annotated[str, typer.Option(metavar="TEXT", help=text("themes-industry"))]
ThemeArgument = Annotated[str, typer.Argument(metavar="ID", help=text("themes-id"))]
WhoOption = Annotated[str, typer.Option(metavar="TEXT", help=text("change-who"))]
NoteOption = Annotated[str, typer.Option(metavar="TEXT", help=text("change-note"))]

_Answer = TypeVar("_Answer")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(invoke_without_command=True, rich_markup_mode=None, help=text("command-themes"))
    group.callback()(themes)
    for name, command, help_ in (
        ("show", show, text("themes-show")),
        ("tree", tree, text("themes-tree")),
        ("trends", trends, text("themes-trends")),
        ("new", find_new, text("themes-new")),
        ("history", history, text("themes-history")),
        ("rename", rename, text("themes-rename")),
        ("merge", merge, text("themes-merge")),
        ("split", split, text("themes-split")),
        ("hide", hide, text("themes-hide")),
        ("pin", pin, text("themes-pin")),
        ("seed", seed, text("themes-seed")),
        ("undo", undo, text("themes-undo")),
        ("log", log, text("themes-log")),
    ):
        group.command(name, help=help_)(command)
    app.add_typer(group, name="themes")
    app.command("industries", help=text("command-industries"))(industries)


@options
def industries(library: LibraryOption, choice: Choice, json: JsonOption = False) -> None:
    """Count the patents of every industry (产业) of every scheme."""
    with open_live(library) as live:
        answer = listing.counted_industries(live, counting.within(live, choice))
    _print(answer, json, industry_lines)


@options
def themes(
    context: typer.Context,
    choice: Choice,
    counted: Counted,
    library: Annotated[
        Path | None,
        typer.Option("--library", envvar="PATLAS_LIBRARY", metavar="DIR", help=text("option-library")),
    ] = None,
    industry: IndustryOption = "",
    layer: Annotated[int | None, typer.Option(min=1, metavar="N", help=text("themes-layer"))] = None,
    fit: Annotated[bool, typer.Option("--fit", help=text("themes-fit"))] = False,
    hidden: Annotated[bool, typer.Option("--hidden", help=text("themes-hidden"))] = False,
    json: JsonOption = False,
) -> None:
    """Print the themes of an industry: name, keywords, size, counts by year."""
    if context.invoked_subcommand is not None:
        return
    if library is None:
        raise InputError("library-not-named")
    with open_live(library) as live:
        within = counting.within(live, choice, counted)
        answer = (
            fitting.fit(live, industry, within=within, layer=layer)
            if fit
            else listing.themes(live, industry, within=within, layer=layer, hidden=hidden)
        )
    _print(answer, json, themes_lines)


@options
def show(theme: ThemeArgument, library: LibraryOption, choice: Choice, json: JsonOption = False) -> None:
    """Show a theme: keywords with evidence, representatives, trend, neighbours, events."""
    with open_live(library) as live:
        answer = detail.show(live, theme, within=counting.within(live, choice))
    _print(answer, json, theme_lines)


def tree(library: LibraryOption, industry: IndustryOption = "", json: JsonOption = False) -> None:
    """Print coarser and finer themes as a tree."""
    with open_live(library) as live:
        answer = layers.tree(live, industry)
    _print(answer, json, tree_lines)


@options
def trends(
    library: LibraryOption,
    choice: Choice,
    industry: IndustryOption = "",
    until: Annotated[int | None, typer.Option(metavar="YEAR", help=text("themes-until"))] = None,
    json: JsonOption = False,
) -> None:
    """Print themes over time, those that look most like coming up first."""
    with open_live(library) as live:
        answer = trend_service.trends(live, industry, within=counting.within(live, choice), until=until)
    _print(answer, json, trends_lines)


def find_new(library: LibraryOption, industry: IndustryOption = "", json: JsonOption = False) -> None:
    """Look for new clusters among the patents that no theme takes; nothing is kept."""
    with open_live(library) as live:
        answer = fitting.find_new(live, industry)
    _print(answer, json, themes_lines)


def history(library: LibraryOption, industry: IndustryOption = "", json: JsonOption = False) -> None:
    """Print what the last build did to the themes: kept, merged, split, born, died."""
    with open_live(library) as live:
        answer = listing.history(live, industry)
    _print(answer, json, history_lines)


def rename(
    theme: ThemeArgument,
    name: Annotated[str, typer.Argument(metavar="NAME", help=text("themes-new-name"))],
    library: LibraryOption,
    who: WhoOption = "",
    note: NoteOption = "",
) -> None:
    """Give a theme another name."""
    _change(library, Change(kind="rename", id=theme, name=name, who=who, note=note))


def merge(
    theme: ThemeArgument,
    others: Annotated[list[str], typer.Argument(metavar="OTHER…", help=text("themes-others"))],
    library: LibraryOption,
    who: WhoOption = "",
    note: NoteOption = "",
) -> None:
    """Make several themes of one industry one."""
    _change(library, Change(kind="merge", id=theme, ids=tuple(others), who=who, note=note))


def split(
    theme: ThemeArgument,
    library: LibraryOption,
    into: Annotated[int, typer.Option(min=2, max=20, metavar="N", help=text("themes-parts"))] = 2,
    who: WhoOption = "",
    note: NoteOption = "",
) -> None:
    """Split a theme along its tree."""
    _change(library, Change(kind="split", id=theme, parts=into, who=who, note=note))


def hide(
    theme: ThemeArgument,
    library: LibraryOption,
    back: Annotated[bool, typer.Option("--back", help=text("themes-back"))] = False,
    who: WhoOption = "",
    note: NoteOption = "",
) -> None:
    """Take a theme off the lists; its patents stay in it."""
    _change(library, Change(kind="show" if back else "hide", id=theme, who=who, note=note))


def pin(
    theme: ThemeArgument,
    library: LibraryOption,
    words: Annotated[list[str] | None, typer.Argument(metavar="WORD…", help=text("themes-pinned"))] = None,
    who: WhoOption = "",
    note: NoteOption = "",
) -> None:
    """Put keywords of your own first."""
    _change(library, Change(kind="pin", id=theme, words=tuple(words or ()), who=who, note=note))


def seed(
    name: Annotated[str, typer.Argument(metavar="NAME", help=text("themes-seed-name"))],
    terms: Annotated[list[str], typer.Argument(metavar="TERM…", help=text("themes-seed-terms"))],
    library: LibraryOption,
    industry: IndustryOption = "",
    who: WhoOption = "",
    note: NoteOption = "",
) -> None:
    """Make a theme of the patents of an industry that hold certain terms in title or abstract."""
    _change(
        library, Change(kind="seed", name=name, words=tuple(terms), industry=industry, who=who, note=note)
    )


def undo(
    library: LibraryOption,
    number: Annotated[int | None, typer.Argument(metavar="N", help=text("themes-undo-number"))] = None,
    who: WhoOption = "",
    note: NoteOption = "",
) -> None:
    """Undo a change of themes."""
    _print_change(editing.undo(library, number, who=who, note=note))


def log(library: LibraryOption, json: JsonOption = False) -> None:
    """List the changes of themes, the newest first."""
    _print(editing.lines(library), json, lambda answer: edit_lines(answer.edits))


def _print(answer: _Answer, json: bool, lines: Callable[[_Answer], list[str]]) -> None:
    if json:
        print_json(answer)
        return
    for line in lines(answer):
        typer.echo(line)


def _change(library: Path, change: Change) -> None:
    _print_change(editing.change(library, change))


def _print_change(done: EditedAnswer) -> None:
    for line in edit_lines([done.line]):
        typer.echo(line)
    typer.echo(text("themes-changed", snapshot=done.snapshot, themes=done.themes))
