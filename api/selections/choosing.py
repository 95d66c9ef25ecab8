"""A 检索式, or the name of a saved one → the patents of a study, 噪声 taken out and counted."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from api.live.parts import corpus_of
from api.live.snapshot import LiveSnapshot
from api.selections.environment import environment_of, tags_of
from api.selections.shapes import ChosenPatent, SelectAnswer
from api.shapes import SelectionFacts
from selection.evaluation import evaluate, remarks
from selection.language import Query, parse
from selection.language.tree import And, InField, Node, Not, Or, Term
from selection.saved.tags import NOISE, without_noise
from selection.selection import Selection


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The patents that a study is about.

    Attributes:
        selection: without the patents tagged 噪声, unless those were asked for.
        noise: how many were taken out.
        query: as it was written.
        notes: what was read in a way that may surprise, and what is answered in part.
    """

    selection: Selection
    noise: int
    query: Query
    notes: tuple[str, ...] = ()


def choose(
    live: LiveSnapshot, where: str = "", *, dialect: str | None = None, with_noise: bool = False
) -> Chosen:
    """Find the patents that a 检索式 means.

    Args:
        live: the snapshot.
        where: a 检索式; empty means every patent.
        dialect: its spelling; None reads it off.
        with_noise: keep the patents tagged 噪声; a 检索式 that asks for that tag keeps them anyway.

    Raises:
        QueryError: it is wrong, or this library cannot answer a part of it.
    """
    query = parse(where if where.strip() else "*", dialect)
    selection = evaluate(query, corpus_of(live), environment_of(live))
    noise = 0
    if not (with_noise or _asks_for_noise(query.root)):
        selection, noise = _without_noise(live, selection)
    notes = (*map(str, query.notes), *remarks(query, corpus_of(live)))
    return Chosen(selection=selection, noise=noise, query=query, notes=notes)


def ranked(selection: Selection) -> list[int]:
    """Rows of a selection: best first where it asks for similar patents, else in their order."""
    rows = selection.array() if selection.order is None else selection.order
    listed: list[int] = rows.tolist()
    return listed


def shown(
    live: LiveSnapshot, selection: Selection, *, offset: int = 0, limit: int = 20
) -> list[ChosenPatent]:
    """A page of the patents of a selection."""
    scores = {}
    if selection.order is not None and selection.scores is not None:
        scores = dict(zip(selection.order.tolist(), selection.scores.tolist(), strict=True))
    tags = tags_of(live).rows()
    return [
        _shown(live, row, [tag for tag, rows in tags.items() if row in rows], scores.get(row))
        for row in ranked(selection)[offset : offset + limit]
    ]


def page(live: LiveSnapshot, chosen: Chosen, *, offset: int = 0, limit: int = 20) -> SelectAnswer:
    """What is shown of the patents of a study: a page of them."""
    return SelectAnswer(
        selection=SelectionFacts.of(chosen.selection),
        noise=chosen.noise,
        notes=list(chosen.notes),
        patents=shown(live, chosen.selection, offset=offset, limit=limit),
    )


def _shown(live: LiveSnapshot, row: int, tags: list[str], score: float | None) -> ChosenPatent:
    names = ("publication_number", "application_number", "title", "applicants", "ipc_main", "patent_type")
    days = ("filing_date", "publication_date")
    values = {name: live.table.column(name)[row].as_py() for name in (*names, *days)}
    state = live.table.column("legal_state")[row].as_py()
    rounded = None if score is None else round(score, 6)
    return ChosenPatent(**values, legal_state=state or "未知", tags=tags, score=rounded)


def _without_noise(live: LiveSnapshot, selection: Selection) -> tuple[Selection, int]:
    """Take 噪声 out; what is left keeps its order."""
    rest, noise = without_noise(selection, tags_of(live).rows())
    if noise and selection.order is not None and selection.scores is not None:
        kept = np.array([row in rest for row in selection.order.tolist()], dtype=np.bool_)
        rest = replace(rest, order=selection.order[kept], scores=selection.scores[kept])
    return rest, noise


def _asks_for_noise(node: Node, field: str = "") -> bool:
    match node:
        case And(parts) | Or(parts):
            return any(_asks_for_noise(part, field) for part in parts)
        case Not(part):
            return _asks_for_noise(part, field)
        case InField(name, part):
            return _asks_for_noise(part, name)
        case Term(word):
            return field == "TAG" and word == NOISE
    return False
