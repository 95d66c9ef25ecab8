"""Shapes of the prior-art search: a claim by its elements, documents by what they disclose of it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.prior_art.answer import PriorArtWanted
from api.search.shapes import SimilarPatent
from api.shapes import EXAMPLE_TEXT, FilterFields, SelectionShape, Shape, WholeText

_CLAIM = f"1. {EXAMPLE_TEXT.replace('，', '，其特征在于：', 1)}。"

Before = Annotated[
    date | None,
    Field(
        description="cut-off: only documents published before this day; null takes the priority or filing "
        "date of the patent asked for, and no cut-off for a text or a draft",
        examples=["2019-03-01"],
    ),
]
Claim = Annotated[int | None, Field(ge=1, description="number of the claim; null takes the first")]
Combinations = Annotated[bool, Field(description="find pairs that disclose the elements together")]
Conflicting = Annotated[
    bool, Field(description="list 抵触申请: Chinese, filed before the cut-off, published on it or later")
]
K = Annotated[int, Field(ge=1, description="how many documents")]


class PriorArtFields(BaseModel):
    """How a prior-art search is answered."""

    before: Before = None
    k: K = 20
    claim: Claim = None
    combinations: Combinations = False
    conflicting: Conflicting = False

    def as_wanted(self) -> PriorArtWanted:
        """The same as the service takes it."""
        return PriorArtWanted(
            k=self.k,
            before=self.before,
            claim=self.claim,
            combinations=self.combinations,
            conflicting=self.conflicting,
        )


class PriorArtRequest(PriorArtFields):
    """A text (an idea, an abstract, a claim, all claims), or the number of a patent in the library."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"query": _CLAIM, "before": "2019-03-01", "combinations": True}]},
    )

    query: Annotated[WholeText, Field(min_length=1, description="text or number", examples=[_CLAIM])]
    filters: FilterFields = FilterFields()


class ClaimShape(Shape):
    """One claim of the draft or patent."""

    number: int
    text: str
    refers_to: list[int]
    independent: Annotated[bool, Field(description="refers to no other claim")]


class AskedShape(Shape):
    """How the question was understood."""

    kind: Literal["text", "number", "draft"]
    name: Annotated[str, Field(description="the text, the number, or the name of the file")]
    title: str
    claims: list[ClaimShape]
    claim: Annotated[int | None, Field(description="the claim that is compared; null for a text without")]
    text: Annotated[str, Field(description="what is compared: that claim with those it refers to")]


class SearchedShape(Shape):
    """Among what was looked for."""

    count: int
    undated: Annotated[int, Field(description="left out: the day that decides is not known")]
    later: Annotated[int, Field(description="left out because of that day")]
    granted: Annotated[
        int,
        Field(description="inventions among the later ones known by their grant only: published earlier"),
    ]


class ElementAskedShape(Shape):
    """One element (技术特征) of the claim."""

    number: int
    text: str
    part: Literal["preamble", "characterising", "whole"]


class ElementFoundShape(Shape):
    """Where a document comes closest to an element."""

    number: int
    verdict: Annotated[
        Literal["相近", "部分", "未见"],
        Field(description="how close the wording is; not whether the element is disclosed"),
    ]
    score: Annotated[float, Field(description="meaning and shared words, 0 … 1")]
    field: Annotated[str, Field(description="标题, 摘要 or 权利要求; empty where there is no text")]
    text: str
    start: Annotated[int, Field(description="of the text in its field, in characters")]
    stop: int
    missing: Annotated[list[str], Field(description="terms and quantities that the document nowhere holds")]


class PriorArtHitShape(Shape):
    """One document."""

    label: Annotated[str, Field(description="D1 … prior art, E1 … conflicting applications")]
    patent: SimilarPatent
    subclass: str | None
    family: Annotated[
        list[str], Field(description="numbers of its family (and twins) that count as well, not shown apart")
    ]
    close: Annotated[int, Field(description="elements that are 相近")]
    partly: Annotated[int, Field(description="elements that are 部分")]
    mean: Annotated[float, Field(description="mean score over the elements")]
    elements: list[ElementFoundShape]


class PriorArtPairShape(Shape):
    """Two documents that come close to the elements together."""

    first: Annotated[str, Field(description="label of the one that comes closer (最接近的现有技术)")]
    second: str
    covered: Annotated[int, Field(description="elements that are 相近 in either")]
    mean: Annotated[float, Field(description="over the elements, of the better score of the two")]
    gain: Annotated[float, Field(description="of that mean over the first alone")]
    by_first: list[int]
    by_second: Annotated[list[int], Field(description="elements 相近 in the second and not in the first")]
    open: Annotated[list[int], Field(description="elements 相近 in neither")]
    same_field: Annotated[str | None, Field(description="IPC subclass of both")]


class PriorArtAnswer(Shape):
    """Documents that were public before the cut-off and come closest to the claim, best first."""

    asked: AskedShape
    before: date | None
    before_is: Annotated[str, Field(description="given, 优先权日, 申请日, or empty without a cut-off")]
    selection: SelectionShape
    searched: SearchedShape
    elements: list[ElementAskedShape]
    hits: Annotated[
        list[PriorArtHitShape], Field(description="the k best, and those further down that a pair names")
    ]
    combinations: Annotated[list[PriorArtPairShape] | None, Field(description="null unless asked for")]
    conflicting: Annotated[list[PriorArtHitShape] | None, Field(description="null unless asked for")]
    conflicting_searched: SearchedShape | None
    library: str
    as_of: date | None
    notes: list[str]
