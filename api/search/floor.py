"""Which hits are near enough to be shown, and what an answer says of its scores."""

from __future__ import annotations

from collections.abc import Sequence

from api.live.parts import encoder_of, scale_of
from api.live.snapshot import LiveSnapshot
from api.search.ranking import Ranked, RankedQuery
from api.search.shapes import ScoreScaleFacts
from patents.messages import Message, message, text
from terms.scripts import Script

_SCRIPTS: dict[Script, Message] = {
    "han": message("script-han"),
    "latin": message("script-latin"),
    "kana": message("script-kana"),
    "hangul": message("script-hangul"),
    "cyrillic": message("script-cyrillic"),
    "other": message("script-other"),
}


def above_floor(live: LiveSnapshot, ranked: Sequence[Ranked], *, far: bool) -> list[Ranked]:
    """The hits that count as near; all of them where far ones are asked for."""
    floor = scale_of(live).floor
    return [hit for hit in ranked if far or hit.score >= floor]


def notes_on(
    live: LiveSnapshot,
    query: RankedQuery,
    searched: int,
    ranked: Sequence[Ranked],
    near: Sequence[Ranked],
) -> list[str]:
    """What a reader should know of an answer: nothing near, hits left out, a text that is not read.

    Args:
        live: the snapshot.
        query: that was asked.
        searched: patents that might have been found.
        ranked: what it found.
        near: what is shown of it.
    """
    notes = []
    if query.unread:
        notes.append(text("search-unread", script=_SCRIPTS[query.unread], encoder=encoder_of(live).id))
    floor, left_out = f"{scale_of(live).floor:.0f}", len(ranked) - len(near)
    if left_out and not near:
        notes.append(text("search-nothing-near", best=f"{ranked[0].score:.0f}", floor=floor))
    elif searched and not ranked:
        notes.append(text("search-nothing-shared"))
    elif left_out:
        notes.append(text("search-far-left-out", count=left_out, floor=floor))
    return notes


def scale_facts(live: LiveSnapshot) -> ScoreScaleFacts:
    """What the scores of a library were measured on."""
    scale = scale_of(live)
    return ScoreScaleFacts(
        floor=round(scale.floor, 1),
        own_texts=scale.own_texts,
        own_above=round(scale.own_above, 4),
        chance_texts=scale.chance_texts,
        chance_below=round(scale.chance_below, 4),
    )


def scale_words(facts: ScoreScaleFacts) -> str:
    """A line that says what a score means."""
    if not facts.floor:
        return text("score-plain", texts=facts.own_texts)
    return text(
        "score-scale",
        floor=f"{facts.floor:.0f}",
        own_texts=facts.own_texts,
        own_above=f"{facts.own_above:.1%}",
        chance_texts=facts.chance_texts,
        chance_below=f"{facts.chance_below:.1%}",
    )
