"""What a prior-art search is asked: a text, a patent of the library or a draft → query, claim and its day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

import numpy as np
import numpy.typing as npt

from api.live.parts import technologies_of
from api.live.snapshot import LiveSnapshot, once
from api.patents.record import row_of
from api.search.ranking import RankedQuery, query_of_patent, query_of_text
from index.families import families
from patents.drafts import (
    KINDS,
    MOST_BYTES,
    DraftClaim,
    PatentDraft,
    claims_of,
    draft_of_bytes,
    draft_of_text,
    read_draft,
    whole_claim,
)
from patents.errors import InputError
from patents.messages import text

__all__ = ["KINDS", "MOST_BYTES", "Asked", "PatentDraft", "draft_of_bytes", "read_draft"]

Kind = Literal["text", "number", "draft"]

# Characters of a text that messages call it by.
_SHOWN = 30
# What serves as the claim of a text without any: longer texts say where they come from, not what is new.
_LONGEST_TEXT = 3_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked.

    Attributes:
        kind: how it was understood.
        name: the text as typed, the number, or the name of the file.
        title: of the invention, where it is known.
        claims: of the draft or patent, in order; empty for a text without claims.
        claim: number of the claim that is looked at; None where there is none.
        text: of that claim with what it takes over, else of the abstract or the text.
        query: what to rank by.
        day: from which on documents do not count: priority or filing date of a patent; else None.
        day_is: which day that is.
        notes: what was read in a way that may surprise.
    """

    kind: Kind
    name: str
    title: str
    claims: tuple[DraftClaim, ...]
    claim: int | None
    text: str
    query: RankedQuery
    day: date | None = None
    day_is: str = ""
    notes: tuple[str, ...] = field(default=())


def ask_text(live: LiveSnapshot, typed: str, claim: int | None) -> Asked:
    """Ask by a text: a description of the idea, an abstract, a claim, or claims.

    Raises:
        InputError: it is empty, or has no such claim.
    """
    draft = draft_of_text(typed)
    if draft.claims:
        # What was typed has no title; that needs no telling.
        return replace(_asked(live, draft, "text", typed, claim), notes=())
    _refuse_claim(claim, typed[:_SHOWN])
    return Asked(
        kind="text",
        name=typed,
        title=draft.title,
        claims=(),
        claim=None,
        text=typed[:_LONGEST_TEXT],
        query=query_of_text(live, typed),
    )


def ask_draft(live: LiveSnapshot, draft: PatentDraft, claim: int | None) -> Asked:
    """Ask by a draft.

    Raises:
        InputError: it has no such claim.
    """
    return _asked(live, draft, "draft", draft.name, claim)


def ask_number(live: LiveSnapshot, number: str, claim: int | None) -> Asked:
    """Ask by a patent of the library; itself and its family are left out of the hits.

    Raises:
        NotFoundError: the library has no such patent.
        InputError: it has no text, or not that claim.
    """
    row = row_of(live, number)
    query = query_of_patent(live, number)
    texts = {
        name: live.table.column(name)[row].as_py() or ""
        for name in ("title", "abstract", "first_claim", "claims")
    }
    claims = tuple(claims_of(texts["claims"] or texts["first_claim"]))
    notes: list[str] = []
    if claims and not texts["claims"]:
        notes.append(text("prior-art-note-first-claim-only", number=number))
    if not claims:
        _refuse_claim(claim, number)
        notes.append(text("prior-art-note-no-claims", number=number))
    groups = families_of(live)
    own = frozenset(np.flatnonzero(groups == groups[row]).tolist())
    day, day_is = _day_of(live, row)
    chosen = _chosen(claims, claim)
    return Asked(
        kind="number",
        name=live.number_of(row),
        title=texts["title"],
        claims=claims,
        claim=chosen,
        text=texts["abstract"] or texts["title"] if chosen is None else whole_claim(claims, chosen),
        query=replace(query, left_out=query.left_out | own),
        day=day,
        day_is=day_is,
        notes=tuple(notes),
    )


@once
def families_of(live: LiveSnapshot) -> npt.NDArray[np.int64]:
    """Family of each patent, int64 of shape (n,)."""
    return families(live.table, technologies_of(live))


def _asked(live: LiveSnapshot, draft: PatentDraft, kind: Kind, name: str, claim: int | None) -> Asked:
    chosen = _chosen(draft.claims, claim)
    if chosen is None:
        _refuse_claim(claim, name)
    abstract = draft.abstract or draft.description[:_LONGEST_TEXT]
    compared = abstract if chosen is None else whole_claim(draft.claims, chosen)
    parts = (draft.title, draft.abstract, compared if chosen is not None else draft.description)
    return Asked(
        kind=kind,
        name=name,
        title=draft.title,
        claims=draft.claims,
        claim=chosen,
        text=compared,
        query=query_of_text(live, "。".join(dict.fromkeys(part for part in parts if part))),
        notes=tuple(map(str, draft.notes)),
    )


def _chosen(claims: Sequence[DraftClaim], claim: int | None) -> int | None:
    """The claim asked for, else the first."""
    return claim if claim is not None and claims else (claims[0].number if claims else None)


def _refuse_claim(claim: int | None, name: str) -> None:
    if claim is not None:
        raise InputError("prior-art-no-claims", name=name)


def _day_of(live: LiveSnapshot, row: int) -> tuple[date | None, str]:
    for name, label in (("priority_date", "优先权日"), ("filing_date", "申请日")):
        if day := live.table.column(name)[row].as_py():
            return day, label
    return None, ""
