"""JSON lines, one object a line, and a JSON array of objects."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import msgspec

from patents.errors import UnreadableFileError
from patents.messages import message
from patents.readers.cells import Cell, clean_cell, clean_text
from patents.readers.encoding import detect_encoding
from patents.readers.files.table import Table, TableRow, TextOptions

Objects = Callable[[], Iterator[tuple[int, object]]]
"""Starts a run over (number, decoded value); a value that is no dict is a problem's text."""


def json_lines_tables(path: Path, options: TextOptions) -> list[Table]:
    """A file with one JSON object per line; columns are the keys of all lines in order of appearance.

    Raises:
        UnreadableFileError: no line holds a JSON object.
    """
    encoding = options.encoding or detect_encoding(path).name
    return [_table(path, partial(_line_objects, path, encoding))]


def json_array_tables(path: Path) -> list[Table]:
    """A file that is one JSON array of objects; read as a whole, so JSON lines suit large files better.

    Raises:
        UnreadableFileError: the file is no JSON or holds no object.
    """
    try:
        values = decode(path.read_bytes().removeprefix(b"\xef\xbb\xbf").decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise UnreadableFileError("json-array-damaged", path=path, problem=error) from error
    items = values if isinstance(values, list) else [values]
    return [_table(path, lambda: enumerate(items, start=1))]


def _table(path: Path, objects: Objects) -> Table:
    keys: dict[str, None] = {}
    for _, value in objects():
        if isinstance(value, dict):
            keys.update(dict.fromkeys(map(str, value)))
    if not keys:
        raise UnreadableFileError("json-without-object", path=path)
    return Table(name="", read=partial(_rows, objects, tuple(keys)), header=tuple(keys))


def _rows(objects: Objects, keys: tuple[str, ...]) -> Iterator[TableRow]:
    for number, value in objects():
        if isinstance(value, dict):
            cells: list[Cell] = [clean_cell(value.get(key)) for key in keys]
            yield TableRow(number, cells)
        else:
            yield TableRow(number, [clean_text(str(value))], message("line-not-a-json-object"))


def _line_objects(path: Path, encoding: str) -> Iterator[tuple[int, object]]:
    with path.open(encoding=encoding, errors="replace") as file:
        for number, line in enumerate(file, start=1):
            text = line.strip("\ufeff \t\r\n")
            if not text:
                continue
            try:
                value = decode(text)
            except (ValueError, RecursionError):
                value = text
            yield number, value


def decode(text: str) -> object:
    """What a JSON text holds; NaN, Infinity and lone surrogates, which pandas and others write, pass.

    Raises:
        ValueError: no JSON.
    """
    try:
        return msgspec.json.decode(text)
    except (msgspec.MsgspecError, UnicodeError):
        value: object = json.loads(text)
        return value
