"""Word: native tables, captions with running numbers, 目录, footnotes that lead to the numbers."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, cast

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml.ns import qn
from docx.oxml.shape import CT_Inline
from docx.shared import Cm, Emu, Inches, Pt, RGBColor
from docx.text.paragraph import Paragraph as Line

from directions.notation import NUMERIC, heading, printed_columns, printed_rows
from directions.report.blocks import (
    FigureBlock,
    Heading,
    Paragraph,
    Remark,
    TableBlock,
    body_blocks,
    cover_blocks,
)
from directions.report.pictures import Pictures, size
from directions.report.report import Report
from directions.report.words import word
from documents.grid import GridLook, grid
from documents.layout import set_fonts, set_page
from documents.ooxml import (
    Footnotes,
    begin_field,
    bookmark,
    clean,
    element,
    end_field,
    field,
    link,
    text_run,
)
from documents.widths import column_widths, size_for
from patents.errors import InputError

if TYPE_CHECKING:
    from docx.document import Document as Opened
    from docx.oxml.text.paragraph import CT_P
    from docx.styles.style import ParagraphStyle
    from lxml import etree

_BODY_WIDTH = 9_000  # twentieths of a point between the margins
_INK = RGBColor(0x1D, 0x27, 0x33)
# Styles and their sizes in points.
_SIZES = {
    "Normal": 10.5,
    "Title": 24,
    "Subtitle": 13,
    "Heading 1": 16,
    "Heading 2": 13.5,
    "Heading 3": 12,
    "Caption": 9.5,
}
_TOC_LEVELS = 2


def write_docx(report: Report, path: Path, pictures: Pictures, template: Path | None = None) -> None:
    """Write a report.

    Args:
        report: what is printed.
        path: of the file.
        pictures: of the figures.
        template: a .docx whose styles, margins, header and footer are used; its text is kept in front.

    Raises:
        InputError: the template is not a Word file.
    """
    writer = _Writer(report, _opened(template), pictures, styled=template is None)
    writer.cover()
    writer.contents()
    writer.body()
    writer.footnotes.close()
    properties = writer.document.core_properties
    properties.title, properties.author, properties.comments = (
        report.title,
        "Patlas",
        report.study.query[:200],
    )
    writer.document.save(str(path))


def _opened(template: Path | None) -> Opened:
    if template is None:
        return Document()
    try:
        return Document(str(template))
    except (KeyError, ValueError, OSError) as error:
        raise InputError("word-template-unreadable", template=template, reason=error) from error


class _Writer:
    """One report on its way into one document."""

    def __init__(self, report: Report, document: Opened, pictures: Pictures, *, styled: bool) -> None:
        self.report, self.document, self.pictures = report, document, pictures
        if styled:
            _set_styles(document)
            set_page(document, across=False, sides=2.5, ends=2.4)
        self.footnotes = Footnotes(document)
        self._bookmarks = self._pictures = 0
        # python-docx looks for the end of the document and for styles by reading everything before: with
        # thousands of paragraphs that is most of the time of a report.
        body = cast("etree._Element", document.element.body)
        end = body.find(qn("w:sectPr"))
        self._end = body.makeelement(qn("w:sectPr"), {}) if end is None else end
        if end is None:
            body.append(self._end)
        self._style_ids = {
            str(one.name): one.style_id for one in document.styles if one.type == WD_STYLE_TYPE.PARAGRAPH
        }

    def cover(self) -> None:
        """Title, what it is about, and the tables of the first pages."""
        language = self.report.language
        line = self._line(self.report.title, "Title")
        line.paragraph_format.space_before = Pt(60)
        self._line(word("subtitle", language), "Subtitle")
        as_of = f"{word('as_of', language)} {self.report.study.as_of:%Y-%m-%d}"
        self._line(as_of, "Subtitle")
        if self.report.synthetic:
            warning = self._line(word("synthetic", language), "Subtitle")
            warning.runs[0].font.color.rgb = RGBColor(0xA3, 0x50, 0x1A)
        for block in cover_blocks(self.report):
            self._caption(block.caption, block.anchor, "", 0)
            self._table(block)
        self._break()

    def contents(self) -> None:
        """目录: a field filled with links to the headings; updated in Word, it has page numbers too."""
        title = self._line(word("contents", self.report.language), "Normal")
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
        title.runs[0].bold = True
        title.runs[0].font.size = Pt(15)
        shown = [
            block
            for block in body_blocks(self.report)
            if isinstance(block, Heading) and block.level <= _TOC_LEVELS
        ]
        for place, block in enumerate(shown):
            self._entry(block, first=place == 0, last=place == len(shown) - 1)
        self._break()

    def _entry(self, block: Heading, *, first: bool, last: bool) -> None:
        line = self._line("", "Normal")
        line.paragraph_format.left_indent = Cm(0.7 * (block.level - 1))
        line.paragraph_format.space_after = Pt(1)
        line.paragraph_format.first_line_indent = Cm(0)
        parent = cast("etree._Element", line._p)
        if first:
            begin_field(parent, f'TOC \\o "1-{_TOC_LEVELS}" \\h \\z \\u')
        target = link(_anchor(block.anchor))
        target.append(text_run(block.text))
        parent.append(target)
        if last:
            end_field(parent)

    def body(self) -> None:
        """All parts and the appendix."""
        first = True
        for block in body_blocks(self.report):
            if isinstance(block, Heading):
                line = self._line(block.text, f"Heading {block.level}")
                # A break of its own would leave an empty page behind a full one.
                line.paragraph_format.page_break_before = block.level == 1 and not first
                first = False
                self._mark(line, block.anchor)
            elif isinstance(block, Paragraph):
                self._paragraph(block)
            elif isinstance(block, Remark):
                self._small(block.text)
            elif isinstance(block, TableBlock):
                self._caption(block.caption, block.anchor, word("table", self.report.language), block.number)
                self._table(block)
                for text in block.below:
                    self._small(text)
            else:
                self._figure(block)

    def _paragraph(self, block: Paragraph) -> None:
        line = self._line("", "Normal")
        line.paragraph_format.first_line_indent = Pt(21) if self.report.language == "zh" else Pt(0)
        for run in block.runs:
            line.add_run(clean(run.text))
            if run.source:
                self.footnotes.add(line, run.source)
            if self.report.language == "en":
                line.add_run(" ")

    def _caption(self, text: str, anchor: str, label: str, number: int, *, above: bool = True) -> None:
        line = self._line("" if number else text, "Caption")
        line.paragraph_format.keep_with_next = above
        if number:
            line.add_run(f"{label} ")
            field(line, f"SEQ {label} \\* ARABIC", str(number))
            line.add_run(clean(text.removeprefix(f"{label} {number}")))
        self._mark(line, anchor)

    def _table(self, block: TableBlock) -> None:
        language = self.report.language
        columns = printed_columns(block.table)
        heads = [heading(column, language) for column in columns]
        rows = printed_rows(block.table, language)
        numeric = [column.kind in NUMERIC for column in columns]
        made = grid(
            [clean(head) for head in heads],
            rows,
            column_widths(heads, rows, _BODY_WIDTH),
            numeric,
            GridLook(size=size_for(heads, rows)),
        )
        after = self._line("", "Normal")
        after.paragraph_format.space_after = Pt(2)
        after.paragraph_format.line_spacing = Pt(4)
        cast("etree._Element", after._p).addprevious(made)

    def _figure(self, block: FigureBlock) -> None:
        png = self.pictures.png(block.figure)
        line = self._line("", "Normal")
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.paragraph_format.first_line_indent = Cm(0)
        line.paragraph_format.keep_with_next = True
        wide, high = size(png)
        scale = min(1.0, 6.1 / wide, 8.2 / high)
        self._add_picture(line, png, int(Inches(wide * scale)), int(Inches(high * scale)), block.caption)
        label = word("figure", self.report.language)
        self._caption(block.caption, block.anchor, label, block.number, above=False)

    def _add_picture(self, line: Line, png: bytes, width: int, height: int, caption: str) -> None:
        """Put a picture into a line; python-docx would read the whole document for a free number."""
        self._pictures += 1
        relation, _ = self.document.part.get_or_add_image(io.BytesIO(png))
        inline = CT_Inline.new_pic_inline(
            10_000 + self._pictures, relation, f"figure{self._pictures}.png", Emu(width), Emu(height)
        )
        inline.docPr.set("descr", clean(caption))
        line.add_run()._r.add_drawing(inline)

    def _small(self, text: str) -> None:
        line = self._line(text, "Normal")
        line.paragraph_format.first_line_indent = Cm(0)
        line.paragraph_format.space_after = Pt(2)
        for run in line.runs:
            run.font.size = Pt(8.5)
            run.font.color.rgb = RGBColor(0x66, 0x72, 0x7F)

    def _line(self, text: str, style: str) -> Line:
        line = Line(cast("CT_P", element("p")), self.document._body)
        self._end.addprevious(cast("etree._Element", line._p))
        if text:
            line.add_run(clean(text))
        if style in self._style_ids:
            line._p.style = self._style_ids[style]
        return line

    def _break(self) -> None:
        self._line("", "Normal").add_run().add_break(WD_BREAK.PAGE)

    def _mark(self, line: Line, anchor: str) -> None:
        self._bookmarks += 1
        bookmark(line, _anchor(anchor), 1_000 + self._bookmarks)


def _anchor(name: str) -> str:
    """Names of bookmarks hold letters, digits and underscores only."""
    return "_p_" + "".join(sign if sign.isalnum() else "_" for sign in name)


def _set_styles(document: Opened) -> None:
    set_fonts(document, _SIZES)
    for name in _SIZES:
        font = cast("ParagraphStyle", document.styles[name]).font
        font.color.rgb, font.italic = _INK, False
    for name in ("Title", "Subtitle", "Caption"):
        cast("ParagraphStyle", document.styles[name]).paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    normal = cast("ParagraphStyle", document.styles["Normal"]).paragraph_format
    normal.line_spacing, normal.space_after = 1.35, Pt(4)
    caption = cast("ParagraphStyle", document.styles["Caption"]).paragraph_format
    caption.space_before, caption.space_after = Pt(8), Pt(3)
