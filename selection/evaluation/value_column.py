"""Columns of short values: distinct values, each with its rows; and numbers in ascending order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from selection.bitmaps import EMPTY, Rows, array_from_rows, rows_from_array
from selection.language.vocabularies import folded
from selection.text.column import TextColumn
from selection.text.needle import Needle
from selection.text.normal import normal_forms

LAST = "\U0010ffff"
# A list of so many names is looked up in an index of the values; a few are compared with each.
_MANY_ASKED = 100


@dataclass(slots=True)
class ValueColumn:
    """Distinct texts of a column and the rows of each.

    Attributes:
        values: distinct values, ascending by code point.
        starts: int64 (len(values) + 1,); rows of value i are rows[starts[i]:starts[i + 1]].
        rows: uint32.
    """

    values: list[str]
    starts: npt.NDArray[np.int64]
    rows: npt.NDArray[np.uint32]
    _asked: int = field(default=0, repr=False)
    _index: TextColumn | None = field(default=None, repr=False)
    _normal: pa.LargeStringArray | None = field(default=None, repr=False)
    _folded: dict[str, list[int]] | None = field(default=None, repr=False)

    @classmethod
    def of_pairs(cls, pairs: pl.DataFrame) -> ValueColumn:
        """From a frame with the columns row (UInt32) and value (String), without nulls."""
        ordered = pairs.filter(pl.col("value") != "").unique().sort("value", "row")
        groups = ordered.group_by("value", maintain_order=True).len()
        starts = np.append(0, np.cumsum(groups["len"].to_numpy())).astype(np.int64)
        return cls(groups["value"].to_list(), starts, ordered["row"].to_numpy())

    def of(self, codes: Iterable[int]) -> Rows:
        """Rows that have any of the values at these positions."""
        parts = [self.rows[self.starts[code] : self.starts[code + 1]] for code in codes]
        return rows_from_array(np.concatenate(parts)) if parts else EMPTY

    def filled(self) -> Rows:
        """Rows that have any value."""
        return rows_from_array(self.rows)

    def containing(self, needle: Needle) -> Rows:
        """Rows with a value in which a needle occurs."""
        if needle.empty:
            return EMPTY
        self._asked += 1
        if self._asked > _MANY_ASKED and self._index is None:
            self._index = TextColumn.build(pl.Series(self.values, dtype=pl.String))
        if self._index is not None:
            return self.of(array_from_rows(self._index.rows(needle)).tolist())
        if self._normal is None:
            self._normal = _arrow(normal_forms(pl.Series(self.values, dtype=pl.String)))
        if needle.literal is not None:
            found = pc.match_substring(self._normal, needle.literal)
        else:
            found = pc.match_substring_regex(self._normal, needle.re2)
        return self.of(np.flatnonzero(np.asarray(found)).tolist())

    def estimate(self, needle: Needle) -> int:
        """At most so many values are compared with a needle."""
        return len(self.values) if self._index is None else self._index.estimate(needle)

    def equal(self, text: str) -> Rows:
        """Rows with a value that is a text, case and width folded."""
        if self._folded is None:
            self._folded = {}
            for code, value in enumerate(self.values):
                self._folded.setdefault(folded(value), []).append(code)
        return self.of(self._folded.get(folded(text), ()))

    def any_of(self, texts: Iterable[str]) -> Rows:
        """Rows with a value that is exactly one of the texts."""
        places = ((text, bisect_left(self.values, text)) for text in texts)
        return self.of(
            place for text, place in places if place < len(self.values) and self.values[place] == text
        )

    def like(self, pattern: str) -> Rows:
        """Rows with a value that matches a regular expression of RE2 as a whole, case folded."""
        values = _arrow(pl.Series(self.values, dtype=pl.String))
        found = pc.match_substring_regex(values, f"^(?:{pattern})$", ignore_case=True)
        return self.of(np.flatnonzero(np.asarray(found)).tolist())

    def between(self, low: str, high: str) -> Rows:
        """Rows with a value v, low <= v < high by code point."""
        first, last = bisect_left(self.values, low), bisect_left(self.values, high)
        return rows_from_array(self.rows[self.starts[first] : self.starts[last]]) if first < last else EMPTY

    def beginning(self, prefix: str) -> Rows:
        """Rows with a value that begins with a prefix."""
        return self.between(prefix, prefix + LAST)


@dataclass(frozen=True, slots=True)
class NumberColumn:
    """Numbers (days since 1970 for dates) in ascending order, and the row of each; a row may have several."""

    numbers: npt.NDArray[np.int64]
    rows: npt.NDArray[np.uint32]

    @classmethod
    def of_pairs(cls, pairs: pl.DataFrame) -> NumberColumn:
        """From a frame with the columns row (UInt32) and value (any integer or date), without nulls."""
        ordered = pairs.with_columns(pl.col("value").cast(pl.Int64)).sort("value")
        return cls(ordered["value"].to_numpy(), ordered["row"].to_numpy())

    def between(self, low: int | None, high: int | None) -> Rows:
        """Rows with a number in low … high, both included; None is open."""
        first = 0 if low is None else int(np.searchsorted(self.numbers, low, side="left"))
        last = len(self.numbers) if high is None else int(np.searchsorted(self.numbers, high, side="right"))
        return rows_from_array(self.rows[first:last]) if first < last else EMPTY

    def filled(self) -> Rows:
        """Rows that have a number."""
        return rows_from_array(self.rows)


def _arrow(texts: pl.Series) -> pa.LargeStringArray:
    return pa.array(texts.to_list(), type=pa.large_string())
