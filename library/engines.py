"""Database engines: SQLite in the library folder, or PostgreSQL by URL; the same behaviour of both."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry

from patents.errors import MissingExtraError, StoreError

#: Option of a connection that is going to write: SQLite then takes its write lock at BEGIN.
WRITES = "patlas_writes"
_BUSY_MS = 30_000
# Above the 40 threads that a web server answers with, so that none waits for a connection.
_CONNECTIONS = 40
_CACHE_KIB = 64 * 1024
_WAL_LIMIT_BYTES = 64 * 1024 * 1024


def sqlite_engine(path: Path) -> Engine:
    """Open (or make) an SQLite file in WAL mode with foreign keys."""
    engine = create_engine(URL.create("sqlite", database=str(path)), max_overflow=_CONNECTIONS)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def postgres_engine(url: str) -> Engine:
    """Open PostgreSQL by URL.

    Raises:
        StoreError: the URL is none, or names another database system.
        MissingExtraError: psycopg is not installed.
    """
    parsed = parse_database_url(url)
    try:
        return create_engine(parsed, pool_pre_ping=True, max_overflow=_CONNECTIONS)
    except ModuleNotFoundError as error:
        raise MissingExtraError("postgres-not-installed", package=error.name) from error


def parse_database_url(url: str) -> URL:
    """Read a database URL; `postgres://` and `postgresql://` both mean psycopg.

    Raises:
        StoreError: it is no URL, or not of PostgreSQL.
    """
    example = "give it as postgresql://user@host:5432/database"
    try:
        parsed = make_url(url)
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise StoreError("database-url-unreadable", example=example) from error
    if parsed.drivername not in ("postgres", "postgresql", "postgresql+psycopg"):
        raise StoreError("database-url-not-postgres", drivername=parsed.drivername, example=example)
    return parsed.set(drivername="postgresql+psycopg")


def without_password(url: URL) -> str:
    """Write a database URL so that it may be kept in a file."""
    query = {name: value for name, value in url.query.items() if name != "password"}
    return URL.create(
        url.drivername, url.username, None, url.host, url.port, url.database, query
    ).render_as_string()


def damages(error: BaseException | None) -> bool:
    """Whether what SQLite says means that its file is damaged: pages, text that is no UTF-8, lost tables."""
    if not isinstance(error, sqlite3.DatabaseError):
        return False
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:  # of the module itself
        return "UTF-8" in str(error)
    corrupt = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT)
    return code & 0xFF in corrupt or str(error).startswith("no such")


def _prepare_sqlite(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    # The sqlite3 module would begin and commit by itself around some statements; BEGIN is ours.
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {_BUSY_MS}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        f"cache_size = -{_CACHE_KIB}",
        f"journal_size_limit = {_WAL_LIMIT_BYTES}",
    ):
        try:
            connection.execute(f"PRAGMA {pragma}").close()
        except UnicodeDecodeError as error:  # SQLite repeats what it cannot read of a damaged schema
            raise sqlite3.DatabaseError("the schema is not UTF-8") from error


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
