"""What a prior-art search is told and gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from api.prior_art.question import Asked
    from api.search.shapes import SimilarPatent
    from selection.selection import Selection


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorArtWanted:
    """How to answer.

    Attributes:
        k: hits, at least 1.
        before: cut-off; None takes the day of the patent that is asked for, and none for a text.
        claim: which one; None takes the first.
        combinations: look for pairs that disclose the elements together.
        conflicting: list 抵触申请 as well.
    """

    k: int = 20
    before: date | None = None
    claim: int | None = None
    combinations: bool = False
    conflicting: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementAsked:
    """One element of the claim."""

    number: int
    text: str
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementFound:
    """Where a hit comes closest to an element; `field` is empty and `text` too where it has no text."""

    number: int
    verdict: str
    score: float
    field: str
    text: str
    start: int
    stop: int
    missing: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorArtHit:
    """One document.

    Attributes:
        label: D1, D2 … for prior art, E1 … for conflicting applications.
        patent: as the search shows it.
        subclass: IPC subclass of its main classification.
        family: numbers of the others of its family, or its twin, that count as well and are not shown.
        close, partly: elements that are 相近 and 部分.
        mean: mean score over the elements.
        elements: in the order of the claim.
    """

    label: str
    patent: SimilarPatent
    subclass: str | None
    family: list[str]
    close: int
    partly: int
    mean: float
    elements: list[ElementFound]


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorArtPair:
    """Two documents that disclose the claim together; see `index.combinations.Combination`."""

    first: str
    second: str
    covered: int
    mean: float
    gain: float
    by_first: list[int]
    by_second: list[int]
    open: list[int]
    same_field: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """Among what was looked for.

    Attributes:
        count: patents that count.
        undated: left out because the day that decides is not known.
        later: left out because of it.
        granted: inventions among the later ones known by their grant only, so published earlier.
    """

    count: int
    undated: int
    later: int
    granted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorArt:
    """An answered search; `combinations` and `conflicting` are None where they were not asked for."""

    asked: Asked
    before: date | None
    before_is: str
    selection: Selection
    searched: Searched
    elements: list[ElementAsked]
    hits: list[PriorArtHit]
    combinations: list[PriorArtPair] | None
    conflicting: list[PriorArtHit] | None
    conflicting_searched: Searched | None
    library: str
    as_of: date | None
    notes: list[str]
