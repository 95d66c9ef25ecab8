"""Excel 2003 XML ("XML spreadsheet"), which some portals and data bases still write as .xls."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from lxml import etree

from patents.errors import UnreadableFileError
from patents.messages import Message, message
from patents.readers.cells import Cell, clean_text
from patents.readers.files.merged import MergedDown
from patents.readers.files.table import Table, TableRow

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
MAX_COLUMNS = 16_384
"""Columns of a sheet in Excel; a larger index is damage."""


def spreadsheetml_tables(path: Path) -> list[Table]:
    """The sheets of the workbook that hold a row.

    Raises:
        UnreadableFileError: the XML is damaged or holds no row.
    """
    parser = etree.XMLParser(recover=True, huge_tree=True, resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(path.read_bytes(), parser)
    except (etree.Error, ValueError) as error:
        raise _damaged(path, str(error)) from error
    if root is None:
        raise _damaged(path, message("xml-without-element"))
    sheets = [sheet for sheet in root.iter(f"{_SS}Worksheet") if sheet.find(f".//{_SS}Row") is not None]
    if not sheets:
        raise _damaged(path, message("xml-without-row"))
    notes = _notes(parser)
    return [
        Table(name=sheet.get(f"{_SS}Name", ""), read=partial(_rows, sheet), notes=notes if not place else ())
        for place, sheet in enumerate(sheets)
    ]


def _notes(parser: etree.XMLParser) -> tuple[Message, ...]:
    """What the parser had to pass over."""
    fatal = [entry for entry in parser.error_log if entry.level == etree.ErrorLevels.FATAL]
    if not fatal:
        return ()
    return (message("rows-may-be-missing", problem=f"{fatal[0].line}: {fatal[0].message}"),)


def _rows(sheet: etree._Element) -> Iterator[TableRow]:
    number, merged = 0, MergedDown()
    for row in sheet.iter(f"{_SS}Row"):
        number = _index(row, number + 1)
        cells = _cells(row, number, merged)
        merged.fill(number, cells)
        yield TableRow(number, cells)


def _cells(row: etree._Element, number: int, merged: MergedDown) -> list[Cell]:
    cells: list[Cell] = []
    for cell in row.iter(f"{_SS}Cell"):
        place = min(_index(cell, len(cells) + 1), MAX_COLUMNS)
        cells.extend([""] * (place - 1 - len(cells)))
        merged.add(number, number + _count(cell, "MergeDown"), place - 1)
        cells.append(clean_text("".join(str(text) for text in cell.itertext())))
        across = min(_count(cell, "MergeAcross"), MAX_COLUMNS - len(cells))
        cells.extend([""] * across)
    return cells


def _count(element: etree._Element, name: str) -> int:
    given = element.get(f"{_SS}{name}", "")
    return int(given) if given.isdecimal() and len(given) < 8 else 0


def _index(element: etree._Element, otherwise: int) -> int:
    """The place that `ss:Index` gives, which only ever jumps forward."""
    given = element.get(f"{_SS}Index", "")
    return max(int(given), otherwise) if given.isdecimal() and len(given) < 9 else otherwise


def _damaged(path: Path, reason: str | Message) -> UnreadableFileError:
    return UnreadableFileError("excel-xml-damaged", path=path, problem=reason)
