"""Chapters as programs and pages read them: rows as values, figures as options for ECharts."""

from __future__ import annotations

from api.studies.shapes import (
    Cell,
    ChapterAnswer,
    FigureAnswer,
    Language,
    ShownColumn,
    ShownFinding,
    TableAnswer,
)
from directions.facts import Chapter, ColumnKind, Figure, Finding, Table
from directions.figures import echarts_option
from directions.notation import in_language, translated, unit_text
from directions.study import Study


def shown_chapter(chapter: Chapter, study: Study, language: Language = "zh") -> ChapterAnswer:
    """A chapter of a study."""
    return ChapterAnswer(
        id=chapter.id,
        title=chapter.title.of(language),
        study=study.title,
        query=study.query,
        count=study.count,
        as_of=study.as_of,
        incomplete_from=study.incomplete_from,
        findings=[_finding(finding, language) for finding in chapter.findings],
        tables=[shown_table(table, language) for table in chapter.tables],
        figures=[shown_figure(figure, language) for figure in chapter.figures],
        chapters=[shown_chapter(inner, study, language) for inner in chapter.chapters],
    )


def shown_table(table: Table, language: Language = "zh") -> TableAnswer:
    """A table; shares are fractions, infinite numbers are null."""
    names = [in_language(table, column.name, language) for column in table.columns]
    kinds = [column.kind for column in table.columns]
    rows = [] if table.missing else table.rows.select(names).iter_rows()
    return TableAnswer(
        id=table.id,
        title=table.title.of(language),
        columns=[
            ShownColumn(
                name=column.name,
                label=column.label.of(language),
                kind=column.kind,
                unit=unit_text(column.unit, language),
            )
            for column in table.columns
        ],
        rows=[[_cell(value, kind, language) for value, kind in zip(row, kinds, strict=True)] for row in rows],
        definitions=[definition.id for definition in table.definitions],
        coverage=table.coverage,
        notes=[note.of(language) for note in table.notes],
        missing=table.missing.of(language),
    )


def shown_figure(figure: Figure, language: Language = "zh") -> FigureAnswer:
    """A figure with the option that draws it."""
    return FigureAnswer(
        id=figure.id,
        title=figure.title.of(language),
        kind=figure.kind,
        table=figure.table.id,
        option=echarts_option(figure, language),
        missing=figure.table.missing.of(language),
    )


def _finding(finding: Finding, language: Language) -> ShownFinding:
    return ShownFinding(text=finding.text.of(language), sources=list(finding.sources))


def _cell(value: Cell, kind: ColumnKind, language: Language) -> Cell:
    """A value in the language; JSON knows no infinity."""
    if isinstance(value, str):
        return translated(value, kind, language)
    return None if isinstance(value, float) and (value != value or abs(value) == float("inf")) else value
