"""The store: records keyed by patent, in SQLite or PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from itertools import chain
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, Engine, Row, func, insert, inspect, select
from sqlalchemy.exc import DBAPIError

from library.codec import decode_stored
from library.engines import WRITES, damages
from library.lookup import match_number
from library.patent_rows import chunks
from library.schema import create_schema, migrate, patent, pending, schema_version, setting
from patents.errors import DamagedStoreError, StoreError
from patents.messages import N_
from patents.record import PatentRecord

_ID = "library.id"
_ROWS_AT_ONCE = 2_000


class StoredPatent(NamedTuple):
    """One record under its key."""

    key: str
    record: PatentRecord


class Store:
    """Records and small tables of one library.

    Reads see the last committed state; one writer at a time (`Library.lock` keeps the order among
    the processes of one folder, the database among all others).

    Args:
        engine: from `library.engines`.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @property
    def name(self) -> str:
        """The database, without a password, for messages: the file of SQLite, the URL of PostgreSQL."""
        if self.engine.dialect.name == "sqlite":
            return str(self.engine.url.database)
        return self.engine.url.render_as_string(hide_password=True)

    @property
    def _refusal(self) -> str:
        if self.engine.dialect.name == "postgresql":
            return N_("postgres-refused")
        return N_("sqlite-refused")

    def create(self, library_id: str) -> None:
        """Make the tables in an empty database.

        Raises:
            StoreError: the database already holds a library.
        """
        with self.transaction() as connection:
            if inspect(connection).has_table(schema_version.name):
                raise StoreError("database-holds-library", name=self.name)
            create_schema(connection)
            connection.execute(insert(setting).values(name=_ID, value=library_id))

    def open(self, library_id: str) -> None:
        """Check that the database belongs to this library and bring its schema forward.

        Raises:
            StoreError: it is another library's, empty, or newer than this code.
        """
        with self.reading() as connection:
            if not inspect(connection).has_table(schema_version.name):
                raise StoreError("database-without-library", name=self.name)
            found = connection.execute(select(setting.c.value).where(setting.c.name == _ID)).scalar()
        if found != library_id:
            raise StoreError("database-of-other-library", name=self.name, other=found, library_id=library_id)
        self._migrate()

    def _migrate(self) -> None:
        with self.reading() as connection:
            behind = bool(pending(connection))
        if behind:
            with self.transaction() as connection:
                migrate(connection, pending(connection))

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Write: everything inside is committed together, or nothing when anything is raised."""
        with self._connection(writes=True) as connection:
            if connection.dialect.name == "postgresql" and inspect(connection).has_table(patent.name):
                # Readers go on; a second writer (another folder, another machine) waits here.
                connection.exec_driver_sql("LOCK TABLE patent IN SHARE ROW EXCLUSIVE MODE")
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Read one consistent state."""
        with self._connection(writes=False) as connection:
            yield connection

    @contextmanager
    def _connection(self, *, writes: bool) -> Iterator[Connection]:
        options: dict[str, object] = {WRITES: writes}
        if not writes and self.engine.dialect.name == "postgresql":
            options["isolation_level"] = "REPEATABLE READ"
        try:
            with self.engine.connect() as connection:
                with connection.execution_options(**options).begin():
                    yield connection
        except DBAPIError as error:
            if damages(error.orig):
                raise DamagedStoreError("database-damaged", name=self.name, reason=error.orig) from error
            raise StoreError(self._refusal, name=self.name, reason=str(error.orig).strip()) from error
        except msgspec.DecodeError as error:  # of JSON that this code wrote
            raise DamagedStoreError("database-damaged", name=self.name, reason=error) from error

    def count(self) -> int:
        """Number of patents."""
        with self.reading() as connection:
            return int(connection.execute(select(func.count()).select_from(patent)).scalar_one())

    def get(self, number: str) -> PatentRecord | None:
        """Find a patent by key or by any number of it, in any spelling.

        Raises:
            NumberError: the number without kind letter means several patents.
        """
        found = self.find(number)
        return None if found is None else found.record

    def find(self, number: str) -> StoredPatent | None:
        """Find a patent with its key; see `get`."""
        with self.reading() as connection:
            key = match_number(connection, number)
            if key is None:
                return None
            query = select(patent.c.record, patent.c.digest).where(patent.c.key == key)
            row = connection.execute(query).one_or_none()
            if row is None:
                raise DamagedStoreError("record-damaged", key=key)
            return StoredPatent(key, decode_stored(key, *row))

    def get_many(self, keys: Iterable[str]) -> dict[str, PatentRecord]:
        """Read the records of these keys; unknown keys are left out."""
        with self.reading() as connection:
            return {
                key: decode_stored(key, record, digest)
                for chunk in chunks(keys, _ROWS_AT_ONCE)
                for key, record, digest in connection.execute(
                    select(patent.c.key, patent.c.record, patent.c.digest).where(patent.c.key.in_(chunk))
                )
            }

    def records(self) -> Iterator[StoredPatent]:
        """Read all patents, sorted by key, a few thousand in memory at a time."""
        query = select(patent.c.key, patent.c.record, patent.c.digest).order_by(patent.c.key)
        with (
            self.reading() as connection,
            connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(query) as found,
        ):
            for key, record, digest in found:
                yield StoredPatent(key, decode_stored(key, record, digest))

    def digests(self) -> tuple[list[str], list[str]]:
        """Keys of all patents, ascending, and a digest of what each holds."""
        rows = list(chain.from_iterable(self._digests()))
        return [key for key, _ in rows], [digest for _, digest in rows]

    def corpus_hash(self) -> str:
        """Hash keys and contents of all patents: 64 hexadecimal digits, the same on every database."""
        state = sha256()
        for rows in self._digests():
            state.update("".join(f"{key} {digest}\n" for key, digest in rows).encode())
        return state.hexdigest()

    def _digests(self) -> Iterator[Sequence[Row[str, str]]]:
        """Key and digest of each patent, sorted by key, a few thousand at a time."""
        query = select(patent.c.key, patent.c.digest).order_by(patent.c.key)
        with self.reading() as connection:
            yield from connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(query).partitions()

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()
