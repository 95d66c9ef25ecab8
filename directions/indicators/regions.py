"""地区: provinces, cities, counties; per inhabitant and per revenue with the user's figures."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

import polars as pl

from directions.definitions import definition
from directions.facts import Coverage, Indicator, Table, TableColumn, missing_indicator
from directions.indicators.building import (
    COUNT,
    GROWTH_RATE,
    SHARE,
    YEAR,
    growth_definition,
    incomplete_note,
    known_count,
    make_table,
    missing_table,
    no_value,
    share_of,
    too_few,
)
from directions.indicators.categories import (
    growth_rates,
    long_frame,
    marked,
    tally,
    unique_patents,
    untold_note,
    yearly,
)
from directions.indicators.facts_file import Facts
from directions.indicators.high_value import high_value_rows
from directions.indicators.industries import MARK_DEFINITIONS
from directions.indicators.marks import INVENTION, in_force
from directions.study import Study

Level = Literal["province", "city", "county"]
_LABELS = {"province": "省份", "city": "城市", "county": "区县"}
_PER = {
    "population": (("常住人口", "万人", "Inhabitants"), ("每万人口拥有量", "件/万人")),
    "revenue": (("营业收入", "亿元", "Revenue"), ("每亿元营收有效发明", "件/亿元")),
}
_LABELS_EN = {"province": "Province", "city": "City", "county": "County"}


def region_table(study: Study, level: Level = "city", within: str = "", count: int = 0) -> Table:
    """Regions by patents.

    Args:
        study: what is counted.
        level: province, city or county.
        within: only regions of this province or city (`甘肃省`, `广东省/东莞市`); all when empty.
        count: lines at most; 0 for all.
    """
    name, title = f"regions_{level}", (f"{_LABELS[level]}分布", f"Patents by {level}")
    columns = (
        _column(level),
        COUNT,
        SHARE,
        GROWTH_RATE,
        TableColumn("invention", "发明", "count", "件", "Inventions"),
        TableColumn("granted", "授权量", "count", "件", "Grants"),
        TableColumn("in_force", "有效量", "count", "件", "In force"),
        TableColumn("operated", "运营量", "count", "件", "Operated"),
    )
    names = ["region.count", "region_share.known", growth_definition(study), *MARK_DEFINITIONS]
    if lacking := study.lacking(level):
        return missing_table(study, name, title, columns, names, lacking)
    long = regions(study, level, within)
    known = unique_patents(long)
    top = tally(long)
    top = top.head(count) if count else top
    rates = growth_rates(study, long, top["category"].to_list())
    frame = (
        top.with_columns(
            share=pl.col("count") / max(known, 1), growth_rate=pl.Series(rates, dtype=pl.Float64)
        )
        .join(marked(study, long), on="category", how="left", maintain_order="left")
        .rename({"category": "region"})
    )
    notes = [_unknown_note(study, level, within), incomplete_note(study), untold_note(study)]
    coverage = Coverage(*_coverage(study, level, within))
    return make_table(study, name, title, columns, frame, names, known=coverage, notes=notes)


def home_share(study: Study) -> Indicator:
    """Share of patents whose first applicant sits in the study's home; none where no home is set."""
    made = definition("region_share.home")
    if lacking := study.lacking("province"):
        return missing_indicator(made, lacking, study.count)
    known = study.patents.filter(pl.col("province").is_not_null())
    coverage = Coverage(known.height, study.count)
    if not study.home:
        return no_value(made, coverage, "未设置本地：patlas settings home 贵州省")
    return share_of(made, known_count(known, inside(study.home)), known.height, coverage)


def regions_by_year(study: Study, level: Level = "city", within: str = "", count: int = 10) -> Table:
    """Patents of the largest regions by year, one line for each; arguments as `region_table`'s."""
    name = f"regions_by_year_{level}"
    title = (f"{_LABELS[level]}年度专利量", f"Patents by {level} and year")
    columns = (_column(level), YEAR, COUNT)
    names = ["region.count", f"filings.{study.counting.year_by}"]
    if lacking := study.lacking(level):
        return missing_table(study, name, title, columns, names, lacking)
    long = regions(study, level, within)
    listed = tally(long).head(count)["category"].to_list()
    frame = (
        yearly(study, long, listed, study.period)
        .rename({"category": "region"})
        .with_columns(complete=pl.col("year") < study.incomplete_from)
    )
    notes = [incomplete_note(study)]
    coverage = Coverage(*_coverage(study, level, within))
    return make_table(study, name, title, columns, frame, names, known=coverage, notes=notes)


