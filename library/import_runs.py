"""The log of imports in the store: who, when, which files, what came of them."""

from __future__ import annotations

import getpass
import os
import socket
from collections.abc import Iterable
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, insert, select

from library.report import Counts, ImportReport
from library.schema import import_file, import_run
from library.store import Store


@dataclass(frozen=True, slots=True)
class ImportRun:
    """One import as the store remembers it; its report has the rest.

    Attributes:
        run: id. started, finished: UTC, ISO 8601. who: user and host.
        counts: of all rows. report: path of report.json. files: paths as given.
    """

    run: str
    started: str
    finished: str
    who: str
    counts: Counts
    report: str
    files: tuple[str, ...]


def whoami() -> str:
    """User and host, `li@lab-3`."""
    try:
        user = getpass.getuser()
    except (ImportError, KeyError, OSError):
        user = str(os.getuid()) if hasattr(os, "getuid") else "unknown"
    return f"{user}@{socket.gethostname()}"


def record_run(connection: Connection, report: ImportReport) -> None:
    """Note an import in its own transaction."""
    connection.execute(
        insert(import_run).values(
            id=report.run,
            started=report.started,
            finished=report.finished,
            who=report.who,
            version=report.patlas_version,
            counts=_json(report.counts),
            report=report.path_json,
        )
    )
    rows = [
        {
            "run": report.run,
            "position": position,
            "path": file.path,
            "sha256": file.sha256,
            "size": file.size,
            "format": file.format,
            "as_of": file.as_of.isoformat(),
            "counts": _json(file.counts),
        }
        for position, file in enumerate(report.files)
    ]
    if rows:
        connection.execute(insert(import_file), rows)


def runs_among(store: Store, runs: Iterable[str]) -> set[str]:
    """Tell which of these imports were committed."""
    with store.reading() as connection:
        query = select(import_run.c.id).where(import_run.c.id.in_(list(runs)))
        return set(connection.execute(query).scalars())


def import_runs(store: Store) -> list[ImportRun]:
    """List the imports of a library, oldest first."""
    with store.reading() as connection:
        files: dict[str, list[str]] = {}
        query = select(import_file.c.run, import_file.c.path).order_by(
            import_file.c.run, import_file.c.position
        )
        for run, path in connection.execute(query):
            files.setdefault(run, []).append(path)
        return [
            ImportRun(
                run=row.id,
                started=row.started,
                finished=row.finished,
                who=row.who,
                counts=msgspec.json.decode(row.counts, type=Counts),
                report=row.report,
                files=tuple(files.get(row.id, ())),
            )
            for row in connection.execute(select(import_run).order_by(import_run.c.id))
        ]


def _json(counts: Counts) -> str:
    return msgspec.json.encode(counts).decode()
