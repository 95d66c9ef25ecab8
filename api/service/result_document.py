"""A result list as docx: a cover, then tables on pages across; wide ones are split by columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from api.service.result_sheet import FILLS
from api.service.result_tables import Column, ResultBook, ResultTable, Value, Verdict

if TYPE_CHECKING:
    from docx.document import Document as Opened
    from docx.styles.style import ParagraphStyle
    from docx.table import Table, _Cell
    from lxml.etree import _Element

# XML 1.0 forbids them; abstracts from exports hold them now and then.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_PAGE = (Cm(29.7), Cm(21.0))
_MARGIN = Cm(1.5)
_BODY_WIDTH = 29.7 - 2 * 1.5
# A Chinese character of 8 points, in centimetres, and what a cell has around its text.
_CHARACTER, _PADDING = 0.282, 0.2
# More documents than these across, and a chart is for a spreadsheet.
_MOST_COLUMNS = 24
_MOST_STRETCHED = 1.3
_HEAD_FILL = "E0F0EE"


def write_document(book: ResultBook, path: Path) -> None:
    """Write a Word document."""
    document = Document()
    _set_up(document)
    document.add_heading(book.title, level=0)
    cover = document.add_table(rows=0, cols=2)
    cover.style = "Table Grid"
    for label, value in book.cover:
        left, right = cover.add_row().cells
        _fill(left, label, bold=True)
        _fill(right, value)
    _set_widths(cover, [3.2, _BODY_WIDTH - 3.2])
    for table in book.tables:
        document.add_heading(table.name, level=1)
        if table.note:
            document.add_paragraph(table.note)
        _add_table(document, table)
    document.save(str(path))


def _set_up(document: Opened) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = _PAGE
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
    for name, size, font in (("Normal", 9, "宋体"), ("Title", 18, "黑体"), ("Heading 1", 13, "黑体")):
        _set_font(document.styles[name], size, font)
    document.styles["Normal"].paragraph_format.space_after = Pt(2)
    _add_page_number(section.footer.paragraphs[0]._p)


def _set_font(style: ParagraphStyle, size: int, name: str) -> None:
    """Chinese fonts are named apart from Latin ones, and the language, else commas are centred."""
    style.font.size = Pt(size)
    style.font.name = "Times New Roman"
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), name)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    properties.append(language)


def _add_page_number(paragraph: _Element) -> None:
    for kind, text in (("begin", ""), ("", " PAGE "), ("end", "")):
        run = OxmlElement("w:r")
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run.append(part)
        paragraph.append(run)


def _add_table(document: Opened, table: ResultTable) -> None:
    kept = [place for place, column in enumerate(table.columns) if not column.sheet_only]
    parts = _parts(table.columns, table.fixed) if table.split else [kept]
    for places in parts:
        columns = [table.columns[place] for place in places]
        made = document.add_table(rows=1, cols=len(columns))
        made.style = "Table Grid"
        made.alignment = WD_TABLE_ALIGNMENT.CENTER
        for cell, column in zip(made.rows[0].cells, columns, strict=True):
            _fill(cell, column.head, bold=True, fill=_HEAD_FILL)
        for row in table.rows:
            cells = made.add_row().cells
            for cell, place in zip(cells, places, strict=True):
                _fill(cell, row[place])
        _keep_whole(made)
        _set_widths(made, _stretched([_width(column) for column in columns]))
        document.add_paragraph()
    shown = len(table.columns) - table.fixed
    if table.split and shown > _MOST_COLUMNS:
        document.add_paragraph(
            f"此处列出前 {_MOST_COLUMNS} 篇；其余 {shown - _MOST_COLUMNS} 篇见 xlsx 导出。"
        )


def _parts(columns: Sequence[Column], fixed: int) -> Iterator[list[int]]:
    """Columns that fit on one page, the fixed ones each time."""
    lead = sum(_width(column) for column in columns[:fixed])
    part: list[int] = []
    used = lead
    for place in range(fixed, min(len(columns), fixed + _MOST_COLUMNS)):
        width = _width(columns[place])
        if part and used + width > _BODY_WIDTH * 1.12:
            yield [*range(fixed), *part]
            part, used = [], lead
        part.append(place)
        used += width
    yield [*range(fixed), *part]


def _width(column: Column) -> float:
    return column.width * _CHARACTER + _PADDING


def _stretched(widths: Sequence[float]) -> list[float]:
    """Widths that fill the page; few columns are not drawn out over it."""
    scale = min(_BODY_WIDTH / sum(widths), _MOST_STRETCHED)
    return [width * scale for width in widths]


def _set_widths(table: Table, widths: Sequence[float]) -> None:
    table.autofit = False
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(round(_PADDING / 2 / 2.54 * 1440)))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)


def _keep_whole(table: Table) -> None:
    """Repeat the head on every page and keep it with the first row; no row breaks across pages."""
    for number, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if number == 0:
            properties.append(OxmlElement("w:tblHeader"))
    for cell in table.rows[0].cells:
        cell.paragraphs[0].paragraph_format.keep_with_next = True


def _fill(cell: _Cell, value: Value, *, bold: bool = False, fill: str = "") -> None:
    text = value.text if isinstance(value, Verdict) else str(value)
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    for number, line in enumerate(_FORBIDDEN.sub("", text).split("\n")):
        run = paragraph.add_run()
        if number:
            run.add_break()
        run.add_text(line)
        run.font.size = Pt(8)
        # The word of a verdict stands alone in its first line.
        run.bold = bold or (isinstance(value, Verdict) and number == 0)
    colour = FILLS[value.word].removeprefix("#") if isinstance(value, Verdict) else fill
    if colour:
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), colour)
        cell._tc.get_or_add_tcPr().append(shade)
