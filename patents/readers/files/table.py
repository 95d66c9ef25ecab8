"""A table as every kind of file gives it: rows of clean cells, numbered as the user sees them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from patents.messages import Message, message
from patents.readers.cells import Cell
from patents.readers.encoding import Encoding


class TableRow(NamedTuple):
    """One row of a table.

    `number` is 1-based as a spreadsheet program, or for JSON lines a text editor, shows it.
    `problem` says why the row could not be taken apart at all, its cells then hold what there is;
    `doubt` says what was odd about a row that could.
    """

    number: int
    cells: Sequence[Cell]
    problem: Message | None = None
    doubt: Message | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet, HTML table or file.

    Attributes:
        name: of the sheet; empty where the file is one table.
        read: starts reading from the first row; may be called again.
        header: column names where the kind of file knows them (parquet, JSON); None where one of the
            first rows holds them.
        notes: what reading could not do, each with the way out.
        from_1904: numbers that are days count from 1904 (workbooks of old Macs).
        glance: starts a quick run over the rows with their cells as they stand; None where there is none.
        damaged: some characters could not be decoded and are shown as U+FFFD.
    """

    name: str
    read: Callable[[], Iterator[TableRow]]
    header: tuple[str, ...] | None = None
    notes: tuple[Message, ...] = ()
    damaged: bool = False
    from_1904: bool = False
    glance: Callable[[], Iterator[Sequence[object]]] | None = None


@dataclass(frozen=True, slots=True)
class TextOptions:
    """How a text file is to be read when the user knows better than detection."""

    encoding: str | None = None
    delimiter: str | None = None


def notes_of(encoding: Encoding) -> tuple[Message, ...]:
    """What decoding a text file lost."""
    notes = []
    if encoding.damaged:
        damaged = message("file-characters-damaged", count=encoding.damaged, encoding=encoding.name)
        notes.append(damaged)
    if encoding.zeros:
        notes.append(message("file-zeros-counted", count=encoding.zeros))
    return tuple(notes)
