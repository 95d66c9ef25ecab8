"""Prior art: what was public before a day and comes closest to a claim, element by element."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import numpy.typing as npt

from api.live.parts import encoder_of, lexical_of
from api.live.snapshot import LiveSnapshot
from api.patents.typed import read_typed
from api.prior_art.dates import Dated, conflicting_with, published_before
from api.prior_art.question import Asked, ask_draft, ask_number, ask_text, families_of
from api.prior_art.shapes import (
    Claim,
    ElementAsked,
    ElementFound,
    PriorArtAnswer,
    PriorArtHit,
    PriorArtPair,
    PriorArtWanted,
    Question,
    Searched,
)
from api.search.floor import above_floor, notes_on, scale_facts
from api.search.ranking import Ranked, RankedQuery, rank
from api.search.similar import shown
from api.selections.filters import select
from api.shapes import SelectionFacts
from index.claim_elements import Element, claim_elements
from index.combinations import Combination, best_combinations
from index.prior_art import ClaimCoverage, Field, Mapped, map_elements, rarity
from patents.drafts import PatentDraft
from patents.errors import InputError
from patents.messages import text
from selection.filters import Filters
from terms.words import words

# Candidates that pairs are made of.
_POOL = 50
# A text that falls into more elements is no claim that a person can compare.
MOST_ELEMENTS = 60
_FIELDS = (("标题", "title"), ("摘要", "abstract"), ("权利要求", "claims"))


def prior_art(
    live: LiveSnapshot, asked_for: str | PatentDraft, filters: Filters, wanted: PriorArtWanted
) -> PriorArtAnswer:
    """Find prior art.

    Args:
        live: the snapshot.
        asked_for: a text, a number of the library, or a draft.
        filters: narrow what is searched.
        wanted: how to answer.

    Raises:
        InputError: nothing is asked, several numbers or a 检索式 are, there is no such claim, or a cut-off is
            needed and not known.
        NotFoundError: a number of no patent here.
        QueryError: a filter is wrong.
    """
    asked = _asked(live, asked_for, wanted.claim)
    before, before_is = _cut_off(asked, wanted)
    chosen = select(live, filters)
    dated = published_before(live, chosen.mask(), before)
    elements, more = _elements(asked.text)
    pool = max(wanted.k, _POOL) if wanted.combinations else wanted.k
    ranked = _one_of_each_family(live, asked.query, pool, dated.allowed, families_of(live))
    near = above_floor(live, ranked, far=wanted.far)
    documents = _documents(live, near, elements, dated, "D")
    pairs = _pairs(documents) if wanted.combinations else None
    named = {label for pair in pairs or () for label in (pair.first, pair.second)}
    hits = [hit for place, (hit, _) in enumerate(documents) if place < wanted.k or hit.label in named]
    later = conflicting_with(live, chosen.mask(), before) if wanted.conflicting and before else None
    return PriorArtAnswer(
        asked=_question(asked),
        before=before,
        before_is=before_is,
        selection=SelectionFacts.of(chosen),
        searched=_searched(dated),
        elements=[ElementAsked(number=one.number, text=one.text, part=one.part) for one in elements],
        hits=hits,
        combinations=pairs,
        conflicting=None if later is None else _conflicting(live, asked, elements, later, wanted),
        conflicting_searched=None if later is None else _searched(later),
        score_scale=scale_facts(live),
        library=live.library.settings["name"] or live.library.path.name,
        as_of=live.as_of,
        notes=[
            *asked.notes,
            *_remarks(live, before, more, dated.granted),
            *notes_on(live, asked.query, dated.count, ranked[: wanted.k], near[: wanted.k]),
        ],
    )


def _asked(live: LiveSnapshot, asked_for: str | PatentDraft, claim: int | None) -> Asked:
    if isinstance(asked_for, PatentDraft):
        return ask_draft(live, asked_for, claim)
    typed = read_typed(live, asked_for)
    if typed.kind == "numbers":
        raise InputError("prior-art-of-numbers", count=len(typed.numbers))
    if typed.kind == "number":
        return ask_number(live, typed.numbers[0], claim)
    asked = ask_text(live, typed.text, claim)
    return replace(asked, notes=(*typed.notes, *asked.notes))


def _question(asked: Asked) -> Question:
    claims = [
        Claim(
            number=claim.number,
            text=claim.text,
            refers_to=list(claim.refers_to),
            independent=claim.independent,
        )
        for claim in asked.claims
    ]
    return Question(
        kind=asked.kind, name=asked.name, title=asked.title, claims=claims, claim=asked.claim, text=asked.text
    )


def _cut_off(asked: Asked, wanted: PriorArtWanted) -> tuple[date | None, str]:
    if wanted.before is not None:
        return wanted.before, "given"
    if asked.kind == "number" and asked.day is None:
        raise InputError("prior-art-day-unknown", number=asked.name)
    if wanted.conflicting and asked.day is None:
        raise InputError("prior-art-cut-off-missing")
    return asked.day, asked.day_is


def _conflicting(
    live: LiveSnapshot, asked: Asked, elements: Sequence[Element], later: Dated, wanted: PriorArtWanted
) -> list[PriorArtHit]:
    """The conflicting applications that come closest."""
    ranked = _one_of_each_family(live, asked.query, wanted.k, later.allowed, families_of(live))
    near = above_floor(live, ranked, far=wanted.far)
    return [hit for hit, _ in _documents(live, near, elements, later, "E")]


def _elements(claim: str) -> tuple[list[Element], int]:
    """Elements that are looked at, and how many more there are."""
    elements = claim_elements(claim)
    return elements[:MOST_ELEMENTS], max(0, len(elements) - MOST_ELEMENTS)


def _remarks(live: LiveSnapshot, before: date | None, more: int, granted: int) -> list[str]:
    notes = []
    if before is not None and live.as_of is not None and before > live.as_of:
        notes.append(text("prior-art-note-after-as-of", as_of=live.as_of, before=before))
    if granted:
        notes.append(text("prior-art-note-known-by-grant", count=granted))
    if more:
        notes.append(text("prior-art-note-elements", parts=MOST_ELEMENTS + more, most=MOST_ELEMENTS))
    return notes


def _searched(dated: Dated) -> Searched:
    return Searched(count=dated.count, undated=dated.undated, later=dated.later, granted=dated.granted)


def _documents(
    live: LiveSnapshot, ranked: Sequence[Ranked], elements: Sequence[Element], dated: Dated, letter: str
) -> list[tuple[PriorArtHit, ClaimCoverage]]:
    """Documents, one of each family, with where they disclose the elements."""
    groups = families_of(live)
    coverages = _coverages(live, elements, [one.row for one in ranked])
    subclasses = [(live.table.column("ipc_main")[one.row].as_py() or "")[:4] or None for one in ranked]
    found = []
    for patent, one, coverage, subclass in zip(
        shown(live, ranked), ranked, coverages, subclasses, strict=True
    ):
        family = np.flatnonzero((groups == groups[one.row]) & dated.allowed)
        hit = PriorArtHit(
            label=f"{letter}{patent.rank}",
            patent=patent,
            subclass=subclass,
            family=[live.number_of(row) for row in family.tolist() if row != one.row],
            close=coverage.close,
            partly=coverage.partly,
            mean=round(coverage.mean, 4),
            elements=[_element_found(mapped) for mapped in coverage.mapped],
        )
        found.append((hit, coverage))
    return found


def _one_of_each_family(
    live: LiveSnapshot,
    query: RankedQuery,
    k: int,
    allowed: npt.NDArray[np.bool_],
    groups: npt.NDArray[np.int64],
) -> list[Ranked]:
    wanted = k
    while True:
        ranked = rank(live, query, wanted, allowed)
        first: dict[int, Ranked] = {}
        for one in ranked:
            first.setdefault(int(groups[one.row]), one)
        if len(first) >= k or len(ranked) < wanted:
            return list(first.values())[:k]
        wanted *= 2


def _coverages(live: LiveSnapshot, elements: Sequence[Element], rows: Sequence[int]) -> list[ClaimCoverage]:
    asked = {word for element in elements for word in words(element.text)}
    weights = rarity(lexical_of(live).known(asked), lexical_of(live).count, asked)
    texts = [_texts(live, row) for row in rows]
    return map_elements(elements, texts, lambda many: encoder_of(live).encode(list(many)), words, weights)


def _texts(live: LiveSnapshot, row: int) -> list[Field]:
    """Title, abstract and claims of a patent; the first claim where the others are not known."""
    texts = [Field(label, live.table.column(name)[row].as_py() or "") for label, name in _FIELDS]
    if not texts[-1].text:
        texts[-1] = Field(texts[-1].name, live.table.column("first_claim")[row].as_py() or "")
    return texts


def _element_found(mapped: Mapped) -> ElementFound:
    sentence = None if mapped.nearest is None else mapped.nearest.sentence
    return ElementFound(
        number=mapped.element.number,
        verdict=mapped.verdict,
        score=round(mapped.score, 4),
        field=mapped.field,
        text="" if sentence is None else sentence.text,
        start=0 if sentence is None else sentence.start,
        stop=0 if sentence is None else sentence.stop,
        missing=list(mapped.missing),
    )


def _pairs(found: Sequence[tuple[PriorArtHit, ClaimCoverage]]) -> list[PriorArtPair]:
    hits = [hit for hit, _ in found]
    pairs = best_combinations([coverage for _, coverage in found], [hit.subclass for hit in hits])
    return [_pair(pair, hits) for pair in pairs]


def _pair(pair: Combination, hits: Sequence[PriorArtHit]) -> PriorArtPair:
    first, second = hits[pair.first], hits[pair.second]
    return PriorArtPair(
        first=first.label,
        second=second.label,
        covered=pair.covered,
        mean=round(pair.mean, 4),
        gain=round(pair.gain, 4),
        by_first=list(pair.by_first),
        by_second=list(pair.by_second),
        open=list(pair.open),
        same_field=first.subclass if pair.same_field else None,
    )
