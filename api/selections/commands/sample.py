"""`patlas sample` and `patlas recall`: 查准率 and 查全率 of a 检索式."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.selections.commands.query import DialectOption, QueryArgument
from api.selections.commands.select import NoteOption, WhoOption, WithNoiseOption
from api.terminal.options import JsonOption, LibraryOption, print_json

if TYPE_CHECKING:
    from api.selections.shapes import ShareShape


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("sample")(sample)
    app.command("recall")(recall)


def sample(
    library: LibraryOption,
    query: Annotated[str, typer.Argument(metavar="[检索式]", help="What is drawn from.")] = "",
    n: Annotated[int, typer.Option("--n", min=1, help="How many patents are drawn.")] = 100,
    out: Annotated[Path | None, typer.Option(help="The xlsx for a reader to fill in.")] = None,
    seed: Annotated[int, typer.Option(help="The same seed draws the same patents.")] = 0,
    read: Annotated[Path | None, typer.Option(help="Read a judged sample back instead.")] = None,
    tag_noise: Annotated[
        bool, typer.Option("--tag-noise", help="With --read: tag what was judged as noise 噪声.")
    ] = False,
    dialect: DialectOption = None,
    with_noise: WithNoiseOption = False,
    note: NoteOption = "",
    who: WhoOption = "",
    json: JsonOption = False,
) -> None:
    """Draw patents at random for a reader to judge; read back, they give 查准率 with its interval."""
    from patents.errors import InputError

    if read is not None and not query and out is None:
        _read(library, read, tag_noise, note, who, json)
        return
    if read is not None or out is None or not query:
        raise InputError(
            "a sample is drawn from a 检索式 into a file, or read back",
            help="patlas sample '…' --n 100 --out FILE.xlsx, later patlas sample --read FILE.xlsx",
        )
    from api.live.library import open_live
    from api.selections import samples
    from api.selections.choosing import choose

    with open_live(library) as live:
        chosen = choose(live, query, dialect=dialect, with_noise=with_noise)
        drawn = samples.draw_sample(live, chosen, n, out, seed=seed)
    typer.echo(f"{drawn} of {chosen.selection.count} patents written to {out}")
    typer.echo(f"fill in 判断 (1 or 0), then: patlas sample --read {out} --library {library}")


def recall(
    query: QueryArgument,
    numbers: Annotated[Path, typer.Argument(help="File of known relevant numbers: xlsx, csv or text.")],
    library: LibraryOption,
    dialect: DialectOption = None,
    with_noise: WithNoiseOption = False,
    json: JsonOption = False,
) -> None:
    """Measure 查全率: how many known patents a 检索式 finds, and which it misses."""
    from api.live.library import open_live
    from api.selections import samples, tags
    from api.selections.choosing import choose
    from api.selections.shapes import RecallAnswer

    with open_live(library) as live:
        chosen = choose(live, query, dialect=dialect, with_noise=with_noise)
        found = samples.measure_recall(live, chosen, tags.numbers_in(numbers))
    answer = RecallAnswer.model_validate(found)
    if json:
        print_json(answer)
        return
    typer.echo(f"查全率 {_said(answer.share)} of the known patents that this library holds")
    for number in answer.missed:
        typer.echo(f"missed: {number}")
    for number in answer.unknown:
        typer.echo(f"not in this library: {number}")


def _read(library: Path, file: Path, tag_noise: bool, note: str, who: str, json: bool) -> None:
    from dataclasses import replace

    from api.live.library import open_live
    from api.selections import samples
    from api.selections.shapes import PrecisionAnswer

    found = samples.read_judgements(file)
    if tag_noise:
        with open_live(library) as live:
            found = replace(found, tagged=samples.tag_noise(live, found, note=note, who=who))
    answer = PrecisionAnswer.model_validate(found)
    if json:
        print_json(answer)
        return
    typer.echo(f"查准率 {_said(answer.precision)}")
    if answer.unjudged:
        typer.echo(f"{answer.unjudged} rows are not judged")
    for row, text in answer.unclear:
        typer.echo(f"row {row}: {text!r} is neither yes (1) nor no (0)", err=True)
    if tag_noise:
        typer.echo(f"{answer.tagged} patents tagged 噪声")


def _said(share: ShareShape | None) -> str:
    if share is None:
        return "unknown: nothing to count"
    interval = f", 95 % interval {share.low:.1%} to {share.high:.1%}" if share.low < share.high else ""
    return f"{share.value:.1%} ({share.hits} of {share.of}{interval})"
