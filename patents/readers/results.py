"""What a reader hands out: a row that was read or a row that was rejected, and findings about both."""

from __future__ import annotations

from dataclasses import dataclass

from patents.messages import Message
from patents.record import PatentRecord


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the reader could not take as it stands.

    Attributes:
        row: the row as the user sees it in the file, 1-based; 0 for the file as a whole.
        column: header of the column as written; empty for the row as a whole.
        value: the offending text, cut to 200 characters.
        reason: what is wrong with it and, where there is one, the way out.
    """

    row: int
    column: str
    value: str
    reason: Message


@dataclass(frozen=True, slots=True)
class RowRead:
    """A row that became a record; `warnings` name the values that were kept in `raw` only.

    `sheet` names the sheet in a workbook with several, else it is empty.
    """

    row: int
    record: PatentRecord
    warnings: tuple[Finding, ...] = ()
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class RowRejected:
    """A row that names no patent; `findings` say why and are never empty."""

    row: int
    findings: tuple[Finding, ...]
    sheet: str = ""


MAX_SHOWN = 200
"""Characters of an offending value that a finding repeats: enough to find it, short enough to print."""


def shown(text: str) -> str:
    """The text as a finding shows it: one line, at most `MAX_SHOWN` characters."""
    line = " ".join(text.split())
    return line if len(line) <= MAX_SHOWN else line[: MAX_SHOWN - 1] + "…"
