"""The columns of a new snapshot and the index of their texts; an import carries over what did not change."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from index.twins import technologies
from library.columns import build_table, carried_over
from library.folder import Library
from library.manifest import patlas_version
from library.progress import Report
from library.snapshot_writer import SnapshotWriter
from library.store import StoredPatent
from patents.errors import LibraryError
from patents.messages import text
from selection.evaluation.corpus import Corpus
from selection.evaluation.evaluation import evaluate
from selection.industries import industries_column, library_schemes
from selection.text.index import PART, build_text_index, open_text_index

Rows = npt.NDArray[np.int64]
# With a larger share of new or changed records all of them are laid out anew.
_MOST_CHANGED = 0.3


def write_columns(
    library: Library, writer: SnapshotWriter, report: Report, *, rebuild: bool
) -> tuple[pa.Table, Rows | None]:
    """Write the columns that records have, their digests and technologies.

    Args:
        library: whose records are laid out.
        writer: of the new snapshot.
        report: of progress.
        rebuild: lay all out anew; else only those that the live snapshot does not have as they are.

    Returns:
        The table of n rows, and int64 of shape (n,): the row of the same record in the live snapshot, −1 for
        one that is new or changed; None where nothing is carried over.

    Raises:
        LibraryError: the library holds no patent.
    """
    keys, digests = library.store.digests()
    if not keys:
        raise LibraryError("library-empty", library=library.path)
    old_rows = None if rebuild else _old_rows(keys, digests, writer)
    if old_rows is None or writer.current is None:
        table = build_table(_counted(library, len(keys), report))
    else:
        changed = library.store.get_many(keys[row] for row in np.flatnonzero(old_rows < 0))
        fresh = build_table(StoredPatent(key, record) for key, record in changed.items())
        table = carried_over(writer.current.table, old_rows, fresh)
    writer.write_table(table)
    writer.write_column("digest", pa.array(digests))
    technology = pa.array(technologies(table))
    writer.write_column("technology", technology)
    return table.append_column("technology", technology), old_rows


def write_texts(writer: SnapshotWriter, table: pa.Table, old_rows: Rows | None) -> None:
    """Write the index of running text; `old_rows` as `write_columns` gives them."""
    before = None
    if old_rows is not None and writer.current is not None and writer.can_share(PART):
        before = open_text_index(writer.current.table, writer.current.part(PART)), old_rows
    build_text_index(table, writer.part(PART), before=before)


def write_industries(library: Library, writer: SnapshotWriter, table: pa.Table) -> pa.Table:
    """Write the column of industries, and give the table with it."""
    corpus = Corpus(table, snapshot=writer.number, text=writer.path / PART)
    industries = industries_column(
        table, library_schemes(library.path), evaluate=lambda query: evaluate(query, corpus).mask()
    )
    writer.write_column("industries", industries)
    return table.append_column("industries", industries)


def _old_rows(keys: list[str], digests: list[str], writer: SnapshotWriter) -> Rows | None:
    """Where each record stands in the live snapshot as it is now; None where all must be laid out anew.

    So it is where another version wrote it, a column is damaged, or too much has changed.
    """
    current = writer.current
    if current is None or current.manifest.patlas_version != patlas_version():
        return None
    # All are looked at, so that every damaged column is named.
    if not current.has("column-digest") or not all([writer.can_share(name) for name in current.table_parts]):
        return None
    names = ("key", "digest")
    old = pl.DataFrame([pl.Series(name, pl.from_arrow(current.table.column(name))) for name in names])
    new = pl.DataFrame({"key": keys, "digest": digests})
    found = new.join(old.with_row_index("row"), on=names, how="left", maintain_order="left")
    rows: Rows = found["row"].cast(pl.Int64).fill_null(-1).to_numpy().copy()
    return rows if np.count_nonzero(rows < 0) <= _MOST_CHANGED * len(rows) else None


def _counted(library: Library, total: int, report: Report) -> Iterator[StoredPatent]:
    stage = text("progress-columns")
    for number, stored in enumerate(library.store.records()):
        if number % 2_000 == 0:
            report(stage, number, total)
        yield stored
    report(stage, total, total)
