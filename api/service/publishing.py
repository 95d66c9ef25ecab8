"""Records → snapshot: the one path on which `patlas import` and `patlas build` publish.

Both derive columns, industries and vectors; texts that were embedded before come from the cache.
They differ in the themes: an import places patents in the themes that exist, a build finds themes
anew and carries their ids over.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from api.service.describing import newest_as_of
from api.service.encoding import encoder_of
from api.service.reporting import Report, silent
from api.service.watching import after_publishing
from library.folder import Library
from patents.errors import LibraryError

if TYPE_CHECKING:
    import pyarrow as pa

    from library.snapshot_writer import SnapshotWriter
    from library.store import StoredPatent


@dataclass(slots=True)
class Published:
    """What a build did.

    Attributes:
        snapshot: number of the snapshot that is live now.
        count: patents in it.
        themes: themes over all scopes.
        seconds: wall-clock seconds of each stage.
        notes: what the user should know.
    """

    snapshot: int = 0
    count: int = 0
    themes: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def build(path: Path, *, report: Report = silent) -> Published:
    """Derive everything anew from the records of a library and publish it.

    Raises:
        LibraryNotFoundError, LibraryLockedError, EncoderError: see each.
        LibraryError: the library holds no patent.
    """
    with Library.open(path) as library:
        return publish(library, rebuild=True, report=report)


def publish(library: Library, *, rebuild: bool, report: Report = silent) -> Published:
    """Publish the records as the next snapshot.

    Args:
        library: its writer's lock is taken.
        rebuild: find themes anew; else place patents in those of the current snapshot.
        report: of progress.

    Raises:
        LibraryError: the library holds no patent.
    """
    done = Published()
    with library.new_snapshot() as writer:
        table = _write_columns(library, writer, done, report)
        _write_vectors(library, writer, table, done, report)
        _write_themes(library, writer, table, rebuild, done, report)
        encoder = encoder_of(library)
        as_of = newest_as_of(library)
        with _timed(done, "publish"):
            snapshot = writer.publish(
                encoder=encoder, as_of=as_of.isoformat() if as_of else None, themes=done.themes
            )
    done.snapshot, done.count = snapshot.number, snapshot.count
    with _timed(done, "watches"):
        done.notes += after_publishing(library, snapshot)
    return done


def _write_columns(library: Library, writer: SnapshotWriter, done: Published, report: Report) -> pa.Table:
    from library.columns import build_table
    from selection.evaluation.corpus import Corpus
    from selection.evaluation.evaluating import evaluate
    from selection.industries import industries_column, library_schemes
    from selection.text.index import build_text_index

    with _timed(done, "columns"):
        total = library.store.count()
        if total == 0:
            raise LibraryError(
                f"library {library.path} holds no patent",
                help=f"patlas import FILE… --library {library.path}",
            )
        table = build_table(_counted(library, total, report))
        writer.write_table(table)
    with _timed(done, "text"):
        build_text_index(table, writer.part("text"))
    with _timed(done, "industries"):
        corpus = Corpus(table, snapshot=writer.number, text=writer.path / "text")
        industries = industries_column(
            table, library_schemes(library.path), evaluate=lambda query: evaluate(query, corpus).mask()
        )
        writer.write_column("industries", industries)
        return table.append_column("industries", industries)


def _write_vectors(
    library: Library, writer: SnapshotWriter, table: pa.Table, done: Published, report: Report
) -> None:
    import numpy as np

    from embed.cache import VectorCache
    from embed.passages import character_limit, passages

    with _timed(done, "vectors"):
        encoder = encoder_of(library)
        found = passages(table, limit=character_limit(encoder))
        report("vectors", 0, len(found.texts))
        vectors = VectorCache(library.vectors).vectors(encoder, found.texts)
        report("vectors", len(found.texts), len(found.texts))
        folder = writer.part("dense")
        np.save(folder / "vectors.npy", vectors, allow_pickle=False)
        np.save(folder / "passage_rows.npy", found.rows, allow_pickle=False)
        np.save(folder / "passage_kinds.npy", found.kinds, allow_pickle=False)


def _write_themes(
    library: Library, writer: SnapshotWriter, table: pa.Table, rebuild: bool, done: Published, report: Report
) -> None:
    import numpy as np
    import pyarrow as pa

    from api.service.theme_building import ThemeSource, build_themes, place_patents
    from api.service.theme_scopes import read_part

    with _timed(done, "themes"):
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
        done.themes = sum(len(scope.themes) for scope in read_part(folder).scopes)


def _themes_before(writer: SnapshotWriter) -> Path | None:
    current = writer.current
    return current.part("themes") if current is not None and current.has("themes") else None


def _counted(library: Library, total: int, report: Report) -> Iterator[StoredPatent]:
    for number, stored in enumerate(library.store.records()):
        if number % 2_000 == 0:
            report("columns", number, total)
        yield stored
    report("columns", total, total)


@contextmanager
def _timed(done: Published, stage: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    done.seconds[stage] = round(time.perf_counter() - start, 2)
