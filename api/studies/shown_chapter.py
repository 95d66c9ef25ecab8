"""Chapters as programs and pages read them: rows as values, figures as options for ECharts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from directions.facts import Chapter, Coverage, Figure, Finding, Table
    from directions.study import Study

Language = Literal["zh", "en"]
Cell = str | int | float | bool | date | list[str] | list[int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownColumn:
    """One column of a table."""

    name: str
    label: str
    kind: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTable:
    """A table with its rows as values."""

    id: str
    title: str
    columns: list[ShownColumn]
    rows: list[list[Cell]]
    definitions: list[str]
    coverage: Coverage
    notes: list[str]
    missing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFigure:
    """A figure as an option for ECharts."""

    id: str
    title: str
    kind: str
    table: str
    option: Mapping[str, object]
    missing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFinding:
    """A sentence in one language."""

    text: str
    sources: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownChapter:
    """A chapter in one language."""

    id: str
    title: str
    study: str
    query: str
    count: int
    as_of: date
    incomplete_from: int
    findings: list[ShownFinding]
    tables: list[ShownTable]
    figures: list[ShownFigure]
    chapters: list[ShownChapter]


def shown_chapter(chapter: Chapter, study: Study, language: Language = "zh") -> ShownChapter:
    """A chapter of a study."""
    return ShownChapter(
        id=chapter.id,
        title=chapter.title.of(language),
        study=study.title,
        query=study.query,
        count=study.count,
        as_of=study.as_of,
        incomplete_from=study.incomplete_from,
        findings=[_finding(one, language) for one in chapter.findings],
        tables=[shown_table(table, language) for table in chapter.tables],
        figures=[shown_figure(figure, language) for figure in chapter.figures],
        chapters=[shown_chapter(inner, study, language) for inner in chapter.chapters],
    )


def shown_table(table: Table, language: Language = "zh") -> ShownTable:
    """A table; shares are fractions, infinite numbers are null."""
    from directions.notation import in_language

    names = [in_language(table, column.name, language) for column in table.columns]
    rows = [] if table.missing else [list(map(_cell, row)) for row in table.rows.select(names).iter_rows()]
    return ShownTable(
        id=table.id,
        title=table.title.of(language),
        columns=[
            ShownColumn(
                name=column.name,
                label=column.label.of(language),
                kind=column.kind,
                unit=column.unit,
            )
            for column in table.columns
        ],
        rows=rows,
        definitions=[one.id for one in table.definitions],
        coverage=table.coverage,
        notes=[note.of(language) for note in table.notes],
        missing=table.missing.of(language),
    )


def shown_figure(figure: Figure, language: Language = "zh") -> ShownFigure:
    """A figure with the option that draws it."""
    from directions.figures import echarts_option

    return ShownFigure(
        id=figure.id,
        title=figure.title.of(language),
        kind=figure.kind,
        table=figure.table.id,
        option=echarts_option(figure, language),
        missing=figure.table.missing.of(language),
    )


def _finding(finding: Finding, language: Language) -> ShownFinding:
    return ShownFinding(text=finding.text.of(language), sources=list(finding.sources))


def _cell(value: Cell) -> Cell:
    """JSON knows no infinity."""
    return None if isinstance(value, float) and (value != value or abs(value) == float("inf")) else value
