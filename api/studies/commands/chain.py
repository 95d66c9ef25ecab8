"""`patlas chain`: a 产业链 counted, measured by a reference, covered by holders, drawn."""

from __future__ import annotations

from typing import Annotated

import typer

from api.live.library import open_live
from api.studies import chains
from api.studies.chain_documents import write_chapter
from api.studies.chain_shapes import ChainListAnswer
from api.studies.commands.options import (
    CountOption,
    FormatOption,
    LanguageOption,
    OutOption,
    ReferenceOption,
    listed,
    written_language,
)
from api.studies.industries import read_counting
from api.terminal.options import JsonOption, LibraryOption, print_json
from api.terminal.tables import chapter_lines
from patents.messages import text


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("chain", help=text("command-chain"))(chain)


def chain(
    library: LibraryOption,
    name: Annotated[str, typer.Argument(metavar="NAME", help=text("chain-name"))] = "",
    where: Annotated[str, typer.Option(metavar="QUERY", help=text("chain-where"))] = "",
    reference: ReferenceOption = "",
    holder: Annotated[list[str] | None, typer.Option(metavar="NAME", help=text("chain-holder"))] = None,
    alliance: Annotated[str, typer.Option(metavar="NAME", help=text("chain-alliance"))] = "",
    count: CountOption = None,
    out: OutOption = None,
    format: FormatOption = "png,xlsx",
    language: LanguageOption = "zh",
    json: JsonOption = False,
) -> None:
    """Show for every node of a chain how many patents there are, who holds them, and its standing."""
    written = written_language(language)
    with open_live(library) as live:
        if not name:
            _print_list(chains.chains(live), json)
            return
        counted = chains.chart(
            live,
            name,
            where,
            reference=reference,
            holders=tuple(holder or ()),
            alliance=alliance,
            counting=read_counting(tuple(count or ())),
        )
        files = (
            [] if out is None else write_chapter(counted.chapter, counted.study, out, listed(format), written)
        )
        if json:
            print_json(counted.answer(written))
            return
        for line in chapter_lines(counted.chapter, written):
            typer.echo(line)
    for need in counted.needs:
        typer.echo(text("note", note=need))
    for path in files:
        typer.echo(str(path))


def _print_list(answer: ChainListAnswer, json: bool) -> None:
    if json:
        print_json(answer)
        return
    for chain in answer.chains:
        nodes = text("chain-nodes", count=len(chain.nodes))
        typer.echo(f"{chain.name}  {chain.title} ({nodes}): {' → '.join(chain.links)}")
