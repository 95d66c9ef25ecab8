"""The Selection: the patents that a 检索式 means, on one snapshot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from patents.errors import SnapshotError
from selection.bitmaps import Rows, all_rows, array_from_rows

_SIMILAR = ("R=(", "RAD=(", "RPD=(")


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Rows of one snapshot with the 检索式 that gave them; immutable, closed under set algebra.

    Attributes:
        rows: row numbers in the snapshot, 0 … size − 1.
        text: canonical 检索式 (see docs/query.md); parsing it again gives the same rows.
        snapshot: number of the snapshot that the rows belong to.
        size: patents in that snapshot; what the complement is taken from.
        order: int64 rows, best first, when the 检索式 asks for similar patents (R=, RAD=, RPD=);
            else None. Lost by set algebra.
        scores: float32, one per entry of `order`; cosine, higher is nearer.
    """

    rows: Rows
    text: str
    snapshot: int
    size: int
    order: npt.NDArray[np.int64] | None = field(default=None, compare=False, repr=False)
    scores: npt.NDArray[np.float32] | None = field(default=None, compare=False, repr=False)

    @property
    def count(self) -> int:
        """Number of patents."""
        return len(self.rows)

    def mask(self, n: int | None = None) -> npt.NDArray[np.bool_]:
        """Bool array of shape (n,), True at the rows; n defaults to the snapshot's size.

        Raises:
            ValueError: n is smaller than a selected row.
        """
        allowed = np.zeros(self.size if n is None else n, dtype=np.bool_)
        rows = self.array()
        if rows.size and rows[-1] >= allowed.size:
            raise ValueError(f"row {rows[-1]} is selected, but the mask has only {allowed.size} rows")
        allowed[rows] = True
        return allowed

    def array(self) -> npt.NDArray[np.int64]:
        """Ascending int64 array of the rows."""
        return array_from_rows(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __bool__(self) -> bool:
        return bool(self.rows)

    def __contains__(self, row: object) -> bool:
        return isinstance(row, (int, np.integer)) and int(row) >= 0 and int(row) in self.rows

    def __iter__(self) -> Iterator[int]:
        return iter(self.rows)

    def __and__(self, other: Selection) -> Selection:
        return self._with(other, self.rows & other.rows, "and")

    def __or__(self, other: Selection) -> Selection:
        return self._with(other, self.rows | other.rows, "or")

    def __sub__(self, other: Selection) -> Selection:
        return self._with(other, self.rows - other.rows, "not")

    def __invert__(self) -> Selection:
        rows = all_rows(self.size) - self.rows
        return Selection(rows=rows, text=f"not ({self.text})", snapshot=self.snapshot, size=self.size)

    def _with(self, other: Selection, rows: Rows, operator: str) -> Selection:
        if (self.snapshot, self.size) != (other.snapshot, other.size):
            raise SnapshotError(
                "selections-of-different-snapshots",
                first=self.snapshot,
                first_size=self.size,
                second=other.snapshot,
                second_size=other.size,
            )
        text = joined_text(self.text, operator, other.text)
        return Selection(rows=rows, text=text, snapshot=self.snapshot, size=self.size)


def joined_text(left: str, operator: str, right: str) -> str:
    """The 检索式 of two joined ones; R= must stay in front and outside brackets.

    Args:
        left: canonical text.
        operator: "and", "or", "not".
        right: canonical text.
    """
    if operator == "and" and right.startswith(_SIMILAR):
        left, right = right, left
    if left.startswith(_SIMILAR) and operator != "or":
        return f"{left} and {'not ' if operator == 'not' else ''}({right})"
    return f"({left}) {operator} ({right})"


def everything(size: int, snapshot: int) -> Selection:
    """All patents of a snapshot; their 检索式 is `*`."""
    return Selection(rows=all_rows(size), text="*", snapshot=snapshot, size=size)
