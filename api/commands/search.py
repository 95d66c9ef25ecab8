"""`patlas search`: similar patents on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.options import JsonOption, LibraryOption, print_json

if TYPE_CHECKING:
    from api.schemas import SearchAnswer

Many = list[str] | None


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("search")(search)


def search(
    query: Annotated[str, typer.Argument(help="A text, or a patent number in any spelling.")],
    library: LibraryOption,
    k: Annotated[int, typer.Option("--k", min=1, help="How many hits.")] = 10,
    industry: Annotated[Many, typer.Option(help="产业: scheme:name or a name.")] = None,
    ipc: Annotated[Many, typer.Option(help="IPC prefix of any classification.")] = None,
    applicant: Annotated[Many, typer.Option(help="申请人: a run of characters.")] = None,
    region: Annotated[Many, typer.Option(help="省, 市 or 区县.")] = None,
    patent_type: Annotated[Many, typer.Option("--type", help="发明, 实用新型 or 外观设计.")] = None,
    legal_state: Annotated[Many, typer.Option("--status", help="有效, 审中, 失效 or 未知.")] = None,
    theme: Annotated[Many, typer.Option(help="Theme id.")] = None,
    tag: Annotated[Many, typer.Option(help="标引.")] = None,
    where: Annotated[str, typer.Option(help="检索式 that narrows the rest.")] = "",
    filed_from: Annotated[str | None, typer.Option(help="申请日 from: a day, month or year.")] = None,
    filed_to: Annotated[str | None, typer.Option(help="申请日 to.")] = None,
    published_from: Annotated[str | None, typer.Option(help="公开日 from.")] = None,
    published_to: Annotated[str | None, typer.Option(help="公开日 to.")] = None,
    granted_from: Annotated[str | None, typer.Option(help="授权公告日 from.")] = None,
    granted_to: Annotated[str | None, typer.Option(help="授权公告日 to.")] = None,
    json: JsonOption = False,
) -> None:
    """Find the patents most similar to a text or to a patent of the library."""
    from api.schemas import FilterFields, SearchAnswer
    from api.service import searching
    from api.service.live import open_live

    filters = FilterFields.model_validate(
        {
            "industry": industry or [],
            "ipc": ipc or [],
            "applicant": applicant or [],
            "region": region or [],
            "patent_type": patent_type or [],
            "legal_state": legal_state or [],
            "theme": theme or [],
            "tag": tag or [],
            "where": where,
            "filed_from": filed_from,
            "filed_to": filed_to,
            "published_from": published_from,
            "published_to": published_to,
            "granted_from": granted_from,
            "granted_to": granted_to,
        }
    )
    with open_live(library) as snapshot:
        answer = SearchAnswer.model_validate(searching.search(snapshot, query, k, filters.as_filters()))
    if json:
        print_json(answer)
    else:
        _print(answer)


def _print(answer: SearchAnswer) -> None:
    scope = "the whole library" if answer.selection.text == "*" else answer.selection.text
    typer.echo(f"{len(answer.hits)} of {answer.selection.count} patents in {scope}")
    for hit in answer.hits:
        typer.echo(
            f"{hit.rank:>3}  {hit.score:.3f}  {hit.publication_number or hit.application_number}  {hit.title}"
        )
        facts = [hit.ipc_main, "；".join(hit.applicants), str(hit.filing_date or ""), hit.legal_state]
        typer.echo("       " + "  ".join(fact for fact in facts if fact))
        if hit.same_technology:
            typer.echo(f"       same technology: {', '.join(hit.same_technology)}")
