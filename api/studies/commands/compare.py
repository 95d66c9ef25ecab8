"""`patlas compare`: regions, applicants, periods, industries or 检索式 side by side."""

from __future__ import annotations

from typing import Annotated

import typer

from api.live.library import open_live
from api.studies.chain_documents import write_chapter
from api.studies.commands.options import (
    CountOption,
    FormatOption,
    LanguageOption,
    OutOption,
    listed,
    written_language,
)
from api.studies.compare import compare as compare_sides
from api.studies.industries import read_counting
from api.terminal.options import JsonOption, LibraryOption, print_json
from api.terminal.tables import chapter_lines
from patents.messages import text


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("compare", help=text("command-compare"))(compare)


def compare(
    library: LibraryOption,
    sides: Annotated[list[str], typer.Argument(metavar="SIDE…", help=text("compare-sides"))],
    where: Annotated[str, typer.Option(metavar="QUERY", help=text("compare-where"))] = "",
    count: CountOption = None,
    out: OutOption = None,
    format: FormatOption = "png,xlsx",
    language: LanguageOption = "zh",
    json: JsonOption = False,
) -> None:
    """Put two to six sides of a library next to each other: figures, years, classes."""
    written = written_language(language)
    with open_live(library) as live:
        compared = compare_sides(live, sides, where, counting=read_counting(tuple(count or ())))
        study = compared.studies[0]
        files = [] if out is None else write_chapter(compared.chapter, study, out, listed(format), written)
    if json:
        print_json(compared.answer(written))
        return
    for side in compared.facts():
        typer.echo(
            text("compare-side", title=side.title, count=side.count, query=side.query, years=side.period)
        )
    for line in chapter_lines(compared.chapter, written):
        typer.echo(line)
    for path in files:
        typer.echo(str(path))
