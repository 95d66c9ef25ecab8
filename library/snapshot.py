"""A snapshot: one immutable state of everything derived from the records, in `snapshots/<n>/`.

| manifest.json | see library.manifest |
| columns/patents.arrow | the table that everybody reads |
| column-industries/column.arrow | a column that another room registered |
| dense/ lexical/ themes/ … | one folder a part, owned by the room that wrote it |
| leases/ | of readers that must not lose the snapshot, see library.leases |

A folder counts as a snapshot when it holds a manifest and its number is not above CURRENT.

The manifest has the checksum of every file. No file is used before it was compared: those of small parts
when the snapshot is opened, those of a large one when the part is first asked for. Damage to one large part
refuses the answers that need it, not the others.
"""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from library.leases import if_unleased, leased
from library.manifest import (
    MANIFEST,
    EncoderStamp,
    Encodes,
    Manifest,
    load_manifest,
    misfit_of_part,
)
from library.once import Once
from patents.errors import DamagedSnapshotError, SnapshotError
from patents.messages import Message

if TYPE_CHECKING:
    import pyarrow as pa

COLUMNS_PART = "columns"
COLUMNS_FILE = "patents.arrow"
COLUMN_PREFIX = "column-"
COLUMN_FILE = "column.arrow"
#: A part of at most so many bytes is compared when the snapshot is opened, within a millisecond.
SMALL_PART = 1 << 20


def mending(library: Path) -> str:
    """Name the command that makes a good snapshot again."""
    return f"patlas build --library {shlex.quote(str(library))}"


def repairing(library: Path) -> str:
    """Name the command that repairs what is damaged."""
    return f"patlas verify --repair --library {shlex.quote(str(library))}"


class Snapshot:
    """A published snapshot, opened for reading; threads may share it.

    Args:
        path: its folder, `…/snapshots/<n>`.
        checked: refuse it when a file is missing, of another size, or in a small part and damaged; else
            only a part that is asked for is looked at.

    Raises:
        DamagedSnapshotError: the manifest or a file is missing or damaged.
        SnapshotError: it was written by a newer Patlas.
    """

    def __init__(self, path: Path, *, checked: bool = True) -> None:
        self.path = path
        self.mend = mending(path.parent.parent)
        self._repair = repairing(path.parent.parent)
        self.manifest: Manifest = load_manifest(path, self._repair)
        self._misfits = Once()
        if checked:
            for name in self.manifest.parts:
                self._refuse(name, self._misfit_at_first_sight(name))

    @property
    def number(self) -> int:
        """Which snapshot of its library this is, from 1."""
        return self.manifest.snapshot

    @property
    def count(self) -> int:
        """Number of patents, the rows of every part."""
        return self.manifest.count

    @cached_property
    def table(self) -> pa.Table:
        """The columns, memory-mapped; a row's place is its row number everywhere.

        Columns that other rooms registered come after those of `library.columns`.
        """
        from library.arrow_files import map_table

        own, *others = self.table_parts
        table = map_table(self.part(own) / COLUMNS_FILE)
        for name in others:
            extra = map_table(self.part(name) / COLUMN_FILE)
            table = table.append_column(extra.schema.field(0), extra.column(0))
        return table

    @property
    def table_parts(self) -> list[str]:
        """The parts that the table is made of, the records' own columns first."""
        return [COLUMNS_PART, *sorted(name for name in self.manifest.parts if name.startswith(COLUMN_PREFIX))]

    def has(self, name: str) -> bool:
        """Tell whether a part was written."""
        return name in self.manifest.parts

    def part(self, name: str) -> Path:
        """Folder of a part, whose files are compared with their checksums before it is first given.

        Raises:
            DamagedSnapshotError: a file of it is damaged.
            SnapshotError: the snapshot does not have it.
        """
        if name not in self.manifest.parts:
            raise SnapshotError("snapshot-part-missing", number=self.number, name=name, mend=self.mend)
        self._refuse(name, self.misfit(name))
        return self.path / name

    def size(self, name: str) -> int:
        """Bytes of a part, by the manifest."""
        return sum(stamp.size for stamp in self.manifest.parts[name].values())

    def misfit(self, name: str) -> Message | None:
        """What is wrong with the first wrong file of a part; None when it is whole. Compared once.

        Threads that ask for a part while it is compared wait for it.
        """
        part = self.manifest.parts[name]
        return self._misfits.get(name, lambda: misfit_of_part(self.path / name, part, contents=True))

    def check(self) -> None:
        """Compare all parts, so that no answer has to wait for it; what is wrong shows when asked for."""
        for name in self.manifest.parts:
            self.misfit(name)

    def _misfit_at_first_sight(self, name: str) -> Message | None:
        if self.size(name) <= SMALL_PART:
            return self.misfit(name)
        return misfit_of_part(self.path / name, self.manifest.parts[name], contents=False)

    def _refuse(self, name: str, misfit: Message | None) -> None:
        if misfit is not None:
            values = {"snapshot": self.number, "name": name, "problem": misfit, "mend": self._repair}
            raise DamagedSnapshotError("snapshot-damaged", **values)

    def require_encoder(self, encoder: Encodes) -> None:
        """Refuse to answer with another encoder than the one that made the vectors.

        Raises:
            SnapshotError: id, revision or dim differ.
        """
        given = EncoderStamp(encoder.id, encoder.revision, encoder.dim)
        if given != self.manifest.encoder:
            raise SnapshotError(
                "snapshot-of-other-encoder",
                number=self.number,
                built=_named(self.manifest.encoder),
                current=_named(given),
                mend=self.mend,
            )

    @contextmanager
    def hold(self) -> Iterator[Snapshot]:
        """Keep retention from removing the snapshot while the block runs.

        Raises:
            SnapshotError: the snapshot was removed in the meantime.
        """
        with ExitStack() as stack:
            try:
                stack.enter_context(leased(self.path))
            except FileNotFoundError as error:
                raise SnapshotError("snapshot-removed", number=self.number, mend=self.mend) from error
            if not (self.path / MANIFEST).exists():
                raise SnapshotError("snapshot-removed", number=self.number, mend=self.mend)
            yield self


def remove_unless_held(path: Path) -> bool:
    """Remove a snapshot folder, manifest first, unless some process holds it.

    Without manifest it is no snapshot: what cannot be removed now, as on Windows a file that somebody
    has open or mapped, the next writer tries again.

    Returns:
        Whether it is no snapshot any more.
    """
    try:
        is_removed = if_unleased(path, (path / MANIFEST).unlink)
    except OSError:
        return False
    if is_removed:
        shutil.rmtree(path, ignore_errors=True)
    return is_removed


def _named(stamp: EncoderStamp | None) -> str:
    return f"{stamp.id} {stamp.revision} ({stamp.dim} dimensions)" if stamp else "no encoder"
