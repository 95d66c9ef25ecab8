"""What the HTTP service and `--json` print: one set of shapes for both.

Field names follow the vocabulary of docs/vocabulary.md; every absent value is null or an empty list.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from api.http.parameters import Parameters, takes
from patents.record import PatentRecord
from selection.filters import Filters
from selection.selection import Selection

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


@takes(Filters)
class FilterFields(Parameters):
    """The short filters; together they build one selection."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectionFacts:
    """The patents that were searched."""

    text: Annotated[str, Field(description="the 检索式; * for the whole library")]
    count: int
    snapshot: int

    @classmethod
    def of(cls, selection: Selection) -> SelectionFacts:
        """What is shown of a selection."""
        return cls(text=selection.text, count=selection.count, snapshot=selection.snapshot)


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
