"""`patlas report`: the report of a study as docx, xlsx, html and pptx."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from api.terminal.options import JsonOption, LibraryOption, QuietOption, print_json


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("report")(report)


def report(
    library: LibraryOption,
    where: Annotated[str, typer.Option(help="检索式 of the patents; all without it.")] = "",
    industry: Annotated[
        list[str] | None,
        typer.Option(help="产业 with a part of its own; may be repeated; `none` for no parts."),
    ] = None,
    format: Annotated[str, typer.Option(help="docx, xlsx, html, pptx; several with commas.")] = "docx",
    out: Annotated[Path, typer.Option(help="Folder for the files.")] = Path("report"),
    count: Annotated[
        list[str] | None,
        typer.Option(help="口径, as in year_by=grant; may be repeated; see docs/directions.md."),
    ] = None,
    period: Annotated[str, typer.Option(help="Years, as in 2011-2020.")] = "",
    title: Annotated[str, typer.Option(help="On the cover; the library's name without it.")] = "",
    chapter: Annotated[list[str] | None, typer.Option(help="Only these chapters; may be repeated.")] = None,
    language: Annotated[str, typer.Option(help="zh or en.")] = "zh",
    template: Annotated[
        list[Path] | None,
        typer.Option(help="A .docx, .pptx or .html that lends its styles; may be repeated."),
    ] = None,
    facts: Annotated[
        Path | None, typer.Option(help="Population and revenue of regions (csv or xlsx).")
    ] = None,
    with_noise: Annotated[bool, typer.Option(help="Keep the patents tagged 噪声.")] = False,
    processes: Annotated[int, typer.Option(help="That draw figures.", min=1)] = min(4, os.cpu_count() or 1),
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Write the report of a study: indicators, tables, figures and sentences, per industry and for all."""
    from api.live.library import open_live
    from api.studies.industries import StudyRequest
    from api.studies.report import write_study
    from api.studies.shapes import ReportAnswer
    from api.terminal.progress import progress
    from patents.errors import InputError

    if language not in ("zh", "en"):
        raise InputError(f"no report in {language!r}", help="use --language zh or --language en")
    named = None if not industry else tuple(name for name in industry if name != "none")
    request = StudyRequest(
        where=where,
        industries=named,
        counting=tuple(count or ()),
        period=period,
        title=title,
        with_noise=with_noise,
    )
    with open_live(library) as live, progress(quiet) as told:
        written = write_study(
            live,
            request,
            out,
            formats=[one.strip() for one in format.split(",") if one.strip()],
            language="en" if language == "en" else "zh",
            chapters=tuple(chapter or ()),
            templates=tuple(template or ()),
            facts=facts,
            processes=processes,
            progress=told,
        )
    answer = ReportAnswer.model_validate(written)
    if json:
        print_json(answer)
        return
    typer.echo(
        f"{answer.title}: {answer.count} patents, {len(answer.industries)} industries, "
        f"{answer.tables} tables, {answer.figures} figures"
    )
    for stage, seconds in answer.seconds.items():
        typer.echo(f"  {stage:<12} {seconds:8.1f} s")
    for note in answer.notes:
        typer.echo(f"note: {note}")
    for path in answer.files:
        typer.echo(str(path))
