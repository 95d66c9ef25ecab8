"""One theme: keywords with evidence, representatives, trend, neighbours, what became of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from api.live.parts import themes_of
from api.live.snapshot import LiveSnapshot
from api.themes.counting import ALL_PATENTS, EVERYTHING, Within, counted, where_of
from api.themes.shapes import KeyTermFacts, KeywordShown, NearTheme, PatentMention, PlanTerms, ThemeAnswer
from api.themes.trends import trends
from themes.part.format import KeywordFacts, Scope, ThemeFacts
from themes.part.opened import Seats
from themes.trends import keyness
from themes.years import PLANS

_REPRESENTATIVES = 5
_TERMS_PER_PLAN = 8
_SPACED_PATENTS = 12


def show(live: LiveSnapshot, theme_id: str, *, within: Within = EVERYTHING) -> ThemeAnswer:
    """Show a theme.

    Args:
        live: the snapshot.
        theme_id: its id, or its name where only one is called so.
        within: which patents are counted; keywords and evidence are the build's.

    Raises:
        NotFoundError: there is no such theme.
    """
    scope, number, theme = themes_of(live).find(theme_id)
    seats, _ = counted(live, scope, within)
    own = seats.theme == number
    all_trends = trends(live, scope.id, within=within)
    return ThemeAnswer(
        id=theme.id,
        name=theme.name,
        own_name=theme.own_name,
        scope=scope.id or ALL_PATENTS,
        where=where_of(within),
        hidden=theme.hidden,
        count=len(seats.rows),
        size=int(own.sum()),
        core_size=int((own & seats.core).sum()),
        share=int(own.sum()) / len(seats.rows) if len(seats.rows) else 0.0,
        stability=theme.stability,
        above=_above(live, scope, theme),
        keywords=_keywords(live, scope, number, theme),
        representatives=[
            mention(live, row)
            for key in theme.representatives[:_REPRESENTATIVES]
            if (row := live.rows_by_key.get(key)) is not None
        ],
        neighbours=[
            NearTheme(id=id_, name=_name(live, id_), cosine=cosine) for id_, cosine in theme.neighbours
        ],
        years=all_trends.years,
        plans=all_trends.plans,
        trend=next((trend for trend in all_trends.themes if trend.id == theme.id), None),
        plan_terms=_plan_terms(live, seats, own),
        events=[event for event in scope.events if theme.id in (event.id, event.other)],
    )


def mention(live: LiveSnapshot, row: int) -> PatentMention:
    """A patent in short."""
    return PatentMention(number=live.number_of(row), title=str(live.table.column("title")[row].as_py() or ""))


def _name(live: LiveSnapshot, theme_id: str) -> str:
    scope, number = themes_of(live).by_id[theme_id]
    return scope.themes[number].name


def _above(live: LiveSnapshot, scope: Scope, theme: ThemeFacts) -> list[str]:
    nodes = themes_of(live).layers(scope)
    place = next((place for place, node in enumerate(nodes) if node.theme == theme.id), -1)
    names: list[str] = []
    while place >= 0 and (place := nodes[place].parent) >= 0:
        names.insert(0, nodes[place].name)
    return names


def _keywords(live: LiveSnapshot, scope: Scope, number: int, theme: ThemeFacts) -> list[KeywordShown]:
    """The theme's keywords; a pinned one that is not its own is counted by its characters."""
    own = {word.text: word for word in themes_of(live).details(scope)[number]}
    found = []
    for text in theme.keywords:
        word = own.get(text) or _pinned(live, scope, number, text)
        shown = word.evidence
        row = live.rows_by_key.get(shown.key) if shown else None
        found.append(
            KeywordShown(
                text=word.text,
                score=word.score,
                patents=word.patents,
                elsewhere=word.elsewhere,
                pinned=text not in own,
                sentence=shown.sentence if shown else "",
                evidence=None if row is None else mention(live, row),
            )
        )
    return found


def _pinned(live: LiveSnapshot, scope: Scope, number: int, text: str) -> KeywordFacts:
    seats = themes_of(live).seats(scope)
    inside = (seats.theme == number) & seats.core
    holding = themes_of(live).source.holding(seats.rows, (text,))
    held = int((holding & inside).sum())
    return KeywordFacts(
        text=text, score=None, patents=held, elsewhere=int(holding.sum()) - held, evidence=None
    )


def _plan_terms(
    live: LiveSnapshot, seats: Seats, own: np.ndarray[tuple[int], np.dtype[np.bool_]]
) -> list[PlanTerms]:
    """Key terms of each plan; none where a plan has too few patents to say anything."""
    rows = seats.rows[own]
    years = themes_of(live).years[rows]
    period = np.full(len(rows), -1, dtype=np.int64)
    for place, plan in enumerate(PLANS):
        period[(years >= plan.first) & (years <= plan.last)] = place
    sizes = np.bincount(period[period >= 0], minlength=len(PLANS))
    period[np.append(sizes < _SPACED_PATENTS, True)[period]] = -1
    if len(np.unique(period[period >= 0])) < 2:
        return []
    terms = themes_of(live).source.terms
    found = keyness(terms.counts, rows, period, len(PLANS), terms=2 * _TERMS_PER_PLAN)
    stopped = _stopped(live)
    return [
        PlanTerms(
            plan=plan.name,
            patents=int(sizes[place]),
            terms=[
                KeyTermFacts(text=word.text, score=word.score, patents=word.patents, elsewhere=word.elsewhere)
                for word in found[place]
                if word.text not in stopped and not word.text[0].isdigit()
            ][:_TERMS_PER_PLAN],
        )
        for place, plan in enumerate(PLANS)
        if sizes[place] >= _SPACED_PATENTS
    ]


def _stopped(live: LiveSnapshot) -> frozenset[str]:
    terms = themes_of(live).source.terms

    def stopped() -> frozenset[str]:
        names: Sequence[str] = terms.counts.terms
        return frozenset(names[place] for place in np.flatnonzero(terms.stop).tolist())

    return themes_of(live).once("stopped", stopped)
