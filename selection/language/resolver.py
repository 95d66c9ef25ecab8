"""From raw nodes to the tree: fields bound, values read, what cannot be meant refused with its place."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field
from typing import cast

from patents.errors import QueryError
from patents.messages import Message, message
from selection.language import leaves
from selection.language.fields import (
    DIALECTS,
    PORTALS,
    Dialect,
    Field,
    field_coded,
    field_named,
    nearest_codes,
)
from selection.language.links import read_link, read_times
from selection.language.raw import (
    Raw,
    RawCompare,
    RawField,
    RawGroup,
    RawJoin,
    RawLinks,
    RawNot,
    RawOften,
    RawRange,
    RawSimilar,
    RawTree,
    RawValue,
)
from selection.language.tree import (
    CompanyTree,
    Everything,
    Frequency,
    InField,
    Node,
    Not,
    Or,
    Pattern,
    Proximity,
    Range,
    Similar,
    SimilarKeyword,
    Term,
    conjoin,
    disjoin,
)

#: Where a word without a field is sought.
DEFAULT_FIELD: dict[Dialect, str] = {"incopat": "ALL", "patsnap": "MAINF"}
_SIGNS = {"incopat": "=", "patsnap": ":"}
_RUNNING = ("text", "union")
_APPLICANTS = frozenset(
    ("AP", "AP-OR", "AP-FIRST", "PATENTEE", "F_ANC", "APNOR", "PATENTEENOR", "AP-ALL", "WHO")
)
_GLUED = re.compile(r"[\u4e00-\u9fff](and|or|not)[\u4e00-\u9fff]", re.IGNORECASE)


@dataclass(slots=True)
class Resolver:
    """Binds one query; `notes` collects what was read in a way that may surprise."""

    text: str
    dialect: Dialect
    notes: dict[tuple[object, ...], Message] = field(default_factory=dict)

    def query(self, raw: Raw) -> Node:
        """The whole tree; R=, RAD= and RPD= stand only here, first or last, joined by AND.

        Raises:
            QueryError: something cannot be meant.
        """
        if isinstance(raw, RawSimilar):
            return self._similar(raw)
        if not (isinstance(raw, RawJoin) and raw.operator == "and"):
            return self._node(raw)
        ends = [part for part in (raw.parts[0], raw.parts[-1]) if isinstance(part, RawSimilar)]
        if not ends:
            return self._node(raw)
        self._check_similar(raw, ends)
        rest = [part for part in raw.parts if part is not ends[0]]
        return conjoin([self._similar(ends[0]), *(self._node(part) for part in rest)], raw.place)

    def _check_similar(self, raw: RawJoin, ends: list[RawSimilar]) -> None:
        if len(ends) > 1:
            raise QueryError("query-similar-twice", place=ends[1].place)
        joined = raw.explicit[0] if raw.parts[0] is ends[0] else raw.explicit[-1]
        if not joined:
            raise QueryError("query-similar-not-joined", place=ends[0].place)

    def _similar(self, raw: RawSimilar) -> Similar:
        keyword = raw.text.partition("=")[0].strip().upper()
        start = raw.place + raw.text.index("=") + 1
        value = leaves.similar_text(self.text[start : raw.end])
        if self.dialect == "patsnap":
            raise QueryError("query-similar-in-patsnap", place=raw.place)
        if not value:
            raise QueryError("query-similar-empty", place=raw.place)
        return Similar(cast("SimilarKeyword", keyword), value, raw.place)

    def _node(self, raw: Raw) -> Node:
        """A node outside any field."""
        match raw:
            case RawField():
                return self._field(raw)
            case RawJoin():
                return self._join([self._node(part) for part in self._neighbours(raw)], raw)
            case RawNot():
                return Not(self._node(raw.part), raw.place)
            case RawGroup():
                return self._node(self._single(raw))
            case RawCompare():
                return self._compare(raw)
            case RawSimilar():
                raise QueryError("query-similar-misplaced", place=raw.place)
            case RawRange() | RawTree():
                raise QueryError("query-field-missing", place=raw.place)
            case _:
                return self._bare(raw)

    def _bare(self, raw: RawValue | RawLinks | RawOften) -> Node:
        if isinstance(raw, RawValue):
            if raw.text == "*" and not raw.quoted:
                return Everything(raw.place)
            self._note_bare(raw)
        bound = field_named(DEFAULT_FIELD[self.dialect])
        return InField(bound.name, self._value(raw, bound), raw.place)

    def _note_bare(self, raw: RawValue) -> None:
        if raw.quoted or not raw.text.isascii() or len(raw.text) > 4:
            return
        near = difflib.get_close_matches(raw.text.lower(), ("and", "or", "not"), n=1, cutoff=0.65)
        if near:
            self._note(message("query-note-near-operator", word=raw.text, operator=near[0].upper()))

    def _field(self, raw: RawField) -> Node:
        bound = self._bind(raw.code, raw.sign, raw.place)
        return InField(bound.name, self._value(raw.part, bound), raw.place)

    def _bind(self, code: str, sign: str, place: int) -> Field:
        if sign != _SIGNS[self.dialect]:
            other: Dialect = "patsnap" if self.dialect == "incopat" else "incopat"
            raise QueryError(
                "query-field-of-other-dialect",
                place=place,
                field=code + sign,
                owner=PORTALS[other],
                dialect=PORTALS[self.dialect],
                sign=_SIGNS[self.dialect],
                other=other,
            )
        found = field_coded(code, self.dialect)
        if found is None:
            raise self._unknown_field(code, place)
        return found

    def _unknown_field(self, code: str, place: int) -> QueryError:
        other = DIALECTS[1 - DIALECTS.index(self.dialect)]
        elsewhere = field_coded(code, other)
        near = nearest_codes(code, self.dialect)
        if elsewhere and elsewhere.code(self.dialect):
            near = [elsewhere.code(self.dialect) or "", *near]
        labelled = [] if code.isascii() else leaves.codes_labelled(code, self.dialect)
        named = {"field": code, "dialect": PORTALS[self.dialect]}
        listed = ", ".join(list(dict.fromkeys(labelled + near))[:3])
        if elsewhere:
            named |= {"owner": PORTALS[other], "label": elsewhere.label}
            if listed:
                return QueryError("query-field-unknown-here", place=place, near=listed, **named)
            return QueryError("query-field-unknown-there", place=place, **named)
        if listed:
            return QueryError("query-field-unknown-near", place=place, near=listed, **named)
        return QueryError("query-field-unknown", place=place, **named)

    def _neighbours(self, raw: RawJoin) -> list[Raw]:
        """Parts of a join, after a look at those that no operator joins."""
        for index, written in enumerate(raw.explicit):
            left, right = raw.parts[index], raw.parts[index + 1]
            if raw.operator == "and" and not written and not isinstance(right, RawNot):
                self._look_at_seam(left, right)
        return raw.parts

    def _look_at_seam(self, left: Raw, right: Raw) -> None:
        value = left.part if isinstance(left, RawField) else left
        if (
            left.end == right.place
            and isinstance(value, RawValue)
            and isinstance(right, (RawGroup, RawValue))
        ):
            raise QueryError("query-parts-touch", place=right.place)
        if isinstance(left, RawField) and isinstance(left.part, RawValue) and isinstance(right, RawValue):
            default = DEFAULT_FIELD[self.dialect]
            self._note(message("query-note-outside-field", word=right.text, field=left.code, default=default))

    def _single(self, raw: RawGroup) -> Raw:
        if len(raw.items) > 1:
            raise QueryError("query-list-misplaced", place=raw.items[1].place)
        return raw.items[0]

    def _join(self, parts: list[Node], raw: RawJoin) -> Node:
        return (conjoin if raw.operator == "and" else disjoin)(parts, raw.place)

    def _compare(self, raw: RawCompare) -> Node:
        if self.dialect == "patsnap":
            raise QueryError("query-comparison-in-patsnap", place=raw.place)
        bound, low, high, above, below = leaves.comparison(raw, self.dialect)
        span = leaves.read_range(bound, low, high, raw.place)
        part = Range(span[0], span[1], above and low is not None, below and high is not None, raw.place)
        return InField(bound.name, part, raw.place)

    def _value(self, raw: Raw, bound: Field) -> Node:
        """A node inside a field."""
        match raw:
            case RawValue():
                self._note_value(raw)
                return leaves.read_leaf(raw, bound, self.dialect)
            case RawGroup():
                return self._group(raw, bound)
            case RawJoin():
                parts = [self._value(part, bound) for part in self._neighbours(raw)]
                is_list = raw.operator == "and" and bound.kind == "identifier" and not any(raw.explicit)
                return disjoin(parts, raw.place) if is_list else self._join(parts, raw)
            case RawNot():
                return Not(self._value(raw.part, bound), raw.place)
            case RawRange():
                low, high = leaves.read_range(bound, raw.low, raw.high, raw.place)
                return Range(low, high, place=raw.place)
            case RawTree():
                return self._tree(raw, bound)
            case _:
                return self._running(raw, bound)

    def _running(self, raw: Raw, bound: Field) -> Node:
        """What only running text takes, and what no field takes."""
        if isinstance(raw, RawLinks):
            return self._links(raw, bound)
        if isinstance(raw, RawOften):
            return self._often(raw, bound)
        outer = bound.code(self.dialect) or bound.name
        raise QueryError("query-field-in-field", place=raw.place, field=outer)

    def _note_value(self, raw: RawValue) -> None:
        if raw.quoted and leaves.has_wildcard(raw.text, self.dialect):
            self._note(message("query-note-wildcard-quoted", word=raw.text))
        if not raw.quoted and _GLUED.search(raw.text):
            self._note(message("query-note-operator-glued", word=raw.text))

    def _note(self, note: Message) -> None:
        self.notes.setdefault((note.code, *note.values.values()), note)

    def _group(self, raw: RawGroup, bound: Field) -> Node:
        if len(raw.items) > 1 and bound.kind in ("text", "union"):
            self._single(raw)
        return disjoin([self._value(item, bound) for item in raw.items], raw.place)

    def _tree(self, raw: RawTree, bound: Field) -> Node:
        if bound.name not in _APPLICANTS:
            raise QueryError("query-tree-misplaced", place=raw.place, label=bound.label, field=bound.name)
        return CompanyTree(leaves.plain(raw.name), raw.place)

    def _links(self, raw: RawLinks, bound: Field) -> Node:
        links = tuple(read_link(sign, place, self.dialect) for sign, place in raw.operators)
        if bound.kind not in _RUNNING:
            place = raw.operators[0][1]
            raise QueryError("query-proximity-outside-text", place=place, label=bound.label, field=bound.name)
        parts = tuple(self._operand(part, bound) for part in raw.parts)
        return Proximity(parts, links, raw.place)

    def _operand(self, raw: Raw, bound: Field) -> Node:
        if isinstance(raw, RawField):
            raise QueryError("query-field-in-proximity", place=raw.place, field=raw.code + raw.sign)
        node = self._value(raw, bound)
        parts = node.parts if isinstance(node, Or) else (node,)
        if not all(isinstance(part, (Term, Pattern)) for part in parts):
            raise QueryError("query-proximity-of-others", place=raw.place)
        return node

    def _often(self, raw: RawOften, bound: Field) -> Node:
        times = read_times(raw.operator, raw.operator_place, self.dialect)
        if bound.kind not in _RUNNING:
            raise QueryError(
                "query-frequency-outside-text",
                place=raw.operator_place,
                label=bound.label,
                field=bound.name,
            )
        inner = raw.part.items[0] if isinstance(raw.part, RawGroup) and len(raw.part.items) == 1 else raw.part
        node = self._value(inner, bound)
        if not isinstance(node, (Term, Pattern)):
            raise QueryError("query-frequency-of-several", place=raw.operator_place)
        return Frequency(node, times, raw.place)
