"""Records carry checksums: a damaged one is never given, and looking through the database finds it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from library.store_check import check_store, reindex
from patents.errors import DamagedStoreError
from tests.library.rows import row
from tests.library.taking import take


@pytest.fixture
def filled(library, tmp_path):
    take(library, tmp_path, [row(number) for number in range(20)])
    return library


def execute(library, statement: str) -> None:
    with library.store.transaction() as connection:
        connection.execute(text(statement))


def test_a_whole_database_is_found_whole(filled):
    facts = check_store(filled.store)
    assert (facts.records, facts.problems) == (filled.store.count(), ()) and facts.size > 10_000


@pytest.mark.parametrize(
    "change",
    [
        "record = replace(record, '石墨烯', '石墨')",
        "digest = upper(digest)",
    ],
)
def test_a_record_that_is_not_what_was_stored_is_not_given(filled, change):
    key = min(stored.key for stored in filled.store.records())
    execute(filled, f"UPDATE patent SET {change} WHERE key = '{key}'")
    for read in (
        lambda: filled.store.get(key),
        lambda: filled.store.get_many([key]),
        lambda: list(filled.store.records()),
    ):
        with pytest.raises(DamagedStoreError, match=key) as failure:
            read()
        assert failure.value.code == "record-damaged" and "backup" in failure.value.message.text("en")
    facts = check_store(filled.store)
    assert [problem.code for problem in facts.problems] == ["record-damaged"] and not facts.indexes_only


def test_a_number_that_leads_nowhere_is_found(filled):
    key = min(stored.key for stored in filled.store.records())
    execute(filled, f"DELETE FROM patent_number WHERE key = '{key}' AND number = '{key}'")
    assert [problem.code for problem in check_store(filled.store).problems] == ["record-without-number"]


def test_an_index_of_sqlite_that_lost_entries_is_made_anew(filled):
    if filled.store.engine.dialect.name != "sqlite":
        pytest.skip("of SQLite")
    with without_index(filled.path / "library.sqlite", "patent_number_by_key") as connection:
        connection.execute("INSERT INTO patent_number SELECT 'CN999', min(key) FROM patent")
    facts = check_store(filled.store)
    assert facts.problems and facts.indexes_only
    reindex(filled.store)
    assert check_store(filled.store).problems == ()


@contextmanager
def without_index(file: Path, name: str) -> Iterator[sqlite3.Connection]:
    """Hide an index from SQLite while the block writes, so that it misses what is written."""
    columns = "type, name, tbl_name, rootpage, sql"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        hidden = connection.execute(f"SELECT {columns} FROM sqlite_schema WHERE name = ?", [name]).fetchone()
        connection.execute("DELETE FROM sqlite_schema WHERE name = ?", [name])
        connection.commit()
    with closing(sqlite3.connect(file)) as connection:
        yield connection
        connection.commit()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(f"INSERT INTO sqlite_schema ({columns}) VALUES (?, ?, ?, ?, ?)", hidden)
        connection.commit()
