"""Shapes of queries, selections, tags, samples and watches; the same for HTTP and `--json`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from api.http.parameters import Parameters, QueryParameters, takes
from api.shapes import SelectionFacts
from selection.filters import EXAMPLE_WHERE, Filters
from selection.saved.names import SavedVersion as SavedVersion
from selection.saved.samples import Share as Share
from selection.saved.tags import TagOperation as TagOperation
from selection.watches.register import Watch

Where = Annotated[
    str, Field(description="a 检索式 in either spelling; empty for every patent", examples=[EXAMPLE_WHERE])
]
Spelling = Annotated[
    Literal["incopat", "patsnap"] | None, Field(description="its spelling; read off the 检索式 when left out")
]
Who = Annotated[str, Field(description="who does it", max_length=100, examples=["张工"])]
Note = Annotated[str, Field(description="a remark", max_length=2_000, examples=["2024 年度产业报告"])]


class QueryText(Parameters):
    """A 检索式."""

    where: Annotated[str, Field(min_length=1, examples=[EXAMPLE_WHERE])]
    dialect: Spelling = None


class TranslateText(QueryText):
    """A 检索式 and the portal that it is written for."""

    to: Literal["incopat", "patsnap"]


class QueryLink(QueryText, QueryParameters):
    """The same in a link."""


class TranslateLink(TranslateText, QueryParameters):
    """The same in a link."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """A part of a query that this library cannot answer."""

    place: Annotated[int, Field(description="0-based character of the query")]
    error: str
    help: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckAnswer:
    """A query that can be read."""

    text: Annotated[str, Field(description="canonical 检索式; reading it again gives the same")]
    dialect: Literal["incopat", "patsnap"]
    notes: Annotated[list[str], Field(description="what was read in a way that may surprise")]
    mistakes: Annotated[list[Mistake], Field(description="what this library cannot answer")] = field(
        default_factory=list
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldFacts:
    """One field of the query language."""

    name: str
    label: str
    incopat: list[str]
    patsnap: list[str]
    kind: str
    columns: Annotated[list[str], Field(description="columns that answer it, or fields that it unites")]
    needs: Annotated[str, Field(description="what would supply it")]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldsAnswer:
    """All fields."""

    fields: list[FieldFacts]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenPatent:
    """One patent of a selection, in short."""

    publication_number: str | None
    application_number: str | None
    title: str
    applicants: list[str]
    ipc_main: str | None
    patent_type: str | None
    filing_date: date | None
    publication_date: date | None
    legal_state: str
    tags: Annotated[list[str], Field(description="标引")]
    score: Annotated[float | None, Field(description="cosine, when similar patents were asked for (R=)")]


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectAnswer:
    """The patents that a 检索式 means."""

    selection: SelectionFacts
    noise: Annotated[int, Field(description="patents tagged 噪声 that were taken out")]
    notes: list[str]
    patents: list[ChosenPatent]


@takes(Filters)
class SelectRequest(Parameters):
    """Which patents, by 检索式 or short filters or both, and which page of them."""

    with_noise: Annotated[bool, Field(description="keep the patents tagged 噪声")] = False
    limit: Annotated[int, Field(ge=0, le=1_000, description="patents on a page")] = 20
    offset: Annotated[int, Field(ge=0)] = 0


@takes(Filters)
class ExportRequest(Parameters):
    """Which patents, by 检索式 or short filters or both, as which file."""

    with_noise: Annotated[bool, Field(description="keep the patents tagged 噪声")] = False
    kind: Literal["xlsx", "csv", "jsonl", "parquet"] = "xlsx"
    columns: Annotated[
        list[str], Field(description="fields of the record, or `compact` or `full`", examples=[["full"]])
    ] = Field(default_factory=list)


class SelectLink(SelectRequest, QueryParameters):
    """The same in a link."""


class ExportLink(ExportRequest, QueryParameters):
    """The same in a link."""


class SampleRequest(QueryParameters):
    """What to draw from, and how many."""

    where: Where
    dialect: Spelling = None
    with_noise: bool = False
    n: Annotated[int, Field(ge=1, le=10_000, description="how many patents are drawn")] = 100
    seed: Annotated[int, Field(ge=0, description="the same seed draws the same patents")] = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedListAnswer:
    """Saved selections, or the versions of one."""

    saved: list[SavedVersion]


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedAnswer:
    """A saved selection and what it means."""

    saved: SavedVersion
    versions: list[SavedVersion]
    selection: SelectionFacts
    noise: int
    left: Annotated[int, Field(description="patents of that version that are no longer in the library")]
    patents: list[ChosenPatent]


class SaveRequest(Parameters):
    """What to save under a name."""

    where: Where
    dialect: Spelling = None
    with_noise: bool = False
    note: Note = ""
    who: Who = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TagChangeAnswer:
    """What a change of tags did."""

    change: TagOperation
    named: Annotated[int, Field(description="patents that were named")]
    unknown: Annotated[list[str], Field(description="numbers that no patent here bears")]


@dataclass(frozen=True, slots=True, kw_only=True)
class TagChangesAnswer:
    """Changes of tags; of a sheet, with the numbers that no patent here bears."""

    changes: list[TagOperation]
    unknown: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class TagsAnswer:
    """Tags with the number of patents of each."""

    tags: dict[str, int]


class TagRequest(Parameters):
    """Patents to tag: a 检索式, or numbers."""

    where: Where = ""
    dialect: Spelling = None
    numbers: Annotated[list[str], Field(examples=[["CN101200000A"]])] = Field(default_factory=list)
    note: Note = ""
    who: Who = ""


class UndoRequest(Parameters):
    """Which change to undo; the newest open one without an id."""

    id: int | None = None
    who: Who = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrecisionAnswer:
    """查准率 by a judged sample."""

    precision: Annotated[Share | None, Field(description="null when nothing was judged")]
    relevant: tuple[str, ...]
    noise: tuple[str, ...]
    unjudged: int
    unclear: Annotated[
        tuple[tuple[int, str], ...], Field(description="row and text of judgements not understood")
    ]
    tagged: Annotated[int, Field(description="patents newly tagged 噪声")] = 0


class RecallRequest(Parameters):
    """A 检索式 and known relevant patents."""

    where: Where
    dialect: Spelling = None
    with_noise: bool = False
    numbers: Annotated[list[str], Field(min_length=1, examples=[["CN101200000A", "CN101300003A"]])]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallAnswer:
    """查全率 by known patents."""

    selection: SelectionFacts
    noise: int
    share: Annotated[Share | None, Field(description="null when the library holds none of them")]
    missed: Annotated[tuple[str, ...], Field(description="in the library, not in the selection")]
    unknown: Annotated[tuple[str, ...], Field(description="not in the library")]


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchesAnswer:
    """All watches."""

    watches: list[Watch]


class WatchRequest(Parameters):
    """What to watch: a 检索式, or the saved selection of that name when none is given."""

    name: Annotated[str, Field(min_length=1, max_length=100, examples=["铝电解阴极"])]
    where: Where = ""
    dialect: Spelling = None
    floor: Annotated[float | None, Field(ge=0, le=1)] = None
    who: Who = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedEvent:
    """One thing that happened."""

    watch: str
    at: Annotated[str, Field(description="when it was reported, UTC")]
    kind: Literal["new", "granted", "lapsed", "transferred", "refused", "left"]
    label: str
    day: Annotated[str, Field(description="the day it happened; empty when no export states it")]
    detail: str
    key: str
    publication_number: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchEventsAnswer:
    """What watches reported, the newest first."""

    events: list[ReportedEvent]


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchLook:
    """What one look at a watch found."""

    watch: str
    first: Annotated[bool, Field(description="the first look only records what is there")]
    count: int
    since: str
    at: str
    events: list[ReportedEvent]


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchLooksAnswer:
    """What looking at watches found."""

    looks: list[WatchLook]
    notes: list[str]
