"""地区: provinces, cities, counties; per inhabitant and per revenue with the user's figures."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

import polars as pl

from directions.facts import Coverage, TableColumn
from directions.indicators.categories import (
    MARK_DEFINITIONS,
    MARKS,
    described,
    long_frame,
    tally,
    unique_patents,
    unknown_marks_note,
    years_of,
)
from directions.indicators.counts import COUNT, GROWTH_RATE, SHARE, YEAR, incomplete_note, known_count
from directions.indicators.declaration import Rows, Unavailable, Value, indicator, table
from directions.indicators.facts_file import Facts
from directions.indicators.high_value import high_value_rows
from directions.indicators.marks import INVENTION, in_force
from directions.indicators.shares import expect_enough, share
from directions.study import Study
from patents.bilingual import NO_TEXT, Text

Level = Literal["province", "city", "county"]
_LEVELS = {
    "province": Text("省份", "Province"),
    "city": Text("城市", "City"),
    "county": Text("区县", "County"),
}
_INHABITANTS = TableColumn("population", Text("常住人口", "Inhabitants"), "number", "万人")
_REVENUE = TableColumn("revenue", Text("营业收入", "Revenue"), "number", "亿元")
_INVENTIONS = Text("有效发明专利", "Inventions in force")
_HIGH_VALUE = Text("高价值发明专利", "High-value inventions")


def _column(level: Level) -> TableColumn:
    return TableColumn("region", _LEVELS[level])


@table(
    id=lambda level: f"regions_{level}",
    title=lambda level: Text(f"{_LEVELS[level].zh}分布", f"Patents by {level}"),
    columns=lambda level: (_column(level), COUNT, SHARE, GROWTH_RATE, *MARKS),
    definitions=("region.count", "region_share.known", "growth_rate.{growth}", *MARK_DEFINITIONS),
    needs=lambda study, level: study.lacking(level),
)
def region_table(study: Study, level: Level = "city", within: str = "", count: int = 0) -> Rows:
    """Regions by patents.

    Args:
        study: what is counted.
        level: province, city or county.
        within: only regions of this province or city (`甘肃省`, `广东省/东莞市`); all when empty.
        count: lines at most; 0 for all.
    """
    long = regions(study, level, within)
    top = tally(long).head(count) if count else tally(long)
    frame = described(study, long, top, unique_patents(long), "region")
    coverage = _coverage(study, level, within)
    unknown = coverage.of - coverage.known
    note = Text(
        f"{unknown}件专利{_LEVELS[level].zh}未知，不计入占比。",
        f"{unknown} patents whose {level} is unknown are left out of the shares.",
    )
    notes = (note if unknown else NO_TEXT, incomplete_note(study), unknown_marks_note(study))
    return Rows(frame, coverage, notes)


@indicator("region_share.home", needs=("province",))
def home_share(study: Study) -> Value:
    """Share of patents whose first applicant sits in the study's home; none where no home is set."""
    known = study.patents.filter(pl.col("province").is_not_null())
    coverage = Coverage(known.height, study.count)
    expect_home(study, coverage)
    return share(known_count(known, inside(study.home)), known.height, coverage)


@table(
    id=lambda level: f"regions_by_year_{level}",
    title=lambda level: Text(f"{_LEVELS[level].zh}年度专利量", f"Patents by {level} and year"),
    columns=lambda level: (_column(level), YEAR, COUNT),
    definitions=("region.count", "filings.{year_by}"),
    needs=lambda study, level: study.lacking(level),
)
def regions_by_year(study: Study, level: Level = "city", within: str = "", count: int = 10) -> Rows:
    """Patents of the largest regions by year, one line for each; arguments as `region_table`'s."""
    long = regions(study, level, within)
    frame = years_of(study, long, tally(long).head(count)["category"].to_list(), "region")
    return Rows(frame, _coverage(study, level, within), (incomplete_note(study),))


def _per_columns(
    level: Level, patents: Text, figure: TableColumn, value: TableColumn
) -> tuple[TableColumn, ...]:
    return _column(level), TableColumn("count", patents, "count", "件"), figure, value


_PER_PERSON = TableColumn("value", Text("每万人口拥有量", "Per unit"), "ratio", "件/万人")
_PER_REVENUE = TableColumn("value", Text("每亿元营收有效发明", "Per unit"), "ratio", "件/亿元")
_PER_NEEDS = ("patent_type", "legal_state")


