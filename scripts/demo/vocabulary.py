"""What the vocabulary consists of: topics, the forms that patents take, and the frames of their texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scripts.demo.templates import Template


@dataclass(frozen=True, slots=True)
class Gain:
    """What a patent does and what comes of it; `route` as for `Head`."""

    means: Template
    effects: Template
    route: int | None = None

    def suits(self, route: int | None) -> bool:
        """Whether it may be said of a patent that goes this way."""
        return self.route is None or route is None or self.route == route


@dataclass(frozen=True, slots=True)
class Problem:
    """What a patent solves; `route` as for `Head`."""

    text: Template
    route: int | None = None

    def suits(self, route: int | None) -> bool:
        """Whether it may be said of a patent that goes this way."""
        return self.route is None or route is None or self.route == route


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature that devices of one tag may share: a word for the title, a clause, an effect."""

    qualifier: Template
    clause: Template
    effect: Template


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a device; `needs` are the parts that its clause speaks of.

    A file may write `阳极组+横梁 = …`: the clause of 阳极组 also introduces the 横梁 of other clauses.
    """

    name: str
    clause: Template
    needs: frozenset[int]


@dataclass(frozen=True, slots=True)
class Head:
    """A title without 一种; `parts` are those that it is about, `route` the way of making that it names."""

    text: Template
    parts: frozenset[int] = frozenset()
    route: int | None = None


@dataclass(frozen=True, slots=True)
class Process:
    """A method: one alternative of each stage, in order.

    With `routes`, the first alternatives belong together, and the second ones; a stage with one alternative
    serves all routes. A file writes `title @ 2` for a title of the second route.
    """

    heads: tuple[Head, ...]
    stages: tuple[tuple[Template, ...], ...]
    routes: int = 0


@dataclass(frozen=True, slots=True)
class Composition:
    """A mixture: the first `fixed` ingredients always, a number of `others`; then how it is made."""

    heads: tuple[Head, ...]
    kind: str
    ingredients: tuple[tuple[Template, Template], ...]
    fixed: int
    others: tuple[int, int]
    stages: tuple[tuple[Template, ...], ...]


@dataclass(frozen=True, slots=True)
class Device:
    """A thing with parts; what it solves and does, where that differs from its topic's methods."""

    heads: tuple[Head, ...]
    body: str
    features: tuple[str, ...]
    parts: tuple[Part, ...]
    problems: tuple[Template, ...]
    effects: tuple[Template, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """A technology topic of one industry.

    Attributes:
        trend: (year, weight) knots of filing activity, linear between them.
        ipc: main classifications, the likelier first; also: further symbols.
        gb4754, sei: codes of the two official industry schemes.
        firms: words that name the trade in a firm's name.
        designs: (product, Locarno class) of design patents.
        software: whether the process is a computing method.
    """

    name: str
    industry: str
    weight: float
    trend: tuple[tuple[int, float], ...]
    ipc: tuple[str, ...]
    also: tuple[str, ...]
    gb4754: str
    sei: str
    fields: tuple[Template, ...]
    firms: tuple[str, ...]
    words: Mapping[str, tuple[Template, ...]]
    problems: tuple[Problem, ...]
    gains: tuple[Gain, ...]
    effects: tuple[Template, ...]
    processes: tuple[Process, ...]
    compositions: tuple[Composition, ...]
    devices: tuple[Device, ...]
    designs: tuple[tuple[str, str], ...]
    software: bool


@dataclass(frozen=True, slots=True)
class Sentences:
    """The frames of abstracts and claims by form, and what devices share."""

    openings: Mapping[str, tuple[Template, ...]]
    closings: Mapping[str, tuple[Template, ...]]
    claims: Mapping[str, tuple[Template, ...]]
    limitations: Mapping[str, tuple[Template, ...]]
    design: Template
    general_effects: tuple[Template, ...]
    features: Mapping[str, tuple[Feature, ...]]
