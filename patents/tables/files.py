"""Where the tables lie and how a table file is read."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator
from pathlib import Path

DATA = Path(__file__).with_name("data")


def read_csv(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table; `.gz` is unpacked on the way."""
    content = (DATA / name).read_bytes()
    if name.endswith(".gz"):
        content = gzip.decompress(content)
    yield from csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""))
