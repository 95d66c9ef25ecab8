"""The vocabulary: technology topics with the forms their patents take, and the frames of their texts.

A TOML file of scripts/demo/vocabulary/ holds the topics of one industry. Texts in it are written in the
little language of grammar.py; `text @ 2` belongs to the second route of a method only.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from scripts.demo.grammar import lines, options
from scripts.demo.settings import FOLDER

FormKind = Literal["device", "process", "composition"]
Knots = tuple[tuple[int, float], ...]


class VocabularyError(ValueError):
    """A vocabulary file lacks something or names something unknown."""


@dataclass(frozen=True, slots=True)
class Routed:
    """A text; `route` is the way of making it belongs to, None for all. `effect` follows a means."""

    text: str
    route: int | None = None
    effect: str = ""

    def suits(self, route: int | None) -> bool:
        """Whether it may be said of a patent that goes this way."""
        return self.route is None or route is None or self.route == route


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a device or ingredient of a mixture; `needs` are the parts that its clause speaks of."""

    name: str
    clause: str
    needs: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Form:
    """A thing with parts, a method of stages, or a mixture.

    Attributes:
        titles: without 一种; wanted: for each, the parts that it is about.
        stages: of a method, or of how a mixture is made: alternatives of each.
        routes: how many ways of making there are; the n-th alternatives then belong together.
        fixed, others: how many ingredients there always are, and how many besides.
    """

    kind: FormKind
    titles: tuple[Routed, ...]
    wanted: tuple[frozenset[int], ...]
    noun: str
    parts: tuple[Part, ...]
    stages: tuple[tuple[str, ...], ...]
    routes: int
    fixed: int
    others: tuple[int, int]
    problems: tuple[Routed, ...]
    effects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """A technology topic of one industry.

    Attributes:
        trend: (year, weight) knots of filing activity, linear between them.
        ipc: main classifications, the likelier first; also: further symbols.
        gb4754, sei: codes of the two official industry schemes.
        firms: words that name the trade in a firm's name; products: what such firms say they make.
        designs: product and Locarno class of design patents, with a space between.
        software: whether its method is computing.
    """

    name: str
    industry: str
    weight: float
    trend: Knots
    ipc: tuple[str, ...]
    also: tuple[str, ...]
    gb4754: str
    sei: str
    fields: tuple[str, ...]
    firms: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]]
    gains: tuple[Routed, ...]
    forms: tuple[Form, ...]
    designs: tuple[str, ...]
    software: bool

    @property
    def products(self) -> tuple[str, ...]:
        """Words of its first slot, without open choices."""
        first = next(iter(self.words.values()), self.fields)
        return tuple(word for word in first if not set(word) & set("[{<"))


@dataclass(frozen=True, slots=True)
class Shape:
    """Share of an industry in all filings, its years, and who files, and whence."""

    share: float
    home: float
    utility: float
    years: Knots
    kinds: Mapping[str, float]


def at(knots: Knots, years: Sequence[int]) -> NDArray[np.float64]:
    """Values of years: linear between the knots, constant outside."""
    known, values = zip(*knots, strict=True)
    return np.asarray(np.interp(years, known, values))


@cache
def load_toml(name: str) -> dict[str, Any]:
    """One file of the vocabulary folder, as it is written."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))


@cache
def load_shapes() -> dict[str, Shape]:
    """Shapes by industry."""
    return {
        name: Shape(**entry | {"share": entry["share"] / 100, "years": _knots(entry["years"])})
        for name, entry in load_toml("industries").items()
    }


@cache
def load_topics() -> tuple[Topic, ...]:
    """All topics, by industry in the order of industries.toml.

    Raises:
        VocabularyError: names the file, the topic and what is wrong with it.
    """
    topics: list[Topic] = []
    for path in sorted(FOLDER.glob("*.toml")):
        document = load_toml(path.stem)
        for entry in document.get("topics", ()):
            try:
                topics.append(_topic(document["industry"], entry))
            except (KeyError, ValueError) as error:
                raise VocabularyError(f"{path.name}, {entry.get('name')}: {error}") from error
    order = list(load_shapes())
    return tuple(sorted(topics, key=lambda topic: order.index(topic.industry)))


def _topic(industry: str, entry: Mapping[str, Any]) -> Topic:
    forms = [
        _form(kind, form, entry)
        for kind in ("device", "process", "composition")
        for form in entry.get(kind, ())
    ]
    if not forms:
        raise VocabularyError("has neither device nor process nor composition")
    return Topic(
        name=entry["name"],
        industry=industry,
        weight=float(entry.get("weight", 1)),
        trend=_knots(entry["trend"]),
        ipc=tuple(entry["ipc"].split()),
        also=tuple(entry.get("also", "").split()),
        gb4754=entry["gb"],
        sei=str(entry["sei"]),
        fields=options(entry["field"]),
        firms=options(entry["firms"]),
        words={key: options(text) for key, text in entry.get("slots", {}).items()},
        gains=tuple(_routed(line) for line in lines(entry.get("gains", ""))),
        forms=tuple(forms),
        designs=options(entry["design"]) if "design" in entry else (),
        software=bool(entry.get("software", False)),
    )


def _form(kind: FormKind, form: Mapping[str, Any], entry: Mapping[str, Any]) -> Form:
    """One form; what it solves and does are its topic's unless it says otherwise."""
    problems = options(form["problems"]) if "problems" in form else lines(entry["problems"])
    parts = _parts(kind, form)
    names = [part.name for part in parts]
    marked = [line.partition(" @ ") for line in lines(form["titles"])]
    device = kind == "device"
    titles = [Routed(text) if device else _routed(f"{text}{at}{mark}") for text, at, mark in marked]
    wanted = [frozenset(names.index(word) for word in mark.split()) if device else frozenset[int]()
              for _, _, mark in marked]  # fmt: skip
    stages = tuple(options(line) for line in lines(form.get("steps", "")))
    low, _, high = str(form.get("others", "2-4")).partition("-")
    return Form(
        kind=kind,
        titles=tuple(titles),
        wanted=tuple(wanted),
        noun=form.get("body") or form.get("kind", ""),
        parts=parts,
        stages=stages,
        routes=max(map(len, stages)) if any(title.route is not None for title in titles) else 0,
        fixed=int(form.get("fixed", 3)),
        others=(int(low), int(high)),
        problems=tuple(_routed(line) for line in problems),
        effects=options(form.get("effects", entry["effects"])),
    )


def _parts(kind: FormKind, form: Mapping[str, Any]) -> tuple[Part, ...]:
    """`阳极组+横梁 = …`: the clause of 阳极组 also introduces the 横梁 of other clauses."""
    if kind != "device":
        pairs = [line.rsplit(" ", 1) for line in lines(form.get("parts", ""))]
        return tuple(Part(name.strip(), amount) for name, amount in pairs)
    split = [line.split(" = ", 1) for line in lines(form["parts"])]
    nouns = [names.strip().split("+") for names, _ in split]
    clauses = [clause.strip() for _, clause in split]
    return tuple(
        Part(nouns[i][0], clause, frozenset(j for j, own in enumerate(nouns)
                                            if j != i and any(noun in clause for noun in own)))
        for i, clause in enumerate(clauses)
    )  # fmt: skip


def _routed(line: str) -> Routed:
    """`means > effect @ 2` → (means, route 1, effect)."""
    text, _, route = line.partition(" @ ")
    means, _, effect = text.partition(" > ")
    return Routed(means.strip(), int(route) - 1 if route else None, effect.strip())


def _knots(text: str) -> Knots:
    return tuple((int(year), float(value)) for year, value in (knot.split(":") for knot in text.split()))
