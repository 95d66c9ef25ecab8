"""Tables of this room. They are made when first used, so that older libraries need no migration."""

from __future__ import annotations

from weakref import WeakSet

from sqlalchemy import Column, Index, Integer, LargeBinary, Table, Text, inspect

from library.schema import KEY, METADATA
from library.store import Store

saved_version = Table(
    "saved_version",
    METADATA,
    Column("name", KEY, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("written", Text, nullable=False),
    Column("dialect", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("count", Integer, nullable=False),
    Column("snapshot", Integer, nullable=False),
    Column("keys", LargeBinary, nullable=False),
    Column("note", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
)

tag_entry = Table(
    "tag_entry",
    METADATA,
    Column("tag", KEY, primary_key=True),
    Column("key", KEY, primary_key=True),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
)
Index("tag_entry_by_key", tag_entry.c.key)

tag_operation = Table(
    "tag_operation",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("tag", KEY, nullable=False),
    Column("action", Text, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("keys", LargeBinary, nullable=False),
    Column("note", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("undoes", Integer),
)

watch = Table(
    "watch",
    METADATA,
    Column("name", KEY, primary_key=True),
    Column("written", Text, nullable=False),
    Column("dialect", Text, nullable=False),
    Column("floor", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("checked", Text, nullable=False),
)

watch_member = Table(
    "watch_member",
    METADATA,
    Column("watch", KEY, primary_key=True),
    Column("key", KEY, primary_key=True),
    Column("state", Text, nullable=False),
    Column("inside", Integer, nullable=False),
)

watch_event = Table(
    "watch_event",
    METADATA,
    Column("watch", KEY, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("key", KEY, nullable=False),
    Column("kind", Text, nullable=False),
    Column("day", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("publication_number", Text, nullable=False),
    Column("snapshot", Integer, nullable=False),
    Column("at", Text, nullable=False),
)

TABLES = (saved_version, tag_entry, tag_operation, watch, watch_member, watch_event)
_ready: WeakSet[Store] = WeakSet()


def ensure_tables(store: Store) -> Store:
    """Make the tables of this room where they are missing.

    Looked for by reading first: a reader must not wait for a writer to see that they are there.
    """
    if store not in _ready:
        with store.reading() as connection:
            there = set(inspect(connection).get_table_names())
        if not there.issuperset(table.name for table in TABLES):
            with store.transaction() as connection:
                METADATA.create_all(connection, tables=list(TABLES))
        _ready.add(store)
    return store
