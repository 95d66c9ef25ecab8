"""docx → lines: paragraphs in reading order, tables and content controls among them.

The headings of the parts (权 利 要 求 书) stand in the page headers of the official forms, so the header
of a section is read before its paragraphs. Deleted text of tracked changes is left out, inserted text
is in; text boxes (labels in drawings) are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from patents.drafts.lines import Line
from patents.errors import UnreadableFileError
from patents.isolated.limits import MOST_UNPACKED_DRAFT, guard_archive

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element

_SKIPPED = ("del", "moveFrom", "txbxContent", "Fallback")


def docx_lines(data: bytes, name: str) -> list[Line]:
    """Lines of a Word document.

    Raises:
        UnreadableFileError: it is damaged, another kind of file, or unpacks to too much.
    """
    from docx import Document as open_document

    try:
        with ZipFile(BytesIO(data)) as packed:
            guard_archive(packed.infolist(), name, MOST_UNPACKED_DRAFT)
        document = open_document(BytesIO(data))
    except (BadZipFile, KeyError, ValueError, SyntaxError) as error:
        raise UnreadableFileError("draft-docx-unreadable", name=name, problem=error) from error
    return list(_lines(document))


def _lines(document: Document) -> Iterator[Line]:
    headers = [_header_lines(section.header._element) for section in document.sections]
    section = 0
    yield from headers[0] if headers else ()
    for paragraph in document.element.body.iter(_w("p")):
        if _inside(paragraph, _SKIPPED):
            continue
        numbered = _is_numbered(document, paragraph)
        for place, text in enumerate(_text(paragraph).split("\n")):
            yield Line(text.strip(), numbered and place == 0)
        if paragraph.find(f"{_w('pPr')}/{_w('sectPr')}") is not None:
            section += 1
            yield from headers[section] if section < len(headers) else ()


def _header_lines(header: _Element) -> list[Line]:
    return [Line(text) for paragraph in header.iter(_w("p")) if (text := _text(paragraph).strip())]


def _text(paragraph: _Element) -> str:
    """Text of a paragraph without that of paragraphs inside it (text boxes)."""
    parts: list[str] = []
    for element in paragraph.iter():
        kind = _local(element)
        if kind == "t":
            skipped = _inside(element, _SKIPPED, until=paragraph)
            parts.append("" if skipped else element.text or "")
        elif kind == "tab" and _local(element.getparent()) == "r":
            parts.append(" ")
        elif kind in ("br", "cr"):
            parts.append("\n")
    return "".join(parts)


def _is_numbered(document: Document, paragraph: _Element) -> bool:
    """Whether Word puts a number of the first level before it."""
    properties = paragraph.find(_w("pPr"))
    if properties is None:
        return False
    numbering = properties.find(_w("numPr"))
    if numbering is None and (style := properties.find(_w("pStyle"))) is not None:
        numbering = _numbering_of_style(document, style.get(_w("val"), ""))
    if numbering is None:
        return False
    level, list_id = (numbering.find(_w(name)) for name in ("ilvl", "numId"))
    first = level is None or level.get(_w("val")) == "0"
    return first and list_id is not None and list_id.get(_w("val")) != "0"


def _numbering_of_style(document: Document, style_id: str) -> _Element | None:
    for style in document.styles.element.iter(_w("style")):
        if style.get(_w("styleId")) == style_id:
            found: _Element | None = style.find(f"{_w('pPr')}/{_w('numPr')}")
            return found
    return None


def _inside(element: _Element, kinds: tuple[str, ...], until: _Element | None = None) -> bool:
    for above in element.iterancestors():
        if above is until:
            return False
        if _local(above) in kinds:
            return True
    return False


def _local(element: _Element | None) -> str:
    tag = None if element is None else element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _w(name: str) -> str:
    from docx.oxml.ns import qn

    tag: str = qn(f"w:{name}")
    return tag
