"""Damage to files, as disks, memory and copying do it."""

from __future__ import annotations

from pathlib import Path


def damage(path: Path, kind: str, place: float, *, garbage: int = 64) -> None:
    """Do to a file what disks do; `place` in [0, 1) says where, `garbage` is so many inverted bytes."""
    data = bytearray(path.read_bytes())
    at = int(place * len(data))
    if kind == "flip":
        data[at] ^= 1 << at % 8
    elif kind == "zero":
        data[at : at + 512] = bytes(len(data[at : at + 512]))
    elif kind == "garbage":
        data[at : at + garbage] = bytes(255 - byte for byte in data[at : at + garbage])
    elif kind == "cut":
        del data[at:]
    else:
        path.unlink()
        return
    path.write_bytes(bytes(data))
