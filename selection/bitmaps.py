"""Rows of a snapshot as roaring bitmaps, to and from numpy arrays."""

from __future__ import annotations

import array

import numpy as np
import numpy.typing as npt
from pyroaring import FrozenBitMap

Rows = FrozenBitMap
EMPTY: Rows = FrozenBitMap()
# Fewer rows, or rows so far apart, are handed over as they come.
_MANY = 1_000
_DENSE = 64


def rows_from_array(rows: npt.ArrayLike) -> Rows:
    """Rows of an integer array (any order, repeats allowed)."""
    found = np.ascontiguousarray(rows, dtype=np.uint32)
    if found.size > _MANY and int(found.max()) < _DENSE * found.size:
        # In order a bitmap takes them at a fraction of the time; through a mask is faster than sorting.
        mask = np.zeros(int(found.max()) + 1, dtype=np.bool_)
        mask[found] = True
        found = np.flatnonzero(mask).astype(np.uint32)
    return FrozenBitMap(array.array("I", found.tobytes()))


def rows_from_mask(mask: npt.NDArray[np.bool_]) -> Rows:
    """Rows at which a bool array of shape (n,) is True."""
    return rows_from_array(np.flatnonzero(mask))


def array_from_rows(rows: Rows) -> npt.NDArray[np.int64]:
    """Ascending int64 array of the rows."""
    return np.frombuffer(rows.to_array(), dtype=np.uint32).astype(np.int64)


def all_rows(count: int) -> Rows:
    """Rows 0 … count − 1."""
    return FrozenBitMap(range(count))
