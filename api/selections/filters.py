"""Filters → Selection on the live snapshot."""

from __future__ import annotations

from api.live.parts import corpus_of
from api.live.snapshot import LiveSnapshot, once
from api.selections.environment import environment_of
from library.last_used import LastUsed
from selection.evaluation.evaluation import evaluate
from selection.filters import Filters
from selection.selection import Selection, everything

__all__ = ["Filters", "select"]

# Selections that are kept; one is a bitmap, 15 kB at most for 120,000 patents, 1.2 MB for ten million.
_KEPT = 64


def select(live: LiveSnapshot, filters: Filters) -> Selection:
    """Evaluate filters on the live snapshot; the last ones used are there at once: readers page and refine.

    Raises:
        QueryError: they are wrong, or this library cannot answer a part of them.
    """
    kept = _last_selections(live)
    if (selection := kept.find(filters)) is not None:
        return selection
    text = filters.to_query()
    # Users put tags on at any time; all else stands still in a snapshot.
    by_tag = "TAG" in text
    selection = _evaluated(live, text, tags=by_tag)
    if not by_tag:
        kept.put(filters, selection)
    return selection


@once
def _last_selections(_: LiveSnapshot) -> LastUsed[Filters, Selection]:
    return LastUsed(_KEPT)


def _evaluated(live: LiveSnapshot, text: str, *, tags: bool) -> Selection:
    if text == "*":
        return everything(live.count, live.number)
    return evaluate(text, corpus_of(live), environment_of(live, tags=tags), dialect="incopat")
