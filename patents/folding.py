"""One way of writing characters: full-width letters, digits and brackets become half-width."""

from __future__ import annotations

import re
import unicodedata

_SPACE = re.compile(r"[\s\u200b\u200c\u200d\u2060\ufeff]+")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣", "-"))
EMPTY_MARKS = frozenset({"", "-", "--", "---", "/", "无", "NULL", "NONE", "NAN", "N/A", "#N/A", "NAT"})


def fold(text: str) -> str:
    """Fold widths (NFKC) and dashes, and trim; ASCII text, the usual case, costs almost nothing."""
    if text.isascii():
        return text.strip()
    return unicodedata.normalize("NFKC", text).translate(_DASHES).strip("\u200b\ufeff \t\r\n")


def compact(text: str) -> str:
    """Fold, drop all white space (also the zero-width kind) and raise to upper case."""
    if text.isascii():
        return "".join(text.split()).upper()
    return _SPACE.sub("", fold(text)).upper()


def is_empty_mark(text: str) -> bool:
    """Whether a cell says "nothing" in one of the ways exports do: "", "-", "无", "NULL", "nan" …."""
    return text.strip().upper() in EMPTY_MARKS
