"""Rows → a library."""

from datetime import date
from pathlib import Path

from sqlalchemy import text

from library.folder import Library
from library.imports import import_files
from tests.library.rows import write_rows

DAY = date(2023, 5, 1)


def take(library: Library, folder: Path, rows, *, as_of: date = DAY, name: str = "export.jsonl"):
    return import_files(library, [write_rows(folder / name, rows)], as_of=as_of)


def stored_places(library: Library) -> list[tuple]:
    """Where the database keeps each row: another place means that the row was written again."""
    place = "rowid" if library.store.engine.dialect.name == "sqlite" else "ctid::text, xmin::text"
    with library.store.reading() as connection:
        return [
            tuple(each) for each in connection.execute(text(f"SELECT key, {place} FROM patent ORDER BY key"))
        ]
