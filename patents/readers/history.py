"""Legal events from the columns of exports: histories, and dates beside parties."""

from __future__ import annotations

from typing import Literal

from patents.legal import parse_events
from patents.readers.cells import Cell, as_items, as_text
from patents.readers.draft import SEPARATORS, Bound, Draft, EventParts, read_date
from patents.record import EventKind, LegalEvent


def put_events(draft: Draft, bound: Bound, cell: Cell) -> None:
    """A history of steps, in Chinese with dates or INPADOC's triples; what holds no event is kept aside."""
    events = parse_events(as_text(cell))
    draft.events.extend(event for event in events if event not in draft.events)
    if not events:
        draft.portal_values.append((bound.column, as_text(cell)))


def put_event_dates(kind: EventKind, draft: Draft, bound: Bound, cell: Cell) -> None:
    """The dates of events of one kind; their parties stand in other columns."""
    days = (read_date(draft, item, bound) for item in as_items(cell, bound.separators or SEPARATORS))
    dates = tuple(day for day in days if day is not None)
    if _parts(draft, kind).dates not in ((), dates):
        draft.portal_values.append((bound.column, as_text(cell)))
    else:
        _parts(draft, kind).dates = dates


def put_event_parties(
    kind: EventKind, side: Literal["from", "to"], draft: Draft, bound: Bound, cell: Cell
) -> None:
    """Previous or new holder, licensor or licensee, pledgor or pledgee."""
    names = as_items(cell, bound.separators or SEPARATORS)
    parts = _parts(draft, kind)
    if (parts.parties_from if side == "from" else parts.parties_to) not in ((), names):
        draft.portal_values.append((bound.column, as_text(cell)))
    elif side == "from":
        parts.parties_from = names
    else:
        parts.parties_to = names


def events_from_parts(kind: EventKind, parts: EventParts) -> tuple[LegalEvent, ...]:
    """The events that columns side by side tell.

    As many parties as dates go one to one; otherwise one event holds all parties, with the last date,
    since which party belongs to which date is not known.
    """
    days = parts.dates
    if len(days) > 1 and len(parts.parties_from) == len(parts.parties_to) == len(days):
        triples = zip(days, parts.parties_from, parts.parties_to, strict=True)
        return tuple(
            LegalEvent(kind=kind, date=day, parties_from=(giver,), parties_to=(taker,))
            for day, giver, taker in triples
        )
    last = max(days, default=None)
    earlier = tuple(LegalEvent(kind=kind, date=day) for day in days if day != last)
    return (
        *earlier,
        LegalEvent(kind=kind, date=last, parties_from=parts.parties_from, parties_to=parts.parties_to),
    )


def _parts(draft: Draft, kind: EventKind) -> EventParts:
    return draft.event_parts.setdefault(kind, EventParts())
