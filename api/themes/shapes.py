"""Shapes of industries and themes: what the HTTP service and `--json` print."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.shapes import Shape


class IndustryShape(Shape):
    """One industry of one scheme."""

    id: Annotated[str, Field(examples=["provincial:有色冶金"])]
    scheme: str
    name: str
    count: int
    share: Annotated[float, Field(description="of the patents counted, 0 … 1")]
    themes: Annotated[int, Field(description="number of themes built for it")]


class IndustriesAnswer(Shape):
    """All industries that hold a patent."""

    where: Annotated[str, Field(description="the 检索式 that is counted; * for all patents")] = "*"
    count: Annotated[int, Field(description="patents counted")] = 0
    tagged_noise: Annotated[int, Field(description="patents left out because they are tagged 噪声")] = 0
    industries: list[IndustryShape]


class ThemeShape(Shape):
    """One theme of an industry."""

    id: Annotated[str, Field(description="kept over rebuilds; empty on other layers than the default one")]
    name: str
    keywords: list[str]
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


class ThemesAnswer(Shape):
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
        Field(default_factory=list, description="layers that the build named; any other can be asked for"),
    ]
    most: Annotated[int, Field(description="themes of the finest layer")] = 0
    hidden: Annotated[int, Field(description="themes off the list by a user's wish")] = 0
    incomplete_from_year: Annotated[
        int, Field(description="counts from this year on are incomplete: 18 months before the as-of date")
    ]
    note: str
    themes: list[ThemeShape]


class ThemeEventShape(Shape):
    """One line of the log of a build."""

    kind: str
    id: str
    other: Annotated[str, Field(description="the theme it was merged into or split off from")]
    shared: int
    before: int
    after: int


class ThemeHistoryAnswer(Shape):
    """What the last build did to the themes of one industry."""

    events: list[ThemeEventShape]


class TreeNodeShape(Shape):
    """A theme of some layer."""

    place: int
    parent: Annotated[int, Field(description="place of its parent, −1 for a root")]
    children: Annotated[list[int], Field(description="none or at least two")]
    layers: Annotated[list[int], Field(description="numbers of themes of the layers that it belongs to")]
    id: Annotated[str, Field(description="of the default layer's theme that it is; empty for none")]
    name: str
    keywords: list[str]
    size: int


class ThemeTreeAnswer(Shape):
    """The tree of layers, parents before children."""

    scope: str
    layers: list[int]
    default_layer: int
    count: int
    unplaced: int
    nodes: list[TreeNodeShape]


class GrowthShape(Shape):
    """Growth from an earlier to a later span: R (增长到几倍) and R − 1 (增长率)."""

    earlier: int
    later: int
    ratio: Annotated[float | None, Field(description="R; null where the earlier span is empty")]
    increase: Annotated[float | None, Field(description="R − 1")]
    low: float
    high: Annotated[float | None, Field(description="upper end of the interval of R; null for none")]
    level: float


class EmergenceShape(Shape):
    """Is a theme coming up? Mean of three parts in 0 … 1."""

    score: float
    rising: Annotated[float, Field(description="chance that its share of filings has risen")]
    diverse: Annotated[float, Field(description="applicants per patent against the median theme")]
    young: Annotated[float, Field(description="share of its patents filed in the later span")]


class PeriodsShape(Shape):
    """Periods of all patents looked at."""

    periods: list[str]
    totals: list[int]
    incomplete: list[bool]


class TrendShape(Shape):
    """One theme over time; lists run along the periods."""

    id: str
    name: str
    counts: list[int]
    shares: list[float]
    plan_counts: list[int]
    plan_shares: list[float]
    unknown: Annotated[int, Field(description="its patents without a known filing year")]
    growth: Annotated[GrowthShape | None, Field(description="of counts per year")]
    share_growth: Annotated[GrowthShape | None, Field(description="of the share of filings")]
    plan_growth: Annotated[
        GrowthShape | None, Field(description="last complete five-year plan against the one before")
    ]
    emergence: EmergenceShape


class TrendsAnswer(Shape):
    """The themes of an industry over time, those that look most like coming up first."""

    scope: str
    where: str
    count: int
    tagged_noise: int
    incomplete_from_year: int
    years: PeriodsShape
    plans: PeriodsShape
    earlier_span: list[str]
    later_span: list[str]
    plan_pair: list[str]
    note: Annotated[str, Field(description="what makes the comparison weak; empty for nothing")]
    themes: list[TrendShape]


class MentionShape(Shape):
    """A patent in short."""

    number: str
    title: str


class KeywordShape(Shape):
    """A keyword with what speaks for it."""

    text: str
    score: Annotated[float | None, Field(description="of the ranking; null for one that a user pinned")]
    patents: Annotated[int, Field(description="core patents that hold it")]
    elsewhere: Annotated[int, Field(description="other patents of the scope that hold it")]
    pinned: bool
    sentence: Annotated[str, Field(description="a core patent's sentence with it; empty for none")]
    evidence: MentionShape | None


class NearThemeShape(Shape):
    """A neighbouring theme."""

    id: str
    name: str
    cosine: float


class KeyTermShape(Shape):
    """A term that sets a period apart."""

    text: str
    score: float
    patents: int
    elsewhere: int


class PlanTermsShape(Shape):
    """What a theme's patents of one five-year plan speak of more than its others."""

    plan: str
    patents: int
    terms: list[KeyTermShape]


