"""From one spelling to the other, with the list of what cannot be carried over."""

from __future__ import annotations

from dataclasses import dataclass

from patents.errors import PatlasError, QueryError
from patents.messages import Message, message, text
from selection.language.fields import PORTALS, Dialect, Field, field_named
from selection.language.links import MOST_TIMES
from selection.language.parser import Query
from selection.language.printer import write
from selection.language.ranges import closed_range
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
    Wild,
    conjoin,
    disjoin,
)
from selection.language.vocabularies import CLOSED, OPEN, patsnap_value

#: PatSnap takes TREE@ in these fields only; the nearest one stands for ours.
_TREE_FIELDS = ("APNOR", "PATENTEENOR", "AP-ALL")
_NEAREST_TREE_FIELD = {"AP": "APNOR", "AP-OR": "APNOR", "AP-FIRST": "APNOR", "PATENTEE": "PATENTEENOR"}


@dataclass(frozen=True, slots=True)
class Lost:
    """One thing that the other spelling cannot say, or says otherwise.

    Attributes:
        what: the part, in Patlas's canonical spelling.
        why: the reason, in the reader's language.
        effect: "wider" or "narrower" (more or fewer patents), "near" (about the same).
    """

    what: str
    why: str
    effect: str


@dataclass(frozen=True, slots=True)
class Translation:
    """A query in another spelling.

    Attributes:
        text: the translated query without what was lost; empty when nothing is left.
        dialect: its spelling.
        lost: what could not be carried over exactly.
    """

    text: str
    dialect: Dialect
    lost: tuple[Lost, ...]


def translate(query: Query, to: Dialect) -> Translation:
    """Write a query so that the portal itself understands it.

    Parts that the portal cannot say are left out, and listed with what that does to the answer.
    """
    translator = _Translator(to)
    root = translator.node(query.root, wider=True, positive=True)
    written = write(root, to) if root is not None else ""
    return Translation(written, to, tuple(translator.lost))


class _Translator:
    def __init__(self, to: Dialect) -> None:
        self.to: Dialect = to
        self.portal = PORTALS[to]
        self.lost: list[Lost] = []

    def node(self, node: Node, *, wider: bool, positive: bool) -> Node | None:
        """The node as the portal can say it; None when it cannot.

        Args:
            node: any node outside a field.
            wider: whether leaving it out lets more patents through, as in an AND.
            positive: whether an even number of NOTs stands around it.
        """
        match node:
            case And(parts) | Or(parts):
                return self._several(node, parts, positive=positive)
            case Not(part):
                kept = self.node(part, wider=wider, positive=not positive)
                return None if kept is None else Not(kept)
            case InField(name, part):
                return self._field(field_named(name), part, node, wider=wider)
            case Similar(keyword) if self.to == "patsnap":
                return self._lose(node, message("query-lost-similar", keyword=keyword), wider=True)
            case Everything():
                return self._lose(node, message("query-lost-everything", portal=self.portal), wider=wider)
        return node

    def _several(self, node: And | Or, parts: tuple[Node, ...], *, positive: bool) -> Node | None:
        wider = positive if isinstance(node, And) else not positive
        translated = (self.node(part, wider=wider, positive=positive) for part in parts)
        kept = [part for part in translated if part is not None]
        if not kept:
            return None
        return conjoin(kept) if isinstance(node, And) else disjoin(kept)

    def _field(self, field: Field, part: Node, node: Node, *, wider: bool) -> Node | None:
        if not field.known_to(self.to):
            why = message("query-lost-field", portal=self.portal, label=field.label, field=field.name)
            return self._lose(node, why, wider=wider)
        try:
            return InField(self._tree_field(field, part).name, self._within(field, part))
        except _LostError as error:
            return self._lose(node, error.message, wider=wider)

    def _within(self, field: Field, node: Node) -> Node:
        """A node inside a field.

        Raises:
            _LostError: the portal has no way to say it.
        """
        match node:
            case And(parts):
                return conjoin([self._within(field, part) for part in parts])
            case Or(parts):
                return disjoin([self._within(field, part) for part in parts])
            case Not(part):
                return Not(self._within(field, part))
            case Proximity(parts):
                return Proximity(tuple(self._within(field, part) for part in parts), node.links)
            case Frequency(part, times):
                if times > MOST_TIMES[self.to]:
                    raise _LostError("query-lost-frequency", portal=self.portal, most=MOST_TIMES[self.to])
                self._within(field, part)
                return node
        return self._leaf(field, node)

    def _leaf(self, field: Field, node: Node) -> Node:
        match node:
            case Filled():
                raise _LostError("query-lost-filled", portal=self.portal)
            case Term():
                return self._value(field, node)
            case Range():
                return self._range(field, node)
            case Pattern(pieces) if self.to == "patsnap" and "#" in _literal_text(pieces):
                raise _LostError("query-lost-hash")
        return node

    def _value(self, field: Field, node: Term) -> Node:
        if self.to == "incopat" or not (field.name in CLOSED or field.name in OPEN):
            return node
        if field.name == "PT" and node.text == "发明":
            return disjoin([Term("A"), Term("B")])
        code, near = patsnap_value(field.name, node.text)
        if not code:
            raise _LostError("query-lost-value", label=field.label, value=node.text)
        if near:
            what = write(InField(field.name, node))
            why = text("query-lost-value-near", code=code, value=node.text)
            self.lost.append(Lost(what, why, "near"))
        return Term(code)

    def _range(self, field: Field, node: Range) -> Range:
        """PatSnap has closed ranges only: an excluded bound moves by one, an open one far away."""
        if self.to == "incopat":
            return node
        try:
            return closed_range(field, node)
        except QueryError as error:
            raise _LostError("query-lost-range", problem=error) from None

    def _tree_field(self, field: Field, part: Node) -> Field:
        if self.to == "incopat" or field.name in _TREE_FIELDS or not _has_tree(part):
            return field
        nearest = field_named(_NEAREST_TREE_FIELD.get(field.name, "AP-ALL"))
        what = write(InField(field.name, part))
        self.lost.append(Lost(what, text("query-lost-tree", field=nearest.patsnap[0]), "near"))
        return nearest

    def _lose(self, node: Node, why: Message, *, wider: bool) -> Node | None:
        """Note what is left out; what is left of it is None."""
        self.lost.append(Lost(write(node), str(why), "wider" if wider else "narrower"))
        return None


class _LostError(PatlasError):
    """The portal has no way to say a part."""


def _literal_text(pieces: tuple[str | Wild, ...]) -> str:
    """The literal characters of a pattern."""
    return "".join(piece for piece in pieces if isinstance(piece, str))


def _has_tree(node: Node) -> bool:
    match node:
        case CompanyTree():
            return True
        case And(parts) | Or(parts):
            return any(map(_has_tree, parts))
        case Not(part):
            return _has_tree(part)
    return False
