"""Reads the vocabulary files into frozen objects.

A file of scripts/demo/vocabulary/ holds topics of one industry: slots, problems, gains, effects and one or
more forms (process, composition, device). Texts in them are templates (see templates.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import cast

import yaml

from scripts.demo.templates import Template, parse, parse_options
from scripts.demo.vocabulary import (
    Composition,
    Device,
    Feature,
    Gain,
    Head,
    Part,
    Problem,
    Process,
    Sentences,
    Topic,
)

FOLDER = Path(__file__).parent / "vocabulary"
INDUSTRY_FILES = (
    "petrochemicals",
    "aluminium",
    "nonferrous",
    "machinery",
    "coal_power",
    "food",
    "building_materials",
    "new_energy",
    "new_materials",
    "biomedicine",
    "fine_chemicals",
    "advanced_machinery",
    "information",
    "environment",
)

_OPEN_BODIES = frozenset({"机架", "底座", "支架", "架体", "基座", "吊架", "试验台架", "支撑架", "机体"})
Entry = Mapping[str, object]


class VocabularyError(ValueError):
    """A vocabulary file lacks something or names something unknown."""


def load_yaml(name: str) -> dict[str, object]:
    """One file of the vocabulary folder, as YAML gives it."""
    with (FOLDER / f"{name}.yaml").open(encoding="utf-8") as file:
        return cast(dict[str, object], yaml.safe_load(file))


@cache
def load_topics() -> tuple[Topic, ...]:
    """All topics of all industries, in the order of the files."""
    topics: list[Topic] = []
    for name in INDUSTRY_FILES:
        document = load_yaml(name)
        industry = str(document["industry"])
        for entry in cast(list[Entry], document["topics"]):
            try:
                topics.append(_topic(industry, entry))
            except (KeyError, ValueError) as error:
                raise VocabularyError(f"{name}.yaml, {entry.get('name')}: {error}") from error
    return tuple(topics)


@cache
def load_sentences() -> Sentences:
    """The sentence frames and the shared features."""
    document = load_yaml("sentences")
    forms = {form: cast(Entry, document[form]) for form in ("device", "process", "composition", "software")}
    features = {
        tag: tuple(Feature(*(parse(piece.strip()) for piece in line.split(" > "))) for line in _lines(text))
        for tag, text in load_yaml("features").items()
    }
    return Sentences(
        openings={form: _templates(entry["openings"]) for form, entry in forms.items()},
        closings={form: _templates(entry["closings"]) for form, entry in forms.items()},
        claims={form: _templates(text) for form, text in cast(Entry, document["claims"]).items()},
        limitations={form: _templates(text) for form, text in cast(Entry, document["limitations"]).items()},
        design=parse(str(document["design"]).strip()),
        general_effects=_templates(document["general_effects"]),
        features=features,
    )


def _topic(industry: str, entry: Entry) -> Topic:
    return Topic(
        name=str(entry["name"]),
        industry=industry,
        weight=float(str(entry.get("weight", 1))),
        trend=_trend(str(entry["trend"])),
        ipc=tuple(str(entry["ipc"]).split()),
        also=tuple(str(entry.get("also", "")).split()),
        gb4754=str(entry["gb"]),
        sei=str(entry["sei"]),
        fields=parse_options(str(entry["field"])),
        firms=tuple(word.strip() for word in str(entry["firms"]).split("|")),
        words={key: parse_options(str(text)) for key, text in cast(Entry, entry.get("slots", {})).items()},
        problems=tuple(_problem(line) for line in _lines(entry["problems"])),
        gains=tuple(_gain(line) for line in _lines(entry.get("gains", ""))),
        effects=parse_options(str(entry["effects"])),
        processes=tuple(_process(form) for form in _forms(entry, "process")),
        compositions=tuple(_composition(form) for form in _forms(entry, "composition")),
        devices=tuple(_device(form, entry) for form in _forms(entry, "device")),
        designs=_designs(str(entry.get("design", ""))),
        software=bool(entry.get("software", False)),
    )


def _lines(text: object) -> list[str]:
    return [line.strip() for line in str(text).splitlines() if line.strip()]


def _templates(text: object) -> tuple[Template, ...]:
    return tuple(parse(line) for line in _lines(text))


def _trend(text: str) -> tuple[tuple[int, float], ...]:
    return tuple((int(year), float(value)) for year, value in (knot.split(":") for knot in text.split()))


def _gain(line: str) -> Gain:
    text, route = _route(line)
    means, effects = text.split(" > ")
    return Gain(parse(means.strip()), parse(effects.strip()), route)


def _problem(line: str) -> Problem:
    text, route = _route(line)
    return Problem(parse(text), route)


def _route(line: str) -> tuple[str, int | None]:
    """`text @ 2` → (text, 1)."""
    text, _, route = line.partition(" @ ")
    return text.strip(), int(route) - 1 if route else None


def _forms(entry: Entry, kind: str) -> list[Entry]:
    """A form is written once, or as a list where a topic has several that must not be mixed."""
    value = entry.get(kind, [])
    return cast(list[Entry], value if isinstance(value, list) else [value])


def _process(entry: Entry) -> Process:
    heads = tuple(_routed_head(line) for line in _lines(entry["titles"]))
    stages = tuple(parse_options(line) for line in _lines(entry["steps"]))
    routed = any(head.route is not None for head in heads)
    return Process(heads, stages, max(len(stage) for stage in stages) if routed else 0)


def _routed_head(line: str) -> Head:
    text, route = _route(line)
    return Head(parse(text), route=route)


def _composition(entry: Entry) -> Composition:
    pairs = [line.rsplit(" ", 1) for line in _lines(entry["parts"])]
    return Composition(
        heads=tuple(Head(parse(line)) for line in _lines(entry["titles"])),
        kind=str(entry["kind"]),
        ingredients=tuple((parse(name.strip()), parse(amount)) for name, amount in pairs),
        fixed=int(str(entry.get("fixed", 3))),
        others=_bounds(str(entry.get("others", "2-4"))),
        stages=tuple(parse_options(line) for line in _lines(entry.get("steps", ""))),
    )


def _bounds(text: str) -> tuple[int, int]:
    """`5-9` → (5, 9)."""
    low, high = text.split("-")
    return int(low), int(high)


def _features(tags: str, body: str) -> tuple[str, ...]:
    """Tags of shared features; those of vessels do not suit a frame."""
    if body not in _OPEN_BODIES:
        return tuple(tags.split())
    found = ["frame" if tag in ("plant", "small", "heat") else tag for tag in tags.split()]
    return tuple(dict.fromkeys(found))


def _device(entry: Entry, topic: Entry) -> Device:
    body = str(entry["body"])
    pairs = [tuple(piece.strip() for piece in line.split(" = ", 1)) for line in _lines(entry["parts"])]
    nouns = [name.split("+") for name, _ in pairs]
    names = [words[0] for words in nouns]
    parts = tuple(
        Part(
            names[i],
            parse(clause),
            frozenset(j for j, words in enumerate(nouns) if _any_in(words, clause)) - {i},
        )
        for i, (_, clause) in enumerate(pairs)
    )
    return Device(
        heads=tuple(_head(line, names) for line in _lines(entry["titles"])),
        body=body,
        features=_features(str(entry["features"]), body),
        parts=parts,
        problems=_device_problems(entry, topic),
        effects=parse_options(str(entry.get("effects", topic["effects"]))),
    )


def _device_problems(entry: Entry, topic: Entry) -> tuple[Template, ...]:
    if "problems" in entry:
        return parse_options(str(entry["problems"]))
    return tuple(_problem(line).text for line in _lines(topic["problems"]))


def _any_in(words: list[str], text: str) -> bool:
    return any(word in text for word in words)


def _head(line: str, names: list[str]) -> Head:
    text, _, wanted = line.partition(" @ ")
    return Head(parse(text.strip()), frozenset(names.index(name) for name in wanted.split()))


def _designs(text: str) -> tuple[tuple[str, str], ...]:
    pairs = [item.strip().rsplit(" ", 1) for item in text.split("|") if item.strip()]
    return tuple((name, locarno) for name, locarno in pairs)
