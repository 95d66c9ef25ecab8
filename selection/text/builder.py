"""Building segments: all postings of 65,536 texts by one sort each; what was indexed is carried over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
# Share of a segment.
_FEW = 0.02
_Keys = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]


def build_segments(texts: pl.Series) -> list[Segment]:
    """Index texts (rows 0 … n − 1; null is empty)."""
    starts = range(0, max(len(texts), 1), SEGMENT_ROWS)
    return [build_segment(texts.slice(start, SEGMENT_ROWS), start) for start in starts]


def update_segments(old: Sequence[Segment], old_rows: Places, texts: pl.Series) -> list[Segment]:
    """Index texts of which most are indexed already; the same as `build_segments(texts)`.

    Args:
        old: all segments of another column.
        old_rows: int64 of shape (n,): the row of the same text there, in their order; −1 for a new text.
        texts: n texts; only the new ones are read.
    """
    new_rows = np.full(sum(segment.size for segment in old), -1, dtype=np.int64)
    known = np.flatnonzero(old_rows >= 0)
    new_rows[old_rows[known]] = known
    segments = []
    for start in range(0, max(len(texts), 1), SEGMENT_ROWS):
        stop = min(start + SEGMENT_ROWS, len(texts))
        parts = []
        missing = np.ones(stop - start, dtype=np.bool_)
        for segment in old:
            rows = new_rows[segment.base : segment.base + segment.size] - start
            inside = (rows >= 0) & (rows < stop - start)
            # To read a whole segment for a few of its texts costs more than to index these again.
            if np.count_nonzero(inside) > _FEW * segment.size:
                parts.append(_Part.carried(segment, rows, inside))
                missing[rows[inside]] = False
        fresh = np.flatnonzero(missing)
        parts.append(_Part.of(normal_forms(texts.gather(fresh + start)), fresh))
        segments.append(_segment(parts, start))
    return segments


def build_segment(texts: pl.Series, base: int) -> Segment:
    """Index at most SEGMENT_ROWS texts, the first of which is row `base`."""
    return _segment([_Part.of(normal_forms(texts), np.arange(len(texts)))], base)


@dataclass(frozen=True, slots=True)
class _Part:
    """Some texts of a segment, which stand at `rows` of it.

    Attributes:
        rows: int64 of shape (m,), ascending.
        normal: m normal forms.
        postings: uint64, ascending: keys with the row in the lowest bits.
        words: of columns word and row.
    """

    rows: Places
    normal: Texts
    postings: _Keys
    words: pl.DataFrame

    @classmethod
    def of(cls, normal: pl.Series, rows: Places) -> _Part:
        return cls(rows, _arrow(normal), _character_postings(normal, rows), _word_postings(normal, rows))

    @classmethod
    def carried(cls, segment: Segment, rows: Places, inside: npt.NDArray[np.bool_]) -> _Part:
        """What another segment holds of this one: its text i stands at rows[i] where inside[i]."""
        taken = np.flatnonzero(inside)
        here = inside[segment.rows]
        keys = np.repeat(segment.keys, np.diff(segment.starts))[here]
        pairs = (keys >> np.uint64(32)) << _CHAR_BITS | keys & np.uint64((1 << 21) - 1)
        words = np.repeat(np.arange(len(segment.words)), np.diff(segment.word_starts))
        found = inside[segment.word_rows]
        return cls(
            rows[taken],
            segment.texts.take(taken),
            pairs << _ROW_BITS | rows[segment.rows[here]].astype(np.uint64),
            pl.DataFrame(
                {
                    "word": pl.Series(pl.from_arrow(segment.words.take(words[found]))),
                    "row": rows[segment.word_rows[found]].astype(np.uint32),
                }
            ),
        )


def _segment(parts: Sequence[_Part], base: int) -> Segment:
    # Runs that are in order already: the stable sort merges them.
    packed = np.sort(np.concatenate([part.postings for part in parts]), kind="stable")
    keys, starts, rows = _by_key(packed)
    words, word_starts, word_rows = _by_word(pl.concat([part.words for part in parts]))
    order = np.argsort(np.concatenate([part.rows for part in parts]))
    normal = pa.concat_arrays([part.normal for part in parts]).take(order)
    return Segment(
        base=base,
        texts=normal,
        keys=keys,
        starts=starts,
        rows=rows,
        words=words,
        word_starts=word_starts,
        word_rows=word_rows,
    )


def _character_postings(normal: pl.Series, place: Places) -> _Keys:
    joined = chr(_END).join(normal.str.replace_all(chr(_END), " ", literal=True).to_list()) + chr(_END)
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    ends = codes == _END
    text_of = np.append(place, 0).astype(np.uint32)[np.cumsum(ends, dtype=np.uint32) - ends]
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
    return packed[_firsts(packed)]


def _by_key(packed: _Keys) -> tuple[_Keys, npt.NDArray[np.uint32], npt.NDArray[np.uint16]]:
    """Keys, where the postings of each begin, and the rows."""
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


def _word_postings(normal: pl.Series, place: Places) -> pl.DataFrame:
    frame = pl.DataFrame({"word": normal.str.extract_all(f"{LETTER}+"), "row": place.astype(np.uint32)})
    return frame.explode("word").drop_nulls("word").unique()


def _by_word(words: pl.DataFrame) -> tuple[Texts, npt.NDArray[np.uint32], npt.NDArray[np.uint16]]:
    pairs = words.sort("word", "row")
    groups = pairs.group_by("word", maintain_order=True).len()
    starts = np.append(0, np.cumsum(groups["len"].to_numpy())).astype(np.uint32)
    return _arrow(groups["word"]), starts, pairs["row"].to_numpy().astype(np.uint16)


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
