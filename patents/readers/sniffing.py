"""What kind of file this is, told from its bytes and never from its name.

CNKI's `.xls` is an HTML page, another portal's is GBK text, a third's an xlsx: only the content says.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Literal

from patents.errors import UnreadableFileError

Container = Literal["spreadsheet", "html", "spreadsheetml", "parquet", "json", "jsonl", "text"]

HEAD = 65_536
"""Bytes looked at: enough for the longest style sheet that an HTML export starts with."""

_PACKED: tuple[tuple[bytes, str], ...] = (
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!", "rar"),
    (b"(\xb5/\xfd", "zstd"),
)
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"SQLite format 3\x00", "SQLite"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
)
"""First bytes of files that hold no table, and what such files are called."""

_SPREADSHEET_PARTS = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")
_HTML = re.compile(r"<\s*(!doctype\s+html|html|head|body|table|meta|style|div)\b", re.IGNORECASE)
_SPREADSHEETML = re.compile(r"<\?xml|<\w*:?Workbook\b", re.IGNORECASE)


def sniff(path: Path) -> Container:
    """The kind of file at `path`.

    Raises:
        UnreadableFileError: it is missing, empty, a folder, packed, or no table at all.
    """
    head = read_head(path)
    refuse_packed(path, head)
    if head.startswith(b"PK\x03\x04"):
        return _inside_zip(path)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "spreadsheet"
    if head.startswith(b"PAR1"):
        return "parquet"
    return _text_kind(path, head)


def read_head(path: Path) -> bytes:
    """The first `HEAD` bytes.

    Raises:
        UnreadableFileError: the file is missing, empty, unreadable or a folder.
    """
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError as error:
        raise UnreadableFileError(
            "file-cannot-be-opened", path=path, problem=error.strerror or error
        ) from error
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise UnreadableFileError("file-empty", path=path)
    return head


def refuse_packed(path: Path, head: bytes) -> None:
    """Raise for what is packed or no table, naming the way out."""
    for magic, kind in _PACKED:
        if head.startswith(magic):
            raise UnreadableFileError("file-is-packed", path=path, kind=kind)
    for magic, kind in _OTHERS:
        if head.startswith(magic):
            raise UnreadableFileError("file-is-no-table", path=path, kind=kind)


def _inside_zip(path: Path) -> Container:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableFileError("xlsx-damaged", path=path, problem=error) from error
    if any(part in names for part in _SPREADSHEET_PARTS):
        return "spreadsheet"
    if "word/document.xml" in names:
        raise UnreadableFileError("file-is-word-document", path=path)
    raise UnreadableFileError("file-is-zip-archive", path=path, entries=len(names))


def _text_kind(path: Path, head: bytes) -> Container:
    text = _glimpse(head)
    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith("<"):
        if _SPREADSHEETML.match(start) and "urn:schemas-microsoft-com:office:spreadsheet" in text:
            return "spreadsheetml"
        if _HTML.search(start):
            return "html"
    if start.startswith("["):
        return "json" if re.match(r"\[\s*(\{|\])", start) else "text"
    if start.startswith("{"):
        return "jsonl"
    if _is_binary(head):
        raise UnreadableFileError("file-kind-unknown", path=path)
    return "text"


def _glimpse(head: bytes) -> str:
    """The head as text for looking at its first signs; only ASCII needs to come out right."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return head.decode("utf-16", errors="replace")
    if b"\x00" in head[:64]:
        return head.replace(b"\x00", b"").decode("latin-1")
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def _is_binary(head: bytes) -> bool:
    """Whether control characters make up what no text holds (UTF-16 zeros do not count)."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return False
    controls = sum(head.count(bytes([code])) for code in (*range(1, 9), *range(14, 27)))
    zeros = head.count(b"\x00")
    return controls > len(head) // 50 or (zeros > len(head) // 10 and not _looks_utf16(head))


def _looks_utf16(head: bytes) -> bool:
    even, odd = head[0:2048:2].count(b"\x00"), head[1:2048:2].count(b"\x00")
    return min(even, odd) * 10 <= max(even, odd)
