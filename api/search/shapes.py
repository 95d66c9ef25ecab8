"""Shapes of the search for similar patents: what is asked, and hits with the parts of their scores."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from annotated_types import Ge
from pydantic import ConfigDict, Field

from api.http.parameters import Parameters, QueryParameters, takes
from api.shapes import EXAMPLE_TEXT, FilterFields, SelectionFacts, WholeText
from patents.described import Described
from selection.facets import Facet as Facet
from selection.filters import Filters

Mode = Literal["hybrid", "dense", "lexical"]
Kind = Literal["text", "number", "patents"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How to answer a search."""

    k: Annotated[int, Ge(1), Described(code="search-k")] = 10
    mode: Annotated[Mode, Described(code="search-mode")] = "hybrid"
    like: Annotated[tuple[str, ...], Described(code="search-like", examples=("CN101787549B",))] = ()
    unlike: Annotated[tuple[str, ...], Described(code="search-unlike")] = ()
    facets: Annotated[bool, Described(code="search-facets")] = False
    highlight: Annotated[bool, Described(code="search-highlight")] = False
    far: Annotated[bool, Described(code="search-far")] = False


Query = Annotated[
    WholeText, Field(description="text or number; empty only with `like`", examples=[EXAMPLE_TEXT])
]


@takes(Filters, Wanted)
class SimilarQuery(QueryParameters):
    """Parameters of a link to similar patents."""


@takes(Filters, Wanted)
class SearchQuery(QueryParameters):
    """Parameters of a link to a search."""

    q: Query = ""
    export: Annotated[
        Literal["xlsx", "docx"] | None, Field(description="send the hits as this kind of file")
    ] = None


@takes(Wanted)
class SearchRequest(Parameters):
    """A query: a text, the number of a patent in the library, or several patents to be like."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"query": EXAMPLE_TEXT, "k": 10, "filters": {"industry": ["有色冶金"]}, "facets": True}
            ]
        }
    )

    query: Query = ""
    filters: FilterFields = FilterFields()


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A word of the query in a field, characters `start` to `stop` − 1 (Unicode code points)."""

    word: str
    start: int
    stop: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NearestSentence:
    """The sentence of the abstract or first claim that comes closest to the query."""

    field: Literal["abstract", "first_claim"]
    text: str
    start: int
    stop: int
    score: Annotated[float, Field(description="of cosine and shared words")]
    cosine: float
    shared: Annotated[float, Field(description="share of the query's words, rare ones more, 0 … 1")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Highlights:
    """Where a hit says what was asked."""

    words: Annotated[
        dict[str, int], Field(description="shared words, rarest first, and how often it holds them")
    ]
    title: list[Span]
    abstract: list[Span]
    first_claim: list[Span]
    sentence: NearestSentence | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarPatent:
    """One hit, with the parts of its score."""

    rank: int
    score: Annotated[
        float,
        Field(
            description="0 … 100, comparable across queries and modes: the mean of two percentages, of texts "
            "of random words and of the library's own texts whose first hit is less near. About 50: beyond "
            "chance; 75: the median of own texts. Never above the hit before"
        ),
    ]
    fused: Annotated[
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
    highlights: Annotated[Highlights | None, Field(description="null unless asked for")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreScaleFacts:
    """What the scores of this library were measured on, and where nothing counts as near any longer."""

    floor: Annotated[float, Field(description="score; 0 where the library is too small to measure one")]
    own_texts: Annotated[int, Field(description="titles, clauses and abstracts of the library's patents")]
    own_above: Annotated[float, Field(description="share of them whose first hit is above the floor")]
    chance_texts: Annotated[int, Field(description="texts of as many random words")]
    chance_below: Annotated[float, Field(description="share of them whose first hit is below the floor")]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchAnswer:
    """The nearest patents, best first."""

    kind: Annotated[Kind, Field(description="how the query was understood")]
    query: str
    mode: Mode
    selection: SelectionFacts
    hits: list[SimilarPatent]
    facets: Annotated[list[Facet] | None, Field(description="null unless asked for")]
    score_scale: ScoreScaleFacts
    far: Annotated[int, Field(description="of the k best, left out below the floor; `far` shows them")]
    notes: Annotated[list[str], Field(description="how the query was taken, and what was left out")]
