"""Looking through a whole database for damage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec
from sqlalchemy import Connection, inspect, select

from library.codec import decode_as_of, decode_stored
from library.schema import METADATA, patent, patent_number
from library.store import Store
from patents.errors import StoreError
from patents.merge import record_numbers
from patents.messages import Message, message

_MOST_PROBLEMS = 20
_ROWS_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class StoreFacts:
    """What was found in a database.

    Attributes:
        records: patents that were compared with their checksums.
        size: bytes of the database.
        problems: the first of what is wrong; empty for a whole one.
        indexes_only: what is wrong can be mended by making the indexes anew.
    """

    records: int = 0
    size: int = 0
    problems: tuple[Message, ...] = field(default=())
    indexes_only: bool = False


def check_store(store: Store) -> StoreFacts:
    """Check the pages of SQLite, every value of every table, and every record against its checksum."""
    problems: list[Message] = []
    records = size = 0
    broken = _broken_pages(store)
    problems += [message("database-pages-damaged", reason=line) for line in broken]
    try:
        with store.reading() as connection:
            size = _size(connection)
            numbers = _numbers(connection)
            for problem in _records(connection, numbers):
                records += 1
                if problem is not None and len(problems) < _MOST_PROBLEMS:
                    problems.append(problem)
            _read_all(connection)
    except StoreError as error:
        problems.append(error.message)
    only = bool(broken) and len(problems) == len(broken) and all(" index " in line for line in broken)
    return StoreFacts(records, size, tuple(problems), only)


def reindex(store: Store) -> None:
    """Make the indexes of SQLite anew from its tables.

    Raises:
        StoreError: it cannot be done.
    """
    with store.transaction() as connection:
        connection.exec_driver_sql("REINDEX")


def _broken_pages(store: Store) -> list[str]:
    """What SQLite finds wrong with its file; PostgreSQL checks its own pages, where they have checksums."""
    if store.engine.dialect.name != "sqlite":
        return []
    try:
        with store.reading() as connection:
            found = connection.exec_driver_sql(f"PRAGMA integrity_check({_MOST_PROBLEMS})").scalars().all()
            found = [*found, *(str(row) for row in connection.exec_driver_sql("PRAGMA foreign_key_check"))]
    except StoreError as error:
        return [str(error.message.values.get("reason", error.what))]
    return [line for line in found if line != "ok"][:_MOST_PROBLEMS]


def _size(connection: Connection) -> int:
    query = (
        "SELECT pg_database_size(current_database())"
        if connection.dialect.name == "postgresql"
        else "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    )
    return int(connection.exec_driver_sql(query).scalar_one())


def _numbers(connection: Connection) -> dict[str, set[str]]:
    numbers: defaultdict[str, set[str]] = defaultdict(set)
    for number, key in connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(select(patent_number)):
        numbers[key].add(number)
    return numbers


def _records(connection: Connection, numbers: dict[str, set[str]]) -> Iterator[Message | None]:
    """What is wrong with each record; None for nothing."""
    query = select(patent.c.key, patent.c.record, patent.c.as_of, patent.c.digest)
    for key, record, as_of, digest in connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(query):
        try:
            bears = record_numbers(decode_stored(key, record, digest))
            decode_as_of(as_of)
        except StoreError as error:
            yield error.message
        except (msgspec.DecodeError, ValueError, TypeError):
            yield message("record-damaged", key=key)
        else:
            lost = set(bears) - numbers.get(key, set())
            yield message("record-without-number", key=key, number=min(lost)) if lost else None


def _read_all(connection: Connection) -> None:
    """Read every value of every other table, which finds text that is none and pages that are lost."""
    there = inspect(connection).get_table_names()
    for table in METADATA.sorted_tables:
        if table.name in there and table is not patent:
            for _ in connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(select(table)):
                pass
