"""A snapshot: one immutable state of everything derived from the records, in `snapshots/<n>/`.

| manifest.json | see library.manifest |
| columns/patents.arrow | the table that everybody reads |
| column-industries/column.arrow | a column that another room registered |
| dense/ lexical/ themes/ … | one folder a part, owned by the room that wrote it |
| leases/ | of readers that must not lose the snapshot, see library.leases |

A folder counts as a snapshot when it holds a manifest and its number is not above CURRENT.
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
from library.manifest import MANIFEST, EncoderStamp, Encodes, Manifest, check_files, load_manifest
from patents.errors import SnapshotError

if TYPE_CHECKING:
    import pyarrow as pa

COLUMNS_PART = "columns"
COLUMNS_FILE = "patents.arrow"
COLUMN_PREFIX = "column-"
COLUMN_FILE = "column.arrow"


def mending(library: Path) -> str:
    """Name the command that makes a good snapshot again."""
    return f"patlas build --library {shlex.quote(str(library))}"


class Snapshot:
    """A published snapshot, opened for reading.

    Args:
        path: its folder, `…/snapshots/<n>`.
        verify: compare every file with its checksum; else only sizes.

    Raises:
        SnapshotError: the manifest or a file is missing or damaged.
    """

    def __init__(self, path: Path, *, verify: bool = False) -> None:
        self.path = path
        self.mend = mending(path.parent.parent)
        self.manifest: Manifest = load_manifest(path, self.mend)
        wrong = check_files(path, self.manifest.parts, contents=verify)
        if wrong:
            raise SnapshotError("snapshot-damaged", snapshot=path.name, problem=wrong, mend=self.mend)

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

        table = map_table(self.part(COLUMNS_PART) / COLUMNS_FILE)
        for name in sorted(self.manifest.parts):
            if name.startswith(COLUMN_PREFIX):
                extra = map_table(self.part(name) / COLUMN_FILE)
                table = table.append_column(extra.schema.field(0), extra.column(0))
        return table

    def has(self, name: str) -> bool:
        """Tell whether a part was written."""
        return name in self.manifest.parts

    def part(self, name: str) -> Path:
        """Folder of a part.

        Raises:
            SnapshotError: the snapshot does not have it.
        """
        if name not in self.manifest.parts:
            raise SnapshotError("snapshot-part-missing", number=self.number, name=name, mend=self.mend)
        return self.path / name

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
