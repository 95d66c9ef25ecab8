"""The work of one import: files into the stage, the stage into the library, what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

from sqlalchemy import Connection, func, select

from library.files import readable, sha256_of
from library.import_runs import record_run, whoami
from library.manifest import patlas_version
from library.matches import Doubt, match_rows
from library.patent_rows import chunks
from library.report import (
    JSON_NAME,
    XLSX_NAME,
    AsOfSource,
    Counts,
    FileReport,
    FindingKind,
    ImportReport,
    Outcome,
    ReportedFinding,
    write_report,
)
from library.schema import patent
from library.stage import Stage, staged
from library.storable_text import clean_text
from library.store import Store
from patents.merge import AsOf
from patents.messages import Message, message
from patents.readers import ColumnMapping, Export, Finding, RowRead, RowRejected, open_export
from patents.readers.as_of import STALE_DAYS, newest_event
from patents.record import PatentRecord

_ROWS_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """How far an import is.

    Attributes:
        stage: rows are read and merged, or patents are put into the library. While writing, a
            callback must not write to the library's database: it would wait for itself.
        path: the file being read; None while writing.
        file, files: its place among the files, from 1, and their number.
        done: rows read of this file, or patents written.
        total: patents to write; None while reading.
    """

    stage: Literal["reading", "writing"]
    path: Path | None
    file: int
    files: int
    done: int
    total: int | None = None


Progress = Callable[[ImportProgress], None]


class _FileWork:
    """One file while its import runs.

    Attributes:
        counted: rows by outcome.
        findings: in order of the rows.
    """

    def __init__(self, path: Path, export: Export, as_of: date | None) -> None:
        self.path = path
        self.export = export
        self.counted: Counter[Outcome] = Counter()
        self.findings: list[ReportedFinding] = []
        self.newest: date | None = None
        self.note(export.notes)
        self.as_of, self.source = self._as_of(as_of)

    def _as_of(self, given: date | None) -> tuple[date, AsOfSource]:
        if given is not None:
            return given, "argument"
        own, today = self.export.as_of, datetime.now().date()
        if own is not None and own > today:
            reason = message("as-of-in-the-future", day=own)
            self.note([Finding(0, "", own.isoformat(), reason)])
        return self.export.propose_as_of(today)

    def see(self, record: PatentRecord) -> None:
        """Follow the newest event."""
        day = newest_event(record, self.as_of)
        if day is not None and (self.newest is None or day > self.newest):
            self.newest = day

    def note_staleness(self) -> None:
        """Say so where the newest event lies years before the as-of date."""
        if self.newest is not None and (self.as_of - self.newest).days > STALE_DAYS:
            reason = message("newest-event-is-old", newest=self.newest, as_of=self.as_of)
            self.note([Finding(0, "", self.newest.isoformat(), reason)])

    def note(self, findings: Sequence[Finding], *, kind: FindingKind = "warning", sheet: str = "") -> None:
        """Keep findings for the report."""
        self.findings += [
            ReportedFinding(
                kind,
                readable(self.path),
                sheet,
                found.row,
                clean_text(found.column),
                clean_text(found.value),
                clean_text(found.reason.line("en")),
                found.reason.code,
                _cleaned(found.reason),
            )
            for found in findings
        ]

    def report(self) -> FileReport:
        """Sum up."""
        return FileReport(
            path=readable(self.path),
            format=self.export.format,
            as_of=self.as_of,
            as_of_source=self.source,
            sha256=sha256_of(self.path),
            size=self.path.stat().st_size,
            unread_columns=self.export.unread_columns,
            counts=Counts.of(self.counted),
            empty_rows=self.export.empty_rows,
            warnings=sum(finding.kind == "warning" for finding in self.findings),
        )


class Import:
    """One import while it runs.

    Args:
        store: of the library, whose lock is held.
        files: in order.
        as_of, mapping, progress: see `library.imports.import_files`.
    """

    def __init__(
        self,
        store: Store,
        files: list[Path],
        as_of: date | None,
        mapping: ColumnMapping | None,
        progress: Progress | None,
    ) -> None:
        self.store = store
        self.files = files
        self.as_of = as_of
        self.mapping = mapping
        self.progress = progress or (lambda _: None)
        self.work: list[_FileWork] = []

    def run(self, run: str, started: datetime, folder: Path, place: Path) -> ImportReport:
        """Do everything; `folder` takes the stage and the report until it is brought to `place`."""
        with staged(folder, self.store) as stage:
            for number, path in enumerate(self.files, start=1):
                self._read(stage, number, path)
            reports = tuple(work.report() for work in self.work)
            total = stage.count()
            with self.store.transaction() as connection:
                stage.move_into(connection, lambda done: self._writing(done, total))
                report = ImportReport(
                    run=run,
                    started=started.isoformat(timespec="seconds"),
                    finished=datetime.now(UTC).isoformat(timespec="seconds"),
                    who=whoami(),
                    patlas_version=patlas_version(),
                    patents=_count(connection),
                    counts=_total(reports),
                    files=reports,
                    findings=tuple(finding for work in self.work for finding in work.findings),
                    path_json=readable(place / JSON_NAME),
                    path_xlsx=readable(place / XLSX_NAME),
                )
                record_run(connection, report)
                write_report(report, folder)
        return report

    def _read(self, stage: Stage, number: int, path: Path) -> None:
        """Read one file into the stage."""
        export = open_export(path, mapping=self.mapping)
        work = _FileWork(path, export, self.as_of)
        self.work.append(work)
        for chunk in chunks(export, _ROWS_AT_ONCE):
            self._take(stage, work, chunk)
            self.progress(ImportProgress("reading", path, number, len(self.files), work.counted.total()))
        work.note_staleness()

    def _take(self, stage: Stage, work: _FileWork, rows: list[RowRead | RowRejected]) -> None:
        """Match a chunk of rows and count what became of each."""
        as_of = AsOf(work.as_of)
        matched = iter(match_rows(stage, [row for row in rows if isinstance(row, RowRead)], as_of))
        for row in rows:
            if isinstance(row, RowRejected):
                work.note(row.findings, kind="rejection", sheet=row.sheet)
                work.counted["rejected"] += 1
                continue
            work.see(row.record)
            outcome, _, doubts = next(matched)
            work.note(row.warnings, sheet=row.sheet)
            kind: FindingKind = "rejection" if outcome == "rejected" else "warning"
            work.note(_findings(row.row, doubts), kind=kind, sheet=row.sheet)
            work.counted[outcome] += 1

    def _writing(self, done: int, total: int) -> None:
        self.progress(ImportProgress("writing", None, len(self.files), len(self.files), done, total))


def _cleaned(reason: Message) -> dict[str, object]:
    """The values of a reason as the report can store them."""
    packed = Message(reason.code, {name: _clean(value) for name, value in reason.values.items()}).packed()
    values = packed["values"]
    return values if isinstance(values, dict) else {}


def _clean(value: object) -> object:
    return clean_text(value) if isinstance(value, str) else value


def _findings(row: int, doubts: Sequence[Doubt]) -> list[Finding]:
    return [Finding(row, doubt.column, doubt.value, doubt.reason) for doubt in doubts]


def _total(reports: Sequence[FileReport]) -> Counts:
    counted: Counter[Outcome] = Counter()
    for report in reports:
        counted.update(report.counts.counted())
    return Counts.of(counted)


def _count(connection: Connection) -> int:
    return int(connection.execute(select(func.count()).select_from(patent)).scalar_one())
