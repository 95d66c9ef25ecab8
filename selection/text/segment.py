"""A segment: the run-of-characters index of at most 65,536 texts.

Three kinds of postings, each an ascending uint16 list of rows within the segment:

- a single character or sign, key `ord << 32`;
- two neighbouring Chinese characters, key `first << 32 | second`;
- a Latin word, found by its text.

One and two characters and single words are answered by their postings alone. Longer runs are the
texts that have all their pieces, verified on the normal form, which is kept beside the postings.
Rows of a segment fit into 16 bits, so a posting costs two bytes; larger libraries have more segments.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

SEGMENT_ROWS = 65_536
Texts = pa.LargeStringArray
Postings = npt.NDArray[np.uint16]
_NONE: Postings = np.empty(0, dtype=np.uint16)


@dataclass(frozen=True, slots=True)
class Segment:
    """Index of the texts of rows base … base + len(texts) − 1.

    Attributes:
        base: first row, a multiple of SEGMENT_ROWS.
        texts: large_string of normal forms.
        keys: uint64 (k,), ascending; see the module.
        starts: uint32 (k + 1,); postings of key i are rows[starts[i]:starts[i + 1]].
        rows: uint16.
        words: large_string of distinct Latin words, ascending by code point.
        word_starts, word_rows: the same for words.
    """

    base: int
    texts: Texts
    keys: npt.NDArray[np.uint64]
    starts: npt.NDArray[np.uint32]
    rows: Postings
    words: Texts
    word_starts: npt.NDArray[np.uint32]
    word_rows: Postings

    @property
    def size(self) -> int:
        """Number of texts."""
        return len(self.texts)

    def character(self, char: str) -> Postings:
        """Rows with a character or sign."""
        return self._of_key(ord(char) << 32)

    def pair(self, first: str, second: str) -> Postings:
        """Rows in which one Chinese character directly follows another."""
        return self._of_key(ord(first) << 32 | ord(second))

    def word(self, word: str) -> Postings:
        """Rows with a Latin word."""
        position = self._first_word_from(word)
        if position == len(self.words) or self.words[position].as_py() != word:
            return _NONE
        return self._of_words(position, position + 1)

    def words_like(self, prefix: str, pattern: str) -> Postings:
        """Rows with a Latin word that begins with a prefix and matches a regular expression."""
        first, last = self._first_word_from(prefix), self._first_word_from(prefix + "\U0010ffff")
        matching = pc.match_substring_regex(self.words.slice(first, last - first), pattern)
        chosen = np.flatnonzero(np.asarray(matching)) + first
        parts = [self._of_words(int(position), int(position) + 1) for position in chosen]
        return np.unique(np.concatenate(parts)) if parts else _NONE

    def select(self, rows: Postings) -> Texts:
        """Normal forms of rows."""
        if len(rows) == self.size:
            return self.texts
        return self.texts.take(pa.array(rows, type=pa.uint16()))

    def _of_key(self, key: int) -> Postings:
        position = int(np.searchsorted(self.keys, np.uint64(key)))
        if position == len(self.keys) or int(self.keys[position]) != key:
            return _NONE
        return self.rows[self.starts[position] : self.starts[position + 1]]

    def _of_words(self, first: int, last: int) -> Postings:
        return self.word_rows[self.word_starts[first] : self.word_starts[last]]

    def _first_word_from(self, word: str) -> int:
        low, high = 0, len(self.words)
        while low < high:
            middle = (low + high) // 2
            if str(self.words[middle].as_py()) < word:
                low = middle + 1
            else:
                high = middle
        return low

    def save(self, folder: Path) -> None:
        """Write into an existing, empty folder."""
        for name in ("keys", "starts", "rows", "word_starts", "word_rows"):
            np.save(folder / f"{name}.npy", getattr(self, name), allow_pickle=False)
        for name in ("texts", "words"):
            array = getattr(self, name)
            schema = pa.schema([pa.field(name, pa.large_string())])
            with (
                pa.OSFile(str(folder / f"{name}.arrow"), "wb") as sink,
                pa.ipc.new_file(sink, schema) as file,
            ):
                file.write_batch(pa.record_batch([array], schema=schema))

    @classmethod
    def open(cls, folder: Path, base: int) -> Segment:
        """Open what `save` wrote, mapped into memory."""
        arrays = {
            name: np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
            for name in ("keys", "starts", "rows", "word_starts", "word_rows")
        }
        texts, words = (_mapped(folder / f"{name}.arrow") for name in ("texts", "words"))
        return cls(base=base, texts=texts, words=words, **arrays)


def _mapped(path: Path) -> Texts:
    """The texts where they lie in the file; `combine_chunks` would copy them."""
    with pa.memory_map(str(path)) as source:
        return cast("Texts", pa.ipc.open_file(source).get_batch(0).column(0))


def intersect(postings: list[Postings], size: int) -> Postings:
    """Rows that are in all lists.

    Args:
        postings: at least one list.
        size: number of rows in the segment.
    """
    shortest, *others = sorted(postings, key=len)
    found = np.asarray(shortest)
    for other in others:
        if not len(found):
            break
        present = np.zeros(size, dtype=np.bool_)
        present[other] = True
        found = found[present[found]]
    return found
