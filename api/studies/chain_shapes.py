"""Shapes of chains, comparisons and the atlas; the same for HTTP and `--json`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from api.http.parameters import QueryParameters
from api.studies.shapes import ChapterAnswer

Language = Annotated[Literal["zh", "en"], Field(description="of labels and sentences")]
Where = Annotated[str, Field(description="a 检索式", max_length=4_000, examples=['PROVINCE="贵州省"'])]
Counts = Annotated[
    list[str],
    Field(description="choices of the 口径 as name=value", max_length=20, examples=[["year_by=grant"]]),
]
ReferenceQuery = Annotated[
    str,
    Field(
        description="a 检索式 (`*` is all patents) that the nodes are measured by; the library's setting "
        "`reference` when empty",
        max_length=4_000,
        examples=["*"],
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedChain:
    """A chain that the library knows."""

    name: Annotated[str, Field(examples=["aluminium"])]
    title: str
    links: Annotated[list[str], Field(description="nodes that follow each other")]
    nodes: Annotated[list[str], Field(description="all of them")]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainListAnswer:
    """All chains."""

    chains: list[ListedChain]


class ChainQuery(QueryParameters):
    """How a chain is counted."""

    where: Where = ""
    reference: ReferenceQuery = ""
    holder: Annotated[
        list[str], Field(description="firms or groups whose coverage is shown", max_length=20)
    ] = Field(default_factory=list)
    alliance: Annotated[str, Field(description="专利池 of the library", max_length=200)] = ""
    count: Counts = Field(default_factory=list)
    language: Language = "zh"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainAnswer:
    """A chain counted."""

    chapter: ChapterAnswer
    needs: Annotated[tuple[str, ...], Field(description="what would add to it, such as a reference")]


class CompareQuery(QueryParameters):
    """What is put side by side."""

    side: Annotated[
        list[str],
        Field(
            description="two to six: a region, an industry, 十三五 or 2011-2015, an applicant, a 检索式, or "
            "标题::检索式",
            min_length=2,
            max_length=6,
            examples=[["十二五", "十三五"]],
        ),
    ]
    where: Where = ""
    count: Counts = Field(default_factory=list)
    language: Language = "zh"


@dataclass(frozen=True, slots=True, kw_only=True)
class SideFacts:
    """One side as it was read."""

    title: str
    query: str
    period: Annotated[str, Field(description="years, when the side is a period")]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareAnswer:
    """Sides with their figures."""

    sides: list[SideFacts]
    chapter: ChapterAnswer


class AtlasQuery(QueryParameters):
    """What an atlas is of."""

    industry: Annotated[str, Field(description="`scheme:name` or a name", max_length=200)] = ""
    where: Where = ""
    chain: Annotated[str, Field(description="name of a chain", max_length=100)] = ""
    reference: ReferenceQuery = ""
    count: Counts = Field(default_factory=list)
    period: Annotated[str, Field(description="years, as in 2011-2020", max_length=20)] = ""
    language: Language = "zh"


@dataclass(frozen=True, slots=True, kw_only=True)
class AtlasAnswer:
    """What an atlas came to."""

    index: str
    title: str
    count: int
    pictures: int
    tables: int
    needs: tuple[str, ...]
