"""Which encoding a text file has: byte-order mark, UTF-16 by its zeros, UTF-8, else GB18030 or Big5."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HEAD = 65_536
"""Bytes that decide between GB18030 and Big5."""

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
    """A codec's name, and what the file holds that no text does.

    Attributes:
        name: of the codec.
        damaged: characters that it cannot decode (shown as U+FFFD).
        zeros: NUL characters, where a disk or a transfer lost what stood there.
    """

    name: str
    damaged: int = 0
    zeros: int = 0


def detect_encoding(path: Path) -> Encoding:
    """The encoding in which the whole file decodes, or the one that damages least.

    GB18030 contains GBK and GB2312. UTF-8 is tried first: text that is valid UTF-8 by chance in
    GB18030 is as good as unknown. Big5 is what reads as common characters where GB18030 gives rare ones.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
    certain = _by_mark(head[:4096]) or _by_zeros(head[:4096])
    if certain:
        return examined(path, certain)
    unicode = examined(path, "utf-8")
    if not unicode.damaged:
        return unicode
    names = ("cp950", "big5hkscs") if _looks_big5(head) else ("gb18030",)
    return min((unicode, *(examined(path, name) for name in names)), key=lambda found: found.damaged)


def examined(path: Path, name: str) -> Encoding:
    """What decoding the whole file with codec `name` gives."""
    damaged = zeros = 0
    for text in decoded(path, name):
        damaged += text.count("\ufffd")
        zeros += text.count("\x00")
    return Encoding(name, damaged - _own_replacements(path, name), zeros)


def _looks_big5(head: bytes) -> bool:
    """Whether pairs of bytes are common characters of Big5, and rare or none of GB2312.

    Both encodings put their common characters first: GB2312 under 0xB0 to 0xD7, Big5 under 0xA4 to 0xC6.
    """
    big5 = head.decode("cp950", errors="replace")
    gb = head.decode("gb18030", errors="replace")
    return _share(big5, "big5", 0xA4, 0xC6) > max(0.8, _share(gb, "gb2312", 0xB0, 0xD7))


def _share(text: str, codec: str, first: int, last: int) -> float:
    """Share of the characters beyond ASCII whose first byte lies in a range of the codec."""
    codes = [char.encode(codec, errors="ignore")[:1] for char in text if char > "\x7f"]
    return sum(bool(code) and first <= code[0] <= last for code in codes) / max(1, len(codes))


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