def per_population(
    study: Study,
    facts: Facts,
    level: Level = "city",
    within: str = "",
    *,
    high_value: bool = False,
    awarded: Collection[str] = (),
    pledged: Collection[str] = (),
) -> Table:
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
    which = "high_value" if high_value else "in_force"
    rows = high_value_rows(study, awarded, pledged) if high_value else _inventions_in_force()
    label = "高价值发明专利" if high_value else "有效发明专利"
    return _per(study, facts, level, within, rows, (f"per_population.{which}", label, "population"))


def per_revenue(study: Study, facts: Facts, level: Level = "city", within: str = "") -> Table:
    """每亿元营收有效发明专利数 of regions; arguments as `per_population`'s."""
    told = ("per_revenue.in_force", "有效发明专利", "revenue")
    return _per(study, facts, level, within, _inventions_in_force(), told)


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


def _per(
    study: Study, facts: Facts, level: Level, within: str, rows: pl.Expr, told: tuple[str, str, str]
) -> Table:
    name, label, field = told
    unit = {"population": ("常住人口", "万人", "Inhabitants"), "revenue": ("营业收入", "亿元", "Revenue")}[
        field
    ]
    result = {"population": ("每万人口拥有量", "件/万人"), "revenue": ("每亿元营收有效发明", "件/亿元")}[
        field
    ]
    columns = (
        _column(level),
        TableColumn("count", label, "count", "件", "Inventions"),
        TableColumn(field, unit[0], "number", unit[1], unit[2]),
        TableColumn("value", result[0], "ratio", result[1], "Per unit"),
    )
    table = f"{name.replace('.', '_')}_{level}"
    title = (f"{_LABELS[level]}{result[0]}", f"{label} by {level} over {field}")
    if lacking := study.lacking(level, "patent_type", "legal_state"):
        return missing_table(study, table, title, columns, [name], lacking)
    inventions = study.patents.filter(pl.col("patent_type") == INVENTION)
    if reason := too_few(inventions, pl.col("legal_state").is_not_null(), ("legal_state",)):
        return missing_table(study, table, title, columns, [name], (), reason=reason)
    long = regions(study, level, within)
    own = long.join(study.patents.filter(rows).select("row"), on="row", how="semi")
    places = tally(long)["category"].to_list()
    counts = dict(tally(own).iter_rows())
    values = [facts.of(place, field, study.as_of.year) for place in places]
    frame = pl.DataFrame(
        {
            "region": places,
            "count": [counts.get(place, 0) for place in places],
            field: values,
            "value": [
                counts.get(place, 0) / value if value else None
                for place, value in zip(places, values, strict=True)
            ],
        },
        schema={"region": pl.String, "count": pl.Int64, field: pl.Float64, "value": pl.Float64},
    ).sort("value", "region", descending=[True, False], nulls_last=True)
    absent = int(frame["value"].null_count())
    note = (f"{unit[0]}来自{facts.source}", f"{unit[2]} from {facts.source}")
    if absent:
        note = f"{note[0]}，{absent}个地区缺数。", f"{note[1]}; {absent} regions lack it."
    known = int(study.patents.select((pl.col("legal_state").is_not_null()).sum()).item())
    coverage = Coverage(known, study.count)
    return make_table(study, table, title, columns, frame, [name], known=coverage, notes=[note])


def _inventions_in_force() -> pl.Expr:
    return in_force() & (pl.col("patent_type") == INVENTION)


def inside(within: str) -> pl.Expr:
    """Patents of a province, of a city that is one, or of a city as `province/city`."""
    province, _, city = within.partition("/")
    if city:
        return (pl.col("province") == province) & (pl.col("city") == city)
    return (pl.col("province") == province) | (pl.col("city") == province)


def _coverage(study: Study, level: Level, within: str) -> tuple[int, int]:
    """Patents whose region is known, of those of the area (of all for provinces)."""
    if not within:
        return unique_patents(regions(study, level)), study.count
    area = study.patents.filter(inside(within)).height
    return unique_patents(regions(study, level, within)), area


def _unknown_note(study: Study, level: Level, within: str) -> tuple[str, str]:
    known, area = _coverage(study, level, within)
    unknown = area - known
    if not unknown:
        return "", ""
    label = _LABELS[level]
    return (
        f"{unknown}件专利{label}未知，不计入占比。",
        f"{unknown} patents of unknown {level} are in no share.",
    )


def _column(level: Level) -> TableColumn:
    return TableColumn("region", _LABELS[level], "text", label_en=_LABELS_EN[level])
