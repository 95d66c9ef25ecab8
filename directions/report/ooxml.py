"""What python-docx has no call for: fields, bookmarks, links, footnotes, tables by the thousand cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls, nsmap, qn
from docx.oxml.parser import oxml_parser, parse_xml
from lxml import etree

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

# XML 1.0 forbids them; abstracts from exports hold them now and then.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NAMES = {"w": nsmap["w"]}
_WORD = f"{{{nsmap['w']}}}"
_FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_FOOTNOTES = (
    f"<w:footnotes {nsdecls('w')}>"
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p>'
    "</w:footnote></w:footnotes>"
)


def clean(text: str) -> str:
    """Take out what XML cannot hold."""
    return _FORBIDDEN.sub("", text)


def element(tag: str, /, **attributes: str) -> etree._Element:
    """Make an element of WordprocessingML; attributes are of the same name space."""
    named = {f"{_WORD}{key}": value for key, value in attributes.items()}
    return oxml_parser.makeelement(f"{_WORD}{tag}", named, _NAMES)


def text_run(text: str, **toggles: str) -> etree._Element:
    """A run of text; toggles such as b="1" or sz="18" are its properties."""
    run = element("r")
    if toggles:
        properties = element("rPr")
        for key, value in toggles.items():
            properties.append(element(key, val=value))
        run.append(properties)
    run.append(_text(clean(text)))
    return run


def _text(text: str) -> etree._Element:
    made = element("t")
    made.text = text
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """Add a field with what it shows until it is updated."""
    add_field(cast(etree._Element, paragraph._p), instruction, shown)


def add_field(parent: etree._Element, instruction: str, shown: str) -> None:
    """Add a field to a paragraph or link element."""
    for kind in ("begin", "instr", "separate", "text", "end"):
        run = element("r")
        if kind == "instr":
            code = element("instrText")
            code.text = f" {instruction} "
            code.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            run.append(code)
        elif kind == "text":
            run.append(_text(shown))
        else:
            run.append(element("fldChar", fldCharType=kind))
        parent.append(run)


def bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Put a bookmark around a paragraph's content."""
    parent = cast(etree._Element, paragraph._p)
    start = element("bookmarkStart", id=str(number), name=name)
    first = next((place for place, child in enumerate(parent) if child.tag != qn("w:pPr")), len(parent))
    parent.insert(first, start)
    parent.append(element("bookmarkEnd", id=str(number)))


def link(anchor: str) -> etree._Element:
    """A link to a bookmark."""
    return element("hyperlink", anchor=anchor, history="1")


class Footnotes:
    """Adds footnotes to a document; those of a template stay.

    Args:
        document: opened.
        size: of the text, in half points.
    """

    def __init__(self, document: Document, size: str = "16") -> None:
        self._size = size
        part = document.part
        found = [one for one in part.rels.values() if one.reltype == RELATIONSHIP_TYPE.FOOTNOTES]
        if found:
            self._part = found[0].target_part
        else:
            self._part = Part(
                PackURI("/word/footnotes.xml"), _FOOTNOTES_TYPE, _FOOTNOTES.encode(), part.package
            )
            part.relate_to(self._part, RELATIONSHIP_TYPE.FOOTNOTES)
        self._root = etree.fromstring(self._part.blob)
        self._next = 1 + max((int(one.get(qn("w:id"), "0")) for one in self._root), default=0)
        self._next = max(1, self._next)

    def add(self, paragraph: Paragraph, text: str) -> None:
        """Put a mark at the end of a paragraph and the text at the foot of its page."""
        number = str(self._next)
        self._next += 1
        mark = element("r")
        properties = element("rPr")
        properties.append(element("vertAlign", val="superscript"))
        mark.append(properties)
        mark.append(element("footnoteReference", id=number))
        cast(etree._Element, paragraph._p).append(mark)
        note, body = element("footnote", id=number), element("p")
        layout = element("pPr")
        layout.append(element("spacing", before="0", after="0", line="220", lineRule="auto"))
        body.append(layout)
        own = element("r")
        raised = element("rPr")
        raised.append(element("vertAlign", val="superscript"))
        own.append(raised)
        own.append(element("footnoteRef"))
        body.append(own)
        body.append(text_run(" " + text, sz=self._size))
        note.append(body)
        self._root.append(note)

    def close(self) -> None:
        """Write the notes into the document."""
        self._part._blob = etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)


def grid(
    heads: list[str], rows: list[list[str]], widths: list[int], numeric: list[bool], size: str = "17"
) -> etree._Element:
    """A table with three rules (三线表), its head repeated on every page.

    Args:
        heads: of the columns.
        rows: cells as text.
        widths: of the columns in twentieths of a point.
        numeric: columns set to the right.
        size: of the text in half points.
    """
    table = cast(
        etree._Element,
        parse_xml(
            f"<w:tbl {nsdecls('w')}><w:tblPr><w:tblW w:w='{sum(widths)}' w:type='dxa'/><w:jc w:val='center'/>"
            "<w:tblBorders><w:top w:val='single' w:sz='12' w:space='0' w:color='1d2733'/>"
            "<w:bottom w:val='single' w:sz='12' w:space='0' w:color='1d2733'/></w:tblBorders>"
            "<w:tblLayout w:type='fixed'/><w:tblCellMar><w:left w:w='60' w:type='dxa'/>"
            "<w:right w:w='60' w:type='dxa'/></w:tblCellMar></w:tblPr></w:tbl>"
        ),
    )
    columns = element("tblGrid")
    for width in widths:
        columns.append(element("gridCol", w=str(width)))
    table.append(columns)
    table.append(_row(heads, widths, numeric, size, head=True))
    for row in rows:
        table.append(_row(row, widths, numeric, size, head=False))
    return table


def _row(
    cells: list[str], widths: list[int], numeric: list[bool], size: str, *, head: bool
) -> etree._Element:
    row, properties = element("tr"), element("trPr")
    properties.append(element("cantSplit"))
    if head:
        properties.append(element("tblHeader"))
    row.append(properties)
    for text, width, right in zip(cells, widths, numeric, strict=True):
        row.append(_cell(text, width, size, right=right, head=head))
    return row


def _cell(text: str, width: int, size: str, *, right: bool, head: bool) -> etree._Element:
    cell, properties = element("tc"), element("tcPr")
    properties.append(element("tcW", w=str(width), type="dxa"))
    if head:
        borders = element("tcBorders")
        borders.append(element("bottom", val="single", sz="6", space="0", color="1d2733"))
        properties.append(borders)
    properties.append(element("vAlign", val="center"))
    cell.append(properties)
    paragraph, layout = element("p"), element("pPr")
    layout.append(element("spacing", before="20", after="20", line="240", lineRule="auto"))
    layout.append(element("ind", firstLine="0", firstLineChars="0"))
    layout.append(element("jc", val="right" if right else "left"))
    paragraph.append(layout)
    toggles = {"b": "1", "sz": size} if head else {"sz": size}
    paragraph.append(text_run(text, **toggles))
    cell.append(paragraph)
    return cell
