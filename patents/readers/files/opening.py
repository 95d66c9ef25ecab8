"""Any file as its tables: sniff the bytes, hand over to the module for that kind."""

from __future__ import annotations

from pathlib import Path

from patents.isolated.limits import MOST_AT_ONCE, MOST_BYTES, guard_size
from patents.readers.files.delimited import delimited_tables
from patents.readers.files.html import html_tables
from patents.readers.files.jsonlines import json_array_tables, json_lines_tables
from patents.readers.files.parquet import parquet_tables
from patents.readers.files.spreadsheet import spreadsheet_tables
from patents.readers.files.spreadsheetml import spreadsheetml_tables
from patents.readers.files.table import Table, TextOptions
from patents.readers.sniffing import Container, sniff

_AT_ONCE = ("html", "spreadsheetml", "json")


def open_tables(path: Path, options: TextOptions, known: frozenset[str]) -> tuple[Container, list[Table]]:
    """The kind of file and its tables, at least one.

    Args:
        path: the file.
        options: encoding and delimiter where the user gave them.
        known: normalised headers, for telling the delimiter.

    Raises:
        UnreadableFileError: the file holds no table that can be read; the message says why.
    """
    container = sniff(path)
    guard_size(path, MOST_AT_ONCE if container in _AT_ONCE else MOST_BYTES)
    openers = {
        "spreadsheet": lambda: spreadsheet_tables(path),
        "html": lambda: html_tables(path, options),
        "spreadsheetml": lambda: spreadsheetml_tables(path),
        "parquet": lambda: parquet_tables(path),
        "json": lambda: json_array_tables(path),
        "jsonl": lambda: json_lines_tables(path, options),
        "text": lambda: delimited_tables(path, options, known),
    }
    return container, openers[container]()
