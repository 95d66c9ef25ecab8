"""Values of a source as (row, value) pairs."""

from __future__ import annotations

import polars as pl
import pyarrow as pa

from selection.evaluation.sources import Source


def pairs_of(table: pa.Table, source: Source) -> pl.DataFrame:
    """Rows and values of a source, absent ones left out.

    Returns:
        A frame with the columns row (UInt32) and value.
    """
    if source.function == "event":
        return _events(table, source.argument)
    if source.function == "type":
        return _types(table, source.column)
    frame = _frame(table, source.column)
    if source.function == "count":
        counted = frame.with_columns(pl.col("value").list.len())
        return counted.filter(pl.col("value") > 0)
    if source.function == "length":
        counted = frame.with_columns(pl.col("value").str.replace_all(r"\s", "").str.len_chars())
        return counted.filter(pl.col("value") > 0)
    if source.function == "first":
        return _present(frame.with_columns(pl.col("value").list.first()))
    pairs = _exploded(frame)
    if source.function == "office":
        office = pairs.with_columns(pl.col("value").str.extract(r"^([A-Z]{2})"))
        return _present(office)
    return pairs


def _frame(table: pa.Table, *columns: str) -> pl.DataFrame:
    """Columns of the table; a single one is called value."""
    frame = pl.from_arrow(table.select(list(columns)))
    if not isinstance(frame, pl.DataFrame):
        raise TypeError("a table gives a frame")
    if len(columns) == 1:
        frame = frame.rename({columns[0]: "value"})
    return frame.with_row_index("row")


def _present(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.filter(pl.col("value").is_not_null())


def _exploded(frame: pl.DataFrame) -> pl.DataFrame:
    if isinstance(frame.schema["value"], pl.List):
        frame = frame.explode("value")
    present = _present(frame)
    if present.schema["value"] == pl.String:
        return present.filter(pl.col("value") != "")
    return present


def _events(table: pa.Table, kind: str) -> pl.DataFrame:
    """Days of the legal events of one kind."""
    frame = _frame(table, "event_kinds", "event_dates").explode("event_kinds", "event_dates")
    chosen = frame.filter(pl.col("event_kinds") == kind)
    return _present(chosen.select("row", value=pl.col("event_dates")))


def _types(table: pa.Table, column: str) -> pl.DataFrame:
    """专利类型, and for inventions also 发明授权 or 发明申请 (granted, or not as far as is known)."""
    frame = _frame(table, column, "grant_date", "grant_number")
    granted = pl.col("grant_date").is_not_null() | pl.col("grant_number").is_not_null()
    stage = (
        pl.when(pl.col(column) != "发明")
        .then(None)
        .when(granted)
        .then(pl.lit("发明授权"))
        .otherwise(pl.lit("发明申请"))
    )
    both = frame.with_columns(value=pl.concat_list(pl.col(column), stage)).select("row", "value")
    return _exploded(both)
