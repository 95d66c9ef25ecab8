"""`patlas atlas`: the 专利导航 atlas of an industry, four folders of pictures with an index page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.live.library import open_live
from api.studies.atlas import AtlasRequest, make_atlas
from api.studies.commands.options import (
    CountOption,
    LanguageOption,
    PeriodOption,
    ReferenceOption,
    WhereOption,
    written_language,
)
from api.terminal.options import JsonOption, LibraryOption, QuietOption, print_json
from api.terminal.progress import progress
from patents.messages import text


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("atlas", help=text("command-atlas"))(atlas)


def atlas(
    library: LibraryOption,
    industry: Annotated[str, typer.Option(metavar="NAME", help=text("atlas-industry"))] = "",
    where: WhereOption = "",
    chain: Annotated[str, typer.Option(metavar="NAME", help=text("atlas-chain"))] = "",
    reference: ReferenceOption = "",
    out: Annotated[Path, typer.Option(metavar="DIR", help=text("atlas-out"))] = Path("atlas"),
    count: CountOption = None,
    period: PeriodOption = "",
    title: Annotated[str, typer.Option(metavar="TEXT", help=text("atlas-title"))] = "",
    language: LanguageOption = "zh",
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Draw every figure of an industry into four folders: 产业发展, 专利分析, 产业定位, 发展路径."""
    request = AtlasRequest(
        industry=industry,
        where=where,
        chain=chain,
        reference=reference,
        counting=tuple(count or ()),
        period=period,
        title=title,
        language=written_language(language),
    )
    stage = text("progress-figures")
    with open_live(library) as live, progress(quiet) as stages:
        answer = make_atlas(live, request, out, progress=lambda done, total: stages(stage, done, total))
    if json:
        print_json(answer)
        return
    typer.echo(
        text(
            "atlas-done",
            title=answer.title,
            patents=answer.count,
            figures=answer.pictures,
            tables=answer.tables,
        )
    )
    for need in answer.needs:
        typer.echo(text("note", note=need))
    typer.echo(answer.index)
