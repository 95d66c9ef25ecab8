"""Similar patents: a text, a number or several patents → hits with all that a reader needs to judge them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from api.live.parts import passages_of, scale_of
from api.live.snapshot import LiveSnapshot, once
from api.patents.typed import Typed, read_typed
from api.search.floor import above_floor, notes_on, scale_facts
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
        query: text of any length, a number in any spelling or a list of them (then `wanted.like`); may be
            empty when `wanted.like` is not.
        filters: narrow what is searched.
        wanted: how to answer.

    Raises:
        InputError: there is nothing to search for, or the text is a 检索式.
        NotFoundError: a number of no patent here.
        NumberError: the query begins like a number and is none.
        QueryError: a filter is wrong.
    """
    typed = read_typed(live, query)
    kind, asked = _asked(live, typed, wanted)
    return _found(live, kind, typed, asked, filters, wanted)


def similar(live: LiveSnapshot, number: str, filters: Filters, wanted: Wanted) -> SearchAnswer:
    """Find the patents nearest to one of the library, which is left out.

    Raises:
        NotFoundError: the library has no such patent.
        InputError: it has no text.
        QueryError: a filter is wrong.
    """
    asked = query_of_patents(live, (number, *wanted.like), wanted.unlike)
    typed = Typed(kind="number", text=number, numbers=(number,))
    return _found(live, "patents" if wanted.like else "number", typed, asked, filters, wanted)


def _found(
    live: LiveSnapshot, kind: Kind, typed: Typed, asked: RankedQuery, filters: Filters, wanted: Wanted
) -> SearchAnswer:
    chosen = select(live, filters)
    ranked = ranking(live, asked, wanted.k, chosen.mask(), mode=wanted.mode)
    hits = above_floor(live, ranked.hits, far=wanted.far)
    scale = scale_facts(live)
    near = ranked.near if wanted.far else ranked.near[ranked.scores >= scale_of(live).floor]
    return SearchAnswer(
        kind=kind,
        query=typed.text,
        mode=ranked.mode,
        selection=SelectionFacts.of(chosen),
        hits=shown(live, hits, query=asked if wanted.highlight else None),
        facets=_facets(live, filters, chosen, near) if wanted.facets else None,
        score_scale=scale,
        far=len(ranked.hits) - len(hits),
        notes=[*typed.notes, *notes_on(live, asked, chosen.count, ranked.hits, hits)],
    )


def _facets(
    live: LiveSnapshot, filters: Filters, chosen: Selection, near: npt.NDArray[np.int64]
) -> list[Facet]:
    themes = theme_facet(live, filters.industry, chosen, near)
    return [*_facet_columns(live).count(chosen, near), *([themes] if themes else [])]


@once
def _facet_columns(live: LiveSnapshot) -> FacetColumns:
    return FacetColumns(live.table)


def _asked(live: LiveSnapshot, typed: Typed, wanted: Wanted) -> tuple[Kind, RankedQuery]:
    text = typed.text if typed.kind == "text" else ""
    like = (*typed.numbers, *wanted.like)
    if not like and not wanted.unlike:
        return "text", query_of_text(live, text)
    if typed.kind == "number" and len(like) == 1 and not wanted.unlike:
        return "number", query_of_patent(live, like[0])
    return "patents" if like else "text", query_of_patents(live, like, wanted.unlike, text=text)


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
        score=round(one.score, 1),
        fused=round(one.fused, 6),
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
