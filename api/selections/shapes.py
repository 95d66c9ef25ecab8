"""Shapes of queries, selections, tags, samples and watches; the same for HTTP and `--json`."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from api.http.parameters import Parameters, takes
from api.shapes import SelectionShape, Shape
from selection.filters import EXAMPLE_WHERE, Filters

Where = Annotated[
    str, Field(description="a 检索式 in either spelling; empty for every patent", examples=[EXAMPLE_WHERE])
]
Spelling = Annotated[
    Literal["incopat", "patsnap"] | None, Field(description="its spelling; read off the 检索式 when left out")
]
Who = Annotated[str, Field(description="who does it", max_length=100, examples=["张工"])]
Note = Annotated[str, Field(description="a remark", max_length=2_000, examples=["2024 年度产业报告"])]


class QueryText(Shape):
    """A 检索式."""

    where: Annotated[str, Field(min_length=1, examples=[EXAMPLE_WHERE])]
    dialect: Spelling = None


class TranslateText(QueryText):
    """A 检索式 and the portal that it is written for."""

    to: Literal["incopat", "patsnap"]


class MistakeShape(Shape):
    """A part of a query that this library cannot answer."""

    place: Annotated[int, Field(description="0-based character of the query")]
    error: str
    help: str


class CheckAnswer(Shape):
    """A query that can be read."""

    text: Annotated[str, Field(description="canonical 检索式; reading it again gives the same")]
    dialect: Literal["incopat", "patsnap"]
    notes: Annotated[list[str], Field(description="what was read in a way that may surprise")]
    mistakes: Annotated[list[MistakeShape], Field(description="what this library cannot answer")]


class NodeShape(Shape):
    """One part of a query with the number of patents that it means by itself."""

    text: str
    operator: Literal["and", "or", "not", "leaf"]
    count: Annotated[int | None, Field(description="null when this library cannot answer it")]
    note: str
    parts: list[NodeShape]


class ExplainAnswer(Shape):
    """A query, part by part."""

    root: NodeShape
    emptied_by: Annotated[str, Field(description="the part after which nothing is left; empty when none is")]
    notes: list[str]


class LostShape(Shape):
    """Something that the other spelling cannot say, or says otherwise."""

    what: str
    why: str
    effect: Annotated[str, Field(description="wider, narrower or near: what that does to the answer")]


class TranslateAnswer(Shape):
    """A query for a portal."""

    text: Annotated[str, Field(description="without what was lost; empty when nothing is left")]
    dialect: Literal["incopat", "patsnap"]
    lost: list[LostShape]


class FieldShape(Shape):
    """One field of the query language."""

    name: str
    label: str
    incopat: list[str]
    patsnap: list[str]
    kind: str
    columns: Annotated[list[str], Field(description="columns that answer it, or fields that it unites")]
    needs: Annotated[str, Field(description="what would supply it")]


class FieldsAnswer(Shape):
    """All fields."""

    fields: list[FieldShape]


class ChosenPatentShape(Shape):
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


class SelectAnswer(Shape):
    """The patents that a 检索式 means."""

    selection: SelectionShape
    noise: Annotated[int, Field(description="patents tagged 噪声 that were taken out")]
    notes: list[str]
    patents: list[ChosenPatentShape]


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


class SampleRequest(Shape):
    """What to draw from, and how many."""

    where: Where
    dialect: Spelling = None
    with_noise: bool = False
    n: Annotated[int, Field(ge=1, le=10_000, description="how many patents are drawn")] = 100
    seed: Annotated[int, Field(ge=0, description="the same seed draws the same patents")] = 0


class SavedShape(Shape):
    """One version of a saved selection."""

    name: str
    version: int
    written: Annotated[str, Field(description="the 检索式 as it was written")]
    dialect: str
    text: Annotated[str, Field(description="canonical, as it was printed")]
    count: Annotated[int, Field(description="patents that it meant when it was saved")]
    snapshot: int
    note: str
    who: str
    at: Annotated[str, Field(description="UTC")]


class SavedListAnswer(Shape):
    """Saved selections, or the versions of one."""

    saved: list[SavedShape]


class SavedAnswer(Shape):
    """A saved selection and what it means."""

    saved: SavedShape
    versions: list[SavedShape]
    selection: SelectionShape
    noise: int
    left: Annotated[int, Field(description="patents of that version that are no longer in the library")]
    patents: list[ChosenPatentShape]


class SaveRequest(Shape):
    """What to save under a name."""

    where: Where
    dialect: Spelling = None
    with_noise: bool = False
    note: Note = ""
    who: Who = ""


class TagChange(Shape):
    """One change of tags."""

    id: int
    tag: str
    action: Literal["put", "off"]
    changed: Annotated[int, Field(description="patents of which that was not so before")]
    note: str
    who: str
    at: str
    undoes: int | None


class TagChangeAnswer(Shape):
    """What a change of tags did."""

    change: TagChange
    named: Annotated[int, Field(description="patents that were named")]
    unknown: Annotated[list[str], Field(description="numbers that no patent here bears")]


class TagChangesAnswer(Shape):
    """Changes of tags; of a sheet, with the numbers that no patent here bears."""

    changes: list[TagChange]
    unknown: list[str] = Field(default_factory=list)


class TagsAnswer(Shape):
    """Tags with the number of patents of each."""

    tags: dict[str, int]


class TagRequest(Shape):
    """Patents to tag: a 检索式, or numbers."""

    where: Where = ""
    dialect: Spelling = None
    numbers: Annotated[list[str], Field(examples=[["CN101200000A"]])] = Field(default_factory=list)
    note: Note = ""
    who: Who = ""


class UndoRequest(Shape):
    """Which change to undo; the newest open one without an id."""

    id: int | None = None
    who: Who = ""


class ShareShape(Shape):
    """A share with its 95 % interval (Wilson)."""

    hits: int
    of: int
    value: float
    low: float
    high: float
    whole: Annotated[int, Field(description="what the `of` were drawn from")]


class PrecisionAnswer(Shape):
    """查准率 by a judged sample."""

    precision: Annotated[ShareShape | None, Field(description="null when nothing was judged")]
    relevant: list[str]
    noise: list[str]
    unjudged: int
    unclear: Annotated[list[tuple[int, str]], Field(description="row and text of judgements not understood")]
    tagged: Annotated[int, Field(description="patents newly tagged 噪声")] = 0


class RecallRequest(Shape):
    """A 检索式 and known relevant patents."""

    where: Where
    dialect: Spelling = None
    with_noise: bool = False
    numbers: Annotated[list[str], Field(min_length=1, examples=[["CN101200000A", "CN101300003A"]])]


class RecallAnswer(Shape):
    """查全率 by known patents."""

    selection: SelectionShape
    noise: int
    share: Annotated[ShareShape | None, Field(description="null when the library holds none of them")]
    missed: Annotated[list[str], Field(description="in the library, not in the selection")]
    unknown: Annotated[list[str], Field(description="not in the library")]


class WatchShape(Shape):
    """One watch (预警)."""

    name: str
    written: str
    dialect: str
    floor: Annotated[float | None, Field(description="lowest score of a watch of similar patents (R=)")]
    who: str
    at: str
    checked: Annotated[str, Field(description="when it was looked at last")]


class WatchesAnswer(Shape):
    """All watches."""

    watches: list[WatchShape]


class WatchRequest(Shape):
    """What to watch: a 检索式, or the saved selection of that name when none is given."""

    name: Annotated[str, Field(min_length=1, max_length=100, examples=["铝电解阴极"])]
    where: Where = ""
    dialect: Spelling = None
    floor: Annotated[float | None, Field(ge=0, le=1)] = None
    who: Who = ""


class WatchEventShape(Shape):
    """One thing that happened."""

    watch: str
    at: Annotated[str, Field(description="when it was reported, UTC")]
    kind: Literal["new", "granted", "lapsed", "transferred", "refused", "left"]
    label: str
    day: Annotated[str, Field(description="the day it happened; empty when no export told it")]
    detail: str
    key: str
    publication_number: str
    title: str


class WatchEventsAnswer(Shape):
    """What watches reported, the newest first."""

    events: list[WatchEventShape]


class WatchLook(Shape):
    """What one look at a watch found."""

    watch: str
    first: Annotated[bool, Field(description="the first look only takes note of what is there")]
    count: int
    since: str
    at: str
    events: list[WatchEventShape]


class WatchLooksAnswer(Shape):
    """What looking at watches found."""

    looks: list[WatchLook]
    notes: list[str]
