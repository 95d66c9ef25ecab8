"""Excel: one sheet a table, values as numbers, native charts beside them, a list of all in front."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from directions.facts import Figure, Table, TableColumn
from directions.figures.look import COLOURS
from directions.figures.series import Plotted, plotted
from directions.notation import NUMERIC, heading, in_language, printed, printed_columns, translated
from directions.report.blocks import FigureBlock, Heading, TableBlock, body_blocks, cover_blocks
from directions.report.report import Report
from directions.report.words import word
from documents.widths import text_width
from documents.workbook import Look, Workbook
from patents.bilingual import Language

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_NOTE: Look = {"font_color": "#66727f", "font_size": 9}
_TITLE: Look = {"bold": True, "font_size": 12}
_HEAD: Look = {"bold": True, "top": 2, "bottom": 1, "text_wrap": True, "valign": "vcenter"}
_CELL: Look = {"valign": "top"}
_LOOKS: dict[str, Look] = {
    "count": {**_CELL, "num_format": "#,##0"},
    "share": {**_CELL, "num_format": "0.0%"},
    "ratio": {**_CELL, "num_format": "0.00"},
    "number": {**_CELL, "num_format": "0.0"},
    "year": {**_CELL, "num_format": "0"},
    "date": {**_CELL, "num_format": "yyyy-mm-dd"},
}
_CHARTS: dict[str, dict[str, str]] = {
    "bar": {"type": "column"},
    "stacked": {"type": "column", "subtype": "stacked"},
    "bar_horizontal": {"type": "bar"},
    "line": {"type": "line"},
    "area": {"type": "area", "subtype": "stacked"},
    "pie": {"type": "doughnut"},
    "quadrant": {"type": "scatter"},
    "map": {"type": "scatter"},
}


def write_xlsx(report: Report, path: Path) -> None:
    """Write a report; shares are numbers in [0, 1] with a format of per cent."""
    with Workbook(path, in_order=False) as book:
        writer = _Writer(report, book)
        writer.write()


def write_table(
    table: Table, path: Path, *, language: Language = "zh", figures: Sequence[Figure] = ()
) -> None:
    """Write one table to a file, with the charts that draw it."""
    with Workbook(path, in_order=False) as book:
        sheet = book.add(table.title.of(language))
        used = _Cells(book, sheet, language).table(table.title.of(language), table, ())
        for figure in figures:
            _chart(book, sheet, figure, language, used)


class _Writer:
    def __init__(self, report: Report, book: Workbook) -> None:
        self.report, self.book = report, book
        self._index: list[tuple[str, str, str]] = []

    def write(self) -> None:
        """The list, the cover, then every table."""
        language = self.report.language
        index = self._sheet(word("index", language))
        cover = self._sheet(word("cover", language))
        self._cover(cover)
        blocks = list(body_blocks(self.report))
        drawn = _figures_by_table(blocks)
        part = ""
        for block in blocks:
            if isinstance(block, Heading) and block.level == 1:
                part = block.text
            if isinstance(block, TableBlock):
                self._table(block, part, drawn.get(id(block), []))
        self._contents(index)

    def _sheet(self, name: str) -> Worksheet:
        sheet = self.book.add(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        return sheet

    def _cover(self, sheet: Worksheet) -> None:
        cells = _Cells(self.book, sheet, self.report.language)
        top = 0
        for block in cover_blocks(self.report):
            top = cells.table(block.caption, block.table, (), top=top) + 2

    def _table(self, block: TableBlock, part: str, figures: Sequence[Figure]) -> None:
        caption = block.caption.replace("　", " ")
        sheet = self._sheet(caption)
        self._index.append((caption, part.replace("　", " "), sheet.get_name()))
        cells = _Cells(self.book, sheet, self.report.language)
        used = cells.table(block.caption, block.table, block.below)
        for figure in figures:
            used = _chart(self.book, sheet, figure, self.report.language, used)

    def _contents(self, sheet: Worksheet) -> None:
        linked = self.book.format({"font_color": COLOURS[0], "underline": 1})
        self.book.put(sheet, 0, 0, self.report.title, {"bold": True, "font_size": 14})
        for place, name in enumerate(("part", "title")):
            self.book.put(sheet, 2, place, word(name, self.report.language), {"bold": True, "bottom": 1})
        for row, (caption, part, name) in enumerate(self._index, start=3):
            self.book.put(sheet, row, 0, part)
            sheet.write_url(row, 1, f"internal:'{name}'!A1", linked, caption)
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 1, 48)
        sheet.freeze_panes(3, 0)


def _figures_by_table(blocks: Sequence[object]) -> dict[int, list[Figure]]:
    """Figures stand behind the table that they draw."""
    found: dict[int, list[Figure]] = {}
    last = 0
    for block in blocks:
        if isinstance(block, TableBlock):
            last = id(block)
        elif isinstance(block, FigureBlock) and last:
            found.setdefault(last, []).append(block.figure)
    return found


class _Cells:
    """Writes tables into one sheet."""

    def __init__(self, book: Workbook, sheet: Worksheet, language: Language) -> None:
        self._book, self._sheet, self._language = book, sheet, language
        self._widths: dict[int, float] = {}

    def table(self, caption: str, table: Table, below: Sequence[str], *, top: int = 0) -> int:
        """Write caption, heads, rows, notes; returns the first free row."""
        columns = printed_columns(table)
        self._book.put(self._sheet, top, 0, caption.replace("　", " "), _TITLE)
        for place, column in enumerate(columns):
            self._book.put(self._sheet, top + 1, place, heading(column, self._language), _HEAD)
            self._widen(place, text_width(heading(column, self._language)))
        names = [in_language(table, column.name, self._language) for column in columns]
        row = top + 1
        for row, values in enumerate(table.rows.select(names).iter_rows(), start=top + 2):
            for place, (value, column) in enumerate(zip(values, columns, strict=True)):
                self._cell(row, place, value, column)
        free = row + 2
        for text in below:
            self._book.put(self._sheet, free, 0, text, _NOTE)
            free += 1
        if top == 0:
            self._sheet.freeze_panes(2, 0)
        return free

    def _cell(self, row: int, place: int, value: object, column: TableColumn) -> None:
        if value is None:
            return
        if (
            isinstance(value, (int, float))
            and not isinstance(value, bool)
            and column.kind in {*NUMERIC, "year"}
        ):
            self._book.put(self._sheet, row, place, value, _LOOKS.get(column.kind, _CELL))
            self._widen(place, 8)
            return
        text = translated(printed(value, column.kind, self._language), column.kind, self._language)
        self._book.put(self._sheet, row, place, text, _CELL)
        self._widen(place, text_width(text))

    def _widen(self, place: int, width: float) -> None:
        width = min(60.0, 2 * width + 2)
        if width > self._widths.get(place, 0):
            self._widths[place] = width
            self._sheet.set_column(place, place, width)


def _chart(book: Workbook, sheet: Worksheet, figure: Figure, language: Language, row: int) -> int:
    """Put a native chart below the table; its series stand in columns to the right of it."""
    kind = _CHARTS.get(figure.kind)
    if kind is None or figure.table.empty:
        return row
    left = len(figure.table.columns) + 12
    scatter = kind["type"] == "scatter"
    data = None if scatter else plotted(figure, language)
    chart = book.file.add_chart(dict(kind))
    if data is None:
        _points(book, sheet, chart, figure, left)
    else:
        _series(book, sheet, chart, data, left, row, figure.kind)
    chart.set_title({"name": figure.title.of(language), "name_font": {"size": 12}})
    count = 1 if data is None else len(data.series)
    chart.set_legend({"none": True} if count == 1 and figure.kind != "pie" else {"position": "bottom"})
    lines = len(data.categories) if data is not None and figure.kind == "bar_horizontal" else 0
    high = max(320, 90 + 24 * lines)
    chart.set_size({"width": 760, "height": high})
    if figure.kind == "bar_horizontal":
        chart.set_y_axis({"reverse": True})
    sheet.insert_chart(row + 1, 0, chart)
    return row + 2 + high // 20


def _series(
    book: Workbook, sheet: Worksheet, chart: object, data: Plotted, left: int, top: int, kind: str
) -> None:
    name = sheet.get_name()
    for place, category in enumerate(data.categories):
        book.put(sheet, top + 1 + place, left, category)
    last = top + len(data.categories)
    for number, series in enumerate(data.series):
        column = left + 1 + number
        book.put(sheet, top, column, series.name)
        for place, value in enumerate(series.values):
            if value is not None and value == value:
                sheet.write_number(top + 1 + place, column, value)
        options: dict[str, object] = {
            "name": [name, top, column],
            "categories": [name, top + 1, left, last, left],
            "values": [name, top + 1, column, last, column],
            "gap": 60,
        }
        if kind != "pie":
            options |= _painted(kind, COLOURS[number % len(COLOURS)])
        chart.add_series(options)  # type: ignore[attr-defined]


def _painted(kind: str, colour: str) -> dict[str, object]:
    return {"line": {"color": colour, "width": 1.75}} if kind == "line" else {"fill": {"color": colour}}


def _points(book: Workbook, sheet: Worksheet, chart: object, figure: Figure, left: int) -> None:
    name = sheet.get_name()
    rows = figure.table.rows.drop_nulls([figure.x, figure.y[0]])
    for place, (x, y) in enumerate(rows.select(figure.x, figure.y[0]).iter_rows()):
        sheet.write_number(place + 1, left, float(x))
        sheet.write_number(place + 1, left + 1, float(y))
    labels = [{"value": str(value)} for value in rows[figure.label].to_list()] if figure.label else []
    chart.add_series(  # type: ignore[attr-defined]
        {
            "categories": [name, 1, left, rows.height, left],
            "values": [name, 1, left + 1, rows.height, left + 1],
            "marker": {"type": "circle", "size": 8, "fill": {"color": COLOURS[0]}},
            "data_labels": {"custom": labels, "value": True, "position": "right"} if labels else {},
        }
    )
