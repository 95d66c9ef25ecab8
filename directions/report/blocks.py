"""A report as a stream of blocks with their numbers: every format prints the same ones in this order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from directions.facts import Chapter, Figure, Finding, Table
from directions.report.report import Report
from patents.bilingual import Language


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading.

    Attributes:
        level: 1 for parts, or for chapters where there is one part.
        text: with its number.
        anchor: for links.
    """

    level: int
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Sentences:
    """Sentences in a row that rest on the same tables.

    Attributes:
        text: of them all.
        source: where their numbers stand and how they were counted, in one line; empty when nowhere.
        anchors: of the tables.
    """

    text: str
    source: str
    anchors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph."""

    runs: tuple[Sentences, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """A line in small print: what could not be given and why."""

    text: str


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table with its number.

    Attributes:
        number: over the whole report; 0 on the cover.
        caption: 表 3　年度专利量.
        anchor: for links.
        table: to print.
        on_slides: whether slides show it too.
        below: definitions used, coverage, notes.
    """

    number: int
    caption: str
    anchor: str
    table: Table
    below: tuple[str, ...]
    on_slides: bool = False


@dataclass(frozen=True, slots=True)
class FigureBlock:
    """A figure with its number; fields as in `TableBlock`."""

    number: int
    caption: str
    anchor: str
    figure: Figure


Block = Heading | Paragraph | Remark | TableBlock | FigureBlock


class _Numbers:
    """Running numbers of tables, figures and headings."""

    def __init__(self) -> None:
        self.table = 0
        self.figure = 0
        self.heading: list[int] = [0, 0, 0]

    def next_heading(self, level: int) -> str:
        self.heading[level - 1] += 1
        self.heading[level:] = [0] * (3 - level)
        return ".".join(str(number) for number in self.heading[:level])


def cover_blocks(report: Report) -> Iterator[TableBlock]:
    """Tables of the first pages, without numbers."""
    for table in report.cover:
        yield TableBlock(0, table.title.of(report.language), f"cover-{table.id}", table, ())


def body_blocks(report: Report) -> Iterator[Block]:
    """Everything behind the cover."""
    numbers = _Numbers()
    single = len(report.parts) == 1
    for part in report.parts:
        if not single:
            number = numbers.next_heading(1)
            yield Heading(1, f"{number}　{part.title.of(report.language)}", f"h{number}")
        for chapter in part.chapters:
            yield from _chapter(chapter, 1 if single else 2, numbers, report.language)
    number = numbers.next_heading(1)
    yield Heading(1, f"{number}　{'附录' if report.language == 'zh' else 'Appendix'}", f"h{number}")
    for table in report.appendix:
        yield _table_block(table, numbers, report.language)


def _chapter(chapter: Chapter, level: int, numbers: _Numbers, language: Language) -> Iterator[Block]:
    number = numbers.next_heading(min(level, 3))
    yield Heading(min(level, 3), f"{number}　{chapter.title.of(language)}", f"h{number}")
    first = numbers.table
    slides = {table.id for table in chapter.slides}
    blocks = [
        _table_block(table, numbers, language, on_slides=table.id in slides)
        for table in chapter.tables
        if not table.empty
    ]
    numbered = {block.table.id: block for block in blocks}
    if chapter.findings:
        yield Paragraph(tuple(_runs(chapter, numbered, language)))
    figures = [figure for figure in chapter.figures if not figure.table.empty]
    yield from _interleaved(blocks, figures, numbers, language)
    if lacking := [table for table in chapter.tables if table.empty]:
        yield Remark(_lacking(lacking, language))
    assert numbers.table == first + len(blocks)
    for inner in chapter.chapters:
        yield from _chapter(inner, level + 1, numbers, language)


