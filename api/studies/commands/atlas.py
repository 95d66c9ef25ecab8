"""`patlas atlas`: the 专利导航 atlas of an industry, four folders of pictures with an index page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.studies.commands.chain import CountOption, LanguageOption, ReferenceOption, spoken_language
from api.terminal.options import JsonOption, LibraryOption, QuietOption, print_json


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("atlas")(atlas)


def atlas(
    library: LibraryOption,
    industry: Annotated[str, typer.Option(help="产业; all patents without it.")] = "",
    where: Annotated[str, typer.Option(help="检索式 of the patents; all without it.")] = "",
    chain: Annotated[str, typer.Option(help="Chain for 产业定位, or its YAML file.")] = "",
    reference: ReferenceOption = "",
    out: Annotated[Path, typer.Option(help="Folder for the atlas.")] = Path("atlas"),
    count: CountOption = None,
    period: Annotated[str, typer.Option(help="Years, as in 2011-2020.")] = "",
    title: Annotated[str, typer.Option(help="On the page; the industry or the library without it.")] = "",
    language: LanguageOption = "zh",
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Draw every figure of an industry into four folders: 产业发展, 专利分析, 产业定位, 发展路径."""
    from api.live.library import open_live
    from api.studies.atlas import AtlasRequest, make_atlas
    from api.studies.chain_shapes import AtlasAnswer
    from api.terminal.progress import progress

    request = AtlasRequest(
        industry=industry,
        where=where,
        chain=chain,
        reference=reference,
        counting=tuple(count or ()),
        period=period,
        title=title,
        language=spoken_language(language),
    )
    with open_live(library) as live, progress(quiet) as told:
        made = make_atlas(live, request, out, progress=lambda done, total: told("figures", done, total))
    answer = AtlasAnswer.model_validate(made)
    if json:
        print_json(answer)
        return
    typer.echo(f"{answer.title}: {answer.count} patents, {answer.pictures} figures, {answer.tables} tables")
    for need in answer.needs:
        typer.echo(f"note: {need}")
    typer.echo(str(answer.index))
