"""The syntax tree of a 检索式: frozen nodes that know no dialect.

`place` is the 0-based character offset of a node in the text as written; two trees are equal
whatever their places are.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as _field
from enum import Enum
from typing import Literal

SimilarKeyword = Literal["R", "RAD", "RPD"]


class Wild(Enum):
    """What a wildcard stands for; letters, digits and Chinese characters count as characters."""

    MANY = "zero or more characters"
    ONE = "exactly one character"


@dataclass(frozen=True, slots=True)
class Term:
    """A literal value: a word, a run of characters, a phrase, a number, a day."""

    text: str
    place: int = _field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A value with wildcards; at least one piece is text and at least one is not."""

    pieces: tuple[str | Wild, ...]
    place: int = _field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Filled:
    """`FIELD=*`: the field holds anything at all."""

    place: int = _field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Range:
    """Values between two bounds; a missing bound is open.

    Attributes:
        low, high: bounds as canonical values of the field; at least one is not None.
        above, below: True when the bound itself is excluded (`>`, `<`).
    """

    low: str | None
    high: str | None
    above: bool = False
    below: bool = False
    place: int = _field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class CompanyTree:
    """`TREE@"name"`: the applicants of a group."""

    name: str
    place: int = _field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Link:
    """How two neighbours of a proximity stand to each other.

    Attributes:
        unit: "word" counts Chinese characters and Latin words between them; "sentence" and
            "paragraph" ask for the same one.
        distance: most words between them, 0 … 99; only for "word".
        ordered: the left one comes first; only for "word".
    """

    unit: Literal["word", "sentence", "paragraph"]
    distance: int = 0
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Proximity:
    """Parts that stand near each other: terms, patterns, or alternatives of them.

    `links[i]` says how parts i and i + 1 stand, so there is one link less than parts.
    """

    parts: tuple[Node, ...]
    links: tuple[Link, ...]
    place: int = _field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Frequency:
    """A term or pattern that occurs at least `times` times in the field."""

    part: Term | Pattern
    times: int
    place: int = _field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class InField:
    """A part read in one field; `field` is the canonical name. The part names no field itself."""

    field: str
    part: Node
    place: int = _field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Similar:
    """`R=`, `RAD=`, `RPD=`: patents similar to a number or text; only at the top of a tree."""

    keyword: SimilarKeyword
    text: str
    place: int = _field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Everything:
    """`*`: every patent."""

    place: int = _field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class And:
    """All parts hold; at least two, none an And."""

    parts: tuple[Node, ...]
    place: int = _field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Or:
    """Some part holds; at least two, none an Or."""

    parts: tuple[Node, ...]
    place: int = _field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Node
    place: int = _field(default=0, compare=False)


Node = (
    Term
    | Pattern
    | Filled
    | Range
    | CompanyTree
    | Proximity
    | Frequency
    | InField
    | Similar
    | Everything
    | And
    | Or
    | Not
)


def conjoin(parts: list[Node], place: int = 0) -> Node:
    """And of the parts, nested Ands opened; a single part stands for itself."""
    flat: list[Node] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, And) else (part,))
    return flat[0] if len(flat) == 1 else And(tuple(flat), place)


def disjoin(parts: list[Node], place: int = 0) -> Node:
    """Or of the parts, nested Ors opened; a single part stands for itself."""
    flat: list[Node] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, Or) else (part,))
    return flat[0] if len(flat) == 1 else Or(tuple(flat), place)
