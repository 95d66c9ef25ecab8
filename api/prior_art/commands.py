"""`patlas prior-art`: what was public before a day and comes closest to a claim."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.terminal.options import JsonOption, LibraryOption, day_option, print_json, text_argument, validated

if TYPE_CHECKING:
    from api.prior_art.shapes import (
        PriorArtAnswer,
        PriorArtHitShape,
        PriorArtPairShape,
        PriorArtRequest,
        SearchedShape,
    )
    from patents.drafts import PatentDraft

Many = list[str] | None
_QUERY = "A text or claim, a patent number, or a draft (.docx, .pdf, .txt)."
_EXPORT = typer.Option(help="Write the result with its claim chart to a .xlsx or .docx file.")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("prior-art")(prior_art)


def prior_art(
    query: Annotated[str, typer.Argument(help=_QUERY)],
    library: LibraryOption,
    before: Annotated[
        str | None,
        typer.Option(help="Cut-off: only what was published before this day. A number has its own."),
    ] = None,
    where: Annotated[str, typer.Option(help="检索式 that narrows what is searched.")] = "",
    ipc: Annotated[Many, typer.Option(help="IPC prefix of any classification.")] = None,
    k: Annotated[int, typer.Option("--k", min=1, help="How many documents.")] = 20,
    claim: Annotated[int | None, typer.Option(min=1, help="Number of the claim; else the first.")] = None,
    combinations: Annotated[
        bool, typer.Option("--combinations", help="Find pairs that disclose the elements together.")
    ] = False,
    conflicting: Annotated[
        bool, typer.Option("--conflicting", help="List 抵触申请: filed before the cut-off, published since.")
    ] = False,
    export: Annotated[Path | None, _EXPORT] = None,
    json: JsonOption = False,
) -> None:
    """Find prior art for a claim, element by element."""
    from api.live.library import open_live
    from api.prior_art import prior_art as service
    from api.prior_art.shapes import PriorArtAnswer, PriorArtRequest
    from api.service import result_exporting
    from selection.filters import Filters

    if export is not None:
        result_exporting.require_kind(export)
    draft = _draft(query)
    asked = validated(
        PriorArtRequest,
        {
            "query": text_argument(query),
            "before": day_option("--before", before),
            "filters": {"where": where, "ipc": ipc or []},
            "k": k,
            "claim": claim,
            "combinations": combinations,
            "conflicting": conflicting,
        },
    )
    with open_live(library) as snapshot:
        found = service.prior_art(snapshot, draft or query, asked.filters.to(Filters), asked.as_wanted())
        answer = PriorArtAnswer.model_validate(found)
        if export is not None:
            result_exporting.export_prior_art(found, export)
    if json:
        print_json(answer)
    else:
        _print(answer, asked)
        if export is not None:
            typer.echo(f"written to {export}")


def _draft(query: str) -> PatentDraft | None:
    """The draft that a query names; None for a text or number."""
    from patents.drafts import KINDS, read_draft

    path = Path(query)
    named_so = (
        len(query) < 1_000 and "\n" not in query and path.suffix.lower() in (*KINDS, ".doc", ".rtf", ".wps")
    )
    return read_draft(path) if named_so or _is_file(path) else None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a text, too long for a name or with characters that no name has
        return False


def _print(answer: PriorArtAnswer, asked: PriorArtRequest) -> None:
    typer.echo(f"{answer.asked.title or answer.asked.name}" + _claim(answer))
    cut_off = f"published before {answer.before} ({answer.before_is})" if answer.before else "no cut-off"
    typer.echo(f"{cut_off}: {_counts(answer.searched, 'without publication date')}")
    for note in answer.notes:
        typer.echo(f"note: {note}")
    for element in answer.elements:
        typer.echo(f"  [{element.number}] {element.text}")
    for hit in answer.hits:
        _print_hit(hit)
    if answer.combinations is not None:
        typer.echo("combinations:" if answer.combinations else "no two documents come close to more together")
    for pair in answer.combinations or []:
        _print_pair(pair, len(answer.elements))
    if answer.conflicting is not None and answer.conflicting_searched is not None:
        typer.echo(f"抵触申请: {_counts(answer.conflicting_searched, 'without filing date')}")
        for hit in answer.conflicting:
            _print_hit(hit)


def _claim(answer: PriorArtAnswer) -> str:
    if answer.asked.claim is None:
        return ""
    independent = [str(claim.number) for claim in answer.asked.claims if claim.independent]
    return (
        f": claim {answer.asked.claim} of {len(answer.asked.claims)} (independent: {', '.join(independent)})"
    )


def _counts(searched: SearchedShape, unknown: str) -> str:
    return (
        f"{searched.count} patents searched; left out: {searched.undated} {unknown}, {searched.later} by it"
    )


def _print_hit(hit: PriorArtHitShape) -> None:
    patent = hit.patent
    number = patent.publication_number or patent.application_number
    typer.echo(f"{hit.label:>4}  {number}  {patent.publication_date or '–'}  {patent.title}")
    counts = f"{hit.close} 相近, {hit.partly} 部分 of {len(hit.elements)}, mean {hit.mean:.2f}"
    facts = [patent.ipc_main or "", "；".join(patent.applicants), counts]
    typer.echo("      " + "  ".join(fact for fact in facts if fact))
    if hit.family:
        typer.echo(f"      and {len(hit.family)} of its family: {', '.join(hit.family)}")
    for element in hit.elements:
        line = (
            f"      [{element.number}] {element.verdict} {element.score:.2f}  {element.field}: {element.text}"
        )
        typer.echo(line + (f"  差异: {'、'.join(element.missing)}" if element.missing else ""))


def _print_pair(pair: PriorArtPairShape, elements: int) -> None:
    parts = [f"  {pair.first} + {pair.second}: {pair.covered} of {elements} elements 相近"]
    parts.append(f"{pair.first} has {_numbers(pair.by_first)}, {pair.second} adds {_numbers(pair.by_second)}")
    if pair.open:
        parts.append(f"neither has {_numbers(pair.open)}")
    parts.append(f"both {pair.same_field}" if pair.same_field else "different subclasses")
    typer.echo("; ".join(parts))


def _numbers(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers)) or "none"
