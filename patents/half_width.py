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
SHORTENED_HELP = (
    "The digits are lost in this file. Export again with the number column as text, "
    "or format the column as text before the numbers are pasted into it."
)


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
    """A value as messages quote it: its first 60 characters."""
    return repr(text) if len(text) <= 60 else f"{text[:60]!r}… ({len(text)} characters)"


def is_empty_mark(text: str) -> bool:
    """Whether a cell says "nothing" in one of the ways exports do: "", "-", "无", "NULL", "nan" …."""
    return len(text) <= _LONGEST_PADDED and text.strip().upper() in EMPTY_MARKS
