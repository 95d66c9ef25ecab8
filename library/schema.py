"""The tables of a library, and how an older library is brought forward.

The tables of this room are declared here and made with the library. A room above declares its own on
the same `METADATA` and makes them when first used (`METADATA.create_all(connection, tables=[…])` in a
write transaction), so that an older library needs no step for a table that is new. A table that
*changes* takes a step: raise `SCHEMA_VERSION` by one and append a `Migration`; a library that was
brought forward is refused by older code.

Tables of rooms above hold the patent key as plain text and no foreign key to `patent`: an import
rewrites the rows that it changes, and a key may be replaced when a later export supplies the
application number. `patent_number` then still leads from the old key to the patent.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    select,
)
from sqlalchemy.types import TypeEngine

from patents.errors import StoreError

METADATA = MetaData()

#: Text in byte order: PostgreSQL then sorts and compares as SQLite does, whatever its locale.
KEY: TypeEngine[str] = Text().with_variant(Text(collation="C"), "postgresql")

schema_version = Table("schema_version", METADATA, Column("version", Integer, primary_key=True))

patent = Table(
    "patent",
    METADATA,
    Column("key", KEY, primary_key=True),
    Column("record", Text, nullable=False),
    Column("as_of", Text, nullable=False),
    Column("digest", Text, nullable=False),
)

patent_number = Table(
    "patent_number",
    METADATA,
    Column("number", KEY, primary_key=True),
    Column("key", KEY, ForeignKey("patent.key", ondelete="CASCADE"), primary_key=True),
    sqlite_with_rowid=False,
)
Index("patent_number_by_key", patent_number.c.key)

import_run = Table(
    "import_run",
    METADATA,
    Column("id", KEY, primary_key=True),
    Column("started", Text, nullable=False),
    Column("finished", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("counts", Text, nullable=False),
    Column("report", Text, nullable=False),
)

import_file = Table(
    "import_file",
    METADATA,
    Column("run", KEY, ForeignKey("import_run.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("path", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("format", Text, nullable=False),
    Column("as_of", Text, nullable=False),
    Column("counts", Text, nullable=False),
)

setting = Table(
    "setting", METADATA, Column("name", KEY, primary_key=True), Column("value", Text, nullable=False)
)

snapshot_pin = Table(
    "snapshot_pin",
    METADATA,
    Column("snapshot", Integer, primary_key=True),
    Column("reason", KEY, primary_key=True),
)

_OWN = (schema_version, patent, patent_number, import_run, import_file, setting, snapshot_pin)


@dataclass(frozen=True, slots=True)
class Migration:
    """One step forward.

    Attributes:
        version: the schema version that the step ends at.
        what: what it does, for the log.
        apply: does it on an open write transaction; never commits.
    """

    version: int
    what: str
    apply: Callable[[Connection], None]


def created(*names: str) -> Callable[[Connection], None]:
    """Make the step that creates the named tables of `METADATA`."""

    def apply(connection: Connection) -> None:
        METADATA.create_all(connection, tables=[METADATA.tables[name] for name in names])

    return apply


#: Steps in order; `create_schema` makes the newest version, so a new library takes none.
MIGRATIONS: tuple[Migration, ...] = ()
SCHEMA_VERSION = 1


def create_schema(connection: Connection) -> None:
    """Create the tables of this room in an empty database and note the version."""
    METADATA.create_all(connection, tables=list(_OWN))
    connection.execute(schema_version.insert().values(version=SCHEMA_VERSION))


def version_of(connection: Connection) -> int:
    """Read the schema version of a library.

    Raises:
        StoreError: the database notes none or several.
    """
    versions = connection.execute(select(schema_version.c.version)).scalars().all()
    if len(versions) != 1:
        raise StoreError("schema-versions-several", count=len(versions))
    return int(versions[0])


def pending(
    connection: Connection, migrations: tuple[Migration, ...] = MIGRATIONS, newest: int = SCHEMA_VERSION
) -> tuple[Migration, ...]:
    """Find the steps that a library still needs.

    Args:
        connection: to the library's database.
        migrations: the steps that this code knows, in order.
        newest: the version that the last step ends at.

    Raises:
        StoreError: the library was written by a newer Patlas.
    """
    version = version_of(connection)
    if version > newest:
        raise StoreError("schema-version-newer", version=version, newest=newest)
    return tuple(step for step in migrations if step.version > version)


def migrate(connection: Connection, steps: tuple[Migration, ...]) -> None:
    """Take these steps inside a write transaction, which the caller commits."""
    for step in steps:
        step.apply(connection)
        connection.execute(schema_version.update().values(version=step.version))
