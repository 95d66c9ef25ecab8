"""Prior art: what was public before a day and comes closest to a claim, element by element."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from api.service.prior_art_answer import (
    ElementAsked,
    ElementFound,
    PriorArt,
    PriorArtHit,
    PriorArtPair,
    PriorArtWanted,
    Searched,
)
from api.service.prior_art_asking import Asked, ask_draft, ask_number, ask_text, families_of
from api.service.prior_art_dates import Dated, conflicting_with, published_before
from api.service.ranking import Ranked, RankedQuery, rank
from api.service.searching import is_number, shown
from api.service.selecting import Filters, select
from patents.drafts import PatentDraft
from patents.errors import InputError

if TYPE_CHECKING:
    from datetime import date

    from api.service.live import LiveSnapshot
    from index.claim_elements import Element
    from index.combinations import Combination
    from index.prior_art import ClaimCoverage, Field, Mapped

# Candidates that pairs are made of.
_POOL = 50
# A text that falls into more elements is no claim that a person can compare.
MOST_ELEMENTS = 60
_FIELDS = (("标题", "title"), ("摘要", "abstract"), ("权利要求", "claims"))


def prior_art(
    live: LiveSnapshot, asked_for: str | PatentDraft, filters: Filters, wanted: PriorArtWanted
) -> PriorArt:
    """Find prior art.

    Args:
        live: the snapshot.
        asked_for: a text, a number of the library, or a draft.
        filters: narrow what is searched.
        wanted: how to answer.

    Raises:
        InputError: nothing is asked, there is no such claim, or a cut-off is needed and not known.
        NotFoundError: a number of no patent here.
        QueryError: a filter is wrong.
    """
    asked = _asked(live, asked_for, wanted.claim)
    before, before_is = _cut_off(asked, wanted)
    chosen = select(live, filters)
    dated = published_before(live, chosen.mask(), before)
    elements, more = _elements(asked.text)
    pool = max(wanted.k, _POOL) if wanted.combinations else wanted.k
    found = _found(live, asked.query, elements, dated, pool, "D")
    pairs = _pairs(found) if wanted.combinations else None
    named = {label for pair in pairs or () for label in (pair.first, pair.second)}
    hits = [hit for place, (hit, _) in enumerate(found) if place < wanted.k or hit.label in named]
    later = conflicting_with(live, chosen.mask(), before) if wanted.conflicting and before else None
    return PriorArt(
        asked=asked,
        before=before,
        before_is=before_is,
        selection=chosen,
        searched=_searched(dated),
        elements=[ElementAsked(number=one.number, text=one.text, part=one.part) for one in elements],
        hits=hits,
        combinations=pairs,
        conflicting=None
        if later is None
        else [hit for hit, _ in _found(live, asked.query, elements, later, wanted.k, "E")],
        conflicting_searched=None if later is None else _searched(later),
        library=live.library.settings["name"] or live.library.path.name,
        as_of=live.as_of,
        notes=[*asked.notes, *_remarks(live, before, more, dated.granted)],
    )


def _asked(live: LiveSnapshot, asked_for: str | PatentDraft, claim: int | None) -> Asked:
    if isinstance(asked_for, PatentDraft):
        return ask_draft(live, asked_for, claim)
    text = asked_for.strip()
    return ask_number(live, text, claim) if text and is_number(text) else ask_text(live, text, claim)


def _cut_off(asked: Asked, wanted: PriorArtWanted) -> tuple[date | None, str]:
    if wanted.before is not None:
        return wanted.before, "given"
    if asked.kind == "number" and asked.day is None:
        raise InputError(
            f"neither the filing nor the priority date of {asked.name} is known",
            help="give the cut-off with --before 2019-03-01 (`before` in a request)",
        )
    if wanted.conflicting and asked.day is None:
        raise InputError(
            "without a cut-off no application is a conflicting one", help="give it with --before 2019-03-01"
        )
    return asked.day, asked.day_is


def _elements(text: str) -> tuple[list[Element], int]:
    """Elements that are looked at, and how many more there are."""
    from index.claim_elements import claim_elements

    elements = claim_elements(text)
    return elements[:MOST_ELEMENTS], max(0, len(elements) - MOST_ELEMENTS)


def _remarks(live: LiveSnapshot, before: date | None, more: int, granted: int) -> list[str]:
    notes = []
    if before is not None and live.as_of is not None and before > live.as_of:
        notes.append(f"专题库的检索截止日为 {live.as_of}，其后至 {before} 之间公开的文献不在库中")
    if granted:
        notes.append(
            f"另有 {granted} 件发明只知其授权公告日（不早于截止日）：其申请公布更早，可能早于截止日；"
            "导入它们的公开文本（A）后即可判断"
        )
    if more:
        notes.append(f"文本可分为 {MOST_ELEMENTS + more} 个特征，仅比对前 {MOST_ELEMENTS} 个")
    return notes


def _searched(dated: Dated) -> Searched:
    return Searched(count=dated.count, undated=dated.undated, later=dated.later, granted=dated.granted)


def _found(
    live: LiveSnapshot, query: RankedQuery, elements: Sequence[Element], dated: Dated, k: int, letter: str
) -> list[tuple[PriorArtHit, ClaimCoverage]]:
    """The best documents, one of each family, with where they disclose the elements."""
    groups = families_of(live)
    ranked = _one_of_each_family(live, query, k, dated.allowed, groups)
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
    from index.prior_art import map_elements, rarity
    from terms.words import words

    asked = {word for element in elements for word in words(element.text)}
    weights = rarity(live.lexical.known(asked), live.lexical.count, asked)
    texts = [_texts(live, row) for row in rows]
    return map_elements(elements, texts, lambda many: live.encoder.encode(list(many)), words, weights)


def _texts(live: LiveSnapshot, row: int) -> list[Field]:
    """Title, abstract and claims of a patent; the first claim where the others are not known."""
    from index.prior_art import Field

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
    from index.combinations import best_combinations

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
