"""A file → a draft. What kind of file it is, its first bytes say, not its name."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec

from patents.drafts.lines import Line
from patents.drafts.model import PatentDraft
from patents.drafts.sections import draft_of_lines
from patents.errors import InputError, UnreadableFileError
from patents.isolated.process import TaskError, read_in_process

#: Endings of the files that are read.
KINDS = (".docx", ".pdf", ".txt")
#: A draft has no more; larger files are refused before they are read.
MOST_BYTES = 30_000_000
#: Seconds that the text of a draft may take: hundreds of pages take a few.
_SECONDS = 30
_ZIP, _PDF, _OLE, _RTF = b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"{\\rtf"
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def read_draft(path: Path) -> PatentDraft:
    """Read a draft.

    Raises:
        UnreadableFileError: the file is not there, is no draft, or holds no text.
    """
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise _too_large(path.name, size)
        return draft_of_bytes(path.read_bytes(), path.name)
    except OSError as error:
        raise UnreadableFileError("draft-file-unreadable", path=path, problem=error.strerror) from error


def draft_of_bytes(data: bytes, name: str) -> PatentDraft:
    """Read a draft that was sent.

    Args:
        data: the file.
        name: for messages.

    Raises:
        UnreadableFileError: it is no draft, or holds no text.
    """
    if len(data) > MOST_BYTES:
        raise _too_large(name, len(data))
    lines = _reader(data, name)(data, name)
    if not any(map(str.isalnum, "".join(line.text for line in lines))):
        raise UnreadableFileError("draft-file-without-text", name=name)
    return draft_of_lines(lines, name)


def draft_of_text(text: str, name: str = "") -> PatentDraft:
    """A draft that was typed or pasted.

    Raises:
        InputError: it is empty.
    """
    if not text.strip():
        raise InputError("draft-text-empty")
    return draft_of_lines([Line(line) for line in text.splitlines()], name)


def _reader(data: bytes, name: str) -> Callable[[bytes, str], list[Line]]:
    if data.startswith(_ZIP):
        return partial(_lines_apart, "docx")
    if _PDF in data[:1024]:
        return partial(_lines_apart, "pdf")
    if data.startswith((_OLE, _RTF)):
        kind = ".doc, .wps" if data.startswith(_OLE) else ".rtf"
        raise UnreadableFileError("draft-kind-not-read", name=name, kind=kind)
    return _text_lines


def _lines_apart(kind: str, data: bytes, name: str) -> list[Line]:
    """Lines of a docx or pdf, which a process of its own reads within limits."""
    try:
        lines = read_in_process("draft", name, kind, data, name, seconds=_SECONDS)
    except TaskError as error:
        own = error.message
        raise (
            UnreadableFileError(own.code, **own.values)
            if own
            else UnreadableFileError("draft-unreadable", name=name, problem=error.text or error.kind)
        ) from error
    return msgspec.convert(lines, list[Line])


def _text_lines(data: bytes, name: str) -> list[Line]:
    certain = next((codec for mark, codec in _MARKS if data.startswith(mark)), None)
    for codec in (certain,) if certain else ("utf-8", "gb18030"):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return [Line(line) for line in text.splitlines()]
    raise UnreadableFileError("draft-kind-unknown", name=name)


def _too_large(name: str, size: int) -> UnreadableFileError:
    return UnreadableFileError(
        "draft-file-too-large", name=name, size=size / 1000000.0, most=MOST_BYTES / 1000000.0
    )
