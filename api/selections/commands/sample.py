"""`patlas sample` and `patlas recall`: 查准率 and 查全率 of a 检索式."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from api.live.library import open_live
from api.selections import samples, tags
from api.selections.choosing import choose
from api.selections.commands.options import (
    DialectOption,
    NoteOption,
    QueryArgument,
    WhoOption,
    WithNoiseOption,
)
from api.selections.shapes import Share
from api.terminal.options import JsonOption, LibraryOption, print_json
from patents.errors import InputError
from patents.messages import text


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("sample", help=text("command-sample"))(sample)
    app.command("recall", help=text("command-recall"))(recall)


def sample(
    library: LibraryOption,
    query: Annotated[str, typer.Argument(metavar="QUERY", help=text("sample-query"))] = "",
    n: Annotated[int, typer.Option("--n", min=1, metavar="N", help=text("sample-size"))] = 100,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help=text("sample-out"))] = None,
    seed: Annotated[int, typer.Option(metavar="N", help=text("sample-seed"))] = 0,
    read: Annotated[Path | None, typer.Option(metavar="FILE", help=text("sample-read"))] = None,
    tag_noise: Annotated[bool, typer.Option("--tag-noise", help=text("sample-tag-noise"))] = False,
    dialect: DialectOption = None,
    with_noise: WithNoiseOption = False,
    note: NoteOption = "",
    who: WhoOption = "",
    json: JsonOption = False,
) -> None:
    """Draw patents at random for a reader to judge; read back, they give 查准率 with its interval."""
    if read is not None and not query and out is None:
        _read(library, read, tag_noise, note, who, json)
        return
    if read is not None or out is None or not query:
        raise InputError("sample-drawn-or-read")
    with open_live(library) as live:
        chosen = choose(live, query, dialect=dialect, with_noise=with_noise)
        drawn = samples.draw_sample(live, chosen, n, out, seed=seed)
    typer.echo(text("sample-written", drawn=drawn, of=chosen.selection.count, path=out))
    typer.echo(text("sample-next", path=out, library=library))


def recall(
    query: QueryArgument,
    numbers: Annotated[Path, typer.Argument(metavar="FILE", help=text("recall-numbers"))],
    library: LibraryOption,
    dialect: DialectOption = None,
    with_noise: WithNoiseOption = False,
    json: JsonOption = False,
) -> None:
    """Measure 查全率: how many known patents a 检索式 finds, and which it misses."""
    with open_live(library) as live:
        chosen = choose(live, query, dialect=dialect, with_noise=with_noise)
        answer = samples.measure_recall(live, chosen, tags.numbers_in(numbers))
    if json:
        print_json(answer)
        return
    typer.echo(text("recall-share", share=_share(answer.share)))
    for number in answer.missed:
        typer.echo(text("recall-missed", number=number))
    for number in answer.unknown:
        typer.echo(text("number-not-in-library", number=number))


def _read(library: Path, file: Path, tag_noise: bool, note: str, who: str, json: bool) -> None:
    answer = samples.read_judgements(file)
    if tag_noise:
        with open_live(library) as live:
            answer = replace(answer, tagged=samples.tag_noise(live, answer, note=note, who=who))
    if json:
        print_json(answer)
        return
    typer.echo(text("sample-precision", share=_share(answer.precision)))
    if answer.unjudged:
        typer.echo(text("sample-unjudged", count=answer.unjudged))
    for row, judgement in answer.unclear:
        typer.echo(text("sample-unclear", row=row, value=judgement), err=True)
    if tag_noise:
        typer.echo(text("sample-tagged", count=answer.tagged))


def _share(share: Share | None) -> str:
    if share is None:
        return text("share-unknown")
    values = {"value": f"{share.value:.1%}", "hits": share.hits, "of": share.of}
    if share.low < share.high:
        return text("share-with-interval", low=f"{share.low:.1%}", high=f"{share.high:.1%}", **values)
    return text("share", **values)
