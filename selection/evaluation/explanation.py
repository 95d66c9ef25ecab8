"""The tree of a query with the number of patents at every node, so that one sees what empties it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from patents.errors import QueryError
from patents.messages import text
from selection.bitmaps import EMPTY, Rows
from selection.evaluation.budget import Budget
from selection.evaluation.corpus import Corpus, Environment
from selection.evaluation.evaluation import Evaluator
from selection.evaluation.limits import problems, remarks
from selection.language import Dialect, Query, write
from selection.language.fields import Field, field_named
from selection.language.tree import And, InField, Node, Not, Or, Similar

Operator = Literal["and", "or", "not", "leaf"]


@dataclass(frozen=True, slots=True)
class Explained:
    """One node.

    Attributes:
        text: the node in the spelling asked for.
        operator: and, or, not; leaf for what is counted as a whole.
        count: patents that match the node by itself; None when this library cannot answer it.
        parts: nodes below.
        note: why there is no count.
    """

    text: str
    operator: Operator
    count: int | None
    parts: tuple[Explained, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A query, node by node.

    Attributes:
        root: the tree.
        emptied_by: text of the first part at which a conjunction becomes empty; "" when none does.
        notes: what was read in a way that may surprise, and what is answered in part.
    """

    root: Explained
    emptied_by: str
    notes: tuple[str, ...]


def explain(
    query: Query, corpus: Corpus, environment: Environment | None = None, *, dialect: Dialect = "incopat"
) -> Explanation:
    """Count every node by itself; a part that cannot be answered has a note instead."""
    explainer = _Explainer(corpus, environment or Environment(), dialect)
    failing = {error.place: error.message.lines()[0] for error in problems(query, corpus, environment)}
    root, _ = explainer.node(query.root, None, failing)
    notes = (*map(str, query.notes), *remarks(query, corpus))
    return Explanation(root, explainer.emptied_by, notes)


def render(explanation: Explanation) -> str:
    """Lines of text: count, then the node, indented by depth."""
    lines = [f"{_count(node):>10}  {'  ' * depth}{_head(node)}" for depth, node in _walk(explanation.root)]
    if explanation.emptied_by:
        lines.append(text("query-emptied-by", part=explanation.emptied_by))
    lines += [text("note", note=note) for note in explanation.notes]
    return "\n".join(lines)


class _Explainer:
    def __init__(self, corpus: Corpus, environment: Environment, dialect: Dialect) -> None:
        self.evaluator = Evaluator(corpus, environment, Budget(corpus.size))
        self.dialect: Dialect = dialect
        self.emptied_by = ""

    def node(self, node: Node, bound: Field | None, failing: dict[int, str]) -> tuple[Explained, Rows]:
        if isinstance(node, InField):
            below = field_named(node.field)
            if isinstance(node.part, (And, Or, Not)):
                return self.node(node.part, below, failing)
            return self._leaf(node.part, below, failing, node.place)
        if isinstance(node, (And, Or, Not)):
            return self._compound(node, bound, failing)
        return self._leaf(node, bound, failing, node.place)

    def _compound(
        self, node: And | Or | Not, bound: Field | None, failing: dict[int, str]
    ) -> tuple[Explained, Rows]:
        parts = (node.part,) if isinstance(node, Not) else node.parts
        below = [self.node(part, bound, failing) for part in parts]
        operator: Operator = "and" if isinstance(node, And) else "or" if isinstance(node, Or) else "not"
        explained = tuple(each for each, _ in below)
        written = self._text(node, bound)
        if any(each.count is None for each in explained):
            return Explained(written, operator, None, explained, text("query-part-unanswered")), EMPTY
        rows = self._combine(node, [rows for _, rows in below], explained)
        return Explained(written, operator, len(rows), explained), rows

    def _combine(self, node: And | Or | Not, rows: list[Rows], parts: tuple[Explained, ...]) -> Rows:
        if isinstance(node, Not):
            return self.evaluator.corpus.all() - rows[0]
        found = rows[0]
        for each, part in zip(rows[1:], parts[1:], strict=True):
            found = found & each if isinstance(node, And) else found | each
            if isinstance(node, And) and not found and not self.emptied_by:
                self.emptied_by = part.text
        return found

    def _leaf(
        self, node: Node, bound: Field | None, failing: dict[int, str], place: int
    ) -> tuple[Explained, Rows]:
        written = self._text(node, bound)
        note = failing.get(node.place) or failing.get(place)
        if note:
            return Explained(written, "leaf", None, (), note), EMPTY
        try:
            if isinstance(node, Similar):
                rows, _ = self.evaluator.answer(node)
            else:
                rows = self.evaluator.rows(node, None, bound)
        except QueryError as error:
            return Explained(written, "leaf", None, (), error.message.lines()[0]), EMPTY
        return Explained(written, "leaf", len(rows)), rows

    def _text(self, node: Node, bound: Field | None) -> str:
        return write(node if bound is None else InField(bound.name, node), self.dialect)


def _walk(node: Explained, depth: int = 0) -> Iterator[tuple[int, Explained]]:
    yield depth, node
    for part in node.parts:
        yield from _walk(part, depth + 1)


def _count(node: Explained) -> str:
    return "?" if node.count is None else f"{node.count:,}"


def _head(node: Explained) -> str:
    shown = node.operator.upper() if node.operator != "leaf" else node.text
    return f"{shown}  ({node.note})" if node.note else shown
