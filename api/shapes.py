"""What the HTTP service and `--json` print: one set of shapes for both.

Field names follow the vocabulary of docs/vocabulary.md; every absent value is null or an empty list.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import msgspec
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from api.selections.filters import Filters
from patents.record import PatentRecord

EXAMPLE_WHERE = "TIAB=(电解槽 and 阴极) and AD=[2012 to 2020] not STATUS=失效"
EXAMPLE_TEXT = "一种降低铝电解槽能耗的阴极结构，阴极炭块上表面设有凸起，以抑制铝液波动"


def _whole_characters(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError(f"U+{ord(text[error.start]):04X} is half of a character") from error
    return text


#: A text that goes to an encoder: JSON may hold lone surrogates, which are no text.
WholeText = Annotated[str, AfterValidator(_whole_characters)]


class Shape(BaseModel):
    """Base of all answers: read from the service's own dataclasses."""

    model_config = ConfigDict(from_attributes=True, extra="forbid")


class Problem(Shape):
    """What every refused request gets."""

    error: Annotated[str, Field(examples=["no patent CN123456789A in this library"])]
    help: str = ""
    place: Annotated[
        int | None, Field(description="for a wrong 检索式: 0-based character of `query` at which it is wrong")
    ] = None
    query: Annotated[str | None, Field(description="the 检索式 that `place` counts in")] = None


class Health(Shape):
    """Is the service up, and what does it serve?"""

    status: Literal["ok"]
    version: str
    snapshot: int
    count: Annotated[int, Field(description="patents in the live snapshot")]
    as_of: Annotated[date | None, Field(description="检索截止日: the newest as-of date of the imports")]
    encoder: str


class FilterFields(Shape):
    """The short filters; together they build one selection."""

    industry: Annotated[
        list[str], Field(description="产业, `scheme:name` or a name", examples=[["有色冶金"]])
    ] = []
    ipc: Annotated[
        list[str], Field(description="IPC prefixes of any classification", examples=[["C25C3"]])
    ] = []
    applicant: Annotated[
        list[str], Field(description="申请人, a run of characters", examples=[["大学"]])
    ] = []
    region: Annotated[list[str], Field(description="省, 市 or 区县", examples=[["贵阳市"]])] = []
    patent_type: list[Literal["发明", "实用新型", "外观设计"]] = []
    legal_state: list[Literal["有效", "失效", "审中", "未知"]] = []
    theme: Annotated[list[str], Field(description="theme ids or names")] = []
    tag: Annotated[list[str], Field(description="标引")] = []
    where: Annotated[str, Field(description="a 检索式 that narrows the rest", examples=[EXAMPLE_WHERE])] = ""
    dialect: Annotated[
        Literal["incopat", "patsnap"] | None,
        Field(description="spelling of `where`; read off it when left out"),
    ] = None
    filed_from: Annotated[
        str | None, Field(description="申请日 from: a day, month or year", examples=["2016"])
    ] = None
    filed_to: Annotated[str | None, Field(examples=["2020-12-31"])] = None
    published_from: str | None = None
    published_to: str | None = None
    granted_from: str | None = None
    granted_to: str | None = None

    def as_filters(self) -> Filters:
        """The same as the service takes it."""
        return msgspec.convert(self.model_dump(), Filters)


class SelectionShape(Shape):
    """The patents that were searched."""

    text: Annotated[str, Field(description="the 检索式; * for the whole library")]
    count: int
    snapshot: int


class PatentAnswer(Shape):
    """One patent: what the exports said, and what Patlas derived from it."""

    record: PatentRecord
    filing_year: Annotated[int | None, Field(description="from the filing date, else from the number")]
    filing_year_derived: bool
    province: str | None
    city: str | None
    county: str | None
    applicant_kinds: list[str]
    industries: list[str]
    themes: list[str]


class ImportCounts(Shape):
    """Every row of a file ends in exactly one of these."""

    new: int
    updated: int
    unchanged: int
    merged: int
    rejected: int


class ImportedFile(Shape):
    """What became of one file."""

    path: str
    format: str
    as_of: date
    as_of_source: Literal["argument", "file", "today"]
    sha256: str
    size: int
    unread_columns: list[str]
    counts: ImportCounts
    empty_rows: int
    warnings: int


class ImportAnswer(Shape):
    """What an import did."""

    files: list[ImportedFile]
    counts: ImportCounts
    path_json: Annotated[str, Field(description="the report: every rejection and warning with its place")]
    path_xlsx: str
    patents: Annotated[int, Field(description="patents in the library now")]
    snapshot: Annotated[int | None, Field(description="the snapshot that is live now; null when none is")]
    notes: list[str]


class BuildAnswer(Shape):
    """What a build did."""

    snapshot: int
    count: int
    themes: int
    seconds: Annotated[dict[str, float], Field(description="wall-clock seconds of each stage")]
    notes: list[str]


class ColumnCoverage(Shape):
    """How much of one column is filled, and what hangs on it."""

    name: str
    label: str
    filled: int
    count: int
    share: Annotated[float, Field(description="filled / count, 0 … 1")]
    needed_for: list[str]


class CapabilityShape(Shape):
    """Something a study may want, and whether the columns allow it."""

    name: Annotated[str, Field(examples=["授权率"])]
    possible: bool
    missing: Annotated[list[str], Field(description="the columns that are empty")]
    share: float


class SearchInfo(Shape):
    """How searches by meaning are answered, as chosen and measured at the last build."""

    kind: Annotated[
        Literal["flat", "ivf", "milvus"], Field(description="all passages, or those of some lists")
    ]
    passages: int
    dim: int
    lists: int
    probes: Annotated[int, Field(description="lists that a search for ten hits looks into")]
    recall_at_10: Annotated[float, Field(description="of the ten truly nearest, on sampled queries, 0 … 1")]
    sampled: Annotated[int, Field(description="queries that it was measured on; 0 for flat")]
    reason: str
    documents: Annotated[int, Field(description="that words are indexed for, those of gone patents too")]


class SnapshotInfo(Shape):
    """The live snapshot."""

    number: int
    created: str
    count: int
    encoder: str
    revision: str
    dim: int
    themes: int
    search: Annotated[SearchInfo | None, Field(description="null for a snapshot of an older Patlas")]
    facts: dict[str, str]


class InfoAnswer(Shape):
    """What a library holds."""

    path: str
    records: int
    as_of: date | None
    up_to_date: bool
    snapshot: SnapshotInfo | None
    coverage: list[ColumnCoverage]
    capabilities: list[CapabilityShape]
