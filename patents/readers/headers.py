"""Header names: one spelling for all the ways portals write the same column."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from patents.characters import simplified

_BRACKETS = str.maketrans("【】〔〕〖〗｛｝{}『』「」", "[][][]()()[][]")
_NUMBERED = re.compile(r"(.*[^\d\s(])[-#.]?\(?\d{1,2}\)?")
_NOISE = re.compile(r"[\s\u200b-\u200d\u2060\ufeff_]+")


@lru_cache(maxsize=8192)
def normalise_header(header: str) -> str:
    """The header in the one spelling that column tables are keyed by.

    Full-width characters become half-width, all brackets round or square, white space, underscores,
    byte-order marks and a closing colon or asterisk go, letters are lower case, traditional characters
    become simplified ones: `標題 （中文）` and `标题(中文)` are one, `Int. Cl.` and `int.cl.` are one.
    """
    text = simplified(unicodedata.normalize("NFKC", header).translate(_BRACKETS))
    return _NOISE.sub("", text).strip("*:'\"").casefold()


def numbered_base(header: str) -> str:
    """A normalised header without the number of a column in a series (申请人2, ipc分类号(2)); else ""."""
    match = _NUMBERED.fullmatch(header)
    return match[1] if match else ""


def unique_headers(headers: Iterable[str]) -> tuple[str, ...]:
    """Column names with nothing lost: a second `申请号` becomes `申请号 (2)`, an empty one `(column 3)`."""
    seen: set[str] = set()
    names: list[str] = []
    for place, header in enumerate(headers, start=1):
        name = _free_name(" ".join(header.split()) or f"(column {place})", seen)
        seen.add(name)
        names.append(name)
    return tuple(names)


def trim_headers(cells: Sequence[str]) -> Sequence[str]:
    """The header row without the empty cells at its end."""
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return cells[:end]


def _free_name(name: str, taken: set[str]) -> str:
    if name not in taken:
        return name
    number = 2
    while f"{name} ({number})" in taken:
        number += 1
    return f"{name} ({number})"
