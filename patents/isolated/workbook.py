"""In the process apart: a workbook by calamine, its rows handed out in parts."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path

import python_calamine

_PLAIN = (str, float, int, bool)
_MOST_PLACES = 8
"""Places in a sheet that are remembered, so that a second run does not make the first one begin anew."""


def start() -> Callable[..., object]:
    """What answers `("open", path)` and `("rows", sheet, first, count)`."""
    held = _Held()
    return held.answer


class _Held:
    def __init__(self) -> None:
        self._sheets: list[python_calamine.CalamineSheet] = []
        self._places: dict[tuple[int, int], Iterator[Sequence[object]]] = {}

    def answer(self, what: str, *arguments: object) -> object:
        return self._open(*arguments) if what == "open" else self._rows(*arguments)  # type: ignore[arg-type]

    def _open(self, path: bytes) -> list[tuple[str, int, object]]:
        """(name, height, merged ranges) of each sheet."""
        with Path(os.fsdecode(path)).open("rb") as file:
            workbook = python_calamine.CalamineWorkbook.from_filelike(file)
        self._sheets = [workbook.get_sheet_by_name(name) for name in workbook.sheet_names]
        return [(sheet.name, sheet.height, sheet.merged_cell_ranges or []) for sheet in self._sheets]

    def _rows(self, sheet: int, first: int, count: int) -> list[list[object]]:
        rows = self._places.pop((sheet, first), None)
        if rows is None:
            rows = islice(self._sheets[sheet].iter_rows(), first, None)
        part = [_plain(row) for row in islice(rows, count)]
        if len(part) == count:
            if len(self._places) >= _MOST_PLACES:
                self._places.pop(next(iter(self._places)))
            self._places[sheet, first + count] = rows
        return part


def _plain(row: Sequence[object]) -> list[object]:
    return [value if type(value) in _PLAIN else _text(value) for value in row]


def _text(value: object) -> object:
    """Days and times as a sheet shows them."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return None if value is None else str(value)
