"""Numbers in the official forms, from ranges never issued; families; citations of what was published before.

Applications: year, type, a serial of seven digits beginning with 9 (a year has never had nine million of one
type), and the true check digit. Publications: the digit of the type, a 9, two digits of the year and five
running ones: CN19 16 00042 A. CNIPA stood at CN12x, CN22x and CN30x million in 2026.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from random import Random

import numpy as np
from numpy.typing import NDArray

from patents.application_number import check_digit
from scripts.demo.life import Lives

TYPE_DIGITS = {"发明": 1, "实用新型": 2, "外观设计": 3}
GRANT_KINDS = {"发明": "B", "实用新型": "U", "外观设计": "S"}
PCT_DIGIT = 8
_LOOKED_AT = 10
_CITED = {True: (0.08, 0.16, 0.22, 0.22, 0.16, 0.1, 0.06), False: (0.86, 0.08, 0.06)}
_CATEGORIES = {True: (0.5, 0.3, 0.2), False: (0.16, 0.28, 0.56)}


class NumberBook:
    """Hands out application numbers in the order in which they are asked for.

    Args:
        random: decides how many numbers of the fictitious office lie between two of ours.
    """

    def __init__(self, random: Random) -> None:
        self._random, self._last = random, Counter[tuple[int, int]]()

    def application(self, year: int, type_digit: int) -> str:
        """The next application number of a year and type."""
        self._last[year, type_digit] += self._random.randint(1, 7)
        body = f"{year}{type_digit}{9_000_000 + self._last[year, type_digit]}"
        return f"CN{body}.{check_digit(body)}"


def publication_numbers(
    types: Sequence[str], lives: Lives, numbers: Sequence[str]
) -> tuple[list[str], list[str]]:
    """Numbers of the published application and of the grant ("" for none), rising with the day."""
    published, granted, last = [""] * len(types), [""] * len(types), Counter[str]()
    days = lives.first_publication
    for row in sorted(range(len(types)), key=lambda row: (days[row], numbers[row])):
        prefix = f"CN{TYPE_DIGITS[types[row]]}9{str(days[row])[2:4]}"
        last[prefix] += 1
        number = f"{prefix}{last[prefix]:05d}"
        published[row] = f"{number}A" if types[row] == "发明" else ""
        granted[row] = "" if np.isnat(lives.grant[row]) else number + GRANT_KINDS[types[row]]
    return published, granted


def cite(
    topics: NDArray[np.int64], industries: Sequence[str], types: Sequence[str], titles: Sequence[str],
    lives: Lives, random: Random,
) -> list[list[tuple[int, str]]]:  # fmt: skip
    """Rows that every search report cites, with X, Y or A: mostly the nearest of some of the topic."""
    first = lives.first_publication
    pairs = [frozenset(map("".join, pairwise(title))) for title in titles]
    shelves = defaultdict[object, list[int]](list)
    for row in np.argsort(first, kind="stable"):
        if types[row] != "外观设计":
            shelves[int(topics[row])].append(int(row))
            shelves[industries[row]].append(int(row))
    days = {key: first[shelf] for key, shelf in shelves.items()}
    reports: list[list[tuple[int, str]]] = [[] for _ in titles]
    for row in range(len(titles)):
        for _ in range(_how_many(types[row], str(lives.words[row]), random)):
            near = random.random() < 0.86
            key = int(topics[row]) if near else industries[row]
            earlier = int(np.searchsorted(days[key], lives.filing[row])) if key in days else 0
            looked_at = {shelves[key][random.randrange(earlier)] for _ in range(_LOOKED_AT * (earlier > 0))}
            looked_at -= {cited for cited, _ in reports[row]}
            if looked_at:
                nearest = max(sorted(looked_at), key=lambda other: len(pairs[row] & pairs[other]))
                letter = random.choices("XYA", _CATEGORIES[lives.words[row] == "驳回"])[0]
                reports[row].append((nearest, letter if topics[nearest] == topics[row] else "A"))
        reports[row].sort(key=lambda cited: "XYA".index(cited[1]))
    return reports


def _how_many(patent_type: str, words: str, random: Random) -> int:
    """A search report comes with the examination of an invention; others seldom have one."""
    if patent_type == "外观设计" or words in ("公开", "实质审查"):
        return 0
    weights = _CITED[patent_type == "发明"]
    return random.choices(range(len(weights)), weights)[0]
