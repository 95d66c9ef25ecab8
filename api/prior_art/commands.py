"""`patlas prior-art`: what was public before a day and comes closest to a claim."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.live.library import open_live
from api.prior_art.book import book_of_prior_art
from api.prior_art.prior_art import prior_art as find
from api.prior_art.question import KINDS, PatentDraft, read_draft
from api.prior_art.shapes import PriorArtAnswer, PriorArtHit, PriorArtPair, PriorArtWanted, Searched
from api.search.floor import scale_words
from api.selections.filters import Filters
from api.terminal.options import JsonOption, LibraryOption, options, print_json, text_argument
from documents.book_files import require_kind, write_book
from patents.messages import text

# Longer or with line ends it is a text, not the name of a file.
_LONGEST_NAME = 1_000
# Files that hold drafts but cannot be read: they are named, not searched for as words.
_UNREADABLE = (".doc", ".rtf", ".wps")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("prior-art", help=text("command-prior-art"))(prior_art)


@options
def prior_art(
    query: Annotated[str, typer.Argument(metavar="TEXT", help=text("prior-art-query"))],
    library: LibraryOption,
    wanted: PriorArtWanted,
    where: Annotated[str, typer.Option(metavar="TEXT", help=text("filter-where"))] = "",
    ipc: Annotated[list[str] | None, typer.Option(metavar="TEXT", help=text("filter-ipc"))] = None,
    export: Annotated[Path | None, typer.Option(metavar="FILE", help=text("prior-art-export"))] = None,
    json: JsonOption = False,
) -> None:
    """Find prior art for a claim, element by element."""
    if export is not None:
        require_kind(export)
    draft = _draft(query)
    with open_live(library) as live:
        filters = Filters(where=where, ipc=tuple(ipc or ()))
        answer = find(live, draft or text_argument(query), filters, wanted)
        if export is not None:
            write_book(book_of_prior_art(answer), export)
    if json:
        print_json(answer)
        return
    _print(answer)
    if export is not None:
        typer.echo(text("written-to", path=export))


def _draft(query: str) -> PatentDraft | None:
    """The draft that a query names; None for a text or number."""
    path = Path(query)
    short = len(query) < _LONGEST_NAME and "\n" not in query
    named = short and path.suffix.lower() in (*KINDS, *_UNREADABLE)
    return read_draft(path) if named or _is_file(path) else None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a text, too long for a name or with characters that no name has
        return False


def _print(answer: PriorArtAnswer) -> None:
    typer.echo(f"{answer.asked.title or answer.asked.name}{_claim(answer)}")
    typer.echo(_cut_off(answer))
    typer.echo(scale_words(answer.score_scale))
    for note in answer.notes:
        typer.echo(text("note", note=note))
    for element in answer.elements:
        typer.echo(f"  [{element.number}] {element.text}")
    for hit in answer.hits:
        _print_hit(hit)
    if answer.combinations is not None:
        typer.echo(text("prior-art-pairs") if answer.combinations else text("prior-art-no-pairs"))
    for pair in answer.combinations or []:
        _print_pair(pair, len(answer.elements))
    if answer.conflicting is not None and answer.conflicting_searched is not None:
        counts = _counts(answer.conflicting_searched)
        typer.echo(text("prior-art-conflicting-searched", **counts))
        for hit in answer.conflicting:
            _print_hit(hit)


def _claim(answer: PriorArtAnswer) -> str:
    if answer.asked.claim is None:
        return ""
    independent = ", ".join(str(claim.number) for claim in answer.asked.claims if claim.independent)
    return text(
        "prior-art-claim-of",
        claim=answer.asked.claim,
        claims=len(answer.asked.claims),
        independent=independent,
    )


def _cut_off(answer: PriorArtAnswer) -> str:
    counts = _counts(answer.searched)
    if answer.before is None:
        return text("prior-art-searched-all", **counts)
    return text("prior-art-searched-before", before=answer.before, source=answer.before_is, **counts)


def _counts(searched: Searched) -> dict[str, int]:
    return {"searched": searched.count, "undated": searched.undated, "later": searched.later}


def _print_hit(hit: PriorArtHit) -> None:
    patent = hit.patent
    number = patent.publication_number or patent.application_number
    day = patent.publication_date or "–"
    typer.echo(f"{hit.label:>4}  {patent.score:>3.0f}  {number}  {day}  {patent.title}")
    counts = text(
        "prior-art-hit-counts",
        close=hit.close,
        partly=hit.partly,
        elements=len(hit.elements),
        mean=f"{hit.mean:.2f}",
    )
    facts = [patent.ipc_main or "", "；".join(patent.applicants), counts]
    typer.echo("      " + "  ".join(fact for fact in facts if fact))
    if hit.family:
        typer.echo(
            "      " + text("prior-art-hit-family", count=len(hit.family), numbers=", ".join(hit.family))
        )
    for element in hit.elements:
        scored = f"[{element.number}] {element.verdict} {element.score:.2f}"
        missing = text("prior-art-missing", terms="、".join(element.missing)) if element.missing else ""
        typer.echo(f"      {scored}  {element.field}: {element.text}{missing}")


def _print_pair(pair: PriorArtPair, elements: int) -> None:
    values = {"first": pair.first, "second": pair.second, "covered": pair.covered, "elements": elements}
    numbers = {"by_first": _numbers(pair.by_first), "by_second": _numbers(pair.by_second)}
    parts = [text("prior-art-pair", **values, **numbers)]
    if pair.open:
        parts.append(text("prior-art-pair-open", numbers=_numbers(pair.open)))
    same = pair.same_field
    parts.append(text("prior-art-pair-field", field=same) if same else text("prior-art-pair-fields-differ"))
    typer.echo("  " + "; ".join(parts))


def _numbers(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers)) or "–"
