"""The library (专题库): one folder, owned here.

library.json     format, library id, database
library.sqlite   records and small tables (or PostgreSQL by URL)
library.lock     the one writer
vectors/         of embed/, keyed by encoder and text
snapshots/<n>/   immutable; see library.snapshot
CURRENT          number of the live snapshot
imports/<time>/  reports of imports
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import uuid4

import msgspec
from sqlalchemy import Engine, delete, insert, select

from library.engines import parse_database_url, postgres_engine, sqlite_engine
from library.files import write_atomically
from library.lock import WriterLock
from library.manifest import MANIFEST
from library.schema import snapshot_pin
from library.settings import Settings
from library.snapshot import Snapshot, mending, remove_unless_held
from library.snapshot_writer import SnapshotWriter
from library.store import Store
from patents.errors import LibraryError, LibraryNotFoundError, SnapshotError

FORMAT = 1
KEPT_SNAPSHOTS = 3
DATABASE_VARIABLE = "PATLAS_DATABASE_URL"

_ABOUT = "library.json"
_SQLITE = "library.sqlite"
_CURRENT = "CURRENT"
_LOCK = "library.lock"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """`library.json`.

    Attributes:
        library_id: also noted in the database, so that the two are not mixed up.
        database_url: PostgreSQL, without a password; None for SQLite in the folder.
        format: of the folder.
    """

    library_id: str
    database_url: str | None = None
    format: int = FORMAT


class Library:
    """An open library; use `create` or `open`.

    Reading needs no lock and never waits for a writer.
    """

    def __init__(self, path: Path, about: About) -> None:
        self.path = path
        self.about = about
        self._lock = WriterLock(path / _LOCK)

    @classmethod
    def create(cls, path: str | Path, *, database_url: str | None = None) -> Library:
        """Make a new library.

        Args:
            path: a folder that does not exist or is empty; parents are made.
            database_url: keep the records in this PostgreSQL database instead of SQLite. A password
                in it is used now and not kept: give it later in PATLAS_DATABASE_URL or ~/.pgpass.

        Raises:
            LibraryError: the folder holds something already, or cannot be made.
            StoreError: the database cannot be reached or holds a library.
        """
        folder = Path(path).absolute()
        _make_folder(folder)
        kept = None
        if database_url is not None:
            kept = parse_database_url(database_url).set(password=None).render_as_string()
        about = About(library_id=uuid4().hex, database_url=kept)
        library = cls(folder, about)
        with library.lock():
            store = Store(_engine(folder, about, given=database_url))
            try:
                store.create(about.library_id)
            except BaseException:
                store.close()
                (folder / _SQLITE).unlink(missing_ok=True)
                raise
            store.close()
            for name in ("vectors", "snapshots", "imports"):
                (folder / name).mkdir(exist_ok=True)
            write_atomically(folder / _ABOUT, msgspec.json.format(msgspec.json.encode(about)) + b"\n")
        return cls.open(folder)

    @classmethod
    def open(cls, path: str | Path) -> Library:
        """Open an existing library.

        Raises:
            LibraryNotFoundError: the folder holds no library.
            LibraryError: `library.json` is damaged or of a newer format.
            StoreError: the database is another library's, newer than this code, or not reachable.
        """
        folder = Path(path).absolute()
        library = cls(folder, _read_about(folder))
        library.store.open(library.about.library_id)
        return library

    def close(self) -> None:
        """Close the database; snapshots that were opened stay usable."""
        if "store" in self.__dict__:
            self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @cached_property
    def store(self) -> Store:
        """The records."""
        return Store(_engine(self.path, self.about))

    @cached_property
    def settings(self) -> Settings:
        """The library's settings, kept in the store."""
        return Settings(self.store)

    @property
    def vectors(self) -> Path:
        """Folder of the vector cache."""
        return self.path / "vectors"

    @property
    def imports(self) -> Path:
        """Folder of the import reports."""
        return self.path / "imports"

    @property
    def mend(self) -> str:
        """Command that makes a good snapshot from the records."""
        return mending(self.path)

    def lock(self, wait_s: float = 0.0) -> AbstractContextManager[None]:
        """Be the one writer while the block runs; may be nested in one thread.

        Raises:
            LibraryLockedError: another process or thread is writing.
        """
        return self._lock.hold(wait_s)

    def current_number(self) -> int | None:
        """Number of the live snapshot; None before the first build.

        Raises:
            SnapshotError: CURRENT is damaged.
        """
        try:
            text = (self.path / _CURRENT).read_text(encoding="ascii", errors="replace").strip()
        except FileNotFoundError:
            return None
        if not text.isdigit():
            raise SnapshotError(f"{self.path / _CURRENT} holds {text[:20]!r}, no number", help=self.mend)
        return int(text)

    def current(self, *, verify: bool = False) -> Snapshot | None:
        """Open the live snapshot; None before the first build.

        Args:
            verify: compare all checksums (reads everything), not only sizes.

        Raises:
            SnapshotError: it is missing or damaged; the help is the command that mends it.
        """
        number = self.current_number()
        return None if number is None else self.snapshot(number, verify=verify)

    def snapshot(self, number: int, *, verify: bool = False) -> Snapshot:
        """Open a published snapshot.

        Raises:
            SnapshotError: there is none of that number, or it is damaged.
        """
        if number not in self.snapshots() and number != self.current_number():
            kept = ", ".join(map(str, self.snapshots())) or "none"
            raise SnapshotError(f"there is no snapshot {number}; kept are: {kept}", help=self.mend)
        return Snapshot(self._folder_of(number), verify=verify)

    def snapshots(self) -> list[int]:
        """Numbers of the published snapshots that are kept, ascending."""
        newest = self.current_number() or 0
        return sorted(
            int(folder.name)
            for folder in self._snapshot_folders()
            if folder.name.isdigit() and int(folder.name) <= newest and (folder / MANIFEST).exists()
        )

    @contextmanager
    def new_snapshot(self) -> Iterator[SnapshotWriter]:
        """Write the next snapshot; it appears at `publish`, else nothing stays of it.

        Holds the writer's lock. Read the records inside the block, so that they are the ones whose
        hash the manifest gets.

        Raises:
            LibraryLockedError: another process or thread is writing.
        """
        with self.lock():
            current, number = self._next()
            folder = self._folder_of(number)
            folder.mkdir()
            writer = SnapshotWriter(folder, current, self.store.corpus_hash, self._make_current)
            try:
                yield writer
            finally:
                if not writer.published:
                    writer.discard()

    def pin(self, number: int, reason: str) -> None:
        """Keep a snapshot beyond the last three, for this reason (such as a saved selection).

        Raises:
            SnapshotError: there is no such snapshot.
        """
        with self.lock():
            self.snapshot(number)
            self.unpin(number, reason)
            with self.store.transaction() as connection:
                connection.execute(insert(snapshot_pin).values(snapshot=number, reason=reason))

    def unpin(self, number: int, reason: str) -> None:
        """Take a reason away; without one, a snapshot goes when three newer ones exist."""
        with self.store.transaction() as connection:
            connection.execute(
                delete(snapshot_pin).where(snapshot_pin.c.snapshot == number, snapshot_pin.c.reason == reason)
            )

    def _folder_of(self, number: int) -> Path:
        return self.path / "snapshots" / str(number)

    def _next(self) -> tuple[Snapshot | None, int]:
        """Sweep, and find the snapshot to share parts with and the next number.

        A damaged CURRENT or snapshot is no reason not to build a good one; nothing is shared then.
        """
        try:
            self._sweep()
            number = (self.current_number() or 0) + 1
        except SnapshotError:
            used = [int(folder.name) for folder in self._snapshot_folders() if folder.name.isdigit()]
            return None, max(used, default=0) + 1
        try:
            return self.current(), number
        except SnapshotError:
            return None, number

    def _snapshot_folders(self) -> list[Path]:
        return list((self.path / "snapshots").iterdir())

    def _make_current(self, number: int) -> None:
        write_atomically(self.path / _CURRENT, f"{number}\n".encode())
        self._sweep()

    def _sweep(self) -> None:
        """Remove half-written snapshots and those past retention; the lock is held."""
        published = self.snapshots()
        with self.store.reading() as connection:
            pinned = set(connection.execute(select(snapshot_pin.c.snapshot)).scalars())
        kept = pinned | set(published[-KEPT_SNAPSHOTS:])
        for folder in self._snapshot_folders():
            number = int(folder.name) if folder.name.isdigit() else None
            if number not in published:
                shutil.rmtree(folder)
            elif number not in kept:
                remove_unless_held(folder)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        held = [path.name for path in folder.iterdir()]
    except OSError as error:
        raise LibraryError(f"the folder {folder} cannot be made: {error.strerror}") from error
    if _ABOUT in held:
        raise LibraryError(f"{folder} already holds a library", help=f"patlas info --library {folder}")
    if set(held) - {_LOCK}:
        raise LibraryError(
            f"{folder} is not empty (it holds {min(set(held) - {_LOCK})!r})",
            help="name an empty or new folder",
        )


