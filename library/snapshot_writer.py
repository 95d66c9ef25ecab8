"""Writing a snapshot: parts into a folder, then the manifest, then CURRENT."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from library.files import fsync_folder, fsync_tree, link_tree, write_atomically
from library.manifest import (
    MANIFEST,
    EncoderStamp,
    Encodes,
    Manifest,
    Part,
    dump_manifest,
    now,
    patlas_version,
    sealed,
    stamp_part,
)
from library.snapshot import COLUMN_FILE, COLUMN_PREFIX, COLUMNS_FILE, COLUMNS_PART, Snapshot
from patents.errors import SnapshotError
from patents.messages import Message

if TYPE_CHECKING:
    import pyarrow as pa


class SnapshotWriter:
    """Takes the parts of snapshot `number`; nobody sees it before `publish`.

    Args:
        path: the new, empty folder.
        current: the live snapshot, whose parts may be shared.
        earlier: gives the snapshots that are there and readable, the newest first.
        corpus_hash: gives the hash of the records; called at `publish`.
        make_current: names this snapshot in CURRENT.

    Attributes:
        damaged: parts of the live snapshot that were wanted and found damaged, with what is wrong.
    """

    def __init__(
        self,
        path: Path,
        current: Snapshot | None,
        earlier: Callable[[], Iterable[Snapshot]],
        corpus_hash: Callable[[], str],
        make_current: Callable[[Manifest], None],
    ) -> None:
        self.path = path
        self.number = int(path.name)
        self.current = current
        self.earlier = earlier
        self._corpus_hash = corpus_hash
        self._make_current = make_current
        self.damaged: dict[str, Message] = {}
        self._shared: dict[str, Part] = {}
        self._count: int | None = None

    def part(self, name: str) -> Path:
        """Make the folder of a part and give its path.

        Raises:
            SnapshotError: the part exists already.
        """
        folder = self.path / name
        try:
            folder.mkdir()
        except FileExistsError as error:
            raise SnapshotError("snapshot-part-written-twice", name=name, number=self.number) from error
        return folder

    def can_share(self, name: str) -> bool:
        """Whether the current snapshot has a part, and whole; a damaged one is noted and made anew."""
        if self.current is None or not self.current.has(name):
            return False
        misfit = self.current.misfit(name)
        if misfit is not None:
            self.damaged[name] = misfit
        return misfit is None

    def share(self, name: str) -> Path:
        """Take a part over from the current snapshot without copying it.

        Raises:
            DamagedSnapshotError: the part is damaged.
            SnapshotError: there is no current snapshot, or it lacks the part.
        """
        if self.current is None:
            raise SnapshotError("snapshot-nothing-to-share", name=name)
        source = self.current.part(name)
        if (self.path / name).exists():
            raise SnapshotError("snapshot-part-written-twice", name=name, number=self.number)
        link_tree(source, self.path / name)
        self._shared[name] = self.current.manifest.parts[name]
        if name == COLUMNS_PART:
            self._count = self.current.count
        return self.path / name

    def write_table(self, table: pa.Table) -> None:
        """Write the columns, one row a patent, sorted by key; see `library.columns.build_table`."""
        from library.arrow_files import write_table

        write_table(self.part(COLUMNS_PART) / COLUMNS_FILE, table)
        self._count = table.num_rows

    def write_column(self, name: str, values: pa.Array[Any] | pa.ChunkedArray[Any]) -> None:
        """Register a column that another room computed; `Snapshot.table` has it behind the others.

        Args:
            name: of the column.
            values: one a patent, in the order of the table.

        Raises:
            SnapshotError: the columns are not there yet, or the lengths differ.
        """
        import pyarrow as pa

        from library.arrow_files import write_table

        if len(values) != self._count:
            raise SnapshotError("snapshot-column-length", name=name, values=len(values), rows=self._count)
        write_table(self.part(COLUMN_PREFIX + name) / COLUMN_FILE, pa.table({name: values}))

    def publish(self, *, encoder: Encodes | None = None, **facts: object) -> Snapshot:
        """Make this the live snapshot.

        Everything is made durable, then the manifest is written, then CURRENT is replaced: a crash
        before the last step leaves the previous snapshot live.

        Args:
            encoder: the one that made the vectors, if any were made.
            facts: small figures as JSON values; kept in the manifest.

        Raises:
            SnapshotError: the columns were neither written nor shared.
        """
        if self._count is None:
            raise SnapshotError("snapshot-without-columns", number=self.number)
        manifest = Manifest(
            snapshot=self.number,
            created=now(),
            patlas_version=patlas_version(),
            count=self._count,
            corpus_hash=self._corpus_hash(),
            encoder=None if encoder is None else EncoderStamp(encoder.id, encoder.revision, encoder.dim),
            parts={
                folder.name: stamp_part(folder, self._shared.get(folder.name))
                for folder in sorted(self.path.iterdir())
            },
            facts=facts,
        )
        fsync_tree(self.path)
        manifest = sealed(manifest)
        write_atomically(self.path / MANIFEST, dump_manifest(manifest))
        fsync_folder(self.path.parent)
        self._make_current(manifest)
        return Snapshot(self.path)

    def discard(self) -> None:
        """Remove what was written."""
        shutil.rmtree(self.path, ignore_errors=True)
