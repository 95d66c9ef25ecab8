"""Building segments: all postings of 65,536 texts by one sort each."""

from __future__ import annotations

from typing import cast

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from selection.text.normal import CHARACTER, LETTER, normal_forms
from selection.text.segment import SEGMENT_ROWS, Segment, Texts

_END = 0x02
_OTHER, _LETTER, _CHARACTER, _SIGN = range(4)
_ROW_BITS, _CHAR_BITS = np.uint64(16), np.uint64(21)
_Keys = npt.NDArray[np.uint64]


def build_segments(texts: pl.Series) -> list[Segment]:
    """Index texts (rows 0 … n − 1; null is empty)."""
    starts = range(0, max(len(texts), 1), SEGMENT_ROWS)
    return [build_segment(texts.slice(start, SEGMENT_ROWS), start) for start in starts]


def build_segment(texts: pl.Series, base: int) -> Segment:
    """Index at most SEGMENT_ROWS texts, the first of which is row `base`."""
    normal = normal_forms(texts)
    keys, starts, rows = _character_postings(normal)
    words, word_starts, word_rows = _word_postings(normal)
    return Segment(
        base=base,
        texts=_arrow(normal),
        keys=keys,
        starts=starts,
        rows=rows,
        words=words,
        word_starts=word_starts,
        word_rows=word_rows,
    )


def _character_postings(
    normal: pl.Series,
) -> tuple[_Keys, npt.NDArray[np.uint32], npt.NDArray[np.uint16]]:
    joined = chr(_END).join(normal.str.replace_all(chr(_END), " ", literal=True).to_list()) + chr(_END)
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    ends = codes == _END
    text_of = np.cumsum(ends, dtype=np.uint32) - ends
    classes = _classes(codes)
    single = classes >= _CHARACTER
    double = (classes[:-1] == _CHARACTER) & (classes[1:] == _CHARACTER)
    wide = codes.astype(np.uint64)
    packed = np.concatenate(
        [
            _pack(wide[single], np.zeros(int(single.sum()), dtype=np.uint64), text_of[single]),
            _pack(wide[:-1][double], wide[1:][double], text_of[:-1][double]),
        ]
    )
    packed.sort()
    packed = packed[_firsts(packed)]
    pairs = packed >> _ROW_BITS
    first = _firsts(pairs)
    starts = np.append(np.flatnonzero(first), len(packed)).astype(np.uint32)
    distinct = pairs[first]
    keys = (distinct >> _CHAR_BITS) << np.uint64(32) | (distinct & np.uint64((1 << 21) - 1))
    return keys, starts, (packed & np.uint64(0xFFFF)).astype(np.uint16)


def _pack(first: _Keys, second: _Keys, rows: npt.NDArray[np.uint32]) -> _Keys:
    return (first << _CHAR_BITS | second) << _ROW_BITS | rows.astype(np.uint64)


def _firsts(ordered: _Keys) -> npt.NDArray[np.bool_]:
    """True where a value differs from the one before it."""
    return np.concatenate([np.ones(min(1, len(ordered)), dtype=np.bool_), ordered[1:] != ordered[:-1]])


def _word_postings(
    normal: pl.Series,
) -> tuple[Texts, npt.NDArray[np.uint32], npt.NDArray[np.uint16]]:
    frame = pl.DataFrame(
        {
            "row": pl.arange(len(normal), eager=True, dtype=pl.UInt32),
            "word": normal.str.extract_all(f"{LETTER}+"),
        }
    )
    pairs = frame.explode("word").drop_nulls("word").unique().sort("word", "row")
    groups = pairs.group_by("word", maintain_order=True).len()
    starts = np.append(0, np.cumsum(groups["len"].to_numpy())).astype(np.uint32)
    words = _arrow(groups["word"])
    return words, starts, pairs["row"].to_numpy().astype(np.uint16)


def _arrow(texts: pl.Series) -> Texts:
    return cast("Texts", texts.to_arrow().cast(pa.large_string()))


def _classes(codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint8]:
    """Class of each character of a normal form: letter of a word, character, sign, or neither."""
    used = np.flatnonzero(np.bincount(codes))
    chars = pl.Series([chr(code) for code in used.tolist()])
    classes = np.zeros(int(used[-1]) + 1, dtype=np.uint8)
    classes[used] = np.where(
        chars.str.contains(f"^{LETTER}$").to_numpy(),
        _LETTER,
        np.where(chars.str.contains(f"^{CHARACTER}$").to_numpy(), _CHARACTER, _SIGN),
    )
    classes[[code for code in (_END, ord("\n"), ord(" ")) if code < len(classes)]] = _OTHER
    return classes[codes]
