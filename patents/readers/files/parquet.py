"""Parquet in record batches, so that a large file is never in memory as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from patents.errors import UnreadableFileError
from patents.isolated.limits import MOST_ROWS
from patents.readers.cells import clean_cell
from patents.readers.files.table import Table, TableRow

BATCH = 2_000
"""Rows held at a time."""


def parquet_tables(path: Path) -> list[Table]:
    """The file as one table with named columns.

    Raises:
        UnreadableFileError: the file is damaged.
    """
    try:
        with pq.ParquetFile(path) as file:
            names = tuple(str(name) for name in file.schema_arrow.names)
            rows = file.metadata.num_rows
    except (pa.ArrowException, OSError) as error:
        raise _damaged(path, error) from error
    if rows > MOST_ROWS:
        raise UnreadableFileError(
            "file-too-many-rows", name=path.name, rows=f"{rows:,}", most=f"{MOST_ROWS:,}"
        )
    return [Table(name="", read=partial(_rows, path), header=names)]


def _rows(path: Path) -> Iterator[TableRow]:
    number = 0
    try:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=BATCH):
                columns = [column.to_pylist() for column in batch.columns]
                for values in zip(*columns, strict=True):
                    number += 1
                    yield TableRow(number, [clean_cell(value) for value in values])
    except (pa.ArrowException, OSError) as error:
        raise _damaged(path, error) from error


def _damaged(path: Path, error: Exception) -> UnreadableFileError:
    reason = (str(error).strip().splitlines() or [type(error).__name__])[0][:160]
    return UnreadableFileError("parquet-damaged", path=path, problem=reason)
