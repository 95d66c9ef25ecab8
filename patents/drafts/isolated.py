"""In the process apart: a docx or pdf as lines."""

from __future__ import annotations

from collections.abc import Callable


def start() -> Callable[..., object]:
    """What answers `(kind, data, name)` with (text, numbered) of each line."""
    return _lines


def _lines(kind: str, data: bytes, name: str) -> list[tuple[str, bool]]:
    if kind == "docx":
        from patents.drafts.docx import docx_lines as read
    else:
        from patents.drafts.pdf import pdf_lines as read
    return [(line.text, line.numbered) for line in read(data, name)]
