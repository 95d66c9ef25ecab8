"""Slides: the title, the 口径, then one slide a figure with the sentences that belong to it."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Inches, Pt

from directions.notation import NUMERIC, heading, printed_columns, printed_rows
from directions.report.blocks import (
    FigureBlock,
    Heading,
    Paragraph,
    Sentences,
    TableBlock,
    body_blocks,
    cover_blocks,
)
from directions.report.pictures import Pictures, size
from directions.report.report import Report
from directions.report.words import word
from documents.ooxml import clean
from documents.widths import column_widths, text_width
from patents.errors import InputError

if TYPE_CHECKING:
    from pptx.presentation import Presentation as Opened
    from pptx.slide import Slide
    from pptx.text.text import TextFrame


def _colour(name: str) -> RGBColor:
    return cast(RGBColor, RGBColor.from_string(name))  # type: ignore[no-untyped-call]


_INK, _QUIET, _ACCENT, _WARN, _WHITE = map(_colour, ("1D2733", "66727F", "0B6E69", "A3501A", "FFFFFF"))
_LATIN, _CHINESE = "Arial", "微软雅黑"
_PADDING, _SIDES = 18_000, 2 * 91_440
_LONGEST_CELL = 90.0
_MOST_CHARACTERS = 230


def write_pptx(report: Report, path: Path, pictures: Pictures, template: Path | None = None) -> None:
    """Write a report as slides.

    Args:
        report: what is printed.
        path: of the file.
        pictures: of the figures.
        template: a .pptx whose master, size and slides are kept; the report is put behind them.

    Raises:
        InputError: the template is no PowerPoint file.
    """
    writer = _Writer(report, _opened(template), pictures)
    writer.title()
    for block in cover_blocks(report):
        writer.table(block)
    writer.body()
    writer.deck.core_properties.title = report.title
    writer.deck.core_properties.author = "Patlas"
    writer.deck.save(str(path))


def _opened(template: Path | None) -> Opened:
    if template is None:
        deck = Presentation()
        deck.slide_width, deck.slide_height = Inches(13.333), Inches(7.5)
        return deck
    try:
        return Presentation(str(template))
    except (KeyError, ValueError, OSError) as error:
        raise InputError("report-pptx-template-unreadable", path=template, problem=error) from error


class _Writer:
    def __init__(self, report: Report, deck: Opened, pictures: Pictures) -> None:
        self.report, self.deck, self.pictures = report, deck, pictures
        self.width, self.height = int(deck.slide_width or 0), int(deck.slide_height or 0)
        self._margin = int(self.width * 0.045)

    def title(self) -> None:
        """The first slide."""
        language = self.report.language
        slide = self._blank()
        frame = self._box(slide, 0.3, 0.3)
        self._write(frame, self.report.title, 40, bold=True)
        subtitle = (
            f"{word('subtitle', language)}　{word('as_of', language)} {self.report.study.as_of:%Y-%m-%d}"
        )
        self._write(self._box(slide, 0.5, 0.1), subtitle, 20, colour=_QUIET)
        if self.report.synthetic:
            text = word("synthetic", language)
            self._write(self._box(slide, 0.62, 0.1), text, 16, colour=_WARN)

    def body(self) -> None:
        """A slide for each part, text and figure; tables of the whole only."""
        section, part = "", 0
        sentences: list[Sentences] = []
        for block in body_blocks(self.report):
            if isinstance(block, Heading):
                section, sentences = block.text, []
                part += block.level == 1 and len(self.report.parts) > 1
                if block.level == 1 and len(self.report.parts) > 1:
                    self._section(block.text)
            elif isinstance(block, Paragraph):
                sentences = list(block.runs)
                self._sentences(section, sentences)
            elif isinstance(block, FigureBlock):
                self._figure(section, block, sentences)
            elif isinstance(block, TableBlock) and part <= 1 and block.on_slides:
                self.table(block)

    def table(self, block: TableBlock) -> None:
        """A native table; long ones go on on the next slide."""
        language = self.report.language
        columns = printed_columns(block.table)
        heads = [heading(column, language) for column in columns]
        rows = printed_rows(block.table, language)
        numeric = [column.kind in NUMERIC for column in columns]
        wide = self.width - 2 * self._margin
        points = 12 if len(heads) <= 6 else 10
        widths = column_widths(heads, rows, wide)
        rows = [[_cut(text) for text in row] for row in rows]
        heights = [_row_height(row, widths, points) for row in [heads, *rows]]
        room = int(self.height * 0.8) - heights[0]
        for number, (first, last) in enumerate(_pages(heights[1:], room)):
            slide = self._blank()
            more = "" if number == 0 else ("（续）" if language == "zh" else " (continued)")
            self._headline(slide, block.caption + more)
            self._grid(
                slide,
                [heads, *rows[first:last]],
                widths,
                [heights[0], *heights[1 + first : 1 + last]],
                numeric,
                points,
            )
            _note(slide, "\n".join(block.below))

    def _grid(
        self,
        slide: Slide,
        rows: list[list[str]],
        widths: list[int],
        heights: list[int],
        numeric: list[bool],
        points: int,
    ) -> None:
        top = int(self.height * 0.15)
        frame = slide.shapes.add_table(
            len(rows), len(widths), Emu(self._margin), Emu(top), Emu(sum(widths)), Emu(sum(heights))
        )
        table = frame.table
        for place, width in enumerate(widths):
            table.columns[place].width = Emu(width)
        for row, (cells, tall) in enumerate(zip(rows, heights, strict=True)):
            table.rows[row].height = Emu(tall)
            for place, text in enumerate(cells):
                cell = table.cell(row, place)
                cell.margin_top = cell.margin_bottom = Emu(_PADDING)
                cell.vertical_anchor = MSO_ANCHOR.MIDDLE
                align = PP_ALIGN.RIGHT if numeric[place] else PP_ALIGN.LEFT
                colour = _WHITE if row == 0 else _INK
                self._write(cell.text_frame, text, points, colour=colour, bold=row == 0, align=align)

    def _section(self, text: str) -> None:
        slide = self._blank()
        self._write(self._box(slide, 0.4, 0.2), text, 36, bold=True, colour=_ACCENT)

    def _sentences(self, section: str, sentences: Sequence[Sentences]) -> None:
        """The text of a chapter, as many slides as it takes."""
        page: list[Sentences] = []
        for run in sentences:
            if page and sum(len(one.text) for one in [*page, run]) > 2 * _MOST_CHARACTERS:
                self._text_slide(section, page)
                page = []
            page.append(run)
        if page:
            self._text_slide(section, page)

    def _text_slide(self, section: str, sentences: Sequence[Sentences]) -> None:
        slide = self._blank()
        self._headline(slide, section)
        frame = self._box(slide, 0.17, 0.74)
        for place, run in enumerate(sentences):
            self._write(frame, run.text, 18, first=place == 0, space=10)
        notes = "\n".join(run.source for run in sentences if run.source)
        _note(slide, notes)

    def _figure(self, section: str, block: FigureBlock, sentences: Sequence[Sentences]) -> None:
        slide = self._blank()
        self._headline(slide, section)
        png = self.pictures.png(block.figure)
        wide, high = size(png)
        room = self.width - 2 * self._margin, int(self.height * 0.72)
        scale = min(room[0] / (wide * 914_400), room[1] / (high * 914_400))
        width, height = int(wide * 914_400 * scale), int(high * 914_400 * scale)
        left, top = (self.width - width) // 2, int(self.height * 0.15)
        slide.shapes.add_picture(io.BytesIO(png), Emu(left), Emu(top), Emu(width), Emu(height))
        caption = self._box(slide, 0.9, 0.06)
        self._write(caption, block.caption, 14, colour=_QUIET, align=PP_ALIGN.CENTER)
        notes = "\n".join(f"{run.text}\n{run.source}" for run in sentences)
        _note(slide, notes)

    def _headline(self, slide: Slide, text: str) -> None:
        self._write(self._box(slide, 0.04, 0.09), text, 26, bold=True, colour=_ACCENT)

    def _blank(self) -> Slide:
        layouts = list(self.deck.slide_layouts)
        plain = min(layouts, key=lambda layout: len(list(layout.placeholders)))
        slide = self.deck.slides.add_slide(plain)
        for shape in list(slide.placeholders):
            shape.element.getparent().remove(shape.element)
        return cast("Slide", slide)

    def _box(self, slide: Slide, top: float, height: float) -> TextFrame:
        box = slide.shapes.add_textbox(
            Emu(self._margin),
            Emu(int(self.height * top)),
            Emu(self.width - 2 * self._margin),
            Emu(int(self.height * height)),
        )
        box.text_frame.word_wrap = True
        return cast("TextFrame", box.text_frame)

    def _write(
        self,
        frame: TextFrame,
        text: str,
        points: int,
        *,
        bold: bool = False,
        colour: RGBColor = _INK,
        align: PP_ALIGN = PP_ALIGN.LEFT,
        first: bool = True,
        space: int = 0,
    ) -> None:
        paragraph = frame.paragraphs[0] if first else frame.add_paragraph()  # type: ignore[no-untyped-call]
        paragraph.alignment = align
        if space:
            paragraph.space_after = Pt(space)
        run = paragraph.add_run()
        run.text = clean(text)
        font = run.font
        font.size, font.bold, font.name = Pt(points), bold, _LATIN
        font.color.rgb = colour
        properties = run._r.get_or_add_rPr()
        east = properties.makeelement(
            "{http://schemas.openxmlformats.org/drawingml/2006/main}ea", {"typeface": _CHINESE}
        )
        # The schema wants ea behind latin.
        latin = properties.find("{http://schemas.openxmlformats.org/drawingml/2006/main}latin")
        cast("object", latin.addnext(east) if latin is not None else properties.append(east))


def _note(slide: Slide, text: str) -> None:
    """Write what the speaker sees: where the numbers stand."""
    frame = slide.notes_slide.notes_text_frame
    if frame is not None and text:
        frame.text = clean(text)


def _cut(text: str) -> str:
    return text if text_width(text) <= _LONGEST_CELL else text[: int(_LONGEST_CELL) - 2] + "…"


def _row_height(cells: list[str], widths: list[int], points: int) -> int:
    """Height of a row in EMU: slides do not grow rows by themselves."""
    lines = 1
    for text, width in zip(cells, widths, strict=True):
        fit = max(1.0, (width - _SIDES) / (points * 12_700) - 0.5)
        lines = max(lines, int(-(-text_width(text) // fit)))
    return int(lines * points * 1.3 * 12_700) + 2 * _PADDING


def _pages(heights: list[int], room: int) -> Iterator[tuple[int, int]]:
    """First and last row of each slide, as many as fit."""
    first, used = 0, 0
    for row, tall in enumerate(heights):
        if row > first and used + tall > room:
            yield first, row
            first, used = row, 0
        used += tall
    if heights:
        yield first, len(heights)
