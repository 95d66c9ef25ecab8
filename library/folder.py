"""The library (专题库): one folder, owned here.

library.json     format, library id, database
library.sqlite   records and small tables (or PostgreSQL by URL)
library.lock     the one writer; library.holder says who
vectors/         of embed/, keyed by encoder and text
snapshots/<n>/   immutable; see library.snapshot
CURRENT          number of the live snapshot
imports/<time>/  reports of imports
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import uuid4

import msgspec
from sqlalchemy import delete, insert, select

from library.current import CURRENT, Current, read_current, write_current
from library.engines import parse_database_url, without_password
from library.files import write_atomically
from library.identity import ABOUT, LOCK, SQLITE, About, engine_of, make_folder, read_about
from library.lock import WriterLock
from library.manifest import MANIFEST, Manifest
from library.schema import snapshot_pin
from library.settings import Settings
from library.snapshot import Snapshot, mending, remove_unless_held, repairing
from library.snapshot_writer import SnapshotWriter
from library.store import Store
from patents.errors import DamagedSnapshotError, SnapshotError

KEPT_SNAPSHOTS = 3


class Library:
    """An open library; use `create` or `open`.

    Reading needs no lock and never waits for a writer.
    """

    def __init__(self, path: Path, about: About) -> None:
        self.path = path
        self.about = about
        self._lock = WriterLock(path / LOCK)

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
        make_folder(folder)
        kept = None if database_url is None else without_password(parse_database_url(database_url))
        about = About(library_id=uuid4().hex, database_url=kept)
        library = cls(folder, about)
        with library.lock():
            # Looked at again: another process may have made a library here before the lock was ours.
            make_folder(folder)
            store = Store(engine_of(folder, about, given=database_url))
            try:
                store.create(about.library_id)
            except BaseException:
                store.close()
                (folder / SQLITE).unlink(missing_ok=True)
                raise
            store.close()
            for name in ("vectors", "snapshots", "imports"):
                (folder / name).mkdir(exist_ok=True)
            write_atomically(folder / ABOUT, msgspec.json.format(msgspec.json.encode(about)) + b"\n")
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
        library = cls(folder, read_about(folder))
        try:
            library.store.open(library.about.library_id)
        except BaseException:
            library.close()
            raise
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
        return Store(engine_of(self.path, self.about))

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
            DamagedSnapshotError: CURRENT is damaged.
        """
        named = read_current(self.path)
        return None if named is None else named.number

    def current(self, *, checked: bool = True) -> Snapshot | None:
        """Open the live snapshot; None before the first build.

        Args:
            checked: see `Snapshot`.

        Raises:
            SnapshotError: it is missing or damaged; the help is the command that mends it.
        """
        named = read_current(self.path)
        if named is None:
            return None
        snapshot = self.snapshot(named.number, checked=checked)
        if snapshot.manifest.checksum != named.checksum:
            values = {"path": self.path / CURRENT, "value": named.number, "mend": repairing(self.path)}
            raise DamagedSnapshotError("current-snapshot-unreadable", **values)
        return snapshot

    def snapshot(self, number: int, *, checked: bool = True) -> Snapshot:
        """Open a published snapshot.

        Args:
            number: of the snapshot.
            checked: see `Snapshot`.

        Raises:
            SnapshotError: there is none of that number, or it is damaged.
        """
        if number not in self.snapshots() and number != self.current_number():
            kept = ", ".join(map(str, self.snapshots())) or "none"
            raise SnapshotError("snapshot-not-found", number=number, kept=kept, mend=self.mend)
        return Snapshot(self._folder_of(number), checked=checked)

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
            folder.mkdir(parents=True)
            writer = SnapshotWriter(
                folder, current, self._readable, self.store.corpus_hash, self._make_current
            )
            try:
                yield writer
            finally:
                if not self._is_current(number):
                    writer.discard()
            self._sweep()

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
        newest, current = 0, None
        try:
            newest = self.current_number() or 0
            if newest:  # else CURRENT may have been lost, and nothing says which snapshots are old
                self._sweep()
            current = self.current(checked=False)
        except SnapshotError:
            pass
        used = [int(folder.name) for folder in self._snapshot_folders() if folder.name.isdigit()]
        return current, max([newest, *used]) + 1

    def _readable(self) -> Iterator[Snapshot]:
        """The snapshots whose manifest is whole, the newest first, whatever CURRENT says."""
        for folder in reversed(self.written_snapshots()):
            with suppress(SnapshotError):
                yield Snapshot(folder, checked=False)

    def written_snapshots(self) -> list[Path]:
        """Folders that have a manifest, by number, whatever CURRENT says."""
        numbered = [folder for folder in self._snapshot_folders() if folder.name.isdigit()]
        written = [folder for folder in numbered if (folder / MANIFEST).exists()]
        return sorted(written, key=lambda folder: int(folder.name))

    def _snapshot_folders(self) -> list[Path]:
        return list((self.path / "snapshots").glob("*"))

    def _make_current(self, manifest: Manifest) -> None:
        write_current(self.path, Current(manifest.snapshot, manifest.checksum))

    def _is_current(self, number: int) -> bool:
        try:
            return self.current_number() == number
        except SnapshotError:
            return False

    def _sweep(self) -> None:
        """Remove half-written snapshots and those past retention; the lock is held."""
        published = self.snapshots()
        with self.store.reading() as connection:
            pinned = set(connection.execute(select(snapshot_pin.c.snapshot)).scalars())
        kept = pinned | set(published[-KEPT_SNAPSHOTS:])
        for folder in self._snapshot_folders():
            number = int(folder.name) if folder.name.isdigit() else None
            if number not in published:
                shutil.rmtree(folder, ignore_errors=True)
            elif number not in kept:
                remove_unless_held(folder)
