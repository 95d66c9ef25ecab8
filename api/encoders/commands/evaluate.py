"""`patlas evaluate`: how well encoders retrieve."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.encoders.evaluation import evaluate as measure
from api.encoders.shapes import EvaluationReport
from api.terminal.options import JsonOption, LibraryOption
from patents.messages import text


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("evaluate", help=text("command-evaluate"))(evaluate)


def evaluate(
    library: LibraryOption,
    encoder: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help=text("evaluation-encoder"))
    ] = None,
    queries: Annotated[int, typer.Option(min=10, metavar="N", help=text("evaluation-queries"))] = 1_000,
    part: Annotated[str, typer.Option(metavar="all|test", help=text("evaluation-part"))] = "all",
    lsa: Annotated[bool, typer.Option("--lsa", help=text("evaluation-lsa"))] = False,
    seed: Annotated[int, typer.Option(metavar="N", help=text("evaluation-seed"))] = 0,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help=text("evaluation-out"))] = None,
    json: JsonOption = False,
) -> None:
    """Measure how well encoders find what they should, with intervals and BM25 beside them."""
    report = measure(library, encoders=encoder or (), queries=queries, part=part, lsa=lsa, seed=seed)
    if out is not None:
        out.write_bytes(report.to_json())
    if json:
        typer.echo(report.to_json().decode(), nl=False)
    else:
        _print(report)


def _print(report: EvaluationReport) -> None:
    typer.echo(text("evaluation-heading", count=report.records, part=report.part, corpus=report.corpus_hash))
    for coverage in report.coverage:
        typer.echo(
            "  "
            + text(
                "evaluation-coverage",
                task=coverage.task,
                queries=coverage.queries,
                documents=coverage.documents,
                share=f"{coverage.share:.1%}",
            )
        )
    last = None
    for figure in sorted(report.figures, key=lambda figure: (figure.task, figure.metric, figure.group)):
        heading = (figure.task, figure.metric, figure.group)
        if heading != last:
            typer.echo("\n" + ", ".join(filter(None, heading)))
            last = heading
        gain = (
            ""
            if figure.gain is None
            else f"   {figure.gain:+.3f} [{figure.gain_low:+.3f}, {figure.gain_high:+.3f}]"
        )
        typer.echo(f"  {figure.system:<32} {figure.value:.3f} [{figure.low:.3f}, {figure.high:.3f}]{gain}")
