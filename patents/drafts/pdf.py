"""pdf → lines, as far as the file carries text; a scan does not."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from io import BytesIO

from patents.drafts.lines import Line
from patents.errors import UnreadableFileError
from patents.isolated.limits import MOST_PAGES

# Fewer letters a page than these are page numbers and stamps on a picture.
_FEWEST_LETTERS = 20
# Fonts that share a glyph between 子 and its radical ⼦ often name the radical. Unicode gives the character
# for the Kangxi radicals and compatibility forms, not for these simplified ones.
_FORMS = ((0x2F00, 0x2FD6), (0xF900, 0xFAFF))
_SIMPLIFIED = dict(
    zip(
        "⺠⺟⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
        "民母虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
)


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
            raise UnreadableFileError(
                f"{name} is locked with a password", help="save it without the password"
            )
        if len(reader.pages) > MOST_PAGES:
            raise UnreadableFileError(
                f"{name} has {len(reader.pages)} pages, a draft at most {MOST_PAGES}",
                help="cut out the draft",
            )
        pages = [page.extract_text() for page in reader.pages]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        # A damaged file fails in any of these ways inside the reader.
        raise UnreadableFileError(
            f"{name} is no pdf that can be read: {error}", help="save it as pdf again, or give the .docx"
        ) from error
    letters = sum(map(str.isalnum, "".join(pages)))
    if letters < _FEWEST_LETTERS * max(1, len(pages)):
        raise UnreadableFileError(
            f"{name} carries no text: its {len(pages)} pages are pictures (a scan)",
            help="run character recognition (OCR) over it, or give the .docx or .txt it was made from",
        )
    return [Line(line.strip()) for page in pages for line in page.translate(_characters()).splitlines()]


@lru_cache(maxsize=1)
def _characters() -> dict[int, str]:
    """The character of each radical and compatibility form."""
    forms = (code for first, last in _FORMS for code in range(first, last))
    table = {code: unicodedata.normalize("NFKC", chr(code)) for code in forms}
    return table | {ord(form): character for form, character in _SIMPLIFIED.items()}
