"""`patlas show`: one patent, by any of its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from api.terminal.options import JsonOption, LibraryOption, print_json

if TYPE_CHECKING:
    from api.shapes import PatentAnswer


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("show")(show)


def show(
    number: Annotated[str, typer.Argument(help="Application or publication number in any spelling.")],
    library: LibraryOption,
    json: JsonOption = False,
) -> None:
    """Show the record of a patent and what was derived from it."""
    from api.live.library import open_live
    from api.patents import record
    from api.shapes import PatentAnswer

    with open_live(library) as snapshot:
        answer = PatentAnswer.model_validate(record.patent(snapshot, number))
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
        ("标题", record.title),
        ("申请号", record.application_number),
        ("公开(公告)号", record.publication_number),
        ("授权公告号", record.grant_number),
        ("申请日", record.filing_date),
        ("公开(公告)日", record.publication_date),
        ("授权公告日", record.grant_date),
        ("申请人", "；".join(record.applicants)),
        ("发明人", "；".join(record.inventors)),
        ("地区", "".join(places)),
        ("IPC", "；".join(record.ipc)),
        ("法律状态", record.legal_text),
        ("产业", "；".join(answer.industries)),
        ("主题", "；".join(answer.themes)),
        ("摘要", record.abstract),
        ("首项权利要求", record.first_claim),
    ]
