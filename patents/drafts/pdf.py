"""pdf → lines, as far as the file carries text; a scan does not."""

from __future__ import annotations

from io import BytesIO

from patents.characters import simplified
from patents.drafts.lines import Line
from patents.errors import UnreadableFileError
from patents.isolated.limits import MOST_PAGES

# Fewer letters a page than these are page numbers and stamps on a picture.
_FEWEST_LETTERS = 20


def pdf_lines(data: bytes, name: str) -> list[Line]:
    """Lines of a pdf in reading order.

    Raises:
        UnreadableFileError: it is damaged, locked, too long, or a scan without text.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableFileError("draft-pdf-locked", name=name)
        if len(reader.pages) > MOST_PAGES:
            raise UnreadableFileError(
                "draft-pdf-too-long", name=name, pages=len(reader.pages), most=MOST_PAGES
            )
        pages = [page.extract_text() for page in reader.pages]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        # A damaged file fails in any of these ways inside the reader.
        raise UnreadableFileError("draft-pdf-unreadable", name=name, problem=error) from error
    letters = sum(map(str.isalnum, "".join(pages)))
    if letters < _FEWEST_LETTERS * max(1, len(pages)):
        raise UnreadableFileError("draft-pdf-without-text", name=name, pages=len(pages))
    return [Line(line.strip()) for page in pages for line in simplified(page).splitlines()]
