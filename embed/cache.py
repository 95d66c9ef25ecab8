"""Vectors kept on disk by encoder and text, so that a re-import encodes only what is new.

A folder holds one folder per encoder, revision and dimensions; in it, shards of two files each, written
aside and renamed, the keys last: a shard counts only when its keys are there, so that a killed run leaves no
half. Beside each key stands the checksum of its vector; a vector that does not match is encoded anew.

    keys-<n>.bin      little-endian uint64 (rows, 3): both halves of the key, checksum
    vectors-<n>.bin   little-endian float32 (rows, dim)

There is no header that could rot: the rows follow from the size of the keys.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import xxhash

from embed.encoder import Encoder, Role, Vectors

Keys = npt.NDArray[np.uint64]
Rows = npt.NDArray[np.int64]
# More shards than this are merged into one: each costs a file to open.
_MOST_SHARDS = 16
# Vectors whose checksums are made at once; they fit the cache of a core.
_BLOCK = 1_024
# The key of an entry that was found damaged; no text has it.
_NOBODY = np.zeros(2, dtype=np.uint64)


@dataclass(frozen=True, slots=True)
class CacheFacts:
    """What was found in the folder of one encoder.

    Attributes:
        folder: of the encoder.
        vectors: entries that match their checksums.
        size: bytes that were compared.
        damaged: entries that do not match.
        unreadable: files that hold no entries any more.
    """

    folder: Path
    vectors: int
    size: int
    damaged: int
    unreadable: tuple[Path, ...]


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
        """Vectors of n texts; only texts never seen by this encoder are encoded, and those damaged since.

        Args:
            encoder: that encodes them.
            texts: n texts.
            role: of the texts.
            keys: `keys_of(texts, role)` where it is known.
            progress: show it.

        Returns:
            float32 of shape (n, encoder.dim).
        """
        shards = _Shards(self._of(encoder))
        keys = keys_of(texts, role) if keys is None else keys
        vectors, found = shards.take(keys, encoder.dim)
        missing = np.flatnonzero(~found)
        first = _first_of_each(keys[missing])
        if len(first):
            new = missing[first]
            encoded = encoder.encode([texts[row] for row in new], role=role, progress=progress)
            shards.append(keys[new], encoded)
            # Not read back: what was encoded just now is right, whatever the disk makes of it.
            places = _places(keys[missing], keys[new])
            vectors[missing] = encoded[places]
        return vectors

    def count(self, encoder: Encoder) -> int:
        """Number of vectors kept for an encoder."""
        return _Shards(self._of(encoder)).count

    def check(self) -> list[CacheFacts]:
        """Compare all vectors of all encoders with their checksums."""
        return [_Shards(folder).check() for folder in self._folders()]

    def drop_damaged(self) -> None:
        """Take out what does not match its checksum, so that it is encoded anew when it is needed."""
        for folder in self._folders():
            _Shards(folder).drop_damaged()

    def _of(self, encoder: Encoder) -> Path:
        return self._folder / f"{encoder.id}-{encoder.revision}-{encoder.dim}"

    def _folders(self) -> list[Path]:
        return sorted(folder for folder in self._folder.glob("*") if folder.is_dir())


def keys_of(texts: Sequence[str], role: Role) -> Keys:
    """128-bit hashes of texts as uint64 of shape (n, 2)."""
    prefix = role.encode() + b"\x00"
    digests = b"".join(
        hashlib.blake2b(prefix + text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        for text in texts
    )
    return np.frombuffer(digests, dtype="<u8").reshape(-1, 2)


@dataclass(frozen=True, slots=True)
class _Shard:
    """Two files read.

    Attributes:
        name: number of the shard, six digits.
        entries: uint64 of shape (n, 3): the two halves of each key, and the checksum of key and vector.
        vectors: float32 of shape (n, dim), mapped.
    """

    name: str
    entries: npt.NDArray[np.uint64]
    vectors: Vectors


class _Shards:
    """The shards of one encoder, read as one array."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read()

    def _read(self) -> None:
        self._shards: list[_Shard] = []
        self._unreadable: list[str] = []
        for path in sorted(self._folder.glob("keys-*.bin")):
            name = path.name[5:-4]
            shard = _read_shard(self._folder, name)
            if shard is not None:
                self._shards.append(shard)
            elif path.exists():  # else another process has just merged it
                self._unreadable.append(name)
        none = np.empty((0, 3), dtype=np.uint64)
        entries = np.concatenate([none, *(shard.entries for shard in self._shards)])
        self._starts = np.cumsum([0, *(len(shard.entries) for shard in self._shards)])
        self._keys, self._sums = entries[:, :2], entries[:, 2]

    @property
    def count(self) -> int:
        """Number of entries that were not found damaged."""
        return int((self._keys != _NOBODY).any(axis=1).sum())

    def take(self, keys: Keys, dim: int) -> tuple[Vectors, npt.NDArray[np.bool_]]:
        """Vectors of keys: float32 of shape (n, dim), and which of them are there: bool of shape (n,)."""
        places = _places(keys, self._keys)
        vectors = np.zeros((len(keys), dim), dtype=np.float32)
        for shard, start, stop in self._parts():
            inside = np.flatnonzero((places >= start) & (places < stop))
            vectors[inside] = shard.vectors[places[inside] - start]
        right = np.append(self._sums, np.uint64(0))[places]
        damaged = np.flatnonzero((places >= 0) & (_sums(keys, vectors) != right))
        if len(damaged):
            self._forget(places[damaged])
            places[damaged] = -1
        return vectors, places >= 0

    def append(self, keys: Keys, vectors: Vectors) -> None:
        """Add a shard; merge all when there are many."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._write(self._next_name(), keys, vectors)
        self._remove(self._unreadable)
        self._read()
        if len(self._shards) > _MOST_SHARDS:
            self._merge()

    def check(self) -> CacheFacts:
        """Compare everything; changes nothing."""
        damaged = sum(len(places) for places in self._damaged())
        unreadable = tuple(self._folder / f"vectors-{name}.bin" for name in self._unreadable)
        size = sum(path.stat().st_size for path in self._folder.glob("*-*.bin"))
        return CacheFacts(self._folder, self.count - damaged, size, damaged, unreadable)

    def drop_damaged(self) -> None:
        """Take out what is damaged."""
        for places in list(self._damaged()):
            self._forget(places)
        self._remove(self._unreadable)
        self._read()

    def _parts(self) -> Iterator[tuple[_Shard, int, int]]:
        starts = self._starts.tolist()
        yield from zip(self._shards, starts[:-1], starts[1:], strict=True)

    def _damaged(self) -> Iterator[Rows]:
        """Places of damaged entries, shard by shard."""
        for shard, start, _ in self._parts():
            live = np.flatnonzero((shard.entries[:, :2] != _NOBODY).any(axis=1))
            sums = _sums(shard.entries[live, :2], shard.vectors[live])
            yield live[sums != shard.entries[live, 2]] + start

    def _forget(self, places: Rows) -> None:
        """Take the keys of entries away, so that nobody finds them."""
        for shard, start, stop in self._parts():
            gone = places[(places >= start) & (places < stop)] - start
            if len(gone):
                entries = shard.entries.copy()
                entries[gone, :2] = _NOBODY
                self._save("keys", shard.name, entries)
        self._read()

    def _merge(self) -> None:
        old = [shard.name for shard in self._shards]
        live = np.flatnonzero((self._keys != _NOBODY).any(axis=1))
        entries = np.column_stack([self._keys, self._sums])[live]
        # Checksums go along, not made anew: what was damaged stays known as damaged.
        self._write_entries(
            self._next_name(), entries, np.concatenate([shard.vectors for shard in self._shards])[live]
        )
        self._shards = []  # Windows removes no mapped file
        self._remove(old)
        self._read()

    def _remove(self, names: Sequence[str]) -> None:
        for name in names:
            (self._folder / f"keys-{name}.bin").unlink(missing_ok=True)
            with suppress(OSError):  # mapped by another process; without its keys nobody reads it
                (self._folder / f"vectors-{name}.bin").unlink()

    def _next_name(self) -> str:
        names = [*(shard.name for shard in self._shards), *self._unreadable]
        return f"{max((int(name) for name in names if name.isdigit()), default=0) + 1:06d}"

    def _write(self, name: str, keys: Keys, vectors: Vectors) -> None:
        self._write_entries(name, np.column_stack([keys, _sums(keys, vectors)]), vectors)

    def _write_entries(self, name: str, entries: npt.NDArray[np.uint64], vectors: Vectors) -> None:
        self._save("vectors", name, vectors)
        self._save("keys", name, entries)

    def _save(self, kind: str, name: str, array: npt.NDArray[np.uint64] | Vectors) -> None:
        aside = self._folder / f".{kind}-{name}.tmp"
        with aside.open("wb") as file:
            array.astype(f"<{array.dtype.kind}{array.dtype.itemsize}", copy=False).tofile(file)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(self._folder / f"{kind}-{name}.bin")


def _read_shard(folder: Path, name: str) -> _Shard | None:
    """None where the files have not the sizes that belong together."""
    try:
        dim = int(folder.name.rpartition("-")[2])
        entries = np.fromfile(folder / f"keys-{name}.bin", dtype="<u8").reshape(-1, 3)
        vectors = np.memmap(folder / f"vectors-{name}.bin", dtype="<f4", mode="r").reshape(len(entries), dim)
    except (OSError, ValueError):
        return None
    return _Shard(name, entries, vectors)


def _places(keys: Keys, known: Keys) -> Rows:
    """Where each key stands among known ones, −1 where absent: int64 of shape (n,)."""
    if not len(known) or not len(keys):
        return np.full(len(keys), -1, dtype=np.int64)
    order = np.argsort(known[:, 0], kind="stable")
    ranked = known[order, 0]
    place = np.minimum(np.searchsorted(ranked, keys[:, 0]), len(ranked) - 1)
    found = order[place]
    # Both halves must agree: half a hash could belong to another text.
    return np.where((known[found] == keys).all(axis=1), found, -1)


def _sums(keys: Keys, vectors: Vectors) -> npt.NDArray[np.uint64]:
    """Checksum of each vector under its key: uint64 of shape (n,)."""
    sums = np.empty(len(keys), dtype=np.uint64)
    size = vectors.shape[1] * vectors.itemsize
    for start in range(0, len(keys), _BLOCK):
        seeds = (keys[start : start + _BLOCK, 0] ^ keys[start : start + _BLOCK, 1]).tolist()
        data = memoryview(vectors[start : start + _BLOCK].tobytes())
        sums[start : start + _BLOCK] = [
            xxhash.xxh3_64_intdigest(data[row * size : (row + 1) * size], seed)
            for row, seed in enumerate(seeds)
        ]
    return sums


def _first_of_each(keys: Keys) -> Rows:
    """Places of the first of each distinct key, in their order."""
    if not len(keys):
        return np.empty(0, dtype=np.int64)
    return np.sort(np.unique(keys, axis=0, return_index=True)[1])
