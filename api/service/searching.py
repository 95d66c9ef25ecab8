"""Similar patents: a text or a number → hits with everything that a reader needs to judge them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from api.service.looking_up import row_of
from api.service.selecting import Filters, select
from patents.errors import InputError, NumberError

if TYPE_CHECKING:
    from datetime import date

    from api.service.live import LiveSnapshot
    from index.patents import PatentHits
    from selection.selection import Selection

# A number is short; longer texts that begin like one are texts.
_LONGEST_NUMBER = 40
# No text begins so: a mistyped number is told, not searched for as words.
_MEANT_AS_NUMBER = re.compile(r"(?:CN|ZL)[\d .]{6,}[A-Z]?\d?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One similar patent; see `SimilarPatent` of the API for the fields."""

    rank: int
    score: float
    passage: str
    publication_number: str | None
    application_number: str | None
    grant_number: str | None
    title: str
    abstract: str
    applicants: list[str]
    patent_type: str | None
    ipc_main: str | None
    filing_date: date | None
    publication_date: date | None
    grant_date: date | None
    legal_state: str
    province: str | None
    city: str | None
    industries: list[str]
    themes: list[str]
    same_technology: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An answered search."""

    kind: Literal["text", "number"]
    query: str
    selection: Selection
    hits: list[Hit]


def search(live: LiveSnapshot, query: str, k: int, filters: Filters) -> Found:
    """Find the patents nearest to a text, or to a patent of the library when the query is its number.

    Args:
        live: the snapshot.
        query: text of any length, or a number in any spelling.
        k: at least 1.
        filters: narrow what is searched.

    Raises:
        InputError: the query is empty.
        NotFoundError: it is a number, but of no patent here.
        NumberError: it begins like a number and is none.
        QueryError: a filter is wrong.
    """
    text = query.strip()
    if not text:
        raise InputError("the query is empty", help="give a text or a patent number")
    if is_number(text):
        return similar(live, text, k, filters)
    from embed.passages import character_limit, windows

    texts = windows(text, character_limit(live.encoder))
    vectors = live.encoder.encode(texts, role="query")
    chosen = select(live, filters)
    return Found(kind="text", query=text, selection=chosen, hits=_hits(live, vectors, k, chosen, frozenset()))


def similar(live: LiveSnapshot, number: str, k: int, filters: Filters) -> Found:
    """Find the patents nearest to one of the library, which is left out.

    Raises:
        NotFoundError: the library has no such patent, or it has no text.
        QueryError: a filter is wrong.
    """
    row = row_of(live, number)
    own = np.flatnonzero(live.passage_rows == row)
    chosen = select(live, filters)
    if len(own) == 0:
        raise InputError(
            f"{number} has neither title nor abstract nor claim", help="search by a text instead"
        )
    left_out = frozenset(np.flatnonzero(live.technologies == live.technologies[row]).tolist())
    hits = _hits(live, np.asarray(live.vectors[own]), k, chosen, left_out)
    return Found(kind="number", query=number, selection=chosen, hits=hits)


def is_number(text: str) -> bool:
    """Tell whether a query is the number of a patent.

    Raises:
        NumberError: it begins like one and is none.
    """
    from patents.numbers import parse_number

    if len(text) > _LONGEST_NUMBER:
        return False
    try:
        parse_number(text)
    except NumberError:
        if _MEANT_AS_NUMBER.fullmatch(text):
            raise
        return False
    return True


def _hits(
    live: LiveSnapshot, vectors: npt.NDArray[np.float32], k: int, chosen: Selection, left_out: frozenset[int]
) -> list[Hit]:
    """Search with all passages of the query; a patent scores its best; twins are shown once."""
    allowed = chosen.mask()
    allowed[list(left_out)] = False
    if not allowed.any():
        return []
    wanted = 2 * k + 4
    while True:
        found = _best_of(live.index.search(vectors, wanted, allowed=allowed))
        groups = _collapse(live, found, k)
        if len(groups) == k or len(found) < wanted:
            return [_hit(live, rank, *group) for rank, group in enumerate(groups, start=1)]
        wanted *= 4


def _best_of(hits: PatentHits) -> list[tuple[int, float, int]]:
    """(row, score, passage) of each patent found by any of the query's passages, best first."""
    best: dict[int, tuple[float, int]] = {}
    for rows, scores, passages in zip(hits.rows, hits.scores, hits.passages, strict=True):
        for row, score, passage in zip(rows.tolist(), scores.tolist(), passages.tolist(), strict=True):
            if row >= 0 and score > best.get(row, (-np.inf, -1))[0]:
                best[row] = (score, passage)
    ranked = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))
    # Past the shortest list, patents of other passages may be missing: cut there.
    return [(row, score, passage) for row, (score, passage) in ranked[: hits.rows.shape[1]]]


def _collapse(
    live: LiveSnapshot, found: list[tuple[int, float, int]], k: int
) -> list[tuple[int, float, int, list[int]]]:
    """Keep the best patent of each technology; the others of it are listed behind it."""
    groups: dict[int, tuple[int, float, int, list[int]]] = {}
    for row, score, passage in found:
        technology = int(live.technologies[row])
        if technology in groups:
            groups[technology][3].append(row)
        elif len(groups) < k:
            groups[technology] = (row, score, passage, [])
    return list(groups.values())


_SHOWN = (
    "publication_number",
    "application_number",
    "grant_number",
    "title",
    "abstract",
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
)


def _hit(live: LiveSnapshot, rank: int, row: int, score: float, passage: int, others: list[int]) -> Hit:
    shown: dict[str, Any] = {name: live.table.column(name)[row].as_py() for name in _SHOWN}
    shown["legal_state"] = shown["legal_state"] or "未知"
    return Hit(
        rank=rank,
        score=round(score, 6),
        passage=live.passage_name(passage),
        themes=live.table.column("theme")[row].as_py(),
        same_technology=[live.number_of(other) for other in others],
        **shown,
    )
