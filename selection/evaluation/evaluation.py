"""Query → Selection on a snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from patents.errors import QueryError
from selection.bitmaps import EMPTY, Rows, rows_from_array
from selection.evaluation.budget import EXPRESSION, LEAF, Budget
from selection.evaluation.corpus import Corpus, Environment, SimilarHits, Values
from selection.evaluation.identifiers import sought_key
from selection.evaluation.leaf_rows import leaf_rows, unite, usable_sources
from selection.evaluation.limits import problems
from selection.evaluation.registered import registered_rows, registered_values
from selection.evaluation.sources import Source, parse_sources
from selection.evaluation.text_rows import text_estimate, text_rows, text_work
from selection.language import Query, parse, write
from selection.language.fields import Field, field_named
from selection.language.places import located
from selection.language.tree import (
    And,
    CompanyTree,
    Everything,
    Filled,
    Frequency,
    InField,
    Node,
    Not,
    Or,
    Pattern,
    Proximity,
    Range,
    Similar,
    Term,
)
from selection.selection import Selection
from selection.text.needle import needle_of

#: How dear a leaf is beside a posting list of this many rows.
_COST = {"number": 1, "date": 1, "month": 1, "year": 1, "flag": 1, "class": 5, "exact": 5, "region": 5}
_DEAR = 1_000_000
_MANY_NUMBERS = 8


def evaluate(
    query: Query | str,
    corpus: Corpus,
    environment: Environment | None = None,
    *,
    dialect: str | None = None,
    budget: Budget | None = None,
) -> Selection:
    """The patents that a 检索式 means.

    Args:
        query: parsed, or its text.
        corpus: the snapshot.
        environment: similar-search, groups and registered values of other rooms.
        dialect: for a text: its spelling; None reads it off.
        budget: of work and time; None is the one that every query has.

    Raises:
        QueryError: it does not parse, this library cannot answer a part, or it costs too much; the message
            has the place.
    """
    parsed = query if isinstance(query, Query) else parse(query, dialect)
    given = environment or Environment()
    found = problems(parsed, corpus, given, most=1)
    if found:
        raise found[0]
    evaluator = Evaluator(corpus, given, budget or Budget(corpus.size))
    try:
        rows, hits = evaluator.answer(parsed.root)
    except QueryError as error:
        raise located(error, parsed.text) from None
    return Selection(
        rows=rows,
        text=write(parsed.root),
        snapshot=corpus.snapshot,
        size=corpus.size,
        order=hits.rows if hits else None,
        scores=hits.scores if hits else None,
    )


@dataclass(slots=True)
class Evaluator:
    """Evaluates nodes; rows outside `within` are never looked at where that saves work."""

    corpus: Corpus
    environment: Environment
    budget: Budget
    _registered: dict[str, Values] = field(default_factory=dict)

    def answer(self, root: Node) -> tuple[Rows, SimilarHits | None]:
        """Rows of a whole tree, and their order when the tree asks for similar patents."""
        parts = root.parts if isinstance(root, And) else (root,)
        similar = next((part for part in parts if isinstance(part, Similar)), None)
        if similar is None:
            return self.rows(root), None
        rest = [part for part in parts if part is not similar]
        allowed = self._all_of(rest, None, None) if rest else None
        hits = self.similar(similar, allowed)
        return rows_from_array(hits.rows), hits

    def similar(self, node: Similar, allowed: Rows | None) -> SimilarHits:
        """Similar patents among the allowed; RAD and RPD order them by date, the newest first."""
        if self.environment.similar is None:
            raise QueryError("query-similar-unavailable", place=node.place, keyword=node.keyword)
        if allowed is not None and not allowed:
            return SimilarHits(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32))
        hits = self.environment.similar(node.keyword, node.text, allowed)
        keep = hits.rows >= 0
        rows, scores = hits.rows[keep], hits.scores[keep]
        if node.keyword == "R":
            return SimilarHits(rows, scores)
        column = "filing_date" if node.keyword == "RAD" else "publication_date"
        order = np.argsort(-self._days(column)[rows], kind="stable")
        return SimilarHits(rows[order], scores[order])

    def _days(self, column: str) -> npt.NDArray[np.int64]:
        days = np.full(self.corpus.size, np.iinfo(np.int32).min, dtype=np.int64)
        numbers = self.corpus.numbers(Source(column))
        days[numbers.rows] = numbers.numbers
        return days

    def rows(self, node: Node, within: Rows | None = None, bound: Field | None = None) -> Rows:
        """Rows of a node among `within`.

        Args:
            node: any node but Similar.
            within: rows that matter; None is all.
            bound: the field around the node.
        """
        match node:
            case InField(name, part):
                return self.rows(part, within, field_named(name))
            case And(parts):
                return self._all_of(parts, within, bound)
            case Or(parts):
                return self._any_of(parts, within, bound)
            case Not(part):
                everything = self.corpus.all() if within is None else within
                return everything - self.rows(part, within, bound)
            case Everything():
                return self.corpus.all() if within is None else within
        if bound is None:
            raise TypeError(f"a leaf outside a field: {node!r}")
        if bound.kind != "union":
            self.budget.charge(LEAF + self._work(node, within, bound), node.place)
        found = self._leaf(node, within, bound)
        return found if within is None else found & within

    def _all_of(self, parts: Sequence[Node], within: Rows | None, bound: Field | None) -> Rows:
        """Cheapest first, what is to be taken away last; each only among what is left."""
        wanted = [part for part in parts if not isinstance(part, Not)]
        unwanted = [part for part in parts if isinstance(part, Not)]
        left = within
        for part in sorted(wanted, key=lambda part: self.cost(part, bound)):
            left = self.rows(part, left, bound)
            if not left:
                return EMPTY
        left = self.corpus.all() if left is None else left
        for taken in sorted((part.part for part in unwanted), key=lambda part: self.cost(part, bound)):
            left = left - self.rows(taken, left, bound)
        return left

    def _any_of(self, parts: Sequence[Node], within: Rows | None, bound: Field | None) -> Rows:
        if bound is not None and bound.kind == "identifier" and len(parts) >= _MANY_NUMBERS:
            numbers = [part.text for part in parts if isinstance(part, Term)]
            rest = [part for part in parts if not isinstance(part, Term)]
            found = self._numbers(numbers, bound)
            found = found if within is None else found & within
            return found | self._any_of(rest, within, bound) if rest else found
        found = EMPTY
        for part in parts:
            found |= self.rows(part, None if within is None else within - found, bound)
        return found

    def _numbers(self, numbers: list[str], bound: Field) -> Rows:
        keys = [sought_key(number) for number in numbers]
        columns = (self.corpus.identifiers(source) for source in usable_sources(self.corpus, bound))
        return unite(column.any_of(keys) for column in columns)

    def _leaf(self, node: Node, within: Rows | None, bound: Field) -> Rows:
        if isinstance(node, Filled):
            return self._filled(bound)
        if bound.kind == "union":
            return self._union(node, within, bound)
        match node:
            case CompanyTree():
                return self._company_tree(node, bound)
            case Proximity() | Frequency():
                return text_rows(self.corpus, bound, node, within)
            case Term() | Pattern() if bound.kind == "text":
                return text_rows(self.corpus, bound, node, within)
            case Term() | Pattern() if bound.kind == "registered":
                return registered_rows(self._values(bound), node)
            case Term() | Pattern() | Range():
                return leaf_rows(self.corpus, bound, node)
        raise TypeError(f"no leaf of {bound.kind}: {node!r}")

    def _filled(self, bound: Field) -> Rows:
        if bound.kind == "union":
            return unite(self._filled(field_named(name)) for name in bound.source.split("+"))
        if bound.kind == "registered":
            return unite(self._values(bound).values())
        sources = parse_sources(bound.source)
        return unite(self.corpus.filled(source) for source in sources if self.corpus.has(source))

    def _union(self, node: Node, within: Rows | None, bound: Field) -> Rows:
        """A leaf in any of several fields; proximity and frequency only where text runs."""
        members = [field_named(name) for name in bound.source.split("+")]
        if isinstance(node, (Proximity, Frequency)):
            members = [member for member in members if member.kind == "text"]
        return unite(self.rows(node, within, member) for member in members)

    def _company_tree(self, node: CompanyTree, bound: Field) -> Rows:
        if self.environment.company_tree is None:
            raise QueryError("query-tree-unavailable", place=node.place)
        names = self.environment.company_tree(node.name)
        return unite(
            self.corpus.values(source).equal(name)
            for name in names
            for source in usable_sources(self.corpus, bound)
        )

    def _values(self, bound: Field) -> Values:
        if bound.name not in self._registered:
            values = registered_values(self.corpus, self.environment, bound)
            self._registered[bound.name] = values or {}
        return self._registered[bound.name]

    def _work(self, node: Node, within: Rows | None, bound: Field) -> int:
        """An estimate of what a leaf costs; see `budget`."""
        if not isinstance(node, (Term, Pattern, Proximity, Frequency)):
            return 0
        if bound.kind == "text":
            return text_work(self.corpus, bound, node, within)
        if bound.kind == "registered":
            return EXPRESSION * len(self._values(bound))
        if bound.kind == "name" or isinstance(node, Pattern):
            columns = [self.corpus.values(source) for source in usable_sources(self.corpus, bound)]
            if isinstance(node, Term):
                return sum(column.estimate(needle_of(node)) for column in columns)
            return EXPRESSION * sum(len(column.values) for column in columns)
        return 0

    def cost(self, node: Node, bound: Field | None) -> int:
        """A guess of the work, in rows touched."""
        match node:
            case InField(name, part):
                return self.cost(part, field_named(name))
            case And(parts):
                return min(self.cost(part, bound) for part in parts)
            case Or(parts):
                return sum(self.cost(part, bound) for part in parts)
            case Not(part):
                return self.corpus.size + self.cost(part, bound)
            case Term() | Pattern() if bound is not None and bound.kind == "text":
                return 10 + text_estimate(self.corpus, bound, node)
            case Proximity() | Frequency():
                return _DEAR
        return _COST.get(bound.kind, 100) if bound is not None else 1
