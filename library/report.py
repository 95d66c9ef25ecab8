"""What an import did: counts, and every value that was refused or doubted, with its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

import msgspec

Outcome = Literal["new", "updated", "unchanged", "merged", "rejected"]
OUTCOMES: tuple[Outcome, ...] = ("new", "updated", "unchanged", "merged", "rejected")
OUTCOME_LABELS = ("新增", "更新", "未变", "合并", "拒绝")

AsOfSource = Literal["argument", "file", "name", "events", "today"]
AS_OF_LABELS: dict[AsOfSource, str] = {
    "argument": "命令指定",
    "file": "文件自带",
    "name": "文件名",
    "events": "最新事件",
    "today": "导入当日",
}

FindingKind = Literal["rejection", "warning"]
KIND_LABELS: dict[FindingKind, str] = {"rejection": "拒绝", "warning": "警告"}

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
        reason: what is wrong and, where there is one, the way out.
    """

    kind: FindingKind
    file: str
    sheet: str
    row: int
    column: str
    value: str
    reason: str


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
    text = msgspec.json.format(msgspec.json.encode(report), indent=1)
    (folder / JSON_NAME).write_bytes(text + b"\n")
    write_xlsx(report, folder / XLSX_NAME)


def read_report(path: Path) -> ImportReport:
    """Read a `report.json`."""
    return msgspec.json.decode(path.read_bytes(), type=ImportReport)


def write_xlsx(report: ImportReport, path: Path) -> None:
    """Write the report as a workbook: 汇总 (files and counts) and 明细 (findings)."""
    from documents.workbook import Workbook

    with Workbook(path) as book:
        book.sheet("汇总", _SUMMARY_HEAD, _summary(report), widths=(48, 14, 12, 10))
        book.sheet("明细", _FINDING_HEAD, _findings(report), widths=(8, 40, 12, 8, 20, 40, 80))


_SUMMARY_HEAD = ("文件", "格式", "截止日", "截止日来源", *OUTCOME_LABELS, "空行", "警告", "未读列", "SHA-256")
_FINDING_HEAD = ("类别", "文件", "工作表", "行", "列", "值", "原因")


def _summary(report: ImportReport) -> Iterator[tuple[str | int, ...]]:
    for file in report.files:
        yield (
            file.path,
            file.format,
            file.as_of.isoformat(),
            AS_OF_LABELS[file.as_of_source],
            *file.counts.counted().values(),
            file.empty_rows,
            file.warnings,
            "；".join(file.unread_columns),
            file.sha256,
        )
    empty = sum(file.empty_rows for file in report.files)
    warnings = sum(file.warnings for file in report.files)
    yield ("合计", "", "", "", *report.counts.counted().values(), empty, warnings, "", "")
    yield (f"导入 {report.run}，{report.who}，Patlas {report.patlas_version}",)
    yield (f"开始 {report.started}，结束 {report.finished}；库中现有专利 {report.patents} 件",)


def _findings(report: ImportReport) -> Iterator[tuple[str | int, ...]]:
    for found in report.findings:
        yield (
            KIND_LABELS[found.kind],
            found.file,
            found.sheet,
            found.row,
            found.column,
            found.value,
            found.reason,
        )
