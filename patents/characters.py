"""One spelling of each character: traditional forms, radicals and compatibility forms become simplified."""

from __future__ import annotations

from functools import cache

from patents.tables.files import read_csv


def simplified(text: str) -> str:
    """Traditional characters as simplified ones (申請號 → 申请号), radicals (⽔, ⻋) as 水 and 车.

    Returns:
        Text of the same length: character i of it stands for character i of the argument.
    """
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return text.translate(_table())
    return text


@cache
def other_forms() -> str:
    """A regular expression for one character that `simplified` replaces: few texts hold any."""
    return f"[{''.join(map(chr, _table()))}]"


@cache
def _table() -> dict[int, str]:
    return {ord(row["form"]): row["simplified"] for row in read_csv("simplified.csv")}
