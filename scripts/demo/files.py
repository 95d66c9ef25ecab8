"""Writes an export as xlsx, csv, csv.gz or parquet, always the same bytes for the same rows."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterable
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TextIO

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from scripts.demo.rows import HEADERS, Cell
from scripts.demo.settings import AS_OF, MARK

_GROUP = 20_000


def write_export(path: Path, rows: Iterable[tuple[Cell, ...]], *, large: bool = False) -> None:
    """Writes rows under `HEADERS` in the form that the file name asks for.

    Args:
        path: ends in .xlsx, .csv, .csv.gz or .parquet.
        rows: as `rows.cells` gives them.
        large: keep no workbook in memory; the file grows by a third, since nothing is shared.

    Raises:
        ValueError: a form that is not known.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    name = path.name.lower()
    if name.endswith(".xlsx"):
        _write_xlsx(path, rows, large)
    elif name.endswith(".parquet"):
        _write_parquet(path, rows)
    elif name.endswith(".csv"):
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            _write_csv(file, rows)
    elif name.endswith(".csv.gz"):
        with path.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
            _write_csv(io.TextIOWrapper(packed, encoding="utf-8-sig", newline=""), rows)
    else:
        raise ValueError(f"{path.name}: choose .xlsx, .csv, .csv.gz or .parquet")


def _write_xlsx(path: Path, rows: Iterable[tuple[Cell, ...]], large: bool) -> None:
    options = {"constant_memory": large, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as workbook:
        created = datetime.combine(AS_OF, time(), UTC).replace(tzinfo=None)
        workbook.set_properties(
            {"title": f"Patlas demo export, {MARK}", "comments": MARK, "created": created}
        )
        sheet = workbook.add_worksheet("sheet1")
        sheet.freeze_panes(1, 2)
        for place, row in enumerate(_headed(rows)):
            for column, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(place, column, cell)
                else:
                    sheet.write_string(place, column, cell)


def _headed(rows: Iterable[tuple[Cell, ...]]) -> Iterable[tuple[Cell, ...]]:
    yield HEADERS
    yield from rows


def _write_csv(file: TextIO, rows: Iterable[tuple[Cell, ...]]) -> None:
    csv.writer(file, lineterminator="\n").writerows(_headed(rows))
    file.flush()


def _write_parquet(path: Path, rows: Iterable[tuple[Cell, ...]]) -> None:
    schema = pa.schema([(header, pa.string()) for header in HEADERS])
    with pq.ParquetWriter(str(path), schema, compression="zstd") as writer:
        group: list[tuple[Cell, ...]] = []
        for row in rows:
            group.append(row)
            if len(group) == _GROUP:
                writer.write_table(_table(group, schema))
                group = []
        writer.write_table(_table(group, schema))


def _table(rows: list[tuple[Cell, ...]], schema: pa.Schema) -> pa.Table:
    columns = [[str(row[i]) for row in rows] for i in range(len(HEADERS))]
    return pa.Table.from_arrays([pa.array(column, pa.string()) for column in columns], schema=schema)
