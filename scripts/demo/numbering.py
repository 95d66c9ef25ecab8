"""Numbers in the official forms, from ranges that CNIPA has never issued.

Applications: year, type, a serial of seven digits beginning with 9 (a year has never had nine million of one
type), and the true check digit. Publications: the digit of the type, a 9, two digits of the year and five
running ones: CN19 16 00042 A. CNIPA counts up from CN1 00 …, and stood at CN12x, CN22x and CN30x million
in 2026; the nine-millions are decades away.
"""

from __future__ import annotations

from collections import Counter

from scripts.demo.draw import Draws

_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
TYPE_DIGITS = {"发明": 1, "实用新型": 2, "外观设计": 3}
GRANT_KINDS = {"发明": "B", "实用新型": "U", "外观设计": "S"}
PCT_DIGIT = 8


def with_check_digit(body: str) -> str:
    """`201690000123` → `CN201690000123.4`."""
    remainder = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11
    return f"CN{body}.{'X' if remainder == 10 else remainder}"


class NumberBook:
    """Hands out numbers in the order in which they are asked for.

    Args:
        draws: decides how many numbers of the fictitious office lie between two of ours.
    """

    def __init__(self, draws: Draws) -> None:
        self._draws = draws
        self._applications: Counter[tuple[int, int]] = Counter()
        self._publications: Counter[tuple[int, int]] = Counter()

    def application(self, year: int, type_digit: int) -> str:
        """The next application number of a year and type."""
        self._applications[year, type_digit] += self._draws.between(1, 7)
        serial = 9_000_000 + self._applications[year, type_digit]
        return with_check_digit(f"{year}{type_digit}{serial}")

    def publication(self, year: int, patent_type: str) -> str:
        """The next publication number of a year and type, without its kind letter."""
        digit = TYPE_DIGITS[patent_type]
        self._publications[year, digit] += 1
        return f"CN{digit}9{year % 100:02d}{self._publications[year, digit]:05d}"
