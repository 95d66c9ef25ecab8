"""Token ids of many texts in two flat arrays, and cutting pieces out of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

Ids = npt.NDArray[np.int64]


class Ragged(NamedTuple):
    """Sequences of ids: sequence i is ``ids[offsets[i]:offsets[i + 1]]``.

    Attributes:
        ids: int64 of shape (total,).
        offsets: int64 of shape (n + 1,), not decreasing.
    """

    ids: Ids
    offsets: Ids

    def lengths(self) -> Ids:
        """int64 of shape (n,)."""
        return np.diff(self.offsets)


def tokenise(tokenizer: Tokenizer, texts: Sequence[str], block: int = 10_000) -> Ragged:
    """Token ids of n texts."""
    pieces: list[Ids] = []
    lengths: list[int] = []
    for start in range(0, len(texts), block):
        encodings = tokenizer.encode_batch_fast(list(texts[start : start + block]), add_special_tokens=False)
        for encoding in encodings:
            ids = encoding.ids
            lengths.append(len(ids))
            pieces.append(np.array(ids, dtype=np.int64))
    flat = np.concatenate(pieces) if pieces else np.empty(0, dtype=np.int64)
    return Ragged(flat, offsets_of(np.array(lengths, dtype=np.int64)))


def offsets_of(lengths: Ids) -> Ids:
    """Offsets of shape (n + 1,) for n lengths."""
    offsets = np.zeros(len(lengths) + 1, dtype=np.int64)
    np.cumsum(lengths, out=offsets[1:])
    return offsets


def cut_out(ids: Ids, starts: Ids, stops: Ids) -> Ragged:
    """The pieces ``ids[starts[i]:stops[i]]`` as one Ragged."""
    lengths = stops - starts
    offsets = offsets_of(lengths)
    places = np.arange(offsets[-1], dtype=np.int64) + np.repeat(starts - offsets[:-1], lengths)
    return Ragged(ids[places], offsets)


def keep(pieces: Ragged, kept: npt.NDArray[np.bool_]) -> Ragged:
    """Drop the ids where `kept` (bool of shape (total,)) is False."""
    running = np.zeros(len(kept) + 1, dtype=np.int64)
    np.cumsum(kept, out=running[1:])
    return Ragged(pieces.ids[kept], running[pieces.offsets])