class ThemeAnswer(Shape):
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
    keywords: list[KeywordShape]
    representatives: list[MentionShape]
    neighbours: list[NearThemeShape]
    years: PeriodsShape
    plans: PeriodsShape
    trend: TrendShape | None
    plan_terms: list[PlanTermsShape]
    events: list[ThemeEventShape]


class MapThemeShape(Shape):
    """A theme on the map."""

    id: str
    name: str
    size: int
    x: int
    y: int
    outline: Annotated[
        list[int], Field(description="x, y, x, y … around the inner three quarters of its core")
    ]


class MapLabelShape(Shape):
    """A name of some layer at the middle of its patents."""

    layer: int
    name: str
    size: int
    x: int
    y: int


class ThemeMapAnswer(Shape):
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
    themes: list[MapThemeShape]
    labels: Annotated[list[MapLabelShape], Field(description="of all layers, coarse to fine")]


class ThemeChange(BaseModel):
    """A change of themes."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"kind": "rename", "id": "T000012", "name": "铝电解槽阴极"}]},
    )

    kind: Literal["rename", "merge", "split", "hide", "show", "pin", "seed"]
    id: Annotated[str, Field(description="the theme; not needed for a seed")] = ""
    name: Annotated[str, Field(description="of a renaming (empty gives the own name back) or a seed")] = ""
    ids: Annotated[list[str], Field(description="themes to merge into `id`")] = []
    words: Annotated[list[str], Field(description="keywords to pin (none unpins), or terms of a seed")] = []
    parts: Annotated[int, Field(ge=2, le=20, description="into how many parts a theme is split")] = 2
    industry: Annotated[str, Field(description="whose theme a seed makes; empty for the whole library")] = ""
    who: str = ""
    note: str = ""


class ThemeUndo(BaseModel):
    """Undo a change of themes."""

    model_config = ConfigDict(extra="forbid")

    number: Annotated[int | None, Field(description="of the change; null for the newest")] = None
    who: str = ""
    note: str = ""


class EditLineShape(Shape):
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


class EditLogAnswer(Shape):
    """Users' changes, the newest first."""

    edits: list[EditLineShape]


class EditedAnswer(Shape):
    """What a change did."""

    line: EditLineShape
    snapshot: Annotated[int, Field(description="the snapshot that is live now")]
    themes: int
