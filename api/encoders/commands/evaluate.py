"""`patlas evaluate`: the retrieval ruler."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.terminal.options import JsonOption, LibraryOption

if TYPE_CHECKING:
    from index.ruler.report import RulerReport


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("evaluate")(evaluate)


def evaluate(
    library: LibraryOption,
    encoder: Annotated[
        list[str] | None, typer.Option(help="Encoder to measure, name or path; may be repeated.")
    ] = None,
    queries: Annotated[int, typer.Option(min=10, help="Queries of each task, at most.")] = 1_000,
    part: Annotated[str, typer.Option(help="all, or test: what the shipped encoder never saw.")] = "all",
    lsa: Annotated[bool, typer.Option("--lsa", help="Measure TF-IDF + LSA too.")] = False,
    seed: Annotated[int, typer.Option(help="Of choices and resampling.")] = 0,
    out: Annotated[Path | None, typer.Option(help="Write the figures to this JSON file.")] = None,
    json: JsonOption = False,
) -> None:
    """Measure how well encoders find what they should, with intervals and BM25 beside them."""
    from api.encoders import evaluating

    report = evaluating.evaluate(
        library, encoders=encoder or (), queries=queries, part=part, lsa=lsa, seed=seed
    )
    if out is not None:
        out.write_bytes(report.to_json())
    if json:
        typer.echo(report.to_json().decode(), nl=False)
    else:
        _print(report)


def _print(report: RulerReport) -> None:
    typer.echo(f"{report.records} patents with an abstract ({report.part}), corpus {report.corpus_hash}")
    for coverage in report.coverage:
        typer.echo(
            f"  {coverage.task}: {coverage.queries} queries over {coverage.documents} documents; "
            f"{coverage.share:.1%} of the patents can serve"
        )
    last = None
    for figure in sorted(report.figures, key=lambda one: (one.task, one.metric, one.group)):
        heading = (figure.task, figure.metric, figure.group)
        if heading != last:
            typer.echo(f"\n{figure.task}, {figure.metric}" + (f", {figure.group}" if figure.group else ""))
            last = heading
        gain = (
            ""
            if figure.gain is None
            else f"   {figure.gain:+.3f} [{figure.gain_low:+.3f}, {figure.gain_high:+.3f}]"
        )
        typer.echo(f"  {figure.system:<32} {figure.value:.3f} [{figure.low:.3f}, {figure.high:.3f}]{gain}")
