"""战略性新兴产业: the most filed (最关注) and the most active (最活跃)."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

import polars as pl

from directions.facts import Coverage, TableColumn
from directions.indicators.categories import (
    active,
    expect_comparable,
    floor_of,
    span_columns,
    tally,
    unique_patents,
    with_growth,
)
from directions.indicators.counts import COUNT, GROWTH_RATE, SHARE, incomplete_note
from directions.indicators.declaration import Rows, table
from directions.indicators.industries import members
from directions.study import Study
from patents.bilingual import Text
from selection.industries import sei_scheme

Level = Literal[1, 2]
_SCHEME = "sei"
_CODE = TableColumn("code", Text("代码", "Code"))
_NAME = TableColumn("industry", Text("战略性新兴产业", "Strategic emerging industry"))


@table(
    id=lambda level: f"top_sei_{level}",
    title=Text("战略性新兴产业分布", "Strategic emerging industries"),
    columns=(_CODE, _NAME, COUNT, SHARE, GROWTH_RATE),
    definitions=("sei.count", "sei_share.all", "growth_rate.{growth}", "most_filed.count"),
    needs=("industries",),
)
def top_sei(study: Study, level: Level = 1, count: int = 10) -> Rows:
    """Strategic emerging industries by patents (最关注), the nine of the first level or the 40 below."""
    long = emerging_industries(study, level)
    frame = with_growth(study, long, tally(long).head(count)).with_columns(
        share=pl.col("count") / study.count
    )
    return Rows(_coded(frame), Coverage(unique_patents(long), study.count), (incomplete_note(study),))


@table(
    id=lambda level: f"active_sei_{level}",
    title=Text("最活跃的战略性新兴产业", "Most active strategic emerging industries"),
    columns=lambda study: (
        _CODE,
        _NAME,
        *span_columns(study),
        TableColumn("growth", Text("增长率", "Growth"), "share", "%"),
    ),
    definitions=("most_active.recent", "sei.count"),
    needs=("industries",),
)
def most_active_sei(study: Study, level: Level = 2, count: int = 10, floor: int | None = None) -> Rows:
    """Strategic emerging industries that grew fastest lately (最活跃); arguments as `most_active_ipc`'s."""
    expect_comparable(study)
    long = emerging_industries(study, level)
    frame = _coded(active(study, long, floor).head(count))
    least = floor_of(study, floor)
    note = Text(
        f"两段合计不少于{least}件的产业参加排序。", f"Industries with {least} patents or more in both spans."
    )
    return Rows(frame, Coverage(unique_patents(long), study.count), (note,))


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