def _interleaved(
    blocks: Sequence[TableBlock], figures: Sequence[Figure], numbers: _Numbers, language: Language
) -> Iterator[Block]:
    """Each figure behind the table that it draws, the others at the end."""
    waiting = list(figures)
    for block in blocks:
        yield block
        for figure in [figure for figure in waiting if _draws(figure, block.table)]:
            waiting.remove(figure)
            yield _figure_block(figure, numbers, language)
    for figure in waiting:
        yield _figure_block(figure, numbers, language)


def _draws(figure: Figure, table: Table) -> bool:
    """Whether a figure draws a table, or the long one that a wide table prints."""
    return figure.table.id == (table.long or table).id or figure.table.id == table.id


def _figure_block(figure: Figure, numbers: _Numbers, language: Language) -> FigureBlock:
    numbers.figure += 1
    word = "图" if language == "zh" else "Figure"
    caption = f"{word} {numbers.figure}　{figure.title.of(language)}"
    return FigureBlock(numbers.figure, caption, f"figure-{numbers.figure}", figure)


def _table_block(
    table: Table, numbers: _Numbers, language: Language, *, on_slides: bool = False
) -> TableBlock:
    numbers.table += 1
    word = "表" if language == "zh" else "Table"
    caption = f"{word} {numbers.table}　{table.title.of(language)}"
    below = _below(table, language)
    return TableBlock(numbers.table, caption, f"table-{numbers.table}", table, below, on_slides)


def _below(table: Table, language: Language) -> tuple[str, ...]:
    """Definitions by name, coverage, notes."""
    lines = []
    names = list(dict.fromkeys(definition.name.of(language) for definition in table.definitions))
    if names:
        known, of = table.coverage.known, table.coverage.of
        covered = f"{known}/{of}" if of else ""
        if language == "zh":
            lines.append(f"口径：{'、'.join(names)}。" + (f"数据覆盖：{covered}件。" if covered else ""))
        else:
            lines.append(
                f"Counted by: {', '.join(names)}." + (f" Coverage: {covered} patents." if covered else "")
            )
    return (*lines, *(note.of(language) for note in table.notes))


def _runs(chapter: Chapter, numbered: dict[str, TableBlock], language: Language) -> Iterator[Sentences]:
    for sources, same in groupby(chapter.findings, key=lambda finding: finding.sources):
        blocks = [numbered[source] for source in dict.fromkeys(sources) if source in numbered]
        yield Sentences(
            text=_joined(list(same), language),
            source=_source(blocks, sources, language),
            anchors=tuple(block.anchor for block in blocks),
        )


def _joined(findings: list[Finding], language: Language) -> str:
    return ("" if language == "zh" else " ").join(finding.text.of(language) for finding in findings)


def _source(blocks: Sequence[TableBlock], sources: Sequence[str], language: Language) -> str:
    """Say in which tables the numbers stand, and how they were counted."""
    definitions = list(
        dict.fromkeys(
            definition
            for block in blocks
            for definition in block.table.definitions
            if definition.id in sources
        )
    ) or list(dict.fromkeys(definition for block in blocks for definition in block.table.definitions))
    captions = "；".join(block.caption.replace("　", "“") + "”" for block in blocks)
    counted = "".join(
        f"{definition.name.of(language)}：{definition.text.of(language)}"
        if language == "zh"
        else f"{definition.name.of(language)}: {definition.text.of(language)} "
        for definition in definitions[:3]
    ).rstrip()
    if not captions:
        return counted
    return (
        f"数据见{captions}。{counted}"
        if language == "zh"
        else f"See {captions.replace('“', ' “')}. {counted}"
    )


def _lacking(tables: Sequence[Table], language: Language) -> str:
    lacking = [
        f"{table.title.zh}（{table.missing.zh or '无符合条件的专利'}）"
        if language == "zh"
        else f"{table.title.en} ({table.missing.en or 'no patent'})"
        for table in tables
    ]
    return f"未能给出：{'；'.join(lacking)}。" if language == "zh" else f"Not given: {'; '.join(lacking)}."
