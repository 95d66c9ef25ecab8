"""`patlas search`: similar patents on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.terminal.options import JsonOption, LibraryOption, print_json, text_argument, validated

if TYPE_CHECKING:
    from api.search.shapes import FacetShape, SearchAnswer, SimilarPatent

Many = list[str] | None
# Texts of one field share a few per cent of a query's runs of characters: not worth a word.
_REPEATS = 0.1
_SHOWN_WORDS = 12


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("search")(search)


def search(
    library: LibraryOption,
    query: Annotated[
        str, typer.Argument(help="A text, or a patent number in any spelling; may be left out with --like.")
    ] = "",
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
    dialect: Annotated[
        str | None, typer.Option(help="Spelling of --where: incopat or patsnap; read off it when left out.")
    ] = None,
    mode: Annotated[
        str, typer.Option(help="What orders hits: hybrid, dense (meaning) or lexical (words).")
    ] = "hybrid",
    like: Annotated[Many, typer.Option(help="Number of a patent that hits should be like.")] = None,
    unlike: Annotated[Many, typer.Option(help="Number of a patent that hits should not be like.")] = None,
    facets: Annotated[
        bool, typer.Option("--facets", help="Count the searched and the nearest patents.")
    ] = False,
    highlight: Annotated[
        bool, typer.Option("--highlight", help="Show shared words and the nearest sentence.")
    ] = False,
    export: Annotated[Path | None, typer.Option(help="Write the hits to a .xlsx or .docx file.")] = None,
    json: JsonOption = False,
) -> None:
    """Find the patents most similar to a text or to a patent of the library."""
    from api.live.library import open_live
    from api.search import similar
    from api.search.shapes import SearchAnswer, SimilarQuery
    from api.service import result_exporting

    if export is not None:
        result_exporting.require_kind(export)

    asked = validated(
        SimilarQuery,
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
            "dialect": dialect,
            "filed_from": filed_from,
            "filed_to": filed_to,
            "published_from": published_from,
            "published_to": published_to,
            "granted_from": granted_from,
            "granted_to": granted_to,
            "k": k,
            "mode": mode,
            "like": like or [],
            "unlike": unlike or [],
            "facets": facets,
            "highlight": highlight,
        },
    )
    with open_live(library) as snapshot:
        found = similar.search(snapshot, text_argument(query), asked.as_filters(), asked.as_wanted())
        answer = SearchAnswer.model_validate(found)
        if export is not None:
            result_exporting.export_search(snapshot, found, export)
    if json:
        print_json(answer)
    else:
        _print(answer)
        if export is not None:
            typer.echo(f"written to {export}")


def _print(answer: SearchAnswer) -> None:
    scope = "the whole library" if answer.selection.text == "*" else answer.selection.text
    typer.echo(f"{len(answer.hits)} of {answer.selection.count} patents in {scope}")
    for hit in answer.hits:
        _print_hit(hit)
    for facet in answer.facets or []:
        _print_facet(facet)


def _print_hit(hit: SimilarPatent) -> None:
    number = hit.publication_number or hit.application_number
    typer.echo(f"{hit.rank:>3}  {hit.score:.3f}  {number}  {hit.title}")
    facts = [hit.ipc_main, "；".join(hit.applicants), str(hit.filing_date or ""), hit.legal_state]
    typer.echo("       " + "  ".join(fact for fact in facts if fact))
    meaning = f"meaning {hit.dense:.3f} (no. {hit.dense_rank or '–'})"
    repeats = f", repeats {hit.repeated:.0%} of the query" if hit.repeated >= _REPEATS else ""
    typer.echo(f"       {meaning}, words {hit.lexical:.1f} (no. {hit.lexical_rank or '–'}){repeats}")
    if hit.same_technology:
        typer.echo(f"       same technology: {', '.join(hit.same_technology)}")
    if hit.highlights:
        typer.echo(f"       shared words: {'、'.join(list(hit.highlights.words)[:_SHOWN_WORDS]) or 'none'}")
        if hit.highlights.sentence:
            typer.echo(f"       nearest: {hit.highlights.sentence.text}")


def _print_facet(facet: FacetShape) -> None:
    typer.echo(f"\n{facet.label} ({facet.distinct} values, {facet.without} patents without): nearest/all")
    for value in facet.values:
        id_ = f"  {value.value}" if facet.name == "theme" else ""
        typer.echo(f"  {value.near:>3}/{value.count:<7} {value.label}{id_}")
