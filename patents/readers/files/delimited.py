"""csv, tsv and other delimited text: encoding and delimiter detected, broken quotes survived."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from patents.errors import UnreadableFileError
from patents.messages import Message, message
from patents.readers.cells import Cell, clean_text
from patents.readers.encoding import Encoding, detect_encoding, examined
from patents.readers.files.table import Table, TableRow, TextOptions, notes_of
from patents.readers.headers import normalise_header

DELIMITERS = ",\t;|，\x01"
"""Tried in this order; Chinese programs do write the full-width comma, Hive writes \\x01."""

MAX_RECORD_LINES = 20_000
"""Lines one quoted record may span; a quote still open after that was never closed."""

SURE_WIDTH = 4
"""Columns from which a line inside a cell that has just as many is surely a swallowed row."""

_PREVIEW = 30
_OPEN_QUOTE = message("row-quote-not-closed")
csv.field_size_limit(1 << 30)


class Dialect(NamedTuple):
    """The delimiter and how many columns the header row has under it."""

    delimiter: str
    width: int


def delimited_tables(path: Path, options: TextOptions, known: frozenset[str]) -> list[Table]:
    """The text file as one table.

    Args:
        path: the file.
        options: encoding and delimiter where the user gave them.
        known: normalised headers that tell a header row and with it the delimiter.

    Raises:
        UnreadableFileError: the encoding given does not exist.
    """
    encoding = _encoding(path, options.encoding)
    dialect = detect_dialect(path, encoding.name, options.delimiter or DELIMITERS, known)
    read = partial(_rows, path, encoding, dialect)
    glance = partial(_glance, path, encoding, dialect)
    return [Table("", read, notes=notes_of(encoding), damaged=encoding.damaged > 0, glance=glance)]


def detect_dialect(path: Path, encoding: str, delimiters: str, known: frozenset[str]) -> Dialect:
    """The delimiter under which a first row holds most known headers, else the most regular one."""
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        lines = [line[:100_000] for line in islice(file, _PREVIEW)]
    fitness = [_fitness(lines, delimiter, known) for delimiter in delimiters]
    return max(fitness, key=lambda found: found[0])[1]


def _fitness(lines: list[str], delimiter: str, known: frozenset[str]) -> tuple[tuple[int, int], Dialect]:
    """((known headers in the best row, rows of the commonest width), the dialect)."""
    rows = [row for row in csv.reader(lines, delimiter=delimiter) if row]
    found = [sum(normalise_header(cell) in known for cell in row) for row in rows]
    widths = Counter(len(row) for row in rows if len(row) > 1)
    width, times = widths.most_common(1)[0] if widths else (1, 0)
    if max(found, default=0) > 1:
        width = len(rows[found.index(max(found))])
    return (max(found, default=0), times), Dialect(delimiter, width)


def _encoding(path: Path, given: str | None) -> Encoding:
    if given is None:
        return detect_encoding(path)
    try:
        return examined(path, given)
    except LookupError as error:
        raise UnreadableFileError("encoding-unknown", path=path, encoding=given) from error


class _Lines:
    """Physical lines handed to the csv reader, with those of the record under way remembered."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines = lines
        self.pending: list[str] = []
        self.taken: list[str] = []

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if len(self.taken) >= MAX_RECORD_LINES:
            raise StopIteration
        line = self.pending.pop() if self.pending else next(self.lines)
        self.taken.append(line)
        return line

    def give_back_all_but_first(self) -> str:
        """Undo the record but for its first line, which is returned."""
        first, *others = self.taken
        self.pending.extend(reversed(others))
        return first


def _rows(path: Path, encoding: Encoding, dialect: Dialect) -> Iterator[TableRow]:
    with path.open(encoding=encoding.name, errors="replace", newline="") as file:
        lines, number = _Lines(iter(file)), 0
        while (record := _next_record(lines, dialect)) is not None:
            number += 1
            cells: list[Cell] = [clean_text(value) for value in record]
            if _is_broken(lines.taken, record, dialect):
                cells = [clean_text(value) for value in _unquoted(lines.give_back_all_but_first(), dialect)]
                yield TableRow(number, cells, doubt=_OPEN_QUOTE)
            else:
                yield TableRow(number, cells, doubt=_loss_in(lines.taken, record, dialect, encoding))


def _glance(path: Path, encoding: Encoding, dialect: Dialect) -> Iterator[list[str]]:
    with path.open(encoding=encoding.name, errors="replace", newline="") as file:
        rows = csv.reader(file, delimiter=dialect.delimiter)
        with suppress(csv.Error):
            yield from rows


def _loss_in(taken: list[str], record: list[str], dialect: Dialect, encoding: Encoding) -> Message | None:
    """What to say of a row that the end of the file or a run of zeros cuts off."""
    if encoding.zeros and any("\x00" in line for line in taken):
        return message("row-holds-zeros")
    if len(record) < dialect.width and not taken[-1].endswith(("\n", "\r")):
        return message("row-breaks-off", columns=dialect.width, cells=len(record))
    return None


def _next_record(lines: _Lines, dialect: Dialect) -> list[str] | None:
    lines.taken = []
    try:
        return next(csv.reader(lines, delimiter=dialect.delimiter))
    except StopIteration:
        return None
    except csv.Error:
        return []


def _is_broken(taken: list[str], record: list[str], dialect: Dialect) -> bool:
    """Whether a stray quotation mark made one record of several rows, or of the rest of the file."""
    if not record:
        return any(line.strip() for line in taken)
    if len(taken) == 1 and len(record) == dialect.width:
        return False
    if _ends_open(taken, dialect):
        return True
    if dialect.width >= SURE_WIDTH and any(_width(line, dialect) == dialect.width for line in taken[1:-1]):
        return True
    return len(taken) > 1 and len(record) != dialect.width and _width(taken[-1], dialect) >= dialect.width


def _width(line: str, dialect: Dialect) -> int:
    return line.count(dialect.delimiter) + 1


def _ends_open(taken: list[str], dialect: Dialect) -> bool:
    """Whether the record ends inside quotation marks."""
    try:
        next(csv.reader(taken, delimiter=dialect.delimiter, strict=True))
    except (csv.Error, StopIteration) as error:
        return "unexpected end" in str(error)
    return False


def _unquoted(line: str, dialect: Dialect) -> list[str]:
    """The cells of one line with quotation marks as plain characters, outer ones taken off."""
    cells = line.rstrip("\r\n").split(dialect.delimiter)
    return [cell.strip().removeprefix('"').removesuffix('"') for cell in cells]
