"""A study: the patents of one Selection, laid out for counting, with all that indicators need to know.

`Study` is what every indicator takes: a pure function `(Study, …) → Indicator | Table`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from directions.counting import Counting
from patents.errors import InputError
from themes.years import INCOMPLETE_MONTHS, incomplete_from

_DESIGN = "外观设计"


@dataclass(frozen=True, slots=True)
class Period:
    """Years, both ends included.

    Attributes:
        first, last: calendar years.
        name: as printed; empty means `first—last`.
    """

    first: int
    last: int
    name: str = ""

    @property
    def label(self) -> str:
        """Name of a plan, else the years."""
        return self.name or f"{self.first}—{self.last}"

    @property
    def years(self) -> int:
        """How many."""
        return self.last - self.first + 1


#: Five-year plans. Source: the plans' own titles (国民经济和社会发展第N个五年规划纲要).
PLANS: tuple[Period, ...] = (
    Period(2001, 2005, "十五"),
    Period(2006, 2010, "十一五"),
    Period(2011, 2015, "十二五"),
    Period(2016, 2020, "十三五"),
    Period(2021, 2025, "十四五"),
    Period(2026, 2030, "十五五"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyTheme:
    """A theme of the studied scope.

    Attributes:
        id, name, keywords: as themes/ made them.
        rows: int64, places in `Study.patents` of the patents in it (core and assigned).
        spot: (x, y) on the map of its scope; None where the themes are of several scopes.
    """

    id: str
    name: str
    keywords: tuple[str, ...]
    rows: npt.NDArray[np.int64]
    spot: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """Patents that a study leaves out.

    Attributes:
        reason: Chinese, as printed: 外观设计, 噪声 …
        count: how many.
    """

    reason: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """What is studied, and how it is counted.

    Attributes:
        title: as printed: 贵州省新材料产业.
        query: 检索式 that means these patents.
        patents: one row a patent, columns as in library/columns.py, besides `row` (its row in the
            snapshot) and `year` (int, by `counting.year_by`; null when unknown), `industries` and `theme`.
        counting: 口径.
        as_of: 检索截止日.
        period: years that tables by year show.
        left: what was taken out beforehand, with counts.
        themes: of the scope; empty when none were found.
        groups: member → group names of applicants, normalised; empty without a file of groups.
        home: province or city that "local" means; empty when not set.
        snapshot: number of the snapshot.
        filled: columns that hold something anywhere in the snapshot. A study none of whose patents was ever
            licensed has no licences; only an export without such columns leaves them unknown.
    """

    title: str
    query: str
    patents: pl.DataFrame
    counting: Counting
    as_of: date
    period: Period
    left: tuple[Left, ...] = ()
    themes: tuple[StudyTheme, ...] = ()
    groups: tuple[tuple[str, str], ...] = ()
    home: str = ""
    snapshot: int = 0
    filled: frozenset[str] = frozenset()

    @property
    def count(self) -> int:
        """Patents studied."""
        return self.patents.height

    @property
    def incomplete_from(self) -> int:
        """First year that is not complete at the as-of date, by the date that counts."""
        months = INCOMPLETE_MONTHS if self.counting.year_by == "filing" else 0
        return incomplete_from(self.as_of, months)

    def lacking(self, *columns: str) -> tuple[str, ...]:
        """Those of some columns that hold no value at all, here nor in the snapshot."""
        return tuple(name for name in columns if name not in self.filled and not self._has(name))

    def _has(self, name: str) -> bool:
        return name in self.patents.columns and filled_count(self.patents[name]) > 0

    def of(self, rows: pl.Expr) -> Study:
        """The same study of some of its patents (without themes, whose rows no longer fit)."""
        return replace(self, patents=self.patents.filter(rows), themes=())


def filled_count(column: pl.Series) -> int:
    """Values of a column that hold something; texts and lists may be empty without being null."""
    if column.dtype == pl.String:
        return int((column.fill_null("") != "").sum())
    if isinstance(column.dtype, pl.List):
        return int((column.list.len() > 0).sum())
    return len(column) - column.null_count()


def make_study(
    table: pa.Table,
    rows: npt.NDArray[np.int64],
    *,
    title: str,
    query: str,
    as_of: date,
    counting: Counting | None = None,
    period: Period | None = None,
    home: str = "",
    groups: tuple[tuple[str, str], ...] = (),
    snapshot: int = 0,
) -> Study:
    """Lay the patents of a Selection out for counting.

    Args:
        table: columns of the snapshot.
        rows: int64 of shape (n,), ascending, of the Selection.
        title: see `Study`.
        query: 检索式 of the rows.
        as_of: 检索截止日.
        counting: 口径; the default one when None.
        period: years shown; when None, from the first year with a patent (at most 20) to the as-of year.
        home: province or city that "local" means.
        groups: (member, group) names of applicants.
        snapshot: number of the snapshot.

    Raises:
        InputError: no patent is left to study.
    """
    counting = counting or Counting()
    frame = pl.DataFrame(pl.from_arrow(table.take(rows))).with_columns(row=pl.Series(rows))
    left: list[Left] = []
    if not counting.designs:
        counted = frame.filter(pl.col("patent_type").ne_missing(_DESIGN))
        if counted.height < frame.height:
            left.append(Left(reason=_DESIGN, count=frame.height - counted.height))
        frame = counted
    if frame.is_empty():
        raise InputError("study-empty", title=title, query=query)
    frame = frame.with_columns(year=_year(counting))
    return Study(
        title=title,
        query=query,
        patents=frame,
        counting=counting,
        as_of=as_of,
        period=period or _whole_period(frame, as_of),
        left=tuple(left),
        groups=groups,
        home=home,
        snapshot=snapshot,
        filled=_filled(table),
    )


def _filled(table: pa.Table) -> frozenset[str]:
    """Columns that hold something; lists and texts may be empty without being null."""
    filled = set()
    for name, column in zip(table.column_names, table.columns, strict=True):
        kind = column.type
        if pa.types.is_list(kind) or pa.types.is_large_list(kind):
            holds = bool(pc.max(pc.list_value_length(column)).as_py())
        elif pa.types.is_string(kind) or pa.types.is_large_string(kind):
            holds = bool(pc.max(pc.binary_length(column)).as_py())
        else:
            holds = column.null_count < len(column)
        if holds:
            filled.add(name)
    return frozenset(filled)


def _year(counting: Counting) -> pl.Expr:
    if counting.year_by == "filing":
        return pl.col("filing_year").cast(pl.Int32)
    return pl.col(f"{counting.year_by}_date").dt.year().cast(pl.Int32)


def _whole_period(frame: pl.DataFrame, as_of: date) -> Period:
    years = frame["year"].drop_nulls().sort().to_list()
    first = years[0] if years else as_of.year
    return Period(max(first, as_of.year - 19), as_of.year)
