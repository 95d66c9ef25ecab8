"""`patlas compare`: regions, applicants, periods, industries or 检索式 side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.studies.commands.chain import CountOption, LanguageOption, spoken_language
from api.terminal.options import JsonOption, LibraryOption, print_json


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("compare")(compare)


def compare(
    library: LibraryOption,
    sides: Annotated[
        list[str],
        typer.Argument(
            help="Two to six: a region, an industry, 十三五 or 2011-2015, an applicant, a 检索式, "
            "or 标题::检索式."
        ),
    ],
    where: Annotated[str, typer.Option(help="检索式 that narrows all sides.")] = "",
    count: CountOption = None,
    out: Annotated[Path | None, typer.Option(help="Folder for figures and the report.")] = None,
    format: Annotated[
        str, typer.Option(help="With --out: png, svg, docx, xlsx, html, pptx; several with commas.")
    ] = "png,xlsx",
    language: LanguageOption = "zh",
    json: JsonOption = False,
) -> None:
    """Put two to six sides of a library next to each other: figures, years, classes."""
    from api.live.library import open_live
    from api.studies import compare
    from api.studies.chain_documents import write_chapter
    from api.studies.chain_shapes import CompareAnswer
    from api.studies.industries import read_counting
    from api.studies.shown_chapter import shown_chapter
    from api.terminal.tables import chapter_lines

    spoken = spoken_language(language)
    with open_live(library) as live:
        compared = compare.compare(live, sides, where, counting=read_counting(tuple(count or ())))
        forms = [one.strip() for one in format.split(",") if one.strip()]
        first = compared.studies[0]
        files = [] if out is None else write_chapter(compared.chapter, first, out, forms, spoken)
    if json:
        answer = shown_chapter(compared.chapter, first, spoken)
        print_json(CompareAnswer.model_validate({"sides": compared.facts(), "chapter": answer}))
        return
    for side in compared.facts():
        typer.echo(f"{side.title}: {side.count} patents  {side.query}  {side.period}")
    for line in chapter_lines(compared.chapter, spoken):
        typer.echo(line)
    for path in files:
        typer.echo(str(path))
