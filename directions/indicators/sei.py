"""战略性新兴产业: the most filed (最关注) and the most active (最活跃)."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

import polars as pl

from directions.facts import Coverage, Table, TableColumn
from directions.indicators.building import (
    COUNT,
    GROWTH_RATE,
    SHARE,
    growth_definition,
    incomplete_note,
    make_table,
    missing_table,
)
from directions.indicators.categories import (
    active,
    floor_of,
    growth_rates,
    not_comparable,
    spans,
    tally,
    unique_patents,
)
from directions.indicators.industries import members
from directions.study import Study
from selection.industries import sei_scheme

Level = Literal[1, 2]
_SCHEME = "sei"
_CODE = TableColumn("code", "代码", "text", label_en="Code")
_NAME = TableColumn("industry", "战略性新兴产业", "text", label_en="Strategic emerging industry")


def top_sei(study: Study, level: Level = 1, count: int = 10) -> Table:
    """Strategic emerging industries by patents (最关注), the nine of the first level or the 40 below."""
    name, title = f"top_sei_{level}", ("战略性新兴产业分布", "Strategic emerging industries")
    columns = (_CODE, _NAME, COUNT, SHARE, GROWTH_RATE)
    names = ["sei.count", "sei_share.all", growth_definition(study), "most_filed.count"]
    if study.lacking("industries"):
        return missing_table(study, name, title, columns, names, ("industries",))
    long = emerging_industries(study, level)
    top = tally(long).head(count)
    rates = growth_rates(study, long, top["category"].to_list())
    frame = top.with_columns(
        share=pl.col("count") / study.count, growth_rate=pl.Series(rates, dtype=pl.Float64)
    )
    coverage = Coverage(unique_patents(long), study.count)
    notes = [incomplete_note(study)]
    return make_table(study, name, title, columns, _coded(frame), names, known=coverage, notes=notes)


def most_active_sei(study: Study, level: Level = 2, count: int = 10, floor: int | None = None) -> Table:
    """Strategic emerging industries that grew fastest lately (最活跃); arguments as `most_active_ipc`'s."""
    earlier, later = spans(study)
    name, title = (
        f"active_sei_{level}",
        ("最活跃的战略性新兴产业", "Most active strategic emerging industries"),
    )
    columns = (
        _CODE,
        _NAME,
        TableColumn("earlier", earlier.label, "count", "件", earlier.label),
        TableColumn("later", later.label, "count", "件", later.label),
        TableColumn("growth", "增长率", "share", "%", "Growth"),
    )
    names = ["most_active.recent", "sei.count"]
    if study.lacking("industries"):
        return missing_table(study, name, title, columns, names, ("industries",))
    if reason := not_comparable(study):
        return missing_table(study, name, title, columns, names, (), reason=reason)
    long = emerging_industries(study, level)
    frame = _coded(active(study, long, floor).head(count))
    least = floor_of(study, floor)
    note = (
        f"两段合计不少于{least}件的产业参加排序。",
        f"Industries with {least} patents and more in both spans.",
    )
    coverage = Coverage(unique_patents(long), study.count)
    return make_table(study, name, title, columns, frame, names, known=coverage, notes=[note])


def emerging_industries(study: Study, level: Level) -> pl.DataFrame:
    """Patents with their strategic emerging industries of one level; see `long_frame`."""
    return members(study, _SCHEME, tuple(_codes(level)))


def _coded(frame: pl.DataFrame) -> pl.DataFrame:
    codes = {**_codes(1), **_codes(2)}
    return frame.with_columns(
        code=pl.Series([codes.get(name, "") for name in frame["category"]], dtype=pl.String)
    ).rename({"category": "industry"})


@lru_cache(maxsize=2)
def _codes(level: Level) -> dict[str, str]:
    """Name → code of the industries of a level."""
    scheme = sei_scheme()
    return {
        industry.name: industry.code
        for place, industry in enumerate(scheme.industries)
        if 1 + len(scheme.ancestors(place)) == level
    }
