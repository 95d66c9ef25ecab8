"""Shapes of industries and themes: what the HTTP service and `--json` print."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from annotated_types import Ge
from pydantic import ConfigDict, Field

from api.http.parameters import Parameters, takes
from patents.described import Described
from themes.events import ThemeEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Patents of a 检索式."""

    where: Annotated[str, Described(code="themes-where", examples=("AD=[2015 to 2020]",))] = ""
    dialect: Annotated[Literal["incopat", "patsnap"] | None, Described(code="filter-dialect")] = None
    with_noise: Annotated[bool, Described(code="with-noise")] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Patents of an industry that are counted."""

    placed_only: Annotated[bool, Described(code="themes-placed-only")] = False
    leading_classes: Annotated[
        int | None, Ge(1), Described(code="themes-leading-classes", examples=(10,))
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IndustryFacts:
    """One industry of one scheme."""

    id: Annotated[str, Field(examples=["provincial:有色冶金"])]
    scheme: str
    name: str
    count: int
    share: Annotated[float, Field(description="of the patents counted, 0 … 1")]
    themes: Annotated[int, Field(description="number of themes built for it")]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndustriesAnswer:
    """All industries that hold a patent."""

    where: Annotated[str, Field(description="the 检索式 that is counted; * for all patents")] = "*"
    count: Annotated[int, Field(description="patents counted")] = 0
    tagged_noise: Annotated[int, Field(description="patents left out because they are tagged 噪声")] = 0
    industries: list[IndustryFacts]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeInSnapshot:
    """One theme of an industry."""

    id: Annotated[str, Field(description="kept over rebuilds; empty on other layers than the default one")]
    name: str
    keywords: tuple[str, ...]
    size: Annotated[int, Field(description="core and assigned patents")]
    core_size: int
    share: Annotated[float, Field(description="of the patents counted, 0 … 1")]
    representatives: Annotated[list[str], Field(description="publication numbers, most central first")]
    counts_by_year: Annotated[dict[int, int], Field(description="patents by filing year")]
    hidden: Annotated[bool, Field(description="off the lists by a user's wish")] = False
    stability: Annotated[
        float | None,
        Field(description="how well its core is found again in subsamples; null unless measured"),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemesAnswer:
    """The themes of one industry, largest first; noise is reported, never hidden."""

    scope: str
    where: Annotated[str, Field(description="the 检索式 that is counted; * for all patents")] = "*"
    count: Annotated[int, Field(description="core + assigned + unplaced")]
    core: int
    assigned: int
    unplaced: int
    tagged_noise: Annotated[int, Field(description="patents left out because they are tagged 噪声")] = 0
    left_out: Annotated[int, Field(description="unplaced patents left out as asked (placed_only)")] = 0
    layer: Annotated[int, Field(description="number of themes of the layer shown")] = 0
    layers: Annotated[
        list[int],
        Field(description="layers that the build named; any other can be asked for"),
    ] = field(default_factory=list)
    most: Annotated[int, Field(description="themes of the finest layer")] = 0
    hidden: Annotated[int, Field(description="themes off the list by a user's wish")] = 0
    incomplete_from_year: Annotated[
        int, Field(description="counts from this year on are incomplete: 18 months before the as-of date")
    ]
    note: str
    themes: list[ThemeInSnapshot]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeHistoryAnswer:
    """What the last build did to the themes of one industry."""

    events: list[ThemeEvent]


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeNode:
    """A theme of some layer."""

    place: int
    parent: Annotated[int, Field(description="place of its parent, −1 for a root")]
    children: Annotated[tuple[int, ...], Field(description="none or at least two")]
    layers: Annotated[
        tuple[int, ...], Field(description="numbers of themes of the layers that it belongs to")
    ]
    id: Annotated[str, Field(description="of the default layer's theme that it is; empty for none")]
    name: str
    keywords: tuple[str, ...]
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeTreeAnswer:
    """The tree of layers, parents before children."""

    scope: str
    layers: list[int]
    default_layer: int
    count: int
    unplaced: int
    nodes: list[TreeNode]


@dataclass(frozen=True, slots=True, kw_only=True)
class GrowthFacts:
    """Growth from an earlier to a later span: R (增长到几倍) and R − 1 (增长率)."""

    earlier: int
    later: int
    ratio: Annotated[float | None, Field(description="R; null where the earlier span is empty")]
    increase: Annotated[float | None, Field(description="R − 1")]
    low: float
    high: Annotated[float | None, Field(description="upper end of the interval of R; null for none")]
    level: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergenceFacts:
    """Is a theme coming up? Mean of three parts in 0 … 1."""

    score: float
    rising: Annotated[float, Field(description="chance that its share of filings has risen")]
    diverse: Annotated[float, Field(description="applicants per patent against the median theme")]
    young: Annotated[float, Field(description="share of its patents filed in the later span")]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodCounts:
    """Periods of all patents looked at."""

    periods: list[str]
    totals: list[int]
    incomplete: list[bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeTrend:
    """One theme over time; lists run along the periods."""

    id: str
    name: str
    counts: list[int]
    shares: list[float]
    plan_counts: list[int]
    plan_shares: list[float]
    unknown: Annotated[int, Field(description="its patents without a known filing year")]
    growth: Annotated[GrowthFacts | None, Field(description="of counts per year")]
    share_growth: Annotated[GrowthFacts | None, Field(description="of the share of filings")]
    plan_growth: Annotated[
        GrowthFacts | None, Field(description="last complete five-year plan against the one before")
    ]
    emergence: EmergenceFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendsAnswer:
    """The themes of an industry over time, those that look most like coming up first."""

    scope: str
    where: str
    count: int
    tagged_noise: int
    incomplete_from_year: int
    years: PeriodCounts
    plans: PeriodCounts
    earlier_span: list[str]
    later_span: list[str]
    plan_pair: list[str]
    note: Annotated[str, Field(description="what makes the comparison weak; empty for nothing")]
    themes: list[ThemeTrend]


@dataclass(frozen=True, slots=True, kw_only=True)
class PatentMention:
    """A patent in short."""

    number: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeywordShown:
    """A keyword with what speaks for it."""

    text: str
    score: Annotated[float | None, Field(description="of the ranking; null for one that a user pinned")]
    patents: Annotated[int, Field(description="core patents that hold it")]
    elsewhere: Annotated[int, Field(description="other patents of the scope that hold it")]
    pinned: bool
    sentence: Annotated[str, Field(description="a core patent's sentence with it; empty for none")]
    evidence: PatentMention | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NearTheme:
    """A neighbouring theme."""

    id: str
    name: str
    cosine: float


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyTermFacts:
    """A term that sets a period apart."""

    text: str
    score: float
    patents: int
    elsewhere: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTerms:
    """What a theme's patents of one five-year plan speak of more than its others."""

    plan: str
    patents: int
    terms: list[KeyTermFacts]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeAnswer:
    """All that is known of a theme."""

    id: str
    name: str
    own_name: Annotated[str, Field(description="the name that its keywords or the language model gave it")]
    scope: str
    where: str
    hidden: bool
    count: int
    size: int
    core_size: int
    share: float
    stability: float | None
    above: Annotated[list[str], Field(description="coarser themes that it is part of, coarsest first")]
    keywords: list[KeywordShown]
    representatives: list[PatentMention]
    neighbours: list[NearTheme]
    years: PeriodCounts
    plans: PeriodCounts
    trend: ThemeTrend | None
    plan_terms: list[PlanTerms]
    events: list[ThemeEvent]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapTheme:
    """A theme on the map."""

    id: str
    name: str
    size: int
    x: int
    y: int
    outline: Annotated[
        list[int], Field(description="x, y, x, y … around the inner three quarters of its core")
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapLabel:
    """A name of some layer at the middle of its patents."""

    layer: int
    name: str
    size: int
    x: int
    y: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeMapAnswer:
    """A map; columns have an entry for each patent that has a place."""

    scope: str
    where: str
    snapshot: int
    count: int
    without_place: int
    scale: Annotated[int, Field(description="coordinates are divided by it; most lie within ±10")]
    x: list[int]
    y: list[int]
    theme: Annotated[list[int], Field(description="place in `themes`, −1 for unplaced")]
    core: list[int]
    number: list[str]
    themes: list[MapTheme]
    labels: Annotated[list[MapLabel], Field(description="of all layers, coarse to fine")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change of themes."""

    kind: Literal["rename", "merge", "split", "hide", "show", "pin", "seed"]
    id: Annotated[str, Field(description="the theme; not needed for a seed")] = ""
    name: Annotated[str, Field(description="of a renaming (empty gives the own name back) or a seed")] = ""
    ids: Annotated[tuple[str, ...], Field(description="themes to merge into `id`")] = ()
    words: Annotated[
        tuple[str, ...], Field(description="keywords to pin (none unpins), or terms of a seed")
    ] = ()
    parts: Annotated[int, Field(ge=2, le=20, description="into how many parts a theme is split")] = 2
    industry: Annotated[str, Field(description="whose theme a seed makes; empty for the whole library")] = ""
    who: str = ""
    note: str = ""


@takes(Change)
class ThemeChange(Parameters):
    """A change of themes."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"kind": "rename", "id": "T000012", "name": "铝电解槽阴极"}]}
    )


class ThemeUndo(Parameters):
    """Undo a change of themes."""

    number: Annotated[int | None, Field(description="of the change; null for the newest")] = None
    who: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditLine:
    """One line of the log of users' changes."""

    number: int
    kind: str
    scope: str
    id: str
    ids: Annotated[list[str], Field(description="others that took part: merged away, or made by a split")]
    name: str
    words: list[str]
    hidden: bool | None
    note: str
    who: str
    at: str
    undoes: int | None
    undone: bool
    in_force: Annotated[bool, Field(description="false also where its theme is no longer there")]


@dataclass(frozen=True, slots=True, kw_only=True)
class EditLogAnswer:
    """Users' changes, the newest first."""

    edits: list[EditLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class EditedAnswer:
    """What a change did."""

    line: EditLine
    snapshot: Annotated[int, Field(description="the snapshot that is live now")]
    themes: int
