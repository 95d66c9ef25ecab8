"""Vectors kept on disk by encoder and text, so that a re-import encodes only what is new.

A folder holds one folder per encoder and revision; in it, shards of two files each, written aside and
renamed, the keys last: a shard counts only when its keys are there, so that a killed run leaves no half.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
import numpy.typing as npt

from embed.encoder import Encoder, Role, Vectors

Keys = npt.NDArray[np.uint64]
# More shards than this are merged into one: each costs a file to open.
_MOST_SHARDS = 16


class VectorCache:
    """Vectors by encoder id, revision, role and text.

    Args:
        folder: made when absent. One process writes at a time (the library's lock sees to it).
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def vectors(
        self,
        encoder: Encoder,
        texts: Sequence[str],
        *,
        role: Role = "passage",
        keys: Keys | None = None,
        progress: bool = False,
    ) -> Vectors:
        """Vectors of n texts; only texts never seen by this encoder are encoded.

        Args:
            encoder: that encodes them.
            texts: n texts.
            role: of the texts.
            keys: `keys_of(texts, role)` where it is known.
            progress: show it.

        Returns:
            float32 of shape (n, encoder.dim).
        """
        shards = _Shards(self._folder / f"{encoder.id}-{encoder.revision}-{encoder.dim}")
        keys = keys_of(texts, role) if keys is None else keys
        found = shards.find(keys)
        missing = np.flatnonzero(found < 0)
        first = _first_of_each(keys[missing])
        if len(first):
            new = missing[first]
            encoded = encoder.encode([texts[row] for row in new], role=role, progress=progress)
            shards.append(keys[new], encoded)
            found = shards.find(keys)
        return shards.take(found, encoder.dim)

    def count(self, encoder: Encoder) -> int:
        """Number of vectors kept for an encoder."""
        return len(_Shards(self._folder / f"{encoder.id}-{encoder.revision}-{encoder.dim}").keys)


def keys_of(texts: Sequence[str], role: Role) -> Keys:
    """128-bit hashes of texts as uint64 of shape (n, 2)."""
    prefix = role.encode() + b"\x00"
    digests = b"".join(
        hashlib.blake2b(prefix + text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        for text in texts
    )
    return np.frombuffer(digests, dtype="<u8").reshape(-1, 2)


class _Shards:
    """The shards of one encoder, read as one array."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read()

    def _read(self) -> None:
        self._names = sorted(path.name[5:-4] for path in self._folder.glob("keys-*.npy"))
        parts = [np.load(self._folder / f"keys-{name}.npy", allow_pickle=False) for name in self._names]
        self._parts = [
            np.load(self._folder / f"vectors-{name}.npy", mmap_mode="r", allow_pickle=False)
            for name in self._names
        ]
        self.keys: Keys = np.concatenate(parts) if parts else np.empty((0, 2), dtype=np.uint64)
        self._starts = np.cumsum([0, *(len(part) for part in parts)])
        self._order = np.argsort(self.keys[:, 0], kind="stable")
        self._sorted = self.keys[self._order, 0]

    def find(self, keys: Keys) -> npt.NDArray[np.int64]:
        """Place of each key, −1 where absent: int64 of shape (n,)."""
        if not len(self._sorted) or not len(keys):
            return np.full(len(keys), -1, dtype=np.int64)
        place = np.minimum(np.searchsorted(self._sorted, keys[:, 0]), len(self._sorted) - 1)
        found = self._order[place]
        # Both halves must agree: half a hash could belong to another text.
        return np.where((self.keys[found] == keys).all(axis=1), found, -1)

    def append(self, keys: Keys, vectors: Vectors) -> None:
        """Add a shard; merge all when there are many."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._write(self._next_name(), keys, vectors)
        self._read()
        if len(self._names) > _MOST_SHARDS:
            self._merge()

    def take(self, places: npt.NDArray[np.int64], dim: int) -> Vectors:
        """Vectors at these places: float32 of shape (n, dim)."""
        vectors = np.empty((len(places), dim), dtype=np.float32)
        for part, start, stop in zip(self._parts, self._starts[:-1], self._starts[1:], strict=True):
            inside = np.flatnonzero((places >= start) & (places < stop))
            vectors[inside] = part[places[inside] - start]
        return vectors

    def _merge(self) -> None:
        old = self._names
        self._write(self._next_name(), self.keys, np.concatenate(self._parts))
        self._parts = []  # Windows removes no mapped file
        for name in old:
            (self._folder / f"keys-{name}.npy").unlink()
            with suppress(PermissionError):  # mapped by another process; without its keys nobody reads it
                (self._folder / f"vectors-{name}.npy").unlink()
        self._read()

    def _next_name(self) -> str:
        return f"{int(self._names[-1]) + 1 if self._names else 1:06d}"

    def _write(self, name: str, keys: Keys, vectors: Vectors) -> None:
        for kind, array in (("vectors", vectors), ("keys", keys)):
            aside = self._folder / f".{kind}-{name}.tmp"
            with aside.open("wb") as file:
                np.save(file, array, allow_pickle=False)
                file.flush()
                os.fsync(file.fileno())
            aside.replace(self._folder / f"{kind}-{name}.npy")


def _first_of_each(keys: Keys) -> npt.NDArray[np.int64]:
    """Places of the first of each distinct key, in their order."""
    if not len(keys):
        return np.empty(0, dtype=np.int64)
    return np.sort(np.unique(keys, axis=0, return_index=True)[1])
