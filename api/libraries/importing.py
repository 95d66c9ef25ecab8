"""Export files → library → snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from api.libraries import publishing
from api.libraries.shapes import ImportAnswer
from library import about
from library.folder import Library
from library.imports import ImportProgress, Progress, import_files
from library.progress import Report, silent
from library.report import ImportReport
from patents.errors import InputError, LibraryNotFoundError
from patents.messages import text
from patents.readers import load_mapping


def import_exports(
    path: Path,
    files: Sequence[Path],
    *,
    as_of: date | None = None,
    mapping: Path | None = None,
    database: str | None = None,
    publish: bool = True,
    report: Report = silent,
    afterwards: Sequence[publishing.Afterwards] = (),
) -> ImportAnswer:
    """Read exports into a library, which is made when there is none, and publish a snapshot.

    Args:
        path: of the library.
        files: exports of any known format; all of them are one transaction.
        as_of: the day that the files describe.
        mapping: a column-mapping file for tables of no known format.
        database: PostgreSQL URL for the records of a new library.
        publish: make the patents visible to searches; else that waits for the next build.
        report: of progress.
        afterwards: see `publishing.publish`.

    Raises:
        InputError: a file cannot be read; nothing was changed.
        LibraryLockedError: another process is writing.
    """
    columns = load_mapping(mapping) if mapping else None
    _check_files(files)
    with _library_at(path, database) as library, library.lock():
        done = import_files(library, files, as_of=as_of, mapping=columns, progress=_follow(report))
        if not publish:
            return _imported(done, None, [text("import-not-published", library=path)])
        live = None if _changed(done) else library.current()
        # Records of an import that was interrupted, or not published, must come with this one.
        if live is not None and about.is_up_to_date(library, live):
            return _imported(done, live.number, [text("import-nothing-changed")])
        if done.patents == 0:
            return _imported(done, None, [text("import-no-patent")])
        published = publishing.publish(library, rebuild=False, report=report, afterwards=afterwards)
        return _imported(done, published.snapshot, published.notes)


def _check_files(files: Sequence[Path]) -> None:
    """Refuse before a new library is made for nothing.

    Raises:
        InputError: a path is no file.
    """
    for file in files:
        if file.is_dir():
            raise InputError("import-file-is-folder", path=file)
        if not file.is_file():
            raise InputError("import-file-missing", path=file)


def _library_at(path: Path, database: str | None) -> Library:
    try:
        library = Library.open(path)
    except LibraryNotFoundError:
        return Library.create(path, database_url=database)
    if database is not None:
        library.close()
        raise InputError("import-database-of-existing", library=path)
    return library


def _changed(done: ImportReport) -> bool:
    return bool(done.counts.new or done.counts.updated or done.counts.merged)


def _imported(done: ImportReport, snapshot: int | None, notes: list[str]) -> ImportAnswer:
    return ImportAnswer(
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
        stage = text("progress-read", file=state.path.name) if state.path else text("progress-write")
        report(stage, state.done, state.total)

    return progress
