"""Tables and sentences of a chapter as text for a terminal, columns aligned."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Literal

from directions.facts import Chapter, Table
from directions.notation import NUMERIC, heading, printed_columns, printed_rows

_LONGEST = 44


def chapter_lines(chapter: Chapter, language: Literal["zh", "en"] = "zh") -> Iterator[str]:
    """Write a chapter: heading, sentences, tables, notes."""
    yield chapter.title.of(language)
    for finding in chapter.findings:
        yield finding.text.of(language)
    for table in chapter.tables:
        yield ""
        yield from table_lines(table, language)
    for inner in chapter.chapters:
        yield ""
        yield from chapter_lines(inner, language)


def table_lines(table: Table, language: Literal["zh", "en"] = "zh") -> Iterator[str]:
    """Write a table; numbers stand to the right."""
    yield table.title.of(language)
    if table.missing:
        yield f"  {table.missing.of(language)}"
        return
    columns = printed_columns(table)
    lines = [[heading(column, language) for column in columns], *printed_rows(table, language)]
    cells = [[_short(cell) for cell in line] for line in lines]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    right = [column.kind in NUMERIC for column in columns]
    for line in cells:
        padded = (_pad(cell, width, side) for cell, width, side in zip(line, widths, right, strict=True))
        yield f"  {'  '.join(padded)}".rstrip()
    yield from (f"  * {note.of(language)}" for note in table.notes)


def _short(text: str) -> str:
    kept = ""
    for sign in text:
        if _width(kept + sign) > _LONGEST:
            return f"{kept}…"
        kept += sign
    return kept


def _width(text: str) -> int:
    """Columns that a terminal takes for a text: two for a Chinese character."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _pad(text: str, width: int, right: bool) -> str:
    blank = " " * (width - _width(text))
    return blank + text if right else text + blank
