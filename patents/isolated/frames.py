"""Messages between two processes: eight bytes of length, then msgpack."""

from __future__ import annotations

import struct
from typing import IO

import msgspec

_LENGTH = struct.Struct("<Q")


def write_frame(stream: IO[bytes], value: list[object]) -> None:
    """Send a list of values."""
    content = msgspec.msgpack.encode(value)
    stream.write(_LENGTH.pack(len(content)) + content)
    stream.flush()


def read_frame(stream: IO[bytes]) -> list[object]:
    """Take the next value, a list.

    Raises:
        EOFError: the other side is gone.
    """
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    content = stream.read(length)
    if len(content) < length:
        raise EOFError
    return msgspec.msgpack.decode(content, type=list[object])
