"""What every indicator, table and figure consists of: values that carry their definition and coverage.

An indicator that lacks a column has no value and says what it needs; it never shows a wrong number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import msgspec
import polars as pl

from library.columns import COLUMNS
from patents.bilingual import NO_TEXT, Text

#: How a column is written: counts without decimals, shares as per cent, ratios with two decimals …
ColumnKind = Literal["text", "texts", "year", "count", "share", "ratio", "number", "date", "rows"]
#: How a figure is drawn; see directions/figures.
FigureKind = Literal[
    "bar", "bar_horizontal", "line", "stacked", "area", "pie", "quadrant", "heat", "map", "chain"
]


class Definition(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a number was made; shown with it, and the others of the same `topic` are one click away.

    Attributes:
        id: `topic.variant`, as in `grant_rate.cohort`.
        name: as papers print it.
        text: what is counted, in one sentence.
        unit: 件, %, 倍, 年 …
        denominator: what a share or rate is of; empty for counts.
        needs: columns of the snapshot without which there is no value.
        source: paper, office or standard that defines it so.
    """

    id: str
    name: Text
    text: Text
    unit: str
    denominator: Text
    needs: tuple[str, ...]
    source: Text

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
        value: None where there is none; `missing` says why.
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
    missing: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column of a table.

    Attributes:
        name: in data, English.
        label: as printed.
        kind: how it is written.
        unit: printed behind the label; empty for texts.
    """

    name: str
    label: Text
    kind: ColumnKind = "text"
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table as a study prints it.

    Attributes:
        id: of the table, as in `filings_by_year`.
        title: printed above it.
        columns: of `rows`, in order; other columns of `rows` are not printed.
        rows: the values; null where there is none.
        definitions: of the columns that hold numbers.
        coverage: what it rests on.
        notes: printed below: incomplete years, what was left out.
        missing: what is needed when it cannot be made; `rows` is then empty.
        long: the same numbers one line a pair, where this table is a wide print of them.
    """

    id: str
    title: Text
    columns: tuple[TableColumn, ...]
    rows: pl.DataFrame
    definitions: tuple[Definition, ...]
    coverage: Coverage
    notes: tuple[Text, ...] = ()
    missing: Text = NO_TEXT
    long: Table | None = None

    @property
    def empty(self) -> bool:
        """Whether there is nothing to print."""
        return bool(self.missing) or self.rows.is_empty()


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: a table, and how it is drawn.

    Attributes:
        kind: of drawing.
        table: its data; what is drawn can be downloaded.
        x, y: columns of the table; several `y` are several series.
        id: of the figure; that of the table when empty.
        title: printed below it; that of the table when empty.
        series: column whose values tell series apart, in long tables; empty otherwise.
        size: column for the size of points (quadrant, map); empty otherwise.
        label: column that labels points.
        incomplete_from: first value of `x` that is not complete yet; drawn lighter or dashed.
        lines: (axis "x" | "y", value) of reference lines, as of a quadrant.
        in_parts: whether the parts of a report for single industries draw it too; the others print its
            table without it.
    """

    kind: FigureKind
    table: Table
    x: str
    y: tuple[str, ...]
    id: str = ""
    title: Text = NO_TEXT
    series: str = ""
    size: str = ""
    label: str = ""
    incomplete_from: int | None = None
    lines: tuple[tuple[Literal["x", "y"], float], ...] = ()
    in_parts: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", self.id or self.table.id)
        object.__setattr__(self, "title", self.title or self.table.title)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A sentence of a report that can be traced to its numbers.

    Attributes:
        text: in the register of such papers.
        sources: ids of the tables and definitions that its numbers come from.
    """

    text: Text
    sources: tuple[str, ...]


#: Steps of 专利导航: where an industry goes, how its patents lie, where a region stands, which ways are open.
Step = Literal["development", "patents", "position", "ways"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A part of a study: what its report prints under one heading.

    Attributes:
        id: as in `growth`.
        title: heading.
        findings: sentences, in order; each becomes part of a paragraph.
        tables, figures: in order of print.
        chapters: sub-headings.
        slides: those of `tables` that slides show too; the others stay in the documents.
        step: of 专利导航, where the chapter stands in an atlas.
    """

    id: str
    title: Text
    findings: Sequence[Finding] = ()
    tables: Sequence[Table] = ()
    figures: Sequence[Figure] = ()
    chapters: Sequence[Chapter] = ()
    slides: Sequence[Table] = ()
    step: Step = "patents"


_LABELS = {column.name: column.label for column in COLUMNS}


def needs_text(lacking: Sequence[str]) -> Text:
    """Say which columns are needed, in Chinese by their names there."""
    return Text(
        "需要" + "、".join(f"{_LABELS.get(name, name)}（{name}）" for name in lacking),
        f"needs {', '.join(lacking)}",
    )
