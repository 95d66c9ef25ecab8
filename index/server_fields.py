"""Numbers of each row that a vector server filters by itself, before it looks for neighbours.

A Selection is known as a mask of rows, and a mask of millions cannot go with a query. What can is the
narrowest box around it: the dates between which all its patents lie, the types and provinces that they
have. The server looks only within the box; what lies in the box and not in the Selection is dropped here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.bool_]

# A field of up to so many values is filtered by the list of those that occur, another by its range.
_FEW = 64
# Shares are estimated on so many rows: they only say how many hits to ask for.
_SAMPLED = 100_000
_FILE = "fields.npy"


class Box(NamedTuple):
    """What the server gets.

    Attributes:
        filter: in Milvus's language; empty where the box holds everything.
        share: of all rows that lie in it, estimated, in (0, 1].
    """

    filter: str
    share: float


@dataclass(frozen=True, slots=True)
class ServerFields:
    """Whole numbers of n rows.

    Attributes:
        names: of the fields, as the server calls them.
        values: int32 of shape (len(names), n); may be memory-mapped.
    """

    names: tuple[str, ...]
    values: npt.NDArray[np.int32]

    @classmethod
    def none(cls, count: int) -> Self:
        """No field at all for so many rows."""
        return cls((), np.zeros((0, count), dtype=np.int32))

    @classmethod
    def of_columns(cls, columns: Mapping[str, npt.NDArray[np.int32]]) -> Self:
        """From columns of shape (n,) each."""
        return cls(tuple(columns), np.stack(list(columns.values())))

    def of(self, row: int) -> dict[str, int]:
        """The values of one row by name."""
        return {name: int(value) for name, value in zip(self.names, self.values[:, row], strict=True)}

    def around(self, allowed: Mask) -> Box:
        """The narrowest box that holds all allowed rows.

        Args:
            allowed: bool of shape (n,), at least one True.
        """
        step = max(1, len(allowed) // _SAMPLED)
        inside = np.ones(len(allowed[::step]), dtype=bool)
        conditions: list[str] = []
        for name, values in zip(self.names, self.values, strict=True):
            own, every = values[allowed], values[::step]
            few = np.unique(every)
            if len(few) <= _FEW:
                own = np.unique(own)
                if np.isin(few, own).all():
                    continue
                conditions.append(f"{name} in {own.tolist()}")
                inside &= np.isin(every, own)
            elif (low := int(own.min())) > every.min() or int(own.max()) < every.max():
                conditions.append(f"{name} >= {low} and {name} <= {own.max()}")
                inside &= (every >= low) & (every <= own.max())
        share = max(float(inside.mean()), float(allowed.mean()))
        return Box(" and ".join(conditions), share)

    def save(self, folder: Path) -> None:
        """Write the values into an existing folder."""
        np.save(folder / _FILE, self.values, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path, names: tuple[str, ...]) -> Self:
        """Open saved values, memory-mapped."""
        return cls(names, np.load(folder / _FILE, mmap_mode="r", allow_pickle=False))
