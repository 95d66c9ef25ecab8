"""A book of tables: a cover and what follows it, whatever kind of file it becomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shaded:
    """A cell with a colour behind it; its first line is what the colour means.

    Attributes:
        text: of one or more lines.
        fill: the colour, RRGGBB; dark text on it needs a contrast above 4.5 : 1.
    """

    text: str
    fill: str


Value = str | int | float | Shaded


@dataclass(frozen=True, slots=True, kw_only=True)
class BookColumn:
    """A column: its header, its width in Chinese characters, and whether a document leaves it out."""

    head: str
    width: float
    sheet_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BookTable:
    """One table.

    Attributes:
        name: of the sheet, and heading in a document.
        columns: c columns.
        rows: of c values each.
        note: a sentence below the heading, or empty.
        fixed: leading columns that stay in view.
        split: a document puts as many columns on a page as fit, after the fixed ones; else all are squeezed.
    """

    name: str
    columns: Sequence[BookColumn]
    rows: Sequence[Sequence[Value]]
    note: str = ""
    fixed: int = 1
    split: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """What is exported: cover lines, then tables."""

    title: str
    cover: Sequence[tuple[str, str]]
    tables: Sequence[BookTable]
