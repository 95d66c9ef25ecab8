"""The `text` part of a snapshot: a run-of-characters index for each column of running text."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import polars as pl
import pyarrow as pa

from patents.errors import SnapshotError
from selection.text.builder import Places
from selection.text.column import TextColumn

#: Columns with running text; those that are empty in a library get no index.
TEXT_COLUMNS = ("title", "abstract", "first_claim", "claims", "title_en", "abstract_en")
#: Name of the snapshot's part, and version of what lies in it.
PART = "text"
_VERSION = "2"


class TextIndex:
    """Text columns by name; those that are missing on disk are built in memory when first asked for.

    A library of a few thousand patents needs no part on disk; at 100,000 building takes seconds.
    """

    def __init__(self, table: pa.Table, columns: dict[str, TextColumn] | None = None) -> None:
        self._table = table
        self._columns = dict(columns or {})

    def has(self, name: str) -> bool:
        """Whether a column is indexed already."""
        return name in self._columns

    def column(self, name: str) -> TextColumn:
        """The index of a column of running text.

        Raises:
            KeyError: the table has no such column.
        """
        if name not in self._columns:
            self._columns[name] = TextColumn.build(_texts(self._table, name))
        return self._columns[name]


def build_text_index(
    table: pa.Table,
    folder: Path,
    columns: Iterable[str] = TEXT_COLUMNS,
    before: tuple[TextIndex, Places] | None = None,
) -> dict[str, int]:
    """Write the part of a snapshot, column by column, so that one column is in memory at a time.

    Args:
        table: the snapshot's table, n rows.
        folder: existing and empty.
        columns: which to index; those that the table lacks or that hold no text are left out.
        before: the index of another table, and int64 of shape (n,): the row of the same record there, −1
            where there is none. What it holds is not indexed again.

    Returns:
        Bytes on disk, by column.
    """
    (folder / "VERSION").write_text(_VERSION, encoding="ascii")
    sizes: dict[str, int] = {}
    for name in columns:
        texts = _texts(table, name) if name in table.column_names else pl.Series([], dtype=pl.String)
        if not (texts.str.len_bytes() > 0).any():
            continue
        part = folder / name
        part.mkdir()
        _column(name, texts, before).save(part)
        sizes[name] = sum(file.stat().st_size for file in part.rglob("*") if file.is_file())
    return sizes


def open_text_index(table: pa.Table, folder: Path | None) -> TextIndex:
    """Open the part of a snapshot; without a folder columns are indexed in memory when needed.

    Raises:
        SnapshotError: the part is of another version or does not belong to the table.
    """
    if folder is None:
        return TextIndex(table)
    version = folder / "VERSION"
    found = version.read_text(encoding="ascii").strip() if version.exists() else "none"
    if found != _VERSION:
        raise SnapshotError("text-index-version-wrong", folder=folder, found=found, version=_VERSION)
    columns = {part.name: TextColumn.open(part) for part in folder.iterdir() if part.is_dir()}
    for name, column in columns.items():
        size = sum(segment.size for segment in column.segments)
        if size != table.num_rows:
            raise SnapshotError(
                "text-index-incomplete", name=name, folder=folder, size=size, count=table.num_rows
            )
    return TextIndex(table, columns)


def _column(name: str, texts: pl.Series, before: tuple[TextIndex, Places] | None) -> TextColumn:
    if before is None or not before[0].has(name):
        return TextColumn.build(texts)
    return before[0].column(name).updated(before[1], texts)


def _texts(table: pa.Table, name: str) -> pl.Series:
    column = pl.from_arrow(table.column(name))
    return column if isinstance(column, pl.Series) else column.to_series()
