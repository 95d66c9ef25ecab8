"""Which encoding a text file has: byte-order mark, UTF-16 by its zeros, UTF-8, else GB18030."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CHUNK = 1 << 20
"""Bytes decoded at a time, so that a large csv is never held twice."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Encoding:
    """A codec's name and how many characters it cannot decode in this file (shown as U+FFFD)."""

    name: str
    damaged: int = 0


def detect_encoding(path: Path) -> Encoding:
    """The encoding in which the whole file decodes, or the one that damages least.

    GB18030 contains GBK and GB2312. UTF-8 is tried first: text that is valid UTF-8 by chance in
    GB18030 is as good as unknown.
    """
    with path.open("rb") as file:
        head = file.read(4096)
    certain = _by_mark(head) or _by_zeros(head)
    candidates = [certain] if certain else ["utf-8", "gb18030"]
    found: list[Encoding] = []
    for name in candidates:
        encoding = Encoding(name, count_damage(path, name))
        if not encoding.damaged:
            return encoding
        found.append(encoding)
    return min(found, key=lambda encoding: encoding.damaged)


def count_damage(path: Path, name: str) -> int:
    """How many replacement characters decoding the file with codec `name` makes."""
    return sum(text.count("\ufffd") for text in decoded(path, name)) - _own_replacements(path, name)


def decoded(path: Path, name: str) -> Iterator[str]:
    """The file as text, chunk by chunk; what cannot be decoded becomes U+FFFD."""
    decoder = codecs.getincrementaldecoder(name)(errors="replace")
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


def _own_replacements(path: Path, name: str) -> int:
    """U+FFFD that stands in the file itself: damage done before, which decodes well."""
    if not name.startswith("utf-8"):
        return 0
    with path.open("rb") as file:
        return sum(chunk.count(b"\xef\xbf\xbd") for chunk in iter(lambda: file.read(CHUNK), b""))


def _by_mark(head: bytes) -> str | None:
    return next((name for mark, name in _MARKS if head.startswith(mark)), None)


def _by_zeros(head: bytes) -> str | None:
    """UTF-16 without a mark: ASCII characters leave zeros at every other byte."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) <= len(head) // 64 or min(even, odd) * 10 > max(even, odd):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"
