"""The little language of the vocabulary files.

    [a|b|c]        one of the alternatives (they nest; an alternative may be empty)
    {矿}           a slot: one of the words listed under this name; the same word within one patent
    {矿2}          another word of the same list than {矿}
    <60-90>        a range of numbers inside these bounds, written 65~80; decimals as in the bounds
    <60-90:5>      the same on a grid of 5
    <=3-8>         one number inside the bounds; also behind 小于, 不低于 …, where a range makes no sense

A text is parsed once into a `Template` and rendered once per patent with a `Scene`, which remembers the
words chosen for the slots.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from scripts.demo.draw import Draws

_LIMITS = ("小于", "大于", "低于", "高于", "少于", "超过", "不大于", "不小于")


class TemplateError(ValueError):
    """A vocabulary text is not well formed; the message shows it."""


@dataclass(slots=True)
class Scene:
    """What is fixed within one patent.

    Attributes:
        draws: where decisions come from.
        words: slot name → the words it may take.
        joiner: how ranges are written in this patent, `~` or `-`.
        chosen: slot name → the word taken; filled while rendering, or beforehand.
    """

    draws: Draws
    words: Mapping[str, tuple[Template, ...]]
    joiner: str = "~"
    chosen: dict[str, str] = field(default_factory=dict)

    def word(self, name: str) -> str:
        """The word of a slot, chosen at its first use."""
        if name not in self.chosen:
            self.chosen[name] = self._choose(name)
        return self.chosen[name]

    def _choose(self, name: str) -> str:
        base = name.rstrip("0123456789")
        words = self.words.get(name) or self.words.get(base)
        if not words:
            raise TemplateError(f"slot {{{name}}} has no words")
        taken = {text for key, text in self.chosen.items() if key.rstrip("0123456789") == base}
        for _ in range(20):
            text = self.draws.pick(words).render(self)
            if text not in taken:
                return text
        return text


@dataclass(frozen=True, slots=True)
class Template:
    """A parsed text: literal strings, slots, ranges and choices in a row."""

    parts: tuple[str | Slot | Span | Choice, ...]

    def render(self, scene: Scene) -> str:
        """The text, with every open decision taken."""
        return "".join(part if isinstance(part, str) else part.render(scene) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Slot:
    """{name}."""

    name: str

    def render(self, scene: Scene) -> str:
        """The word of the slot."""
        return scene.word(self.name)


@dataclass(frozen=True, slots=True)
class Choice:
    """[a|b]."""

    options: tuple[Template, ...]

    def render(self, scene: Scene) -> str:
        """One option, rendered."""
        return scene.draws.pick(self.options).render(scene)


@dataclass(frozen=True, slots=True)
class Span:
    """<low-high:step>; `steps` counts grid points above low."""

    low: float
    step: float
    steps: int
    decimals: int
    single: bool

    def render(self, scene: Scene) -> str:
        """A sub-range of at least one step, or one number."""
        if self.single or self.steps < 2:
            return self._number(scene.draws.between(0, self.steps))
        middle = self.steps // 2
        low = scene.draws.between(0, max(0, middle - 1))
        high = scene.draws.between(max(middle, low + 1), self.steps)
        return f"{self._number(low)}{scene.joiner}{self._number(high)}"

    def _number(self, place: int) -> str:
        text = f"{self.low + place * self.step:.{self.decimals}f}"
        return text.rstrip("0").rstrip(".") if "." in text else text


def slots_of(template: Template) -> frozenset[str]:
    """The names of all slots in a text, also inside choices."""
    names: set[str] = set()
    for part in template.parts:
        if isinstance(part, Slot):
            names.add(part.name)
        elif isinstance(part, Choice):
            names |= frozenset[str]().union(*(slots_of(option) for option in part.options))
    return frozenset(names)


@cache
def parse(text: str) -> Template:
    """Parses one text.

    Raises:
        TemplateError: an unclosed or stray bracket, or a range that is none.
    """
    template, place = _parse_row(text, 0, inside=False)
    if place != len(text):
        raise TemplateError(f"stray {text[place]!r} at {place} in {text!r}")
    return template[0]


def parse_options(text: str) -> tuple[Template, ...]:
    """Parses `a | b | c` into its alternatives; bars inside brackets stay where they are."""
    options, place = _parse_row(f"{text}]", 0, inside=True)
    if place != len(text) + 1:
        raise TemplateError(f"stray bracket in {text!r}")
    return tuple(_strip(option) for option in options)


def _strip(template: Template) -> Template:
    parts = list(template.parts)
    if parts and isinstance(parts[0], str):
        parts[0] = parts[0].lstrip()
    if parts and isinstance(parts[-1], str):
        parts[-1] = parts[-1].rstrip()
    return Template(tuple(part for part in parts if part != ""))


def _parse_row(text: str, place: int, *, inside: bool) -> tuple[list[Template], int]:
    """Reads until the end, or until the bracket that closes this row of alternatives."""
    options: list[Template] = []
    parts: list[str | Slot | Span | Choice] = []
    while place < len(text):
        sign = text[place]
        if sign == "|" and inside:
            options.append(Template(tuple(parts)))
            parts, place = [], place + 1
        elif sign == "]":
            if not inside:
                break
            return [*options, Template(tuple(parts))], place + 1
        else:
            part, place = _parse_part(text, place)
            parts.append(part)
    if inside:
        raise TemplateError(f"unclosed bracket in {text!r}")
    return [*options, Template(tuple(parts))], place


def _parse_part(text: str, place: int) -> tuple[str | Slot | Span | Choice, int]:
    sign = text[place]
    if sign == "[":
        options, place = _parse_row(text, place + 1, inside=True)
        return Choice(tuple(options)), place
    if sign in "{<":
        limited = text[:place].endswith(_LIMITS)
        end = text.find("}" if sign == "{" else ">", place)
        if end < 0:
            raise TemplateError(f"unclosed {sign!r} at {place} in {text!r}")
        inner = text[place + 1 : end]
        return (Slot(inner) if sign == "{" else _parse_span(inner, text, single=limited)), end + 1
    end = place
    while end < len(text) and text[end] not in "[]{<|":
        end += 1
    return (text[place : max(end, place + 1)], max(end, place + 1))


def _parse_span(inner: str, text: str, *, single: bool) -> Span:
    single = single or inner.startswith("=")
    bounds, _, step_text = inner.removeprefix("=").partition(":")
    try:
        low_text, high_text = bounds.split("-")
        low, high = float(low_text), float(high_text)
        step = float(step_text) if step_text else _grid(high - low, _decimals(low_text, high_text))
    except ValueError as error:
        raise TemplateError(f"<{inner}> is no range in {text!r}") from error
    if high <= low or step <= 0:
        raise TemplateError(f"<{inner}> is empty in {text!r}")
    decimals = max(_decimals(low_text, high_text), _decimals(step_text, f"{step:g}"))
    return Span(low, step, round((high - low) / step), decimals, single)


def _decimals(*numbers: str) -> int:
    return max(len(number.partition(".")[2]) for number in numbers)


def _grid(width: float, decimals: int) -> float:
    """A natural step for a range: 1, 5, 10, 50 … by its width in units of the last decimal."""
    unit = float(10.0**-decimals)
    ticks = round(width / unit)
    for limit, step in ((24, 1), (60, 2), (150, 5), (400, 10), (1500, 50)):
        if ticks <= limit:
            return step * unit
    return 100 * unit
