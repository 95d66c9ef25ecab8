"""Which share of a query's runs of characters a text repeats.

A twin (一案双申), a divisional, the claim of an abstract say the same in the same words; texts of one
field use the same words in other sentences. BM25 cannot tell these apart, runs of six characters can:
two abstracts of one field share a few per cent of them, a copy far more.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from patents.characters import simplified
from terms.words import narrow

# Characters of a run. Runs of 4 serve titles a little better and lift strangers of the same field, runs of 8
# miss half of what was rewritten (docs/search.md).
RUN = 6
# Characters of a query that are compared: a whole draft repeats itself, and few texts would hold much of it.
_MOST_COMPARED = 4_000
_APART = "\x1e"
_APART_CODE = 1
_CODES = 1 << 16
# Odd, so that no bit of a character is lost. Source: Knuth, The Art of Computer Programming 3, 6.4.
_FACTOR = 0x9E3779B1
_STEP = np.uint32(_FACTOR)
_STEP_OF_TWO = np.uint32(_FACTOR * _FACTOR % (1 << 32))

Codes = npt.NDArray[np.uint16]
Runs = npt.NDArray[np.uint32]


def shared_runs(query: str, texts: Sequence[str]) -> npt.NDArray[np.float32]:
    """Share of the runs of `RUN` characters of a query that each text holds.

    Letters count in lower case and half width; punctuation and white space do not count.

    Args:
        query: its distinct runs are looked for.
        texts: m texts.

    Returns:
        float32 of shape (m,) in [0, 1]; 0 for a query shorter than a run.
    """
    runs = np.unique(_runs(_codes(query[:_MOST_COMPARED])))
    if len(runs) == 0 or not texts:
        return np.zeros(len(texts), dtype=np.float32)
    codes = _codes(*texts)
    found = _runs(codes)
    # A table of half of the bits sorts out nearly all runs at a glance; the others are looked up.
    likely = np.zeros(_CODES, dtype=np.bool_)
    likely[_half(runs)] = True
    places = np.flatnonzero(likely.take(_half(found)))
    which = np.minimum(np.searchsorted(runs, found[places]), len(runs) - 1)
    same = runs[which] == found[places]
    owner = np.searchsorted(np.flatnonzero(codes == _APART_CODE), places[same])
    pairs = np.unique(owner * len(runs) + which[same])
    held = np.bincount(pairs // len(runs), minlength=len(texts))
    return (held / len(runs)).astype(np.float32)


def _codes(*texts: str) -> Codes:
    """Folded characters that count, in UTF-16, with a mark between two texts."""
    joined = _APART.join(text.replace(_APART, "") for text in texts)
    units = np.frombuffer(simplified(joined).encode("utf-16-le", "surrogatepass"), dtype=np.uint16)
    codes = _folded().take(units)
    return codes[codes > 0]


def _runs(codes: Codes) -> Runs:
    """A number for each run of `RUN` characters, in reading order; a run over a mark is no query's.

    Two different runs have the same number once in 2³².
    """
    if len(codes) < RUN:
        return np.empty(0, dtype=np.uint32)
    ones = codes.astype(np.uint32)
    twos = ones[:-1] * _STEP + ones[1:]
    fours = twos[:-2] * _STEP_OF_TWO + twos[2:]
    runs: Runs = (fours[:-2] * _STEP_OF_TWO + twos[4:]) * _STEP
    return runs


def _half(runs: Runs) -> npt.NDArray[np.uint16]:
    """The upper half of the bits of each number, which every character has part in."""
    halves: npt.NDArray[np.uint16] = (runs >> np.uint32(16)).astype(np.uint16)
    return halves


@lru_cache(maxsize=1)
def _folded() -> Codes:
    """What each unit of UTF-16 counts as; 0 for what does not count. Halves of a pair count as they are."""
    table = np.zeros(_CODES, dtype=np.uint16)
    for code, letter in enumerate(narrow("".join(map(chr, range(_CODES))))):
        if letter.isalnum() or 0xD800 <= code < 0xE000:
            table[code] = ord(letter)
    table[ord(_APART)] = _APART_CODE
    return table
