"""Errors that show their place."""

from __future__ import annotations

import unicodedata

from patents.errors import QueryError

_WINDOW = 60


def located(error: QueryError, text: str) -> QueryError:
    """The same error, which now shows the line of the query with a caret under the character."""
    if not error.text:
        error.text = text
        error.excerpt = caret(text, error.place) if text.strip() else ""
    return error


def caret(text: str, place: int) -> str:
    """The line that holds a place, and under it a caret; Chinese characters are two columns wide."""
    place = max(0, min(place, len(text)))
    start = text.rfind("\n", 0, place) + 1
    stop = text.find("\n", place)
    line = text[start : stop if stop >= 0 else len(text)]
    column = place - start
    cut = max(0, column - _WINDOW)
    shown = line[cut : column + _WINDOW]
    before = "…" if cut else ""
    after = "…" if column + _WINDOW < len(line) else ""
    width = sum(map(_columns, before + shown[: column - cut]))
    printable = "".join(char if char.isprintable() else " " for char in shown)
    return f"  {before}{printable}{after}\n  {' ' * width}^"


def _columns(char: str) -> int:
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
