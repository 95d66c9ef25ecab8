"""One way of writing characters: full-width letters, digits and brackets become half-width."""

from __future__ import annotations

import re
import unicodedata

_SPACE = re.compile(r"[\s\u200b\u200c\u200d\u2060\ufeff]+")
_DASHES = str.maketrans({**dict.fromkeys("‐‑‒–—―−﹣", "-"), "∶": ":"})
_LONGEST_PADDED = 16  # a mark with blanks around it
EMPTY_MARKS = frozenset({"", "-", "--", "---", "/", "无", "NULL", "NONE", "NAN", "N/A", "#N/A", "NAT"})

# A long number as spreadsheets show it in a narrow or general column: 2.02E+12.
SHORTENED = re.compile(r"(?:CN|ZL)*\d(?:\.\d+)?E\+?\d+", re.ASCII)


def fold(text: str) -> str:
    """Fold widths (NFKC), dashes and colons, and trim; ASCII text, the usual case, costs almost nothing."""
    if text.isascii():
        return text.strip()
    return unicodedata.normalize("NFKC", text).translate(_DASHES).strip("\u200b\ufeff \t\r\n")


def compact(text: str) -> str:
    """Fold, drop all white space (also the zero-width kind) and raise to upper case."""
    if text.isascii():
        return "".join(text.split()).upper()
    return _SPACE.sub("", fold(text)).upper()


def tidy_lines(text: str) -> str:
    """One space at most, none at line ends, no empty lines; linear also for a cell of a megabyte."""
    return "\n".join(tidy for line in text.splitlines() if (tidy := " ".join(line.split())))


def shown(text: str) -> str:
    """A value as messages show it: one line, at most 60 characters."""
    line = " ".join(text[:200].split())
    return line if len(line) <= 60 else f"{line[:59]}…"


def is_empty_mark(text: str) -> bool:
    """Whether a cell says "nothing" in one of the ways exports do: "", "-", "无", "NULL", "nan" …."""
    return len(text) <= _LONGEST_PADDED and text.strip().upper() in EMPTY_MARKS
