"""The columns of a snapshot's table that industries are made of, each distinct text once."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from patents.errors import MissingColumnError
from selection.industries.keywords import KeywordHits

Positions = npt.NDArray[np.int64]


class Listed(NamedTuple):
    """A column of lists: its distinct texts; for each text given, in order of rows, its number and row."""

    texts: list[str]
    codes: Positions
    rows: Positions


class Rows:
    """The columns of a snapshot's table that industries are made of, read once for all schemes."""

    def __init__(self, table: pa.Table) -> None:
        self.count = table.num_rows
        self._table = table

    @cached_property
    def main(self) -> tuple[list[str], Positions]:
        """Distinct main classifications, and for each row its position among them (−1: none)."""
        column = self._column("ipc_main")
        symbols = column.drop_nulls().unique().sort()
        codes = np.full(self.count, -1, dtype=np.int64)
        known = column.is_not_null().to_numpy()
        if len(symbols):
            codes[known] = symbols.search_sorted(column.drop_nulls()).to_numpy()
        return symbols.to_list(), codes

    @cached_property
    def every(self) -> Listed:
        """Symbols of any classification."""
        return _listed(self._column("ipc"))

    @cached_property
    def portal(self) -> dict[str, Listed]:
        """Scheme → the values of the export's own columns."""
        if "portal_industries" not in self._table.column_names:
            return {}
        values, codes, rows = _listed(self._column("portal_industries"))
        parts = [value.partition(":") for value in values]
        found = {}
        for scheme in dict.fromkeys(part[0] for part in parts):
            wanted = [number for number, part in enumerate(parts) if part[0] == scheme]
            chosen = np.isin(codes, wanted)
            renumbered = np.searchsorted(wanted, codes[chosen])
            found[scheme] = Listed([parts[number][2] for number in wanted], renumbered, rows[chosen])
        return found

    @cached_property
    def hits(self) -> KeywordHits:
        """Keywords in title and abstract."""
        return KeywordHits(self._table)

    def _column(self, name: str) -> pl.Series:
        if name not in self._table.column_names:
            raise MissingColumnError("industry-column-missing", column=name)
        return pl.DataFrame(self._table.select([name]))[name]


def _listed(lists: pl.Series) -> Listed:
    """Number the distinct texts of a list column; null is an empty list."""
    flat = pl.DataFrame({"row": np.arange(len(lists)), "text": lists}).explode("text").drop_nulls("text")
    distinct = flat["text"].unique().sort()
    codes = distinct.search_sorted(flat["text"]) if len(flat) else pl.Series([], dtype=pl.Int64)
    return Listed(distinct.to_list(), codes.to_numpy().astype(np.int64), flat["row"].to_numpy())
