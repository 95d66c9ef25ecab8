"""What a study is compared with (`reference`): patents of the nation or another region, or counts by class.

A setting of the library names it: the folder of another library, a 检索式, or a file of counts by class
and year (xlsx or csv with the columns ipc, count and, where there are several, year).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import polars as pl

from directions.study import Study
from patents.errors import MappingError, UnreadableFileError
from patents.messages import message
from patents.small_tables import read_cells

_NAMES = {
    "ipc": ("ipc", "class", "分类号", "ipc分类号", "ipc小类", "ipc大类", "类号", "主分类号"),
    "year": ("year", "年", "年份", "申请年", "公开年", "授权年"),
    "count": ("count", "patents", "件数", "数量", "专利量", "申请量", "授权量", "专利数"),
}
_TOTAL = frozenset({"*", "total", "all", "总计", "合计", "全部"})
_HELP = message("reference-columns")


@dataclass(frozen=True, slots=True, kw_only=True)
class CountReference:
    """Counts by class and year, as an office or a yearbook prints them.

    Attributes:
        title: as printed.
        counts: `ipc` (beginning of a symbol), `year` (null where the file has none), `count`.
        totals: `year`, `count`: all patents; sums of the classes where the file has no line for them.
    """

    title: str
    counts: pl.DataFrame
    totals: pl.DataFrame

    @property
    def years(self) -> frozenset[int]:
        """Years that the file covers; empty when it has none."""
        return frozenset(self.totals["year"].drop_nulls().to_list())

    def total(self) -> int:
        """All patents of the reference."""
        return int(self.totals["count"].sum())

    def of(self, beginnings: Sequence[str]) -> int | None:
        """Patents of some classes.

        Args:
            beginnings: of main classifications: `C25C`, `C22C21`.

        Returns:
            Their sum; None where the file's classes are coarser than one that is asked for, or none is asked.
        """
        wanted = [beginning.replace(" ", "").upper() for beginning in beginnings]
        codes = self.counts["ipc"].unique().to_list()
        if not wanted or any(
            not any(code.startswith(beginning) for code in codes)
            and any(beginning.startswith(code) for code in codes)
            for beginning in wanted
        ):
            return None
        held = pl.any_horizontal([pl.col("ipc").str.starts_with(beginning) for beginning in wanted])
        return int(self.counts.filter(held)["count"].sum())


@dataclass(frozen=True, slots=True, kw_only=True)
class PatentReference:
    """Patents: of another library, or of a Selection of this one.

    Attributes:
        title: as printed.
        study: the patents, laid out as those that are compared with them.
    """

    title: str
    study: Study


Reference = CountReference | PatentReference


def read_counts(path: Path, *, title: str = "") -> CountReference:
    """Read a file of counts by class and year.

    Args:
        path: .xlsx, .xls or .csv; the first sheet.
        title: as printed; the name of the file when empty.

    Raises:
        UnreadableFileError: it cannot be read.
        MappingError: columns lack, a count is none, or one class is part of another.
    """
    table = _read(path)
    names = {name: _column(table, name, path) for name in ("ipc", "count")}
    year = _column(table, "year", path, needed=False)
    frame = table.select(
        ipc=pl.col(names["ipc"])
        .cast(pl.String)
        .str.strip_chars()
        .str.to_uppercase()
        .str.replace_all(" ", ""),
        year=pl.col(year).cast(pl.String).str.extract(r"(\d{4})").cast(pl.Int32)
        if year
        else pl.lit(None, pl.Int32),
        count=pl.col(names["count"])
        .cast(pl.String)
        .str.replace_all("[, ，]", "")
        .cast(pl.Float64, strict=False),
    ).filter(pl.col("ipc").fill_null("") != "")
    wrong = frame.filter(pl.col("count").is_null() | (pl.col("count") < 0))
    if wrong.height:
        raise MappingError("reference-class-without-count", path=path, ipc=wrong["ipc"][0], step=_HELP)
    frame = frame.with_columns(pl.col("count").round().cast(pl.Int64))
    is_total = pl.col("ipc").str.to_lowercase().is_in(sorted(_TOTAL))
    classes, totals = frame.filter(~is_total), frame.filter(is_total).select("year", "count")
    _check_nesting(classes["ipc"].unique().sort().to_list(), path)
    if totals.is_empty():
        totals = classes.group_by("year").agg(pl.col("count").sum()).sort("year")
    return CountReference(title=title or path.stem, counts=classes, totals=totals)


def _read(path: Path) -> pl.DataFrame:
    """The first sheet, all cells as text; csv in UTF-8 or GB18030."""
    rows = list(read_cells(path, _HELP))
    if not rows:
        raise UnreadableFileError("reference-empty", path=path, step=_HELP)
    head = [name.strip() or f"column {place}" for place, name in enumerate(rows[0], start=1)]
    if len(set(head)) < len(head):
        raise MappingError("reference-column-twice", path=path, columns=", ".join(head), step=_HELP)
    width = len(head)
    lines = [[*row, *[""] * width][:width] for row in rows[1:] if any(row)]
    return pl.DataFrame(lines, schema=dict.fromkeys(head, pl.String), orient="row")


def _column(table: pl.DataFrame, name: str, path: Path, *, needed: bool = True) -> str:
    known = {column.strip().lower(): column for column in table.columns}
    column = next((known[alias] for alias in _NAMES[name] if alias in known), "")
    if not column and needed:
        raise MappingError(
            "reference-column-missing", path=path, name=name, columns=", ".join(table.columns), step=_HELP
        )
    return column


def _check_nesting(codes: Sequence[str], path: Path) -> None:
    """Sorted codes: one that is the beginning of the next would count patents twice."""
    for before, after in pairwise(codes):
        if after.startswith(before):
            raise MappingError("reference-classes-nested", path=path, before=before, after=after)
