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
from api.service.index_publishing import write_indexes
from api.service.reporting import Report, silent
from api.service.theme_publishing import write_themes
from api.service.vector_server import without_leftovers
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


def build(path: Path, *, stability: bool = False, report: Report = silent) -> Published:
    """Derive everything anew from the records of a library and publish it.

    Args:
        path: of the library.
        stability: also fit themes on subsamples, to tell how firm each is; five times the work.
        report: of progress.

    Raises:
        LibraryNotFoundError, LibraryLockedError, EncoderError: see each.
        LibraryError: the library holds no patent.
    """
    with Library.open(path) as library:
        return publish(library, rebuild=True, stability=stability, report=report)


def publish(
    library: Library, *, rebuild: bool, stability: bool = False, report: Report = silent
) -> Published:
    """Publish the records as the next snapshot.

    Args:
        library: its writer's lock is taken.
        rebuild: find themes anew; else place patents in those of the current snapshot.
        stability: see `build`.
        report: of progress.

    Raises:
        LibraryError: the library holds no patent.
    """
    done = Published()
    with without_leftovers(library, report, done.notes) as announce, library.new_snapshot() as writer:
        table = _write_columns(library, writer, done, report)
        with _timed(done, "vectors"):
            indexes = write_indexes(library, writer, table, report, announce, rebuild=rebuild)
        with _timed(done, "themes"):
            written = write_themes(
                library, writer, table, rebuild=rebuild, stability=stability, report=report
            )
            done.themes = written.themes
            done.notes.extend(written.notes)
        encoder = encoder_of(library)
        as_of = newest_as_of(library)
        with _timed(done, "publish"):
            snapshot = writer.publish(
                encoder=encoder,
                as_of=as_of.isoformat() if as_of else None,
                themes=done.themes,
                **indexes,
            )
    done.snapshot, done.count = snapshot.number, snapshot.count
    with _timed(done, "watches"):
        done.notes += after_publishing(library, snapshot)
    return done


def _write_columns(library: Library, writer: SnapshotWriter, done: Published, report: Report) -> pa.Table:
    from library.columns import build_table
    from selection.evaluation.corpus import Corpus
    from selection.evaluation.evaluation import evaluate
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
