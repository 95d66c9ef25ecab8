"""`patlas search`: similar patents on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.live.library import open_live
from api.search import similar
from api.search.book import book_of_search
from api.search.floor import scale_words
from api.search.shapes import Facet, SearchAnswer, SimilarPatent, Wanted
from api.selections.filters import Filters
from api.terminal.options import JsonOption, LibraryOption, options, print_json, text_argument
from documents.book_files import require_kind, write_book
from patents.messages import text

# Texts of one field share a few per cent of a query's runs of characters: not worth a word.
_REPEATS = 0.1
_SHOWN_WORDS = 12


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("search", help=text("command-search"))(search)


@options
def search(
    library: LibraryOption,
    filters: Filters,
    wanted: Wanted,
    query: Annotated[str, typer.Argument(metavar="TEXT", help=text("search-query"))] = "",
    export: Annotated[Path | None, typer.Option(metavar="FILE", help=text("search-export"))] = None,
    json: JsonOption = False,
) -> None:
    """Find the patents most similar to a text or to a patent of the library."""
    if export is not None:
        require_kind(export)
    with open_live(library) as live:
        answer = similar.search(live, text_argument(query), filters, wanted)
        if export is not None:
            write_book(book_of_search(live, answer), export)
    if json:
        print_json(answer)
        return
    _print(answer)
    if export is not None:
        typer.echo(text("written-to", path=export))


def _print(answer: SearchAnswer) -> None:
    scope = text("whole-library") if answer.selection.text == "*" else answer.selection.text
    typer.echo(text("search-heading", shown=len(answer.hits), count=answer.selection.count, scope=scope))
    typer.echo(scale_words(answer.score_scale))
    for note in answer.notes:
        typer.echo(text("note", note=note))
    if answer.far:
        typer.echo(text("search-far-hint"))
    for hit in answer.hits:
        _print_hit(hit)
    for facet in answer.facets or []:
        _print_facet(facet)


def _print_hit(hit: SimilarPatent) -> None:
    number = hit.publication_number or hit.application_number
    typer.echo(f"{hit.rank:>3}  {hit.score:>3.0f}  {number}  {hit.title}")
    facts = [hit.ipc_main, "；".join(hit.applicants), str(hit.filing_date or ""), hit.legal_state]
    lines = ["  ".join(fact for fact in facts if fact), _scores(hit)]
    if hit.same_technology:
        lines.append(text("hit-same-technology", numbers=", ".join(hit.same_technology)))
    if hit.highlights:
        words = "、".join(list(hit.highlights.words)[:_SHOWN_WORDS])
        lines.append(text("hit-shared-words", words=words or "–"))
        if hit.highlights.sentence:
            lines.append(text("hit-nearest-sentence", sentence=hit.highlights.sentence.text))
    for line in lines:
        typer.echo(f"       {line}")


def _scores(hit: SimilarPatent) -> str:
    parts = text(
        "hit-scores",
        dense=f"{hit.dense:.3f}",
        dense_rank=hit.dense_rank or "–",
        lexical=f"{hit.lexical:.1f}",
        lexical_rank=hit.lexical_rank or "–",
    )
    repeats = hit.repeated >= _REPEATS
    return parts + text("hit-repeats", share=f"{hit.repeated:.0%}") if repeats else parts


def _print_facet(facet: Facet) -> None:
    heading = text("facet-heading", label=facet.label, distinct=facet.distinct, without=facet.without)
    typer.echo(f"\n{heading}")
    for value in facet.values:
        id_ = f"  {value.value}" if facet.name == "theme" else ""
        typer.echo(f"  {value.near:>3}/{value.count:<7} {value.label}{id_}")
