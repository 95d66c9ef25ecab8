"""Tables of a Word document, by the thousand cells: python-docx would read the whole table for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from lxml import etree

from documents.book import Shaded
from documents.ooxml import element, text_run

_INK = "1d2733"
#: Behind heads and labels.
HEAD_FILL = "E0F0EE"


@dataclass(frozen=True, slots=True, kw_only=True)
class GridLook:
    """How a table looks.

    Attributes:
        size: of the text, in half points.
        ruled: three rules (三线表) as papers have; else a line around every cell and a shaded head.
    """

    size: int = 17
    ruled: bool = True


def grid(
    heads: Sequence[str],
    rows: Sequence[Sequence[str | Shaded]],
    widths: Sequence[int],
    numeric: Sequence[bool],
    look: GridLook,
) -> etree._Element:
    """A table whose head repeats on every page and whose rows do not break across pages.

    Args:
        heads: of the columns; none, and the table has no head.
        rows: cells.
        widths: of the columns, in twentieths of a point.
        numeric: columns set to the right.
        look: of all cells.
    """
    sides = ("top", "bottom") if look.ruled else ("top", "left", "bottom", "right", "insideH", "insideV")
    weight = 12 if look.ruled else 4
    borders = "".join(
        f"<w:{side} w:val='single' w:sz='{weight}' w:space='0' w:color='{_INK}'/>" for side in sides
    )
    table = cast(
        etree._Element,
        parse_xml(
            f"<w:tbl {nsdecls('w')}><w:tblPr><w:tblW w:w='{sum(widths)}' w:type='dxa'/><w:jc w:val='center'/>"
            f"<w:tblBorders>{borders}</w:tblBorders>"
            "<w:tblLayout w:type='fixed'/><w:tblCellMar><w:left w:w='60' w:type='dxa'/>"
            "<w:right w:w='60' w:type='dxa'/></w:tblCellMar></w:tblPr></w:tbl>"
        ),
    )
    columns = element("tblGrid")
    for width in widths:
        columns.append(element("gridCol", w=str(width)))
    table.append(columns)
    if heads:
        table.append(_row(heads, widths, numeric, look, head=True))
    for row in rows:
        table.append(_row(row, widths, numeric, look, head=False))
    return table


def _row(
    cells: Sequence[str | Shaded],
    widths: Sequence[int],
    numeric: Sequence[bool],
    look: GridLook,
    *,
    head: bool,
) -> etree._Element:
    row, properties = element("tr"), element("trPr")
    properties.append(element("cantSplit"))
    if head:
        properties.append(element("tblHeader"))
    row.append(properties)
    for cell, width, right in zip(cells, widths, numeric, strict=True):
        row.append(_cell(cell, width, look, right=right, head=head))
    return row


def _cell(cell: str | Shaded, width: int, look: GridLook, *, right: bool, head: bool) -> etree._Element:
    made, properties = element("tc"), element("tcPr")
    properties.append(element("tcW", w=str(width), type="dxa"))
    if head and look.ruled:
        borders = element("tcBorders")
        borders.append(element("bottom", val="single", sz="6", space="0", color=_INK))
        properties.append(borders)
    fill = cell.fill if isinstance(cell, Shaded) else HEAD_FILL if head and not look.ruled else ""
    if fill:
        properties.append(element("shd", val="clear", fill=fill))
    properties.append(element("vAlign", val="center" if look.ruled else "top"))
    made.append(properties)
    paragraph, layout = element("p"), element("pPr")
    if head:
        layout.append(element("keepNext"))
    layout.append(element("spacing", before="20", after="20", line="240", lineRule="auto"))
    layout.append(element("ind", firstLine="0", firstLineChars="0"))
    layout.append(element("jc", val="right" if right else "left"))
    paragraph.append(layout)
    size = str(look.size)
    if isinstance(cell, Shaded):
        lead, line, rest = cell.text.partition("\n")
        paragraph.append(text_run(lead, b="1", sz=size))
        if line:
            paragraph.append(text_run(line + rest, sz=size))
    elif head:
        paragraph.append(text_run(cell, b="1", sz=size))
    else:
        paragraph.append(text_run(cell, sz=size))
    made.append(paragraph)
    return made
