"""What every indicator, table and figure consists of: values that carry their definition and coverage.

An indicator that lacks a column has no value and says what it needs; it never shows a wrong number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import polars as pl

#: How a column is written: counts without decimals, shares as per cent, ratios with two decimals …
ColumnKind = Literal["text", "texts", "year", "count", "share", "ratio", "number", "date", "rows"]
#: How a figure is drawn; see directions/figures.
FigureKind = Literal[
    "bar", "bar_horizontal", "line", "stacked", "area", "pie", "quadrant", "heat", "map", "chain"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """How a number was made; shown with it, and the others of the same `topic` are one click away.

    Attributes:
        id: `topic.variant`, as in `grant_rate.cohort`.
        name: as papers print it, in Chinese.
        text: what is counted, in one Chinese sentence.
        unit: 件, %, 倍, 年 …
        denominator: what a share or rate is of; empty for counts.
        needs: columns of the snapshot without which there is no value.
        source: paper, office or standard that defines it so.
        name_en, text_en: name and text in the English version.
    """

    id: str
    name: str
    text: str
    unit: str
    denominator: str = ""
    needs: tuple[str, ...] = ()
    source: str = ""
    name_en: str = ""
    text_en: str = ""

    @property
    def topic(self) -> str:
        """What is measured, without the variant."""
        return self.id.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the patents a value could rest on.

    Attributes:
        known: patents whose needed columns are filled.
        of: patents that the definition speaks of.
    """

    known: int
    of: int

    @property
    def share(self) -> float:
        """Share known in [0, 1]; 1 where there is nothing to know."""
        return self.known / self.of if self.of else 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One number.

    Attributes:
        value: None when it cannot be told; `missing` says why.
        definition: how it was made; its unit is the value's (shares are fractions, in [0, 1], unit %).
        coverage: what it rests on.
        low, high: 95 % interval where there is one.
        missing: what is needed, as "需要授权公告日（grant_date）"; empty where there is a value.
    """

    value: float | None
    definition: Definition
    coverage: Coverage
    low: float | None = None
    high: float | None = None
    missing: str = ""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column of a table.

    Attributes:
        name: in data, English.
        label: as printed, Chinese.
        kind: how it is written.
        unit: printed behind the label; empty for texts.
        label_en: as printed in the English version.
    """

    name: str
    label: str
    kind: ColumnKind
    unit: str = ""
    label_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table as a study prints it.

    Attributes:
        id: of the table, as in `filings_by_year`.
        title: printed above it, Chinese.
        columns: of `rows`, in order; other columns of `rows` are not printed.
        rows: the values; null where there is none.
        definitions: of the columns that hold numbers.
        coverage: what it rests on.
        notes: printed below: incomplete years, what was left out.
        missing: what is needed when it cannot be made; `rows` is then empty.
        title_en, notes_en: in the English version.
    """

    id: str
    title: str
    columns: tuple[TableColumn, ...]
    rows: pl.DataFrame
    definitions: tuple[Definition, ...]
    coverage: Coverage
    notes: tuple[str, ...] = ()
    missing: str = ""
    title_en: str = ""
    notes_en: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to print."""
        return bool(self.missing) or self.rows.is_empty()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure: a table, and how it is drawn.

    Attributes:
        id: of the figure.
        title: printed below it.
        kind: of drawing.
        table: its data; what is drawn can be downloaded.
        x, y: columns of the table; several `y` are several series.
        series: column whose values tell series apart, in long tables; empty otherwise.
        size: column for the size of points (quadrant, map); empty otherwise.
        label: column that labels points.
        incomplete_from: first value of `x` that is not complete yet; drawn lighter or dashed.
        lines: (axis "x" | "y", value) of reference lines, as of a quadrant.
        title_en: in the English version.
    """

    id: str
    title: str
    kind: FigureKind
    table: Table
    x: str
    y: tuple[str, ...]
    series: str = ""
    size: str = ""
    label: str = ""
    incomplete_from: int | None = None
    lines: tuple[tuple[Literal["x", "y"], float], ...] = ()
    title_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A sentence of a report that can be traced to its numbers.

    Attributes:
        text: Chinese, in the register of such papers.
        text_en: the same in English.
        sources: ids of the tables and definitions that its numbers come from.
    """

    text: str
    text_en: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A part of a study: what its report prints under one heading.

    Attributes:
        id: as in `growth`.
        title, title_en: heading.
        findings: sentences, in order; each becomes part of a paragraph.
        tables, figures: in order of print.
        chapters: sub-headings.
    """

    id: str
    title: str
    title_en: str
    findings: Sequence[Finding] = ()
    tables: Sequence[Table] = ()
    figures: Sequence[Figure] = ()
    chapters: Sequence[Chapter] = field(default=())


def missing_indicator(definition: Definition, lacking: Sequence[str], of: int) -> Indicator:
    """An indicator without a value that names the columns it needs."""
    return Indicator(value=None, definition=definition, coverage=Coverage(0, of), missing=needs_text(lacking))


def needs_text(lacking: Sequence[str]) -> str:
    """Say which columns are needed, by their Chinese names."""
    from library.columns import COLUMNS

    labels = {column.name: column.label for column in COLUMNS}
    return "需要" + "、".join(f"{labels.get(name, name)}（{name}）" for name in lacking)
