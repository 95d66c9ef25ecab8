"""What a file may hold, looked at before it is parsed: a small file can unpack or spread out to terabytes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from zipfile import ZipInfo

from patents.errors import UnreadableFileError

MOST_BYTES = 4_000_000_000
"""Bytes of a file that is read row by row: ten million rows of csv."""

MOST_AT_ONCE = 1_000_000_000
"""Bytes of a page, XML or JSON array, which is held in memory as a whole."""

MOST_ROWS = 20_000_000
"""Rows of a parquet file, which can claim any number in a few bytes."""

MOST_UNPACKED = 2_000_000_000
"""Bytes of a workbook, unpacked: a million rows of 45 columns with abstracts have about so many."""

MOST_UNPACKED_DRAFT = 300_000_000
"""Bytes of a document, unpacked, its drawings included."""

MOST_RATIO, FREE = 200, 50_000_000
"""How many times its size a file may unpack to, once that is more than FREE bytes. Tables reach 20."""

MOST_PARTS = 10_000
"""Files in an archive."""

MOST_CELLS = 40_000_000
"""Cells of the box that holds all cells of a sheet, 32 bytes each in memory: a million rows of 40 columns."""

MOST_PAGES = 500
"""Pages of a pdf."""


def guard_size(path: Path, most: int) -> None:
    """Refuse a file of too many bytes.

    Raises:
        UnreadableFileError: it has them.
    """
    size = path.stat().st_size
    if size > most:
        sizes = {"size": f"{size / 1e6:,.0f}", "most": f"{most / 1e6:,.0f}"}
        raise UnreadableFileError("file-too-large", name=path.name, **sizes)


def guard_archive(parts: Iterable[ZipInfo], name: str, most: int = MOST_UNPACKED) -> None:
    """Refuse an archive that unpacks to too much, in itself or for its size.

    Raises:
        UnreadableFileError: it does.
    """
    infos = list(parts)
    unpacked, packed = sum(info.file_size for info in infos), sum(info.compress_size for info in infos)
    if len(infos) > MOST_PARTS:
        raise UnreadableFileError("file-too-many-parts", name=name, parts=len(infos), most=MOST_PARTS)
    if unpacked > most or (unpacked > FREE and unpacked > MOST_RATIO * packed):
        size = f"{unpacked / 1e6:,.0f}"
        raise UnreadableFileError("file-unpacks-too-large", name=name, size=size, most=f"{most / 1e6:,.0f}")


def guard_cells(rows: int, columns: int, name: str, sheet: str) -> None:
    """Refuse a sheet whose outermost cells span a box that no memory holds.

    Raises:
        UnreadableFileError: they do.
    """
    if rows * columns > MOST_CELLS:
        raise UnreadableFileError(
            "sheet-too-large", name=name, sheet=sheet, rows=f"{rows:,}", columns=f"{columns:,}"
        )