@table(
    id=lambda level, high_value: f"per_population_{'high_value' if high_value else 'in_force'}_{level}",
    title=lambda level, high_value: Text(
        f"{_LEVELS[level].zh}{_PER_PERSON.label.zh}",
        f"{(_HIGH_VALUE if high_value else _INVENTIONS).en} by {level} over population",
    ),
    columns=lambda level, high_value: _per_columns(
        level, _HIGH_VALUE if high_value else _INVENTIONS, _INHABITANTS, _PER_PERSON
    ),
    definitions=lambda high_value: (f"per_population.{'high_value' if high_value else 'in_force'}",),
    needs=lambda study, level: study.lacking(level, *_PER_NEEDS),
)
def per_population(
    study: Study,
    facts: Facts,
    level: Level = "city",
    within: str = "",
    *,
    high_value: bool = False,
    awarded: Collection[str] = (),
    pledged: Collection[str] = (),
) -> Rows:
    """每万人口发明专利拥有量 of regions, or that of 高价值发明专利.

    Args:
        study: what is counted.
        facts: the user's figures.
        level: province, city or county.
        within: as in `region_table`.
        high_value: count 高价值发明专利 instead.
        awarded: see `high_value`.
        pledged: see `high_value`.
    """
    rows = high_value_rows(study, awarded, pledged) if high_value else _inventions_in_force()
    return _per(study, facts, level, within, rows, _INHABITANTS)


@table(
    id=lambda level: f"per_revenue_in_force_{level}",
    title=lambda level: Text(
        f"{_LEVELS[level].zh}{_PER_REVENUE.label.zh}", f"{_INVENTIONS.en} by {level} over revenue"
    ),
    columns=lambda level: _per_columns(level, _INVENTIONS, _REVENUE, _PER_REVENUE),
    definitions=("per_revenue.in_force",),
    needs=lambda study, level: study.lacking(level, *_PER_NEEDS),
)
def per_revenue(study: Study, facts: Facts, level: Level = "city", within: str = "") -> Rows:
    """每亿元营收有效发明专利数 of regions; arguments as `per_population`'s."""
    return _per(study, facts, level, within, _inventions_in_force(), _REVENUE)


def regions(study: Study, level: Level, within: str = "") -> pl.DataFrame:
    """Patents with their region; counties with the name of their city before it; see `long_frame`."""
    frame = study.patents
    place = pl.col(level)
    if level == "county":
        place = pl.when(place.is_not_null()).then(pl.concat_str(pl.col("city").fill_null(""), place))
    long = long_frame(study, place)
    if not within:
        return long
    area = frame.filter(inside(within)).select("row")
    return long.join(area, on="row", how="semi")


def _per(study: Study, facts: Facts, level: Level, within: str, rows: pl.Expr, figure: TableColumn) -> Rows:
    inventions = study.patents.filter(pl.col("patent_type") == INVENTION)
    expect_enough(inventions, pl.col("legal_state").is_not_null(), ("legal_state",))
    long = regions(study, level, within)
    own = long.join(study.patents.filter(rows).select("row"), on="row", how="semi")
    places = tally(long)["category"].to_list()
    counts = dict(tally(own).iter_rows())
    frame = (
        pl.DataFrame(
            {
                "region": places,
                "count": [counts.get(place, 0) for place in places],
                figure.name: [facts.of(place, figure.name, study.as_of.year) for place in places],
            },
            schema={"region": pl.String, "count": pl.Int64, figure.name: pl.Float64},
        )
        .with_columns(value=pl.when(pl.col(figure.name) != 0).then(pl.col("count") / pl.col(figure.name)))
        .sort("value", "region", descending=[True, False], nulls_last=True)
    )
    note = Text(f"{figure.label.zh}来自{facts.source}", f"{figure.label.en} from {facts.source}")
    if absent := int(frame["value"].null_count()):
        note += Text(f"，{absent}个地区缺数。", f"; not given for {absent} regions.")
    known = known_count(study.patents, pl.col("legal_state").is_not_null())
    return Rows(frame, Coverage(known, study.count), (note,))


def _inventions_in_force() -> pl.Expr:
    return in_force() & (pl.col("patent_type") == INVENTION)


def expect_home(study: Study, coverage: Coverage | None = None) -> None:
    """Raise `Unavailable` where no home is set."""
    if not study.home:
        raise Unavailable(
            Text(
                "未设置本地：请在设置 home 中给出省份，如贵州省",
                "no home is set: name a province in the setting home",
            ),
            coverage,
        )


def inside(within: str) -> pl.Expr:
    """Patents of a province, of a city that is one, or of a city as `province/city`."""
    province, _, city = within.partition("/")
    if city:
        return (pl.col("province") == province) & (pl.col("city") == city)
    return (pl.col("province") == province) | (pl.col("city") == province)


def _coverage(study: Study, level: Level, within: str) -> Coverage:
    """Patents whose region is known, of those of the area (of all for provinces)."""
    if not within:
        return Coverage(unique_patents(regions(study, level)), study.count)
    area = study.patents.filter(inside(within)).height
    return Coverage(unique_patents(regions(study, level, within)), area)
