"""A workbook that is open in a process of its own: its sheets and their rows."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import msgspec

from patents.errors import UnreadableFileError
from patents.isolated.process import IsolatedProcess, TaskError
from patents.readers.files.merged import Range
from patents.readers.files.package import check_package, guard_package

ROWS = 1_000
"""Rows asked for at a time; the process parses the next ones while these are read."""

SECONDS_TO_OPEN, SECONDS_FOR_ROWS = 600, 60
"""How long a workbook of a million rows may take on a slow machine, and a thousand rows of it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its place and name, rows up to the last used one, and merged ranges."""

    place: int
    name: str
    height: int
    merged: tuple[Range, ...]


class Workbook:
    """A workbook of any kind that calamine reads, told by its content; it opens while the caller goes on."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._process = IsolatedProcess("workbook", path.name)
        self._opening = self._process.send("open", os.fsencode(path))

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """Every sheet, hidden ones included; waits until the workbook is open.

        Raises:
            UnreadableFileError: it is damaged, protected, or takes too much memory or time.
        """
        listed = self._take(self._opening, SECONDS_TO_OPEN)
        return msgspec.convert(
            [
                {"place": place, "name": name, "height": height, "merged": merged}
                for place, (name, height, merged) in enumerate(listed)
            ],
            tuple[Sheet, ...],
        )

    def rows(self, sheet: Sheet) -> Iterator[Sequence[object]]:
        """Every row of a sheet, empty ones included, parsed ahead of their reader.

        Raises:
            UnreadableFileError: the sheet is damaged, or takes too much memory or time.
        """
        first = 0
        asked = self._process.send("rows", sheet.place, first, ROWS)
        try:
            while rows := self._take(asked, SECONDS_FOR_ROWS):
                first += ROWS
                asked = self._process.send("rows", sheet.place, first, ROWS)
                yield from rows
        finally:
            self._process.drop(asked)

    def _take(self, number: int, seconds: float) -> list[Sequence[object]]:
        try:
            answer = self._process.take(number, seconds=seconds)
        except TaskError as error:
            raise self._refused(error) from error
        return answer if isinstance(answer, list) else []

    def _refused(self, error: TaskError) -> UnreadableFileError:
        if error.kind == "PasswordError":
            return UnreadableFileError("workbook-locked", path=self._path)
        return UnreadableFileError("workbook-damaged", path=self._path, problem=_shorten(error))


def _shorten(error: TaskError) -> str:
    """An error's first line, at most 160 characters."""
    lines = error.text.strip().splitlines()
    return (lines[0] if lines else error.kind)[:160]


def sheets_of(path: Path) -> list[list[Sequence[object]]]:
    """Every row of every sheet, for small tables that users fill in.

    Raises:
        UnreadableFileError: it is damaged, protected, spreads out too far, or takes too much memory or time.
    """
    guard_package(path)
    workbook = Workbook(path)
    check_package(path)
    return [list(workbook.rows(sheet)) for sheet in workbook.sheets]
