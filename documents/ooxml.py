"""What python-docx has no call for: fields, bookmarks, links, footnotes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls, nsmap, qn
from docx.oxml.parser import oxml_parser
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
    """A run of text, its lines below each other; toggles such as b="1" or sz="18" are its properties."""
    run = element("r")
    if toggles:
        properties = element("rPr")
        for key, value in toggles.items():
            properties.append(element(key, val=value))
        run.append(properties)
    for number, line in enumerate(clean(text).split("\n")):
        if number:
            run.append(element("br"))
        run.append(_text(line))
    return run


def _text(text: str) -> etree._Element:
    made = element("t")
    made.text = text
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """Add a field with what it shows until it is updated."""
    parent = cast(etree._Element, paragraph._p)
    begin_field(parent, instruction)
    parent.append(text_run(shown))
    end_field(parent)


def begin_field(parent: etree._Element, instruction: str) -> None:
    """Open a field; what it shows follows, then `end_field`, in this paragraph or a later one."""
    code = element("instrText")
    code.text = f" {instruction} "
    code.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    for part in (element("fldChar", fldCharType="begin"), code, element("fldChar", fldCharType="separate")):
        run = element("r")
        run.append(part)
        parent.append(run)


def end_field(parent: etree._Element) -> None:
    """Close a field."""
    run = element("r")
    run.append(element("fldChar", fldCharType="end"))
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
