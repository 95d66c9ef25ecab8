"""What of a query a library cannot answer, and what it answers in part."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from patents.errors import QueryError
from patents.messages import Message, message
from selection.evaluation.corpus import Corpus, Environment, Values
from selection.evaluation.registered import folded_names, nearest_values, registered_values
from selection.evaluation.sources import Source, parse_sources
from selection.language import Query
from selection.language.fields import Field, field_named
from selection.language.needs import needs_of
from selection.language.places import located
from selection.language.tree import And, CompanyTree, InField, Node, Not, Or, Pattern, Range, Similar, Term
from selection.language.vocabularies import folded

#: Fields whose values are few and known: one that is none of them is a slip, not an empty answer.
_CLOSED = ("INDUSTRY", "THEME", "THEME-CORE", "UNPLACED", "GBC", "GBC_SECTION", "SEIC", "SEIC_ALL")
_SHOWN_VALUES = 8
#: Unknown values for which the nearest one is looked up, which takes 20 ms among a thousand.
_LOOKED_UP = 10


def problems(
    query: Query, corpus: Corpus, environment: Environment | None = None, *, most: int | None = None
) -> list[QueryError]:
    """Parts that cannot be answered, in the order of the text, at most so many; empty when all can."""
    errors = _Checker(corpus, environment or Environment()).errors(query.root)
    return [located(error, query.text) for error in islice(errors, most)]


def remarks(query: Query, corpus: Corpus) -> list[str]:
    """Fields that are answered only in part, a sentence each in the reader's language."""
    fields = dict.fromkeys(_fields(query.root))
    return [str(remark) for field in fields for remark in _partly(field, corpus)]


class _Checker:
    def __init__(self, corpus: Corpus, environment: Environment) -> None:
        self.corpus = corpus
        self.environment = environment
        self.known: dict[str, tuple[Values, frozenset[str]]] = {}
        self.unknown = 0

    def errors(self, node: Node) -> Iterator[QueryError]:
        """Errors of a node outside any field."""
        match node:
            case And(parts) | Or(parts):
                for part in parts:
                    yield from self.errors(part)
            case Not(part):
                yield from self.errors(part)
            case InField(name, part, place):
                yield from self._field(field_named(name), part, place)
            case Similar(keyword, _, place) if self.environment.similar is None:
                yield QueryError("query-similar-unavailable", place=place, keyword=keyword)

    def _field(self, field: Field, part: Node, place: int) -> Iterator[QueryError]:
        missing = self._missing(field, place)
        if missing:
            yield missing
            return
        for leaf in _leaves(part):
            error = self._leaf(field, leaf)
            if error:
                yield error

    def _missing(self, field: Field, place: int) -> QueryError | None:
        """The error of a field without any values here."""
        if field.kind == "union":
            return None
        if field.kind == "registered":
            known = registered_values(self.corpus, self.environment, field) is not None
        else:
            known = any(_anything(self.corpus, source) for source in parse_sources(field.source))
        if known:
            return None
        named = {"label": field.label, "field": field.code("incopat") or field.name}
        if field.source:
            return QueryError("query-field-empty", place=place, needs=needs_of(field), **named)
        return QueryError("query-field-without-column", place=place, needs=needs_of(field), **named)

    def _leaf(self, field: Field, leaf: Node) -> QueryError | None:
        if isinstance(leaf, CompanyTree) and self.environment.company_tree is None:
            return QueryError("query-tree-unavailable", place=leaf.place)
        if field.name.endswith(("-LOW", "_LOW")) and isinstance(leaf, (Term, Range, Pattern)):
            return _below_subgroup(leaf)
        if field.name in _CLOSED and isinstance(leaf, Term):
            return self._unknown_value(field, leaf)
        return None

    def _unknown_value(self, field: Field, leaf: Term) -> QueryError | None:
        if field.name not in self.known:
            found = registered_values(self.corpus, self.environment, field) or {}
            self.known[field.name] = found, folded_names(found)
        values, names = self.known[field.name]
        if not values or folded(leaf.text) in names:
            return None
        named = {"label": field.label, "field": field.name, "value": leaf.text}
        self.unknown += 1
        near = ", ".join(nearest_values(values, leaf.text)) if self.unknown <= _LOOKED_UP else ""
        if near:
            return QueryError("query-value-unknown-near", place=leaf.place, near=near, **named)
        known = ", ".join(list(values)[:_SHOWN_VALUES])
        return QueryError("query-value-unknown", place=leaf.place, names=known, **named)


def _below_subgroup(leaf: Term | Range | Pattern) -> QueryError | None:
    """下位组 of a subgroup needs the dots of the classification, which are not shipped."""
    texts = [leaf.text] if isinstance(leaf, Term) else []
    if texts and ("/" not in texts[0] or texts[0].endswith("/00")):
        return None
    return QueryError("query-subgroups-unknown", place=leaf.place)


def _leaves(node: Node) -> Iterator[Node]:
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _leaves(part)
        case Not(part):
            yield from _leaves(part)
        case _:
            yield node


def _fields(node: Node) -> Iterator[Field]:
    return (field_named(leaf.field) for leaf in _leaves(node) if isinstance(leaf, InField))


def _anything(corpus: Corpus, source: Source) -> bool:
    """Whether a source, or its fallback, has a value anywhere."""
    if source.function in ("absent",):
        return source.column in corpus.column_names
    return corpus.has(source) or any(
        corpus.has(Source(name)) for name in source.columns if name != "event_dates"
    )


def _partly(field: Field, corpus: Corpus) -> Iterator[Message]:
    is_searched = bool(field.source) and field.kind not in ("union", "registered")
    if field.needs and (is_searched or field.kind == "union"):
        yield message("query-field-searched-in-part", field=field.name, needs=needs_of(field))
    if is_searched and field.kind == "text":
        missing = [source.column for source in parse_sources(field.source) if not _anything(corpus, source)]
        if missing:
            yield message("query-columns-empty", field=field.name, columns=", ".join(missing))
