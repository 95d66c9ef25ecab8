"""The themes of a snapshot: found anew by a build, taken over by an import; patents are placed in both."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from api.service.reporting import Report

if TYPE_CHECKING:
    import pyarrow as pa

    from library.folder import Library
    from library.snapshot_writer import SnapshotWriter


def write_themes(
    library: Library, writer: SnapshotWriter, table: pa.Table, *, rebuild: bool, report: Report
) -> int:
    """Write the part `themes` and the column `theme`.

    Args:
        library: whose theme scheme says what the scopes are.
        writer: of the new snapshot; its part `dense` is there.
        table: the columns, with `industries`.
        rebuild: find themes anew; else place patents in those of the snapshot before.
        report: of progress.

    Returns:
        The number of themes over all scopes.
    """
    import numpy as np
    import pyarrow as pa

    from api.service.theme_building import ThemeSource, build_themes, place_patents
    from api.service.theme_scopes import read_part

    dense = writer.path / "dense"
    vectors = np.load(dense / "vectors.npy", mmap_mode="r", allow_pickle=False)
    rows, first = np.unique(np.load(dense / "passage_rows.npy", allow_pickle=False), return_index=True)
    heads = np.zeros((table.num_rows, vectors.shape[1]), dtype=np.float32)
    heads[rows] = vectors[first]
    source = ThemeSource(table, heads, library.settings["theme_scheme"])
    if rebuild or writer.current is None or not writer.current.has("themes"):
        folder = writer.part("themes")
        build_themes(source, folder, _themes_before(writer), report)
    else:
        folder = writer.share("themes")
    writer.write_column("theme", pa.array(place_patents(source, folder), pa.list_(pa.string())))
    return sum(len(scope.themes) for scope in read_part(folder).scopes)


def _themes_before(writer: SnapshotWriter) -> Path | None:
    current = writer.current
    return current.part("themes") if current is not None and current.has("themes") else None
