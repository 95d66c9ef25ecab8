"""`patlas show`: one patent, by any of its numbers."""

from __future__ import annotations

from typing import Annotated

import typer

from api.live.library import open_live
from api.patents.record import patent
from api.patents.shapes import PatentAnswer
from api.terminal.options import JsonOption, LibraryOption, print_json
from patents.messages import text


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("show", help=text("command-show"))(show)


def show(
    number: Annotated[str, typer.Argument(metavar="NUMBER", help=text("show-number"))],
    library: LibraryOption,
    json: JsonOption = False,
) -> None:
    """Show the record of a patent and what was derived from it."""
    with open_live(library) as live:
        answer = patent(live, number)
    if json:
        print_json(answer)
        return
    for label, value in _lines(answer):
        if value:
            typer.echo(f"{label}: {value}")


def _lines(answer: PatentAnswer) -> list[tuple[str, object]]:
    record = answer.record
    places = [place for place in (answer.province, answer.city, answer.county) if place]
    return [
        (text("label-title"), record.title),
        (text("label-application-number"), record.application_number),
        (text("label-publication-number"), record.publication_number),
        (text("label-grant-number"), record.grant_number),
        (text("label-filing-date"), record.filing_date),
        (text("label-publication-date"), record.publication_date),
        (text("label-grant-date"), record.grant_date),
        (text("label-applicants"), "；".join(record.applicants)),
        (text("label-inventors"), "；".join(record.inventors)),
        (text("label-region"), "".join(places)),
        ("IPC", "；".join(record.ipc)),
        (text("label-legal-status"), record.legal_text),
        (text("label-industries"), "；".join(answer.industries)),
        (text("label-themes"), "；".join(answer.themes)),
        (text("label-abstract"), record.abstract),
        (text("label-first-claim"), record.first_claim),
    ]
