"""What can be improved: attributes with the direction that is good, and the effects they are grouped to.

`vocabulary.csv` has one line an effect: its name, its English name, what is good, and the words that
name it at the end of a noun phrase. What is good:

| up | it rises or is kept: 提高强度, 保证质量 |
| down | it falls: 降低成本 |
| save | it is saved: 节约材料; falls where nothing else is claimed |
| event | it happens less, or never: 减少磨损, 避免堵塞 |
| ease | it becomes easier: 便于安装 |
| simple | it becomes simpler: 简化结构 |
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, cast

from patents.bilingual import Text

Good = Literal["up", "down", "save", "event", "ease", "simple"]
_FILE = Path(__file__).with_name("vocabulary.csv")


@dataclass(frozen=True, slots=True)
class Effect:
    """What patents may improve.

    Attributes:
        name: verb and object, normalised: 提高强度, Increase strength.
        good: which change is one for the better.
    """

    name: Text
    good: Good


@lru_cache(maxsize=1)
def effects() -> tuple[Effect, ...]:
    """Every effect, in the order of the table."""
    return tuple(effect for effect, _ in _lines())


@lru_cache(maxsize=1)
def by_word() -> Mapping[str, tuple[Effect, ...]]:
    """Word → effects that it may stand for: 流程 is shortened (down) or simplified (simple)."""
    words_to_effects: dict[str, tuple[Effect, ...]] = {}
    for effect, words in _lines():
        for word in words:
            words_to_effects[word] = (*words_to_effects.get(word, ()), effect)
    return MappingProxyType(words_to_effects)


@lru_cache(maxsize=1)
def longest_word() -> int:
    """Characters of the longest word."""
    return max(map(len, by_word()))


@lru_cache(maxsize=1)
def _lines() -> tuple[tuple[Effect, tuple[str, ...]], ...]:
    with _FILE.open(encoding="utf-8", newline="") as lines:
        return tuple(
            (
                Effect(Text(row["effect"], row["effect_en"]), cast(Good, row["good"])),
                tuple(dict.fromkeys(row["words"].split())),
            )
            for row in csv.DictReader(lines)
        )
