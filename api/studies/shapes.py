"""Shapes of studies, their tables and figures; the same for HTTP and `--json`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from api.http.parameters import QueryParameters
from directions.facts import Coverage
from selection.filters import EXAMPLE_WHERE

Language = Literal["zh", "en"]
Cell = str | int | float | bool | date | list[str] | list[int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportAnswer:
    """What a report came to."""

    files: Annotated[tuple[str, ...], Field(description="in order of the formats")]
    title: str
    count: Annotated[int, Field(description="patents studied")]
    industries: Annotated[tuple[str, ...], Field(description="those with a part of their own")]
    tables: int
    figures: int
    seconds: Annotated[dict[str, float], Field(description="wall-clock seconds of each stage")]
    notes: tuple[str, ...]


class StudyQuery(QueryParameters):
    """What is to be studied, and how it is counted."""

    where: Annotated[
        str, Field(description="a 检索式; empty for every patent", max_length=4_000, examples=[EXAMPLE_WHERE])
    ] = ""
    industry: Annotated[
        str, Field(description="only this industry's patents: `scheme:name` or a name", max_length=200)
    ] = ""
    period: Annotated[str, Field(description="years, as in 2011-2020", max_length=20)] = ""
    count: Annotated[
        list[str],
        Field(
            description="choices of the 口径 as name=value",
            max_length=20,
            examples=[["year_by=grant"]],
        ),
    ] = Field(default_factory=list)
    language: Literal["zh", "en"] = "zh"


class TableQuery(StudyQuery):
    """In which form a table is wanted."""

    format: Annotated[Literal["json", "csv", "xlsx"], Field(description="json, or a file")] = "json"


class FigureQuery(StudyQuery):
    """In which form a figure is wanted."""

    format: Annotated[
        Literal["json", "png", "svg"], Field(description="json: an option for ECharts; or a picture")
    ] = "json"


class ReportQuery(StudyQuery):
    """Which report is wanted."""

    format: Literal["docx", "xlsx", "html", "pptx"] = "docx"
    title: Annotated[str, Field(description="on the cover", max_length=80)] = ""
    parts: Annotated[bool, Field(description="a part for each industry besides the whole")] = False
    chapter: Annotated[
        list[str], Field(description="only these chapters", max_length=20, examples=[["growth"]])
    ] = Field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedChapter:
    """A chapter that studies have."""

    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChaptersAnswer:
    """The chapters."""

    chapters: list[NamedChapter]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDefinition:
    """How a number is made."""

    id: Annotated[str, Field(examples=["grant_rate.cohort"])]
    name: str
    text: str
    unit: str
    denominator: str
    needs: Annotated[tuple[str, ...], Field(description="columns without which there is no value")]
    source: str
    name_en: str
    text_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinitionsAnswer:
    """Every definition that an indicator counts by; those of one topic are alternatives."""

    definitions: list[ShownDefinition]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownColumn:
    """One column of a table."""

    name: str
    label: str
    kind: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableAnswer:
    """A table: columns as printed and rows as values; shares are fractions."""

    id: str
    title: str
    columns: list[ShownColumn]
    rows: list[list[Cell]]
    definitions: Annotated[list[str], Field(description="ids, see /api/directions/definitions")]
    coverage: Coverage
    notes: list[str]
    missing: Annotated[str, Field(description="what is needed when the table cannot be made")]


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldersAnswer:
    """Who holds a theme, or the themes of a scope."""

    title: str
    count: Annotated[int, Field(description="patents that were looked at")]
    tables: list[TableAnswer]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureAnswer:
    """A figure as an option for ECharts 5, with the id of the table that it draws."""

    id: str
    title: str
    kind: str
    table: str
    option: Annotated[Mapping[str, object], Field(description="for `chart.setOption`")]
    missing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFinding:
    """A sentence and the tables and definitions that its numbers come from."""

    text: str
    sources: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterAnswer:
    """One chapter of a study."""

    id: str
    title: str
    study: Annotated[str, Field(description="what is studied")]
    query: Annotated[str, Field(description="its 检索式")]
    count: Annotated[int, Field(description="patents studied")]
    as_of: date
    incomplete_from: Annotated[int, Field(description="first year that is not complete")]
    findings: list[ShownFinding]
    tables: list[TableAnswer]
    figures: list[FigureAnswer]
    chapters: list[ChapterAnswer]
