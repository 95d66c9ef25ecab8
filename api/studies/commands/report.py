"""`patlas report`: the report of a study as docx, xlsx, html and pptx."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from api.live.library import open_live
from api.studies.commands.options import (
    CountOption,
    LanguageOption,
    PeriodOption,
    WhereOption,
    listed,
    written_language,
)
from api.studies.industries import StudyRequest
from api.studies.report import write_study
from api.studies.shapes import ReportAnswer
from api.terminal.options import JsonOption, LibraryOption, QuietOption, print_json
from api.terminal.progress import progress
from patents.messages import text


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("report", help=text("command-report"))(report)


def report(
    library: LibraryOption,
    where: WhereOption = "",
    industry: Annotated[list[str] | None, typer.Option(metavar="NAME", help=text("report-industry"))] = None,
    format: Annotated[str, typer.Option(metavar="KINDS", help=text("report-format"))] = "docx",
    out: Annotated[Path, typer.Option(metavar="DIR", help=text("report-out"))] = Path("report"),
    count: CountOption = None,
    period: PeriodOption = "",
    title: Annotated[str, typer.Option(metavar="TEXT", help=text("report-title"))] = "",
    chapter: Annotated[list[str] | None, typer.Option(metavar="ID", help=text("report-chapter"))] = None,
    language: LanguageOption = "zh",
    template: Annotated[list[Path] | None, typer.Option(metavar="FILE", help=text("report-template"))] = None,
    facts: Annotated[Path | None, typer.Option(metavar="FILE", help=text("report-facts"))] = None,
    with_noise: Annotated[bool, typer.Option("--with-noise", help=text("keep-noise"))] = False,
    processes: Annotated[int, typer.Option(min=1, metavar="N", help=text("report-processes"))] = min(
        4, os.cpu_count() or 1
    ),
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Write the report of a study: indicators, tables, figures and sentences, per industry and for all."""
    written = written_language(language)
    named = None if not industry else tuple(name for name in industry if name != "none")
    request = StudyRequest(
        where=where,
        industries=named,
        counting=tuple(count or ()),
        period=period,
        title=title,
        with_noise=with_noise,
    )
    with open_live(library) as live, progress(quiet) as stages:
        answer = write_study(
            live,
            request,
            out,
            formats=listed(format),
            language=written,
            chapters=tuple(chapter or ()),
            templates=tuple(template or ()),
            facts=facts,
            processes=processes,
            progress=stages,
        )
    if json:
        print_json(answer)
    else:
        _print(answer)


def _print(answer: ReportAnswer) -> None:
    typer.echo(
        text(
            "report-done",
            title=answer.title,
            patents=answer.count,
            industries=len(answer.industries),
            tables=answer.tables,
            figures=answer.figures,
        )
    )
    for stage, seconds in answer.seconds.items():
        typer.echo(f"  {stage:<12} {seconds:8.1f} s")
    for note in answer.notes:
        typer.echo(text("note", note=note))
    for path in answer.files:
        typer.echo(path)
