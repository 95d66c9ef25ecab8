"""Shapes of the prior-art search: a claim by its elements, documents by what they disclose of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from annotated_types import Ge
from pydantic import ConfigDict, Field

from api.http.parameters import Parameters, takes
from api.search.shapes import ScoreScaleFacts, SimilarPatent
from api.shapes import EXAMPLE_TEXT, FilterFields, SelectionFacts, WholeText
from patents.described import Described

_CLAIM = f"1. {EXAMPLE_TEXT.replace('，', '，其特征在于：', 1)}。"


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorArtWanted:
    """How to answer."""

    before: Annotated[date | None, Described(code="prior-art-before", examples=("2019-03-01",))] = None
    k: Annotated[int, Ge(1), Described(code="search-k")] = 20
    claim: Annotated[int | None, Ge(1), Described(code="prior-art-claim")] = None
    combinations: Annotated[bool, Described(code="prior-art-combinations")] = False
    conflicting: Annotated[bool, Described(code="prior-art-conflicting")] = False
    far: Annotated[bool, Described(code="search-far")] = False


@takes(PriorArtWanted)
class PriorArtRequest(Parameters):
    """A text (an idea, an abstract, a claim, all claims), or the number of a patent in the library."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"query": _CLAIM, "before": "2019-03-01", "combinations": True}]}
    )

    query: Annotated[WholeText, Field(min_length=1, description="text or number", examples=[_CLAIM])]
    filters: FilterFields = FilterFields()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One claim of the draft or patent."""

    number: int
    text: str
    refers_to: list[int]
    independent: Annotated[bool, Field(description="refers to no other claim")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """How the question was understood."""

    kind: Literal["text", "number", "draft"]
    name: Annotated[str, Field(description="the text, the number, or the name of the file")]
    title: str
    claims: list[Claim]
    claim: Annotated[int | None, Field(description="the claim that is compared; null for a text without")]
    text: Annotated[str, Field(description="what is compared: that claim with those it refers to")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """Among what was looked for."""

    count: int
    undated: Annotated[int, Field(description="left out: the day that decides is not known")]
    later: Annotated[int, Field(description="left out because of that day")]
    granted: Annotated[
        int,
        Field(description="inventions among the later ones known by their grant only: published earlier"),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementAsked:
    """One element (技术特征) of the claim."""

    number: int
    text: str
    part: Literal["preamble", "characterising", "whole"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementFound:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorArtHit:
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
    elements: list[ElementFound]


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorArtPair:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorArtAnswer:
    """Documents that were public before the cut-off and come closest to the claim, best first."""

    asked: Question
    before: date | None
    before_is: Annotated[str, Field(description="given, 优先权日, 申请日, or empty without a cut-off")]
    selection: SelectionFacts
    searched: Searched
    elements: list[ElementAsked]
    hits: Annotated[
        list[PriorArtHit], Field(description="the k best, and those further down that a pair names")
    ]
    combinations: Annotated[list[PriorArtPair] | None, Field(description="null unless asked for")]
    conflicting: Annotated[list[PriorArtHit] | None, Field(description="null unless asked for")]
    conflicting_searched: Searched | None
    score_scale: ScoreScaleFacts
    library: str
    as_of: date | None
    notes: list[str]
