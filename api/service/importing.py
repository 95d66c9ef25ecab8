"""Export files → library → snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from api.service import describing, publishing
from api.service.reporting import Report, silent
from library.folder import Library
from patents.errors import InputError, LibraryNotFoundError

if TYPE_CHECKING:
    from library.imports import ImportProgress, Progress
    from library.report import Counts, FileReport, ImportReport


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did; `snapshot` is None when nothing was published."""

    files: tuple[FileReport, ...]
    counts: Counts
    path_json: str
    path_xlsx: str
    patents: int
    snapshot: int | None
    notes: list[str] = field(default_factory=list)


def import_exports(
    path: Path,
    files: Sequence[Path],
    *,
    as_of: date | None = None,
    mapping: Path | None = None,
    database: str | None = None,
    publish: bool = True,
    report: Report = silent,
) -> Imported:
    """Read exports into a library, which is made when there is none, and publish a snapshot.

    Args:
        path: of the library.
        files: exports of any known format; all of them are one transaction.
        as_of: the day that the files describe.
        mapping: a column-mapping file for tables of no known format.
        database: PostgreSQL URL for the records of a new library.
        publish: make the patents visible to searches; else that waits for the next build.
        report: of progress.

    Raises:
        InputError: a file cannot be read; nothing was changed.
        LibraryLockedError: another process is writing.
    """
    from library.imports import import_files
    from patents.readers import load_mapping

    columns = load_mapping(mapping) if mapping else None
    _check_files(files)
    with _library_at(path, database) as library, library.lock():
        done = import_files(library, files, as_of=as_of, mapping=columns, progress=_follow(report))
        if not publish:
            return _imported(done, None, [f"not published: run patlas build --library {path}"])
        live = None if _changed(done) else library.current()
        # Records of an import that was interrupted, or not published, must come with this one.
        if live is not None and describing.is_up_to_date(library, live):
            return _imported(done, live.number, ["nothing changed, the snapshot stays"])
        if done.patents == 0:
            return _imported(done, None, ["the library holds no patent yet, so nothing was published"])
        published = publishing.publish(library, rebuild=False, report=report)
        return _imported(done, published.snapshot, published.notes)


def _check_files(files: Sequence[Path]) -> None:
    """Refuse before a new library is made for nothing.

    Raises:
        InputError: a path is no file.
    """
    for file in files:
        if file.is_dir():
            raise InputError(
                f"{file} is a folder, no file", help=f"name the files in it: patlas import {file}/*"
            )
        if not file.is_file():
            raise InputError(f"there is no file {file}", help="check the path; nothing was changed")


def _library_at(path: Path, database: str | None) -> Library:
    try:
        library = Library.open(path)
    except LibraryNotFoundError:
        return Library.create(path, database_url=database)
    if database is not None:
        library.close()
        raise InputError(
            f"library {path} exists already; --database is for a new one",
            help="leave --database out, or name a new folder",
        )
    return library


def _changed(done: ImportReport) -> bool:
    return bool(done.counts.new or done.counts.updated or done.counts.merged)


def _imported(done: ImportReport, snapshot: int | None, notes: list[str]) -> Imported:
    return Imported(
        files=done.files,
        counts=done.counts,
        path_json=done.path_json,
        path_xlsx=done.path_xlsx,
        patents=done.patents,
        snapshot=snapshot,
        notes=notes,
    )


def _follow(report: Report) -> Progress:
    def progress(state: ImportProgress) -> None:
        name = f"read {state.path.name}" if state.path else "write records"
        report(name, state.done, state.total)

    return progress
