"""A book of tables as docx: the cover, then tables on pages across; wide ones are split by columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

from docx import Document
from docx.document import Document as Opened
from docx.shared import Pt
from lxml import etree

from documents.book import Book, BookColumn, BookTable, Shaded
from documents.grid import HEAD_FILL, GridLook, grid
from documents.layout import set_fonts, set_page
from documents.ooxml import clean
from patents.messages import text

_MARGIN = 1.5
_BODY_WIDTH = 29.7 - 2 * _MARGIN
# A Chinese character of 8 points, in centimetres, and what a cell has around its text.
_CHARACTER, _PADDING = 0.282, 0.2
_TWENTIETHS = 1440 / 2.54
# More columns than these across, and a table is for a spreadsheet.
_MOST_COLUMNS = 24
_MOST_STRETCHED = 1.3
# A part may be set this much narrower than its columns ask for.
_SQUEEZED = 1.12
_COVER_LABEL = 3.2
_LOOK = GridLook(size=16, ruled=False)


def write_docx(book: Book, path: Path) -> None:
    """Write a Word document."""
    document = Document()
    set_fonts(document, {"Normal": 9, "Title": 18, "Heading 1": 13})
    set_page(document, across=True, sides=_MARGIN, ends=_MARGIN)
    document.styles["Normal"].paragraph_format.space_after = Pt(2)
    document.add_heading(book.title, level=0)
    cover = [(Shaded(label, HEAD_FILL), value) for label, value in book.cover]
    _add(document, (), cover, [_COVER_LABEL, _BODY_WIDTH - _COVER_LABEL])
    for table in book.tables:
        document.add_heading(table.name, level=1)
        if table.note:
            document.add_paragraph(clean(table.note))
        _add_table(document, table)
    document.save(str(path))


def _add_table(document: Opened, table: BookTable) -> None:
    shown = [place for place, column in enumerate(table.columns) if not column.sheet_only]
    for places in _parts(table.columns, table.fixed) if table.split else [shown]:
        columns = [table.columns[place] for place in places]
        rows = [[row[place] for place in places] for row in table.rows]
        cells = [[value if isinstance(value, Shaded) else str(value) for value in row] for row in rows]
        _add(document, [column.head for column in columns], cells, _stretched(list(map(_width, columns))))
    left_out = len(table.columns) - table.fixed - _MOST_COLUMNS
    if table.split and left_out > 0:
        document.add_paragraph(text("book-columns-left-out", shown=_MOST_COLUMNS, count=left_out))


def _add(
    document: Opened,
    heads: Sequence[str],
    rows: Sequence[Sequence[str | Shaded]],
    widths: Sequence[float],
) -> None:
    """Add a table and an empty line below it; widths are in centimetres."""
    made = grid(heads, rows, [round(width * _TWENTIETHS) for width in widths], [False] * len(widths), _LOOK)
    cast(etree._Element, document.add_paragraph()._p).addprevious(made)


def _parts(columns: Sequence[BookColumn], fixed: int) -> Iterator[list[int]]:
    """Columns that fit on one page, the fixed ones each time."""
    lead = sum(_width(column) for column in columns[:fixed])
    part: list[int] = []
    used = lead
    for place in range(fixed, min(len(columns), fixed + _MOST_COLUMNS)):
        width = _width(columns[place])
        if part and used + width > _BODY_WIDTH * _SQUEEZED:
            yield [*range(fixed), *part]
            part, used = [], lead
        part.append(place)
        used += width
    yield [*range(fixed), *part]


def _width(column: BookColumn) -> float:
    return column.width * _CHARACTER + _PADDING


def _stretched(widths: Sequence[float]) -> list[float]:
    """Widths that fill the page; few columns are not drawn out over it."""
    scale = min(_BODY_WIDTH / sum(widths), _MOST_STRETCHED)
    return [width * scale for width in widths]
