"""`patlas chain`: a 产业链 counted, measured by a reference, covered by holders, drawn."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from api.terminal.options import JsonOption, LibraryOption, print_json

if TYPE_CHECKING:
    from api.studies.chain_shapes import ChainListAnswer

CountOption = Annotated[
    list[str] | None,
    typer.Option("--count", help="口径, as in year_by=grant; may be repeated; see docs/directions.md."),
]
ReferenceOption = Annotated[
    str,
    typer.Option(
        help="What is compared with: a library's folder, a 检索式 (`*` is all), or a file of counts; "
        "the library's setting without it."
    ),
]
LanguageOption = Annotated[str, typer.Option(help="zh or en.")]


def spoken_language(language: str) -> Literal["zh", "en"]:
    """Check the language.

    Raises:
        InputError: it is neither Chinese nor English.
    """
    from patents.errors import InputError

    if language not in ("zh", "en"):
        raise InputError(f"nothing is written in {language!r}", help="use --language zh or --language en")
    return "en" if language == "en" else "zh"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("chain")(chain)


def chain(
    library: LibraryOption,
    name: Annotated[
        str, typer.Argument(help="Of a chain, or its YAML file; without it the chains are listed.")
    ] = "",
    where: Annotated[str, typer.Option(help="检索式 of the patents; the library's home without it.")] = "",
    reference: ReferenceOption = "",
    holder: Annotated[
        list[str] | None, typer.Option(help="Firm or group whose coverage is shown; may be repeated.")
    ] = None,
    alliance: Annotated[str, typer.Option(help="专利池 of the library's alliances.yaml.")] = "",
    count: CountOption = None,
    out: Annotated[Path | None, typer.Option(help="Folder for the drawing and the report.")] = None,
    format: Annotated[
        str, typer.Option(help="With --out: png, svg, docx, xlsx, html, pptx; several with commas.")
    ] = "png,xlsx",
    language: LanguageOption = "zh",
    json: JsonOption = False,
) -> None:
    """Say of every node of a chain how many patents there are, who holds them, and where one is strong."""
    from api.live.library import open_live
    from api.studies import chains
    from api.studies.chain_documents import write_chapter
    from api.studies.chain_shapes import ChainAnswer, ChainListAnswer
    from api.studies.industries import read_counting
    from api.studies.shown_chapter import shown_chapter
    from api.terminal.tables import chapter_lines

    spoken = spoken_language(language)
    with open_live(library) as live:
        if not name:
            listed = ChainListAnswer.model_validate({"chains": chains.chains(live)})
            _print_list(listed, json)
            return
        charted = chains.chart(
            live,
            name,
            where,
            reference=reference,
            holders=tuple(holder or ()),
            alliance=alliance,
            counting=read_counting(tuple(count or ())),
        )
        forms = [one.strip() for one in format.split(",") if one.strip()]
        files = [] if out is None else write_chapter(charted.chapter, charted.study, out, forms, spoken)
        if json:
            answer = shown_chapter(charted.chapter, charted.study, spoken)
            print_json(ChainAnswer.model_validate({"chapter": answer, "needs": charted.needs}))
            return
        for line in chapter_lines(charted.chapter, spoken):
            typer.echo(line)
    for need in charted.needs:
        typer.echo(f"note: {need}")
    for path in files:
        typer.echo(str(path))


def _print_list(listed: ChainListAnswer, json: bool) -> None:
    if json:
        print_json(listed)
        return
    for one in listed.chains:
        typer.echo(f"{one.name}  {one.title} ({len(one.nodes)} nodes): {' → '.join(one.links)}")
