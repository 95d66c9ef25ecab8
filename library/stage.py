"""Where an import works before it touches the library: a database of its own on the same disk.

All files of an import are read and merged into the stage; then everything goes into the library in
one short transaction. A crash, an unreadable file or Ctrl-C before that leaves a stray file and an
untouched library, and other writers (jobs, audit) wait for the short transaction only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, delete, func, select

from library.engines import WRITES, sqlite_engine
from library.patent_rows import PatentRow, chunks, fetch_rows, keys_by_number, replace_rows
from library.schema import METADATA, patent, patent_number
from library.store import Store

_ROWS_AT_ONCE = 2_000
_FILE = "stage.sqlite"


@contextmanager
def staged(folder: Path, store: Store) -> Iterator[Stage]:
    """Open a stage; its working file goes when the block ends.

    Args:
        folder: an existing folder for the working file.
        store: the library's; the writer's lock is held.
    """
    engine = sqlite_engine(folder / _FILE)
    try:
        with engine.connect().execution_options(**{WRITES: True}) as connection:
            # Never committed: the file is scratch, and what is not committed needs no fsync.
            connection.begin()
            METADATA.create_all(connection, tables=[patent, patent_number])
            yield Stage(connection, store)
    finally:
        engine.dispose()
        for path in folder.glob(f"{_FILE}*"):
            path.unlink()


class Stage:
    """New and changed patents over those of a store, which nobody else changes meanwhile.

    Args:
        connection: an open transaction of the working file.
        store: the library's; only read until `move_into`.
    """

    def __init__(self, connection: Connection, store: Store) -> None:
        self._connection = connection
        self._store = store
        self._replaced: set[str] = set()

    def keys_by_number(self, numbers: Collection[str]) -> dict[str, set[str]]:
        """Find the patents, staged or stored, that bear exactly these numbers."""
        found: dict[str, set[str]] = defaultdict(set)
        with self._store.reading() as stored:
            for number, keys in keys_by_number(stored, numbers).items():
                found[number] |= keys - self._replaced
        for number, keys in keys_by_number(self._connection, numbers).items():
            found[number] |= keys
        return found

    def fetch(self, keys: Collection[str]) -> dict[str, PatentRow]:
        """Read patents as they are after what was staged so far."""
        rows = fetch_rows(self._connection, keys)
        with self._store.reading() as stored:
            rows |= fetch_rows(stored, [key for key in keys if key not in rows and key not in self._replaced])
        return rows

    def put(self, gone: Collection[str], rows: Sequence[PatentRow]) -> None:
        """Stage changed patents.

        Args:
            gone: keys, staged or stored, whose patents `rows` take the place of.
            rows: patents as they are now.
        """
        replace_rows(self._connection, gone, rows)
        for chunk in chunks(sorted(gone), _ROWS_AT_ONCE):
            with self._store.reading() as stored:
                query = select(patent.c.key).where(patent.c.key.in_(chunk))
                self._replaced.update(stored.execute(query).scalars())

    def count(self) -> int:
        """Number of staged patents."""
        return int(self._connection.execute(select(func.count()).select_from(patent)).scalar_one())

    def move_into(self, connection: Connection, moved: Callable[[int], None]) -> None:
        """Put everything staged into the library.

        Args:
            connection: a write transaction of the library's store; the caller commits.
            moved: called with the number of patents moved so far.
        """
        for chunk in chunks(sorted(self._replaced), _ROWS_AT_ONCE):
            connection.execute(delete(patent).where(patent.c.key.in_(chunk)))
        keys = self._connection.execute(select(patent.c.key).order_by(patent.c.key)).scalars().all()
        done = 0
        for chunk in chunks(keys, _ROWS_AT_ONCE):
            replace_rows(connection, (), list(fetch_rows(self._connection, chunk).values()))
            done += len(chunk)
            moved(done)
