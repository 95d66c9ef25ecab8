"""The public patents as a snapshot's table, resampled to any size; and the machine that figures are of."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa

from library.columns import SCHEMA

CHECKOUT = Path(__file__).resolve().parents[2]
QUERIES = Path(__file__).with_name("queries.txt")
RESULTS = CHECKOUT / "benchmarks" / "results"


def data_folder() -> Path:
    """Folder of the public patents."""
    return Path(os.environ.get("PATLAS_TEST_DATA", CHECKOUT.parent / "shared"))


def load_frame(rows: int | None = None) -> pl.DataFrame:
    """The patents; `rows` draws that many with repetition, so that more than there are can be had."""
    frame = pl.read_parquet(data_folder() / "data" / "patents.parquet")
    if rows is None:
        return frame
    chosen = np.random.default_rng(5).integers(0, frame.height, size=rows)
    return frame[np.sort(chosen)]


def table_of(frame: pl.DataFrame) -> pa.Table:
    """The columns of a snapshot that this data has; the others are absent, as the reader would leave them."""
    dates = [pl.col(name).str.to_date(strict=False) for name in ("filing_date", "publication_date")]
    chosen = frame.select(
        "publication_number",
        "application_number",
        "ipc",
        "applicants",
        "province",
        "address",
        *(pl.col(name).fill_null("") for name in ("title", "abstract", "first_claim")),
        *dates,
        key=pl.int_range(pl.len()).cast(pl.String).str.zfill(8),
        ipc_main=pl.col("ipc").list.first(),
        legal_text="legal_status",
    ).with_columns(filing_year=pl.col("filing_date").dt.year())
    arrays = [
        chosen[field.name].to_arrow().cast(field.type) if field.name in chosen.columns
        else pa.repeat(_absent(field), chosen.height)
        for field in SCHEMA
    ]  # fmt: skip
    return pa.Table.from_arrays(arrays, schema=SCHEMA)


def _absent(field: pa.Field) -> pa.Scalar:
    """Lists and running text are empty, all else is null."""
    if pa.types.is_list(field.type):
        return pa.scalar([], type=field.type)
    return pa.scalar("" if pa.types.is_large_string(field.type) else None, type=field.type)


def queries() -> list[str]:
    """The committed mix."""
    return QUERIES.read_text(encoding="utf-8").splitlines()


def machine() -> dict[str, object]:
    """What the figures were taken on; `load` above the number of cores means that others were at work."""
    return {
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "load": [round(value, 1) for value in os.getloadavg()],
    }


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")


def percentiles(seconds: list[float]) -> dict[str, float]:
    """p50, p90, p99 and the largest, in milliseconds."""
    values = np.array(seconds) * 1000
    p50, p90, p99 = np.percentile(values, [50, 90, 99])
    named = {"p50_ms": p50, "p90_ms": p90, "p99_ms": p99, "max_ms": values.max()}
    return {name: round(float(value), 2) for name, value in named.items()}
