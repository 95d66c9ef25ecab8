"""An old xls from the inside: whether its sectors and records are all there, and from when its days count.

calamine skips what it does not understand; zeroed or missing sectors would take rows with them in silence.

Source: Microsoft, [MS-CFB] Compound File Binary File Format; [MS-XLS] Excel Binary File Format.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from patents.messages import Message, message

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END, _LAST_REGULAR = 0xFFFFFFFE, 0xFFFFFFFA
_HEADER_FAT = 109
_BOF, _EOF, _DATE_MODE, _SHARED_STRINGS, _CONTINUE = 0x0809, 0x000A, 0x0022, 0x00FC, 0x003C
_ZEROS = bytes(32)
"""No string of a table has so many zeros in a row."""


@dataclass(frozen=True, slots=True)
class CompoundCheck:
    """What the inside of an xls tells.

    Attributes:
        faults: parts that are missing or no records.
        from_1904: its days count from 1904.
    """

    faults: tuple[Message, ...] = ()
    from_1904: bool = False


def check_compound(path: Path) -> CompoundCheck:
    """Look through an xls; a file of another kind has no faults here."""
    data = path.read_bytes()
    if not data.startswith(MAGIC):
        return CompoundCheck()
    try:
        stream, missing = _workbook(data)
    except (struct.error, IndexError):
        return CompoundCheck((message("file-sectors-missing", count=1),))
    faults = [message("file-sectors-missing", count=missing)] if missing else []
    if stream is None:
        return CompoundCheck(tuple(faults))
    check = _check_records(stream)
    return CompoundCheck((*faults, *check.faults), check.from_1904)


def _workbook(data: bytes) -> tuple[bytes | None, int]:
    """The stream of the workbook, and how many of its sectors are not there."""
    shift, _ = struct.unpack_from("<HH", data, 0x1E)
    fats, directory = struct.unpack_from("<II", data, 0x2C)
    cutoff, _, _, first_more, _ = struct.unpack_from("<IIIII", data, 0x38)
    size = 1 << shift
    table = _allocation(data, size, fats, first_more)
    entries, missing = _chain(data, size, table, directory, len(data) // 128 + 1)
    for place in range(0, len(entries) - 127, 128):
        length = struct.unpack_from("<H", entries, place + 0x40)[0]
        name = entries[place : place + max(0, length - 2)].decode("utf-16-le", errors="replace")
        if name.lower() in ("workbook", "book"):
            start, total = struct.unpack_from("<II", entries, place + 0x74)
            if total < cutoff:
                return None, missing
            stream, gone = _chain(data, size, table, start, -(-total // size))
            return stream[:total], missing + gone
    return None, max(1, missing)


def _allocation(data: bytes, size: int, fats: int, first_more: int) -> list[int]:
    """The next sector of each sector."""
    places = list(struct.unpack_from(f"<{min(fats, _HEADER_FAT)}I", data, 0x4C))
    per_sector = size // 4 - 1
    while len(places) < fats and first_more < _LAST_REGULAR:
        *more, first_more = struct.unpack_from(f"<{per_sector + 1}I", data, (first_more + 1) * size)
        places += more[: fats - len(places)]
    table: list[int] = []
    for place in places:
        sector = data[(place + 1) * size : (place + 2) * size].ljust(size, b"\xff")
        table += struct.unpack(f"<{size // 4}I", sector)
    return table


def _chain(data: bytes, size: int, table: list[int], start: int, most: int) -> tuple[bytes, int]:
    """The bytes of a chain of sectors, and how many of `most` are not there."""
    parts: list[bytes] = []
    place = start
    while place <= _LAST_REGULAR and len(parts) < most:
        sector = data[(place + 1) * size : (place + 2) * size]
        if not sector or place >= len(table):
            break
        parts.append(sector)
        place = table[place]
    is_whole = place == _END or len(parts) == most
    return b"".join(parts), 0 if is_whole else max(1, most - len(parts))


def _check_records(stream: bytes) -> CompoundCheck:
    depth = place = before = 0
    fault: Message | None = None
    from_1904 = False
    for place, kind, length in _records(stream):
        if kind in (_BOF, _EOF):
            depth += 1 if kind == _BOF else -1
        elif depth <= 0:
            break
        elif kind == _DATE_MODE and length == 2:
            from_1904 = stream[place + 4] == 1
        fault = fault or _zeros(stream, place, kind, length, before)
        before = kind
    if depth > 0 and fault is None:
        fault = message("file-ends-early", place=place)
    return CompoundCheck((fault,) if fault else (), from_1904)


def _zeros(stream: bytes, place: int, kind: int, length: int, before: int) -> Message | None:
    """A record of nothing, or a run of zeros among the strings of the table."""
    if kind == 0 and length == 0:
        return message("file-holds-zeros", place=place)
    if kind == _SHARED_STRINGS or (kind == _CONTINUE and before in (_SHARED_STRINGS, _CONTINUE)):
        found = stream.find(_ZEROS, place + 4, place + 4 + length)
        return message("file-holds-zeros", place=found) if found >= 0 else None
    return None


def _records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    """(place, kind, length) of each record."""
    unpack = struct.Struct("<HH").unpack_from
    place, end = 0, len(stream)
    while place + 4 <= end:
        kind, length = unpack(stream, place)
        if place + 4 + length > end:
            return
        yield place, kind, length
        place += 4 + length
