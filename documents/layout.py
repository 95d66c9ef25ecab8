"""Fonts and pages of Word documents: 宋体 for text, 黑体 for headings."""

from __future__ import annotations

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.styles.style import ParagraphStyle

from documents.ooxml import element, field

_LATIN, _TEXT, _HEADING = "Times New Roman", "宋体", "黑体"
_A4 = (21.0, 29.7)
_THEMES = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


def set_fonts(document: Document, sizes: dict[str, float]) -> None:
    """Set the fonts of styles.

    Args:
        document: opened.
        sizes: name of the style → points.
    """
    for name, points in sizes.items():
        style = document.styles[name]
        assert isinstance(style, ParagraphStyle)
        style.font.name, style.font.size = _LATIN, Pt(points)
        properties = style.element.get_or_add_rPr()
        fonts = properties.get_or_add_rFonts()
        for theme in _THEMES:
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        # Chinese fonts are named apart from Latin ones, and the language, else commas are centred.
        fonts.set(qn("w:eastAsia"), _TEXT if name == "Normal" else _HEADING)
        properties.append(element("lang", val="en-US", eastAsia="zh-CN"))


def set_page(document: Document, *, across: bool, sides: float, ends: float) -> None:
    """Set the page: A4 with a running number at its foot.

    Args:
        document: opened.
        across: landscape.
        sides: left and right margins, in centimetres.
        ends: top and bottom margins, in centimetres.
    """
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    width, height = reversed(_A4) if across else _A4
    section.page_width, section.page_height = Cm(width), Cm(height)
    section.left_margin = section.right_margin = Cm(sides)
    section.top_margin = section.bottom_margin = Cm(ends)
    line = section.footer.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field(line, "PAGE", "1")
