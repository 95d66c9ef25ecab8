"""Records imported into a real library, and a corpus of what is there."""

from __future__ import annotations

from library.columns import build_table
from library.imports import import_files
from selection.evaluation import Corpus
from selection.exports import FULL, ExportAbout, export_columns, export_records


def put_in(library, folder, records, *, as_of=None):
    """Import records through a file, as a user would; the report."""
    path = folder / f"in-{len(list(folder.iterdir()))}.parquet"
    export_records(
        records, path, columns=export_columns(FULL), about=ExportAbout(query="*", count=len(records))
    )
    return import_files(library, [path], as_of=as_of)


def corpus_in(library, snapshot=1):
    """A corpus of the library's patents, and their keys by row."""
    table = build_table(library.store.records())
    return Corpus(table, snapshot=snapshot), table.column("key").to_pylist()
