"""`library.json` and the folder it lies in: which library this is and where its records are."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import msgspec
from sqlalchemy import Engine

from library.engines import parse_database_url, postgres_engine, sqlite_engine
from library.lock import HOLDER
from patents.errors import LibraryError, LibraryNotFoundError

FORMAT = 1
DATABASE_VARIABLE = "PATLAS_DATABASE_URL"

ABOUT = "library.json"
SQLITE = "library.sqlite"
LOCK = "library.lock"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """`library.json`.

    Attributes:
        library_id: also noted in the database, so that the two are not mixed up.
        database_url: PostgreSQL, without a password; None for SQLite in the folder.
        format: of the folder.
    """

    library_id: str
    database_url: str | None = None
    format: int = FORMAT


def make_folder(folder: Path) -> None:
    """Make the folder of a new library.

    Raises:
        LibraryError: it cannot be made, holds a library, or holds something else.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        held = [path.name for path in folder.iterdir()]
    except OSError as error:
        raise LibraryError("library-folder-not-made", folder=folder, reason=error.strerror) from error
    if ABOUT in held:
        raise LibraryError("library-exists", folder=folder)
    if others := set(held) - {LOCK, HOLDER}:
        raise LibraryError("library-folder-not-empty", folder=folder, file=min(others))


def read_about(folder: Path) -> About:
    """Read `library.json`.

    Raises:
        LibraryNotFoundError: there is none.
        LibraryError: it is damaged or of a newer format.
    """
    path = folder / ABOUT
    try:
        about = msgspec.json.decode(path.read_bytes(), type=About)
    except OSError as error:
        raise LibraryNotFoundError("library-not-found", folder=folder) from error
    except msgspec.DecodeError as error:
        raise LibraryError("library-file-damaged", path=path, reason=error) from error
    if about.format > FORMAT:
        raise LibraryError("library-format-newer", folder=folder, format=about.format, newest=FORMAT)
    return about


def engine_of(folder: Path, about: About, given: str | None = None) -> Engine:
    """Open the database of a library; a URL that is `given` may hold the password."""
    if about.database_url is None:
        return sqlite_engine(folder / SQLITE)
    return postgres_engine(given or _with_password(about.database_url))


def _with_password(kept: str) -> str:
    """Add the password of PATLAS_DATABASE_URL when that names the same database."""
    given = os.environ.get(DATABASE_VARIABLE)
    if not given:
        return kept
    url = parse_database_url(kept)
    other = parse_database_url(given)
    if (other.host, other.port, other.database) != (url.host, url.port, url.database):
        return kept
    return url.set(username=other.username, password=other.password).render_as_string(hide_password=False)
