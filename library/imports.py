"""Importing exports: all files of one command, or nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from library.files import fsync_tree
from library.folder import Library
from library.import_runs import runs_among
from library.import_work import Import, ImportProgress, Progress
from library.report import JSON_NAME, XLSX_NAME, ImportReport
from patents.errors import InputError, LibraryError, StoreError
from patents.readers import ColumnMapping

__all__ = ["ImportProgress", "Progress", "import_files"]

_PARTIAL = ".partial"


def import_files(
    library: Library,
    files: Sequence[str | Path],
    *,
    as_of: date | None = None,
    mapping: ColumnMapping | None = None,
    progress: Progress | None = None,
    report_folder: Path | None = None,
) -> ImportReport:
    """Import exports into a library, all of them or none.

    Args:
        library: takes the records; its snapshots stay as they are.
        files: exports of any known format.
        as_of: the day that the files describe (检索截止日); else each file's own, else today.
        mapping: how to read tables of no known format.
        progress: called every few thousand rows.
        report_folder: where report.json and report.xlsx go, made when missing; else
            `imports/<time>/` of the library.

    Returns:
        What became of every row.

    Raises:
        InputError: no file is given, one cannot be read, or `as_of` lies in the future; nothing was
            changed.
        LibraryLockedError: another process or thread is writing.
        LibraryError: a folder cannot be written; nothing was changed.
        StoreError: the database refused; nothing was changed.
    """
    if not files:
        raise InputError("import-without-files")
    _check_as_of(as_of)
    started = datetime.now(UTC)
    with library.lock(), _as_patlas_errors(library):
        if report_folder is not None:
            report_folder.mkdir(parents=True, exist_ok=True)
        _sweep(library)
        run = f"{started:%Y%m%dT%H%M%S.%fZ}"
        with _workplace(library.imports / f"{run}{_PARTIAL}") as folder:
            place = report_folder or library.imports / run
            work = Import(library.store, [Path(file) for file in files], as_of, mapping, progress)
            report = work.run(run, started, folder, place)
            _deliver(folder, place, make_place=report_folder is None)
    return report


def _check_as_of(as_of: date | None) -> None:
    today = datetime.now().date()
    if as_of is not None and as_of > today:
        raise InputError("as-of-in-future", as_of=as_of, today=today)


@contextmanager
def _workplace(folder: Path) -> Iterator[Path]:
    """Make a folder and remove what is left of it."""
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _as_patlas_errors(library: Library) -> Iterator[None]:
    """Name what a full disk or missing rights stopped."""
    try:
        yield
    except OSError as error:
        raise LibraryError("import-failed-disk", library=library.path, reason=error) from error
    except DBAPIError as error:
        raise StoreError("import-failed-database", library=library.path, reason=error.orig) from error


def _deliver(folder: Path, place: Path, *, make_place: bool) -> None:
    """Bring a finished report to its place, after the commit."""
    fsync_tree(folder)
    if make_place:
        folder.rename(place)
        return
    for name in (JSON_NAME, XLSX_NAME):
        shutil.move(folder / name, place / name)


def _sweep(library: Library) -> None:
    """Clean up after killed imports: the report of one that had committed is kept."""
    left = {path.name.removesuffix(_PARTIAL): path for path in library.imports.glob(f"*{_PARTIAL}")}
    committed = runs_among(library.store, left)
    for run, folder in left.items():
        if run in committed and (folder / JSON_NAME).exists():
            for path in folder.glob("stage.sqlite*"):
                path.unlink()
            folder.rename(library.imports / run)
        else:
            shutil.rmtree(folder)
