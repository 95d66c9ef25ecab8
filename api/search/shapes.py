"""Shapes of the search for similar patents: what is asked, and hits with the parts of their scores."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.search.similar import Wanted
from api.shapes import EXAMPLE_TEXT, FilterFields, SelectionShape, Shape, WholeText

Mode = Annotated[
    Literal["hybrid", "dense", "lexical"],
    Field(description="what orders the hits: meaning and words, meaning alone, words alone"),
]
Like = Annotated[
    list[str], Field(description="numbers of patents that hits should be like", examples=[["CN101787549B"]])
]
Unlike = Annotated[list[str], Field(description="numbers of patents that hits should not be like")]
Facets = Annotated[bool, Field(description="count the searched patents and the 50 nearest by their facets")]
Highlight = Annotated[bool, Field(description="light up shared words and the nearest sentence of every hit")]


class WantedFields(BaseModel):
    """How a search is answered."""

    k: Annotated[int, Field(ge=1, description="how many hits")] = 10
    mode: Mode = "hybrid"
    like: Like = []
    unlike: Unlike = []
    facets: Facets = False
    highlight: Highlight = False

    def as_wanted(self) -> Wanted:
        """The same as the service takes it."""
        return Wanted(
            k=self.k,
            mode=self.mode,
            like=tuple(self.like),
            unlike=tuple(self.unlike),
            facets=self.facets,
            highlight=self.highlight,
        )


class SimilarQuery(FilterFields, WantedFields):
    """Parameters of a link to similar patents."""


class SearchQuery(SimilarQuery):
    """Parameters of a link to a search."""

    q: Annotated[
        WholeText, Field(description="text or number; empty only with `like`", examples=[EXAMPLE_TEXT])
    ] = ""
    export: Annotated[
        Literal["xlsx", "docx"] | None, Field(description="send the hits as this kind of file")
    ] = None


class SearchRequest(WantedFields):
    """A query: a text, the number of a patent in the library, or several patents to be like."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"query": EXAMPLE_TEXT, "k": 10, "filters": {"industry": ["有色冶金"]}, "facets": True}
            ]
        },
    )

    query: Annotated[
        WholeText, Field(description="text or number; empty only with `like`", examples=[EXAMPLE_TEXT])
    ] = ""
    filters: FilterFields = FilterFields()


class SpanShape(Shape):
    """A word of the query in a field, characters `start` to `stop` − 1 (Unicode code points)."""

    word: str
    start: int
    stop: int


class NearestSentenceShape(Shape):
    """The sentence of the abstract or first claim that comes closest to the query."""

    field: Literal["abstract", "first_claim"]
    text: str
    start: int
    stop: int
    score: Annotated[float, Field(description="of cosine and shared words")]
    cosine: float
    shared: Annotated[float, Field(description="share of the query's words, rare ones more, 0 … 1")]


class HighlightsShape(Shape):
    """Where a hit says what was asked."""

    words: Annotated[dict[str, int], Field(description="shared words and how often it holds them")]
    title: list[SpanShape]
    abstract: list[SpanShape]
    first_claim: list[SpanShape]
    sentence: NearestSentenceShape | None


class SimilarPatent(Shape):
    """One hit, with the parts of its score."""

    rank: int
    score: Annotated[
        float,
        Field(description="what orders the hits: fused (comparable within one answer only), cosine or BM25"),
    ]
    dense: Annotated[float, Field(description="cosine of query and nearest passage, −1 … 1")]
    lexical: Annotated[float, Field(description="BM25 of the passage nearest in words; 0 without any")]
    repeated: Annotated[
        float,
        Field(description="share of the query's runs of six characters that it repeats; 0 if not compared"),
    ]
    dense_rank: Annotated[int | None, Field(description="place by meaning alone; null below the candidates")]
    lexical_rank: Annotated[int | None, Field(description="place by words alone; null below the candidates")]
    passage: Annotated[str, Field(description="which text came nearest in meaning: 标题摘要 or 权利要求")]
    lexical_passage: Annotated[str | None, Field(description="which came nearest in words")]
    publication_number: str | None
    application_number: str | None
    grant_number: str | None
    title: str
    abstract: str
    first_claim: str
    applicants: list[str]
    patent_type: str | None
    ipc_main: str | None
    filing_date: date | None
    publication_date: date | None
    grant_date: date | None
    legal_state: str
    province: str | None
    city: str | None
    industries: list[str]
    themes: Annotated[list[str], Field(description="ids of the themes it sits in")]
    same_technology: Annotated[
        list[str],
        Field(description="numbers with the same title and first applicant (一案双申), collapsed here"),
    ]
    highlights: Annotated[HighlightsShape | None, Field(description="null unless asked for")]


class FacetValueShape(Shape):
    """One value of a facet."""

    value: Annotated[str, Field(description="as the filter takes it")]
    label: str
    count: Annotated[int, Field(description="patents of the selection that have it")]
    near: Annotated[int, Field(description="of the 50 nearest")]


class FacetShape(Shape):
    """How the searched patents divide."""

    name: Annotated[
        str,
        Field(
            description="of the filter that takes a value; province and city: region; "
            "filing_year: filed_from and filed_to"
        ),
    ]
    label: str
    values: list[FacetValueShape]
    distinct: Annotated[int, Field(description="values that there are, shown or not")]
    without: Annotated[int, Field(description="patents of the selection that have none")]


class SearchAnswer(Shape):
    """The nearest patents, best first."""

    kind: Annotated[Literal["text", "number", "patents"], Field(description="how the query was understood")]
    query: str
    mode: Mode
    selection: SelectionShape
    hits: list[SimilarPatent]
    facets: Annotated[list[FacetShape] | None, Field(description="null unless asked for")]
