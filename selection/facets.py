"""Facets: how the searched patents, and the nearest of them, divide by type, state, year, place and so on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from library.once import Once
from patents.messages import N_, text

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa

    from selection.selection import Selection

# Values shown of each facet, years aside.
MOST_VALUES = 12
_UNKNOWN_STATE = "未知"


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    """One value: `count` patents of the Selection have it, `near` of the nearest ones."""

    value: str
    label: str
    count: int
    near: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One way to divide the patents.

    Attributes:
        name: of the filter that takes a value (filing_year: filed_from and filed_to).
        label: 名称, in the reader's language.
        values: those of the nearest patents first, then the most frequent; years in order.
        distinct: values that there are, shown or not.
        without: patents of the Selection that have none.
    """

    name: str
    label: str
    values: list[FacetValue]
    distinct: int
    without: int


class FacetColumns:
    """The columns of a snapshot that facets count, as codes; each is read when first asked for.

    Args:
        table: the columns, with those that other rooms registered.
    """

    def __init__(self, table: pa.Table) -> None:
        self._table = table
        self._once = Once()

    def count(
        self, selection: Selection, near: npt.NDArray[np.int64], *, most: int = MOST_VALUES
    ) -> list[Facet]:
        """Count every facet that has a value.

        Args:
            selection: the patents that were searched.
            near: int64 rows of the nearest ones.
            most: values of each.
        """
        rows = rows_counted(selection)
        found = [
            facet_of(name, text(label), self._codes(name), rows, near, most, partial(_label, name))
            for name, (label, _) in _FACETS.items()
        ]
        return [facet for facet in found if facet.values]

    def _codes(self, name: str) -> Coded:
        return self._once.get(name, lambda: Coded.of(_FACETS[name][1](self._table)))


@dataclass(frozen=True, slots=True)
class Coded:
    """A column, or one of lists, by the numbers of its values.

    Attributes:
        values: distinct ones.
        starts: int64 of shape (n + 1,): the values of row i are ``codes[starts[i]:starts[i + 1]]``.
        codes: int32.
        totals: int64, patents of each value.
    """

    values: list[str]
    starts: npt.NDArray[np.int64]
    codes: npt.NDArray[np.int32]
    totals: npt.NDArray[np.int64]

    @classmethod
    def of(cls, column: pl.Series) -> Coded:
        """Take lists of texts; a value counts once a patent."""
        import polars as pl

        lists = column.list.unique(maintain_order=True).list.drop_nulls()
        sizes = lists.list.len().fill_null(0).to_numpy()
        starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        flat = lists.explode().drop_nulls().cast(pl.String)
        values = flat.unique().sort()
        codes = values.search_sorted(flat).to_numpy() if len(flat) else np.empty(0)
        totals = np.bincount(codes.astype(np.int64), minlength=len(values))
        return cls(values.to_list(), starts, codes.astype(np.int32), totals)

    def counts(self, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Patents of each value among some rows."""
        sizes = self.starts[rows + 1] - self.starts[rows]
        ends = np.cumsum(sizes)
        places = np.arange(ends[-1] if len(ends) else 0) + np.repeat(self.starts[rows] - ends + sizes, sizes)
        return np.bincount(self.codes[places], minlength=len(self.values))

    def without(self, rows: npt.NDArray[np.int64] | None) -> int:
        """Rows without a value."""
        sizes = np.diff(self.starts) if rows is None else self.starts[rows + 1] - self.starts[rows]
        return int(np.count_nonzero(sizes == 0))


def rows_counted(selection: Selection) -> npt.NDArray[np.int64] | None:
    """Rows of a selection; None for all that there are, whose counts are known."""
    return None if selection.count == selection.size else selection.array()


def facet_of(
    name: str,
    label: str,
    coded: Coded,
    rows: npt.NDArray[np.int64] | None,
    near: npt.NDArray[np.int64],
    most: int,
    label_of: Callable[[str], str],
) -> Facet:
    """Count one facet.

    Args:
        name: of the filter that takes a value.
        label: 名称.
        coded: its values.
        rows: int64, the searched patents; None for all.
        near: int64, the nearest ones.
        most: values shown.
        label_of: what a value is called.
    """
    counts = coded.totals if rows is None else coded.counts(rows)
    nearest = coded.counts(near)
    held = np.flatnonzero(counts)
    if name == "filing_year":
        shown = held
    else:
        shown = held[np.lexsort((held, -counts[held], -nearest[held]))][:most]
    values = [
        FacetValue(
            value=coded.values[code],
            label=label_of(coded.values[code]),
            count=int(counts[code]),
            near=int(nearest[code]),
        )
        for code in shown.tolist()
    ]
    return Facet(name=name, label=label, values=values, distinct=len(held), without=coded.without(rows))


def _label(name: str, value: str) -> str:
    if name == "industry":
        return value.partition(":")[2]
    if name == "ipc":
        from patents.tables.ipc_titles import ipc_entry

        entry = ipc_entry(value)
        return f"{value} {entry.short}" if entry else value
    return value


def _column(table: pa.Table, name: str) -> pl.Series:
    import polars as pl

    found = pl.from_arrow(table.column(name))
    assert isinstance(found, pl.Series)
    return found


def _single(name: str) -> Callable[[pa.Table], pl.Series]:
    return lambda table: _listed(_column(table, name))


def _listed(column: pl.Series) -> pl.Series:
    """One value a row as a list of none or one."""
    import polars as pl

    values = column.cast(pl.String)
    return values.to_frame("value").select(pl.concat_list("value").list.drop_nulls()).to_series()


def _several(name: str) -> Callable[[pa.Table], pl.Series]:
    return lambda table: _column(table, name)


def _states(table: pa.Table) -> pl.Series:
    return _listed(_column(table, "legal_state").fill_null(_UNKNOWN_STATE))


def _subclasses(table: pa.Table) -> pl.Series:
    return _listed(_column(table, "ipc_main").str.slice(0, 4))


# Name of the filter → code of its 名称, how it is read from the table.
_FACETS: dict[str, tuple[str, Callable[[pa.Table], pl.Series]]] = {
    "patent_type": (N_("facet-patent-type"), _single("patent_type")),
    "legal_state": (N_("facet-legal-state"), _states),
    "filing_year": (N_("facet-filing-year"), _single("filing_year")),
    "province": (N_("facet-province"), _single("province")),
    "city": (N_("facet-city"), _single("city")),
    "ipc": (N_("facet-ipc"), _subclasses),
    "applicant": (N_("facet-applicant"), _several("applicants")),
    "industry": (N_("facet-industry"), _several("industries")),
}
