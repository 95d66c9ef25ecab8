"""Arrow tables as files that are memory-mapped when read."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
from pyarrow import ipc

from patents.errors import SnapshotError

_ROWS_PER_BATCH = 65_536


def write_table(path: Path, table: pa.Table) -> None:
    """Write an Arrow IPC file, uncompressed: mapped, its columns take no memory of the process."""
    with ipc.new_file(str(path), table.schema) as writer:
        writer.write_table(table, max_chunksize=_ROWS_PER_BATCH)


def map_table(path: Path) -> pa.Table:
    """Map an Arrow IPC file into memory; the table's buffers are the file's pages.

    Raises:
        SnapshotError: it is no Arrow file.
    """
    try:
        with pa.memory_map(str(path)) as source:
            return ipc.open_file(source).read_all()
    except (pa.ArrowInvalid, OSError) as error:
        raise SnapshotError("arrow-file-unreadable", path=path, reason=error) from error
