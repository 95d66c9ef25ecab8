"""What an import did: counts, and every value that was refused or doubted, with its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

import msgspec

from patents.messages import N_, Message, text

Outcome = Literal["new", "updated", "unchanged", "merged", "rejected"]
OUTCOMES: tuple[Outcome, ...] = ("new", "updated", "unchanged", "merged", "rejected")

AsOfSource = Literal["argument", "file", "name", "events", "today"]
FindingKind = Literal["rejection", "warning"]

JSON_NAME = "report.json"
XLSX_NAME = "report.xlsx"


@dataclass(frozen=True, slots=True)
class ReportedFinding:
    """One value, or row, that could not be taken as it stands.

    Attributes:
        kind: the whole row was rejected, or it was taken and this value is doubted.
        file: path as the caller gave it.
        sheet: of a workbook with several, else empty.
        row: as the user sees it in the file, from 1; 0 for the file as a whole.
        column: header as written; empty for the row as a whole.
        value: the offending text.
        reason: what is wrong and, where there is one, the way out, in English.
        code, values: of that text, by which it is shown elsewhere; "" in reports of earlier versions.
    """

    kind: FindingKind
    file: str
    sheet: str
    row: int
    column: str
    value: str
    reason: str
    code: str = ""
    values: dict[str, object] = field(default_factory=dict)

    def explained(self) -> str:
        """The reason in the reader's language."""
        packed = {"code": self.code, "values": self.values}
        return Message.unpacked(packed).line() if self.code else self.reason


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows by what became of them; every row is in exactly one."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    merged: int = 0
    rejected: int = 0

    @property
    def rows(self) -> int:
        """All rows."""
        return self.counted().total()

    def counted(self) -> Counter[Outcome]:
        """Turn the counts into a counter, in the order of `OUTCOMES`."""
        return Counter({outcome: getattr(self, outcome) for outcome in OUTCOMES})

    @classmethod
    def of(cls, counted: Counter[Outcome]) -> Counts:
        """Make counts of a counter of outcomes."""
        return cls(**{outcome: counted[outcome] for outcome in OUTCOMES})


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """One file of an import.

    Attributes:
        path: as the caller gave it.
        format: the export that was detected, such as `patsnap`.
        as_of: the day that the file describes, and where that was learnt.
        sha256, size: of the file, in bytes.
        unread_columns: headers that no field of the record takes; their values are kept in `raw`.
        counts: of its rows. empty_rows: rows without any cell, in none of the counts.
        warnings: number of doubted values.
    """

    path: str
    format: str
    as_of: date
    as_of_source: AsOfSource
    sha256: str
    size: int
    unread_columns: tuple[str, ...]
    counts: Counts
    empty_rows: int
    warnings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """One import command: all of its files or none.

    Attributes:
        run: id of the run, its UTC time; key of the table `import_run`.
        started, finished: UTC, ISO 8601.
        who: user and host.
        patlas_version: of the code.
        patents: in the library afterwards.
        counts: of all rows of all files.
        files: in the order given.
        findings: by file and row.
        path_json, path_xlsx: where this report was written.
    """

    run: str
    started: str
    finished: str
    who: str
    patlas_version: str
    patents: int
    counts: Counts
    files: tuple[FileReport, ...]
    findings: tuple[ReportedFinding, ...] = field(repr=False)
    path_json: str
    path_xlsx: str


def write_report(report: ImportReport, folder: Path) -> None:
    """Write `report.json` and `report.xlsx` into an existing folder."""
    content = msgspec.json.format(msgspec.json.encode(report), indent=1)
    (folder / JSON_NAME).write_bytes(content + b"\n")
    write_xlsx(report, folder / XLSX_NAME)


def read_report(path: Path) -> ImportReport:
    """Read a `report.json`."""
    return msgspec.json.decode(path.read_bytes(), type=ImportReport)


def write_xlsx(report: ImportReport, path: Path) -> None:
    """Write the report as a workbook in the reader's language: files and counts, findings."""
    from documents.workbook import Workbook

    summary, findings = text("import-report-sheet-summary"), text("import-report-sheet-findings")
    with Workbook(path) as book:
        book.sheet(summary, [text(code) for code in _SUMMARY_HEAD], _summary(report), widths=(48, 14, 12, 10))
        book.sheet(
            findings,
            [text(code) for code in _FINDING_HEAD],
            _findings(report),
            widths=(8, 40, 12, 8, 20, 40, 80),
        )


_SUMMARY_HEAD = (
    N_("import-report-file"),
    N_("import-report-format"),
    N_("import-report-as-of"),
    N_("import-report-as-of-source"),
    N_("outcome-new"),
    N_("outcome-updated"),
    N_("outcome-unchanged"),
    N_("outcome-merged"),
    N_("outcome-rejected"),
    N_("import-report-empty-rows"),
    N_("import-report-warnings"),
    N_("import-report-unread-columns"),
    N_("import-report-sha256"),
)
_FINDING_HEAD = (
    N_("import-report-kind"),
    N_("import-report-file"),
    N_("import-report-sheet"),
    N_("import-report-row"),
    N_("import-report-column"),
    N_("import-report-value"),
    N_("import-report-reason"),
)
_KINDS: dict[FindingKind, str] = {"rejection": N_("finding-rejection"), "warning": N_("finding-warning")}


def _summary(report: ImportReport) -> Iterator[tuple[str | int, ...]]:
    for file in report.files:
        yield (
            file.path,
            file.format,
            file.as_of.isoformat(),
            text(f"as-of-{file.as_of_source}"),
            *file.counts.counted().values(),
            file.empty_rows,
            file.warnings,
            "；".join(file.unread_columns),
            file.sha256,
        )
    empty = sum(file.empty_rows for file in report.files)
    warnings = sum(file.warnings for file in report.files)
    yield (
        text("import-report-total"),
        "",
        "",
        "",
        *report.counts.counted().values(),
        empty,
        warnings,
        "",
        "",
    )
    yield (text("import-report-run", run=report.run, who=report.who, version=report.patlas_version),)
    yield (
        text("import-report-times", started=report.started, finished=report.finished, patents=report.patents),
    )


def _findings(report: ImportReport) -> Iterator[tuple[str | int, ...]]:
    for found in report.findings:
        yield (
            text(_KINDS[found.kind]),
            found.file,
            found.sheet,
            found.row,
            found.column,
            found.value,
            found.explained(),
        )
