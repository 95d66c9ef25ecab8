"""The little language of the vocabulary files.

[a|b|c]        one of the alternatives (they nest; an alternative may be empty)
{矿}           a slot: one of the words listed under this name; the same word within one patent
{矿2}          another word of the same list than {矿}
<60-90>        a range of numbers inside these bounds, written 65~80; decimals as in the bounds
<60-90:5>      the same on a grid of 5
<=3-8>         one number inside the bounds; also behind 小于, 低于 …, where a range makes no sense
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{([^{}]+)\}")
_SPAN = re.compile(r"(小于|大于|低于|高于|少于|超过)?<(=?)([\d.]+)-([\d.]+)(?::([\d.]+))?>")
_LEFT_OVER = re.compile(r"[\[\]{}<>|]")
_STEPS = ((24, 1), (60, 2), (150, 5), (400, 10), (1500, 50))


class GrammarError(ValueError):
    """A vocabulary text is not well formed; the message shows it."""


@dataclass(slots=True)
class Scene:
    """What is fixed within one patent.

    Attributes:
        random: where decisions come from.
        words: slot name → the words it may take.
        joiner: how ranges are written in this patent, `~` or `-`.
        chosen: slot name → the word taken; filled while rendering, or beforehand.
    """

    random: Random
    words: Mapping[str, Sequence[str]]
    joiner: str = "~"
    chosen: dict[str, str] = field(default_factory=dict)

    def render(self, text: str) -> str:
        """The text with every open decision taken.

        Raises:
            GrammarError: a stray bracket, a slot without words, a range that is none.
        """
        rendered = _SPAN.sub(self._span, self._resolve(text))
        if _LEFT_OVER.search(rendered):
            raise GrammarError(f"{text!r} leaves {rendered!r}")
        return rendered

    def _resolve(self, text: str) -> str:
        """Takes choices from the innermost, then fills slots; a word of a slot may hold both."""
        while _CHOICE.search(text):
            text = _CHOICE.sub(lambda found: self.random.choice(found[1].split("|")), text)
        return _SLOT.sub(lambda found: self._word(found[1]), text)

    def _word(self, name: str) -> str:
        if name not in self.chosen:
            base = name.rstrip("0123456789")
            taken = {text for key, text in self.chosen.items() if key.rstrip("0123456789") == base}
            words = self.words.get(name) or self.words.get(base, ())
            free = [word for word in words if word not in taken] or words
            if not free:
                raise GrammarError(f"slot {{{name}}} has no words")
            self.chosen[name] = self._resolve(self.random.choice(free))
        return self.chosen[name]

    def _span(self, found: re.Match[str]) -> str:
        limit, single, low, high, step = found.groups()
        decimals = max(len(number.partition(".")[2]) for number in (low, high, step or ""))
        width = float(high) - float(low)
        if width <= 0:
            raise GrammarError(f"{found[0]} is empty")
        grid = float(step) if step else _grid(width, decimals)
        steps = round(width / grid)
        places = sorted(self.random.sample(range(steps + 1), 2))
        numbers = [f"{float(low) + place * grid:.{decimals}f}" for place in places]
        trimmed = [number.rstrip("0").rstrip(".") if decimals else number for number in numbers]
        return (limit or "") + (trimmed[0] if single or limit else self.joiner.join(trimmed))


def _grid(width: float, decimals: int) -> float:
    """A natural step for a range: 1, 2, 5, 10 … by its width in units of the last decimal."""
    unit = 10.0**-decimals
    ticks = round(width / unit)
    return unit * next((step for limit, step in _STEPS if ticks <= limit), 100)


def options(text: object) -> tuple[str, ...]:
    """The alternatives of `a | b | c`; bars inside brackets have no spaces."""
    return tuple(part.strip() for part in str(text).split(" | "))


def lines(text: object) -> list[str]:
    """The lines of a block that are not empty."""
    return [line.strip() for line in str(text).splitlines() if line.strip()]
