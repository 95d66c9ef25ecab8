"""Records → snapshot: the one path on which `patlas import` and `patlas build` publish.

Both derive columns, industries and vectors; texts that were embedded before come from the cache.
They differ in the themes: an import places patents in the themes that exist, a build finds themes
anew and carries their ids over.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa

from api.libraries.shapes import BuildAnswer
from embed.of_library import encoder_of_library
from index.part.server import without_leftovers
from index.part.writing import write_indexes
from library.about import newest_as_of
from library.columns import build_table
from library.folder import Library
from library.progress import Report, silent
from library.snapshot import Snapshot
from library.snapshot_writer import SnapshotWriter
from library.store import StoredPatent
from patents.errors import LibraryError
from patents.messages import text
from selection.evaluation.corpus import Corpus
from selection.evaluation.evaluation import evaluate
from selection.industries import industries_column, library_schemes
from selection.text.index import build_text_index
from themes.part.writing import write_themes

#: What is done with a snapshot once it is live: what it returns are notes for the user.
Afterwards = Callable[[Library, Snapshot], Sequence[str]]


def build(
    path: Path, *, stability: bool = False, report: Report = silent, afterwards: Sequence[Afterwards] = ()
) -> BuildAnswer:
    """Derive everything anew from the records of a library and publish it.

    Args:
        path: of the library.
        stability: also fit themes on subsamples, to measure how stable each is; five times the work.
        report: of progress.
        afterwards: see `publish`.

    Raises:
        LibraryNotFoundError, LibraryLockedError, EncoderError: see each.
        LibraryError: the library holds no patent.
    """
    with Library.open(path) as library:
        return publish(library, rebuild=True, stability=stability, report=report, afterwards=afterwards)


def publish(
    library: Library,
    *,
    rebuild: bool,
    stability: bool = False,
    report: Report = silent,
    afterwards: Sequence[Afterwards] = (),
) -> BuildAnswer:
    """Publish the records as the next snapshot.

    Args:
        library: its writer's lock is taken.
        rebuild: find themes anew; else place patents in those of the current snapshot.
        stability: see `build`.
        report: of progress.
        afterwards: what is done with the snapshot when it is live, such as looking at watches.

    Raises:
        LibraryError: the library holds no patent.
    """
    notes: list[str] = []
    seconds: dict[str, float] = {}
    encoder = encoder_of_library(library)
    with without_leftovers(library, report, notes) as announce, library.new_snapshot() as writer:
        table = _write_columns(library, writer, seconds, report)
        with _timed(seconds, "vectors"):
            indexes = write_indexes(library, writer, table, encoder, report, announce, rebuild=rebuild)
        with _timed(seconds, "themes"):
            written = write_themes(
                library, writer, table, rebuild=rebuild, stability=stability, report=report
            )
        as_of = newest_as_of(library)
        with _timed(seconds, "publish"):
            snapshot = writer.publish(
                encoder=encoder,
                as_of=as_of.isoformat() if as_of else None,
                themes=written.themes,
                **indexes,
            )
    notes += written.notes
    notes += [text("part-made-anew", name=name, problem=problem) for name, problem in writer.damaged.items()]
    with _timed(seconds, "watches"):
        for do in afterwards:
            notes += do(library, snapshot)
    return BuildAnswer(
        snapshot=snapshot.number, count=snapshot.count, themes=written.themes, seconds=seconds, notes=notes
    )


def _write_columns(
    library: Library, writer: SnapshotWriter, seconds: dict[str, float], report: Report
) -> pa.Table:
    with _timed(seconds, "columns"):
        total = library.store.count()
        if total == 0:
            raise LibraryError("library-empty", library=library.path)
        table = build_table(_counted(library, total, report))
        writer.write_table(table)
    with _timed(seconds, "text"):
        build_text_index(table, writer.part("text"))
    with _timed(seconds, "industries"):
        corpus = Corpus(table, snapshot=writer.number, text=writer.path / "text")
        industries = industries_column(
            table, library_schemes(library.path), evaluate=lambda query: evaluate(query, corpus).mask()
        )
        writer.write_column("industries", industries)
        return table.append_column("industries", industries)


def _counted(library: Library, total: int, report: Report) -> Iterator[StoredPatent]:
    stage = text("progress-columns")
    for number, stored in enumerate(library.store.records()):
        if number % 2_000 == 0:
            report(stage, number, total)
        yield stored
    report(stage, total, total)


@contextmanager
def _timed(seconds: dict[str, float], stage: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    seconds[stage] = round(time.perf_counter() - start, 2)