def _read_about(folder: Path) -> About:
    path = folder / _ABOUT
    try:
        about = msgspec.json.decode(path.read_bytes(), type=About)
    except OSError as error:
        raise LibraryNotFoundError(
            f"there is no library in {folder}", help=f"patlas import FILE… --library {folder}"
        ) from error
    except msgspec.DecodeError as error:
        raise LibraryError(f"{path} is damaged: {error}", help="restore it from a backup") from error
    if about.format > FORMAT:
        raise LibraryError(
            f"{folder} has format {about.format}; this Patlas reads up to {FORMAT}",
            help="update Patlas: pip install --upgrade patlas",
        )
    return about


def _engine(folder: Path, about: About, given: str | None = None) -> Engine:
    if about.database_url is None:
        return sqlite_engine(folder / _SQLITE)
    return postgres_engine(given or _with_password(about.database_url))


def _with_password(kept: str) -> str:
    """Add the password of PATLAS_DATABASE_URL when that names the same database."""
    given = os.environ.get(DATABASE_VARIABLE)
    if not given:
        return kept
    url = parse_database_url(kept)
    other = parse_database_url(given)
    if (other.host, other.port, other.database) != (url.host, url.port, url.database):
        return kept
    return url.set(username=other.username, password=other.password).render_as_string(hide_password=False)
