"""HTML tables (CNKI's and others' ".xls") by lxml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from lxml import etree, html

from patents.errors import UnreadableFileError
from patents.messages import message
from patents.readers.cells import Cell, clean_text
from patents.readers.encoding import detect_encoding, examined
from patents.readers.files.table import Table, TableRow, TextOptions, notes_of

_ROWS = "./tr | ./tbody/tr | ./thead/tr | ./tfoot/tr"
_BREAKS = frozenset({"br", "p", "div", "li"})
_KNOWN = """
    a abbr b big blockquote body br caption center cite code col colgroup dd del dl div dt em font
    form h1 h2 h3 h4 h5 h6 head hr html i img input ins kbd label li link meta nobr ol p pre q s
    script small span strike strong style sub sup table tbody td tfoot th thead title tr tt u ul var
""".split()
_NO_TAG = re.compile(rf"<(?!/?(?:{'|'.join(_KNOWN)})[\s/>]|!--|!doctype)", re.IGNORECASE)
"""A "<" that opens no element, as in "0<x<1": portals do not escape it."""

_MOST_ROWS, _MOST_COLUMNS = 65_534, 1_000
"""Spans that browsers allow."""

_END_OF_PAGE = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
"""The parser stops there, and would lose what follows when pages were put one behind the other."""


def html_tables(path: Path, options: TextOptions) -> list[Table]:
    """The tables of a page that hold at least two rows, tables inside cells not counted.

    Raises:
        UnreadableFileError: the page has no table.
    """
    encoding = examined(path, options.encoding) if options.encoding else detect_encoding(path)
    page = path.read_bytes().decode(encoding.name, errors="replace")
    root = _parse(path, page)
    found = [table for table in _outer_tables(root) if len(table.xpath(_ROWS)) > 1]
    if not found:
        raise UnreadableFileError("page-without-table", path=path)
    is_cut = page.lower().rfind("<table") > page.lower().rfind("</table")
    notes = (*notes_of(encoding), *([message("page-breaks-off")] if is_cut else []))
    names = [f"table {place}" if len(found) > 1 else "" for place in range(1, len(found) + 1)]
    return [
        Table(name=name, read=partial(_rows, table, is_cut and table is found[-1]), notes=notes)
        for name, table in zip(names, found, strict=True)
    ]


def _parse(path: Path, page: str) -> html.HtmlElement:
    page = page.replace("\x00", "").lstrip("\ufeff")
    page = _NO_TAG.sub("&lt;", _END_OF_PAGE.sub("", page))
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        root = html.document_fromstring(page.encode("utf-8"), parser=parser, ensure_head_body=True)
    except (etree.Error, ValueError) as error:
        raise UnreadableFileError("page-unreadable", path=path, problem=error) from error
    return root


def _outer_tables(root: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """Tables that stand in no cell of another; one pass, however deep a page nests them."""
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end"), tag=("table", "td", "th")):
        if element.tag == "table":
            if event == "start" and depth == 0:
                yield element
        else:
            depth += 1 if event == "start" else -1


def _rows(table: html.HtmlElement, is_cut: bool) -> Iterator[TableRow]:
    grid, rows, width = _Grid(), table.xpath(_ROWS), 0
    for number, row in enumerate(rows, start=1):
        cells = grid.row([cell for cell in row if cell.tag in ("td", "th")])
        doubt = None
        if is_cut and number == len(rows) and len(cells) < width:
            doubt = message("row-breaks-off", columns=width, cells=len(cells))
        width = max(width, len(cells))
        yield TableRow(number, cells, doubt=doubt)


class _Grid:
    """Columns of a table whose cells may span rows and columns; a spanned row gets the cell's text."""

    def __init__(self) -> None:
        self._open: dict[int, tuple[int, Cell]] = {}

    def row(self, elements: list[html.HtmlElement]) -> list[Cell]:
        """The cells of the next row."""
        if not self._open and not any(
            "rowspan" in each.attrib or "colspan" in each.attrib for each in elements
        ):
            return [clean_text(_cell_text(each)) for each in elements]
        carried, self._open = self._open, {}
        cells: list[Cell] = []
        for element in elements:
            self._carry(cells, carried)
            self._add(cells, element)
        self._carry(cells, carried)
        return cells

    def _carry(self, cells: list[Cell], carried: dict[int, tuple[int, Cell]]) -> None:
        while len(cells) in carried:
            rows, value = carried.pop(len(cells))
            self._hold(len(cells), rows - 1, value)
            cells.append(value)

    def _add(self, cells: list[Cell], element: html.HtmlElement) -> None:
        rows, columns = _span(element, "rowspan", _MOST_ROWS), _span(element, "colspan", _MOST_COLUMNS)
        for value in [clean_text(_cell_text(element)), *[""] * (columns - 1)]:
            self._hold(len(cells), rows - 1, value)
            cells.append(value)

    def _hold(self, column: int, rows: int, value: Cell) -> None:
        if rows > 0:
            self._open[column] = (rows, value)


def _span(element: html.HtmlElement, name: str, most: int) -> int:
    given = element.get(name, "").strip()
    return min(max(int(given), 1), most) if given.isdecimal() and len(given) < 8 else 1


def _cell_text(cell: html.HtmlElement) -> str:
    """The text of a cell with line ends for breaks."""
    parts: list[str] = []
    for event, element in etree.iterwalk(cell, events=("start", "end", "comment", "pi")):
        if event == "start":
            parts.append("\n" if element.tag in _BREAKS else "")
            parts.append(element.text or "")
        elif element is not cell:
            parts.append(element.tail or "")
    return "".join(parts)
