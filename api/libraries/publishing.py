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

from api.libraries.columns import write_columns, write_industries, write_texts
from api.libraries.shapes import BuildAnswer
from embed.of_library import encoder_of_library
from index.part.server import without_leftovers
from index.part.writing import write_indexes
from library.about import newest_as_of
from library.folder import Library
from library.progress import Report, silent
from library.snapshot import Snapshot
from patents.messages import text
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
        with _timed(seconds, "columns"):
            table, old_rows = write_columns(library, writer, report, rebuild=rebuild)
        with _timed(seconds, "text"):
            write_texts(writer, table, old_rows)
        with _timed(seconds, "industries"):
            table = write_industries(library, writer, table)
        with _timed(seconds, "vectors"):
            indexes = write_indexes(library, writer, table, encoder, report, announce, rebuild=rebuild)
        with _timed(seconds, "themes"):
            written = write_themes(
                library,
                writer,
                table,
                rebuild=rebuild,
                old_rows=old_rows,
                stability=stability,
                report=report,
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


@contextmanager
def _timed(seconds: dict[str, float], stage: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    seconds[stage] = round(time.perf_counter() - start, 2)
