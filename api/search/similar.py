"""Similar patents: a text, a number or several patents → hits with all that a reader needs to judge them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from api.live.parts import passages_of
from api.live.snapshot import LiveSnapshot, once
from api.patents.record import is_number
from api.search.highlights import highlights
from api.search.ranking import (
    Ranked,
    RankedQuery,
    query_of_patent,
    query_of_patents,
    query_of_text,
    ranking,
)
from api.search.shapes import Highlights, Kind, SearchAnswer, SimilarPatent, Wanted
from api.search.theme_facet import theme_facet
from api.selections.filters import select
from api.shapes import SelectionFacts
from selection.facets import Facet, FacetColumns
from selection.filters import Filters
from selection.selection import Selection


def search(live: LiveSnapshot, query: str, filters: Filters, wanted: Wanted) -> SearchAnswer:
    """Find the patents nearest to a text, to a patent of the library by its number, or to several.

    Args:
        live: the snapshot.
        query: text of any length, or a number in any spelling; may be empty when `wanted.like` is not.
        filters: narrow what is searched.
        wanted: how to answer.

    Raises:
        InputError: there is nothing to search for.
        NotFoundError: a number of no patent here.
        NumberError: the query begins like a number and is none.
        QueryError: a filter is wrong.
    """
    text = query.strip()
    kind, asked = _asked(live, text, wanted)
    return _found(live, kind, text, asked, filters, wanted)


def similar(live: LiveSnapshot, number: str, filters: Filters, wanted: Wanted) -> SearchAnswer:
    """Find the patents nearest to one of the library, which is left out.

    Raises:
        NotFoundError: the library has no such patent.
        InputError: it has no text.
        QueryError: a filter is wrong.
    """
    asked = query_of_patents(live, (number, *wanted.like), wanted.unlike)
    return _found(live, "patents" if wanted.like else "number", number, asked, filters, wanted)


def _found(
    live: LiveSnapshot, kind: Kind, text: str, asked: RankedQuery, filters: Filters, wanted: Wanted
) -> SearchAnswer:
    chosen = select(live, filters)
    ranked = ranking(live, asked, wanted.k, chosen.mask(), mode=wanted.mode)
    return SearchAnswer(
        kind=kind,
        query=text,
        mode=wanted.mode,
        selection=SelectionFacts.of(chosen),
        hits=shown(live, ranked.hits, query=asked if wanted.highlight else None),
        facets=_facets(live, filters, chosen, ranked.near) if wanted.facets else None,
    )


def _facets(
    live: LiveSnapshot, filters: Filters, chosen: Selection, near: npt.NDArray[np.int64]
) -> list[Facet]:
    themes = theme_facet(live, filters.industry, chosen, near)
    return [*_facet_columns(live).count(chosen, near), *([themes] if themes else [])]


@once
def _facet_columns(live: LiveSnapshot) -> FacetColumns:
    return FacetColumns(live.table)


def _asked(live: LiveSnapshot, text: str, wanted: Wanted) -> tuple[Kind, RankedQuery]:
    numbered = bool(text) and is_number(text)
    if not wanted.like and not wanted.unlike:
        if numbered:
            return "number", query_of_patent(live, text)
        return "text", query_of_text(live, text)
    like = (text, *wanted.like) if numbered else wanted.like
    asked = query_of_patents(live, like, wanted.unlike, text="" if numbered else text)
    return "patents" if like else "text", asked


_SHOWN = (
    "publication_number",
    "application_number",
    "grant_number",
    "title",
    "abstract",
    "first_claim",
    "applicants",
    "patent_type",
    "ipc_main",
    "filing_date",
    "publication_date",
    "grant_date",
    "legal_state",
    "province",
    "city",
    "industries",
    "theme",
)


def shown(
    live: LiveSnapshot, ranked: Sequence[Ranked], *, query: RankedQuery | None = None
) -> list[SimilarPatent]:
    """Ranked patents as hits.

    Args:
        live: the snapshot.
        ranked: best first.
        query: lights up what it shares with them; None for no highlights.
    """
    marks = [None] * len(ranked) if query is None else highlights(live, query, ranked)
    columns = {name: live.table.column(name) for name in _SHOWN}
    hits = []
    for rank, (one, light) in enumerate(zip(ranked, marks, strict=True), start=1):
        values: dict[str, Any] = {name: column[one.row].as_py() for name, column in columns.items()}
        hits.append(_hit(live, rank, one, values, light))
    return hits


def _hit(
    live: LiveSnapshot, rank: int, one: Ranked, values: dict[str, Any], marks: Highlights | None
) -> SimilarPatent:
    values["legal_state"] = values["legal_state"] or "未知"
    return SimilarPatent(
        rank=rank,
        score=round(one.score, 6),
        dense=round(one.dense, 6),
        lexical=round(one.lexical, 4),
        repeated=round(one.repeated, 4),
        dense_rank=one.dense_rank or None,
        lexical_rank=one.lexical_rank or None,
        passage=passages_of(live).kind(one.passage),
        lexical_passage=passages_of(live).kind(one.lexical_passage) if one.lexical_passage >= 0 else None,
        themes=values.pop("theme"),
        same_technology=[live.number_of(other) for other in one.others],
        highlights=marks,
        **values,
    )
