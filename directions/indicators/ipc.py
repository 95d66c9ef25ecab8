"""IPC: largest classes with share and concentration, growth, the most active, those operated most."""

from __future__ import annotations

from typing import Literal

import polars as pl

from directions.facts import Coverage, TableColumn, needs_text
from directions.indicators.categories import (
    active,
    expect_comparable,
    floor_of,
    long_frame,
    marked,
    span_columns,
    tally,
    top_share,
    unique_patents,
    unknown_marks,
    with_growth,
    years_of,
)
from directions.indicators.counts import COUNT, GROWTH_RATE, SHARE, YEAR, incomplete_note
from directions.indicators.declaration import Rows, Unavailable, Value, indicator, table
from directions.study import Study
from patents.bilingual import Text
from patents.tables import ipc_entry

Level = Literal["class", "subclass", "group"]
_LENGTHS = {"class": 3, "subclass": 4}
_LEVELS = {
    "class": Text("IPC大类", "IPC class"),
    "subclass": Text("IPC小类", "IPC subclass"),
    "group": Text("IPC大组", "IPC main group"),
}
_TITLE = TableColumn("title", Text("含义", "Title"))
_OPERATED = TableColumn("operated", Text("运营量", "Operated"), "count", "件")


def _plural(level: Level) -> str:
    return _LEVELS[level].en + ("s" if level == "group" else "es")


def _column(level: Level) -> TableColumn:
    return TableColumn("ipc", _LEVELS[level])


def lacking_class(study: Study) -> tuple[str, ...]:
    """The column of classes that are counted, where no patent has it."""
    return study.lacking("ipc_main" if study.counting.classification == "main" else "ipc")


@table(
    id=lambda level: f"top_ipc_{level}",
    title=lambda level, count: Text(f"{_LEVELS[level].zh}前{count}位", f"Top {count} {_plural(level)}"),
    columns=lambda level: (
        _column(level),
        _TITLE,
        COUNT,
        SHARE,
        TableColumn("cumulative", Text("累计占比", "Cumulative share"), "share", "%"),
        GROWTH_RATE,
        _OPERATED,
        TableColumn("rank_operated", Text("运营排名", "Rank by operation"), "count"),
    ),
    definitions=("ipc.{classification}", "ipc_share.known", "growth_rate.{growth}", "class_operated.count"),
    needs=lacking_class,
)
def top_ipc(study: Study, level: Level = "subclass", count: int = 10) -> Rows:
    """The largest classes: share, share of the first so many together, growth, rank by operated patents."""
    long = classes(study, level)
    known = unique_patents(long)
    top = tally(long).head(count)
    covered = pl.Series(_covered(long, top["category"].to_list(), known), dtype=pl.Float64)
    frame = with_growth(study, long, top).with_columns(
        share=pl.col("count") / max(known, 1), cumulative=covered
    )
    ranks = (
        marked(study, long)
        .select("category", "operated")
        .with_columns(rank_operated=pl.col("operated").rank("min", descending=True).cast(pl.Int64))
    )
    frame = frame.join(ranks, on="category", how="left", maintain_order="left")
    return Rows(_titled(frame), Coverage(known, study.count), (incomplete_note(study),))


@indicator("ipc_concentration.CR", needs=lacking_class)
def ipc_concentration(study: Study, level: Level = "subclass", count: int = 10) -> Value:
    """Share of patents that the largest classes cover together, each patent once."""
    return top_share(study, classes(study, level), count)


@table(
    id=lambda level: f"active_ipc_{level}",
    title=lambda level: Text(f"最活跃的{_LEVELS[level].zh}", f"Most active {_plural(level)}"),
    columns=lambda study, level: (
        _column(level),
        _TITLE,
        *span_columns(study),
        TableColumn("growth", Text("增长率", "Growth"), "share", "%"),
    ),
    definitions=("most_active.recent", "ipc.{classification}"),
    needs=lacking_class,
)
def most_active_ipc(
    study: Study, level: Level = "subclass", count: int = 10, floor: int | None = None
) -> Rows:
    """Classes that grew fastest from the three complete years before to the last three.

    Args:
        study: what is counted.
        level: 大类, 小类 or 大组.
        count: lines at most.
        floor: least patents of both spans together; 10 or 0.5 % of those of all classes when None.
    """
    expect_comparable(study)
    long = classes(study, level)
    frame = _titled(active(study, long, floor).head(count))
    least = floor_of(study, floor)
    note = Text(
        f"两段合计不少于{least}件的类参加排序。", f"Classes with {least} patents or more in both spans."
    )
    return Rows(frame, Coverage(unique_patents(long), study.count), (note,))


@table(
    id=lambda level: f"ipc_by_operation_{level}",
    title=lambda level: Text(f"运营最多的{_LEVELS[level].zh}", f"{_plural(level)} operated most"),
    columns=lambda level: (
        _column(level),
        _TITLE,
        _OPERATED,
        COUNT,
        TableColumn("share", Text("运营占该类", "Operated of the class"), "share", "%"),
    ),
    definitions=("class_operated.count", "ipc.{classification}"),
    needs=lacking_class,
)
def ipc_by_operation(study: Study, level: Level = "subclass", count: int = 10) -> Rows:
    """Classes by operated patents; `share` is operated of the class's patents."""
    if "operated" in {column.name for column in unknown_marks(study)}:
        raise Unavailable(needs_text(("transfer_count", "licence_count", "pledge_count")))
    long = classes(study, level)
    frame = (
        tally(long)
        .join(marked(study, long).select("category", "operated"), on="category")
        .filter(pl.col("operated") > 0)
        .sort("operated", "count", "category", descending=[True, True, False])
        .head(count)
        .with_columns(share=pl.col("operated") / pl.col("count"))
    )
    return Rows(_titled(frame), Coverage(unique_patents(long), study.count))


@table(
    id=lambda level: f"ipc_by_year_{level}",
    title=lambda level: Text(f"{_LEVELS[level].zh}年度专利量", f"{_plural(level)} by year"),
    columns=lambda level: (_column(level), YEAR, COUNT),
    definitions=("ipc.{classification}", "filings.{year_by}"),
    needs=lacking_class,
)
def ipc_by_year(study: Study, level: Level = "subclass", count: int = 10) -> Rows:
    """Patents of the largest classes by year, one line for each."""
    long = classes(study, level)
    frame = years_of(study, long, tally(long).head(count)["category"].to_list(), "ipc")
    return Rows(frame, Coverage(unique_patents(long), study.count), (incomplete_note(study),))


def classes(study: Study, level: Level) -> pl.DataFrame:
    """Patents with their classes of a level, by the study's 口径; see `long_frame`."""
    if study.counting.classification == "main":
        return long_frame(study, _cut(pl.col("ipc_main"), level))
    return long_frame(study, pl.col("ipc").list.eval(_cut(pl.element(), level)))


def class_title(symbol: str) -> str:
    """Chinese title of a class without what stands in brackets; empty when unknown."""
    entry = ipc_entry(symbol)
    return entry.short if entry else ""


def _cut(symbol: pl.Expr, level: Level) -> pl.Expr:
    if level == "group":
        return pl.when(symbol.str.len_chars() > 4).then(symbol.str.split("/").list.first())
    length = _LENGTHS[level]
    return pl.when(symbol.str.len_chars() >= length).then(symbol.str.slice(0, length))


def _covered(long: pl.DataFrame, listed: list[str], known: int) -> list[float]:
    """Share of patents in the first, the first two … of some categories, each patent once."""
    order = pl.DataFrame(
        {"category": listed, "place": range(len(listed))}, schema_overrides={"place": pl.Int64}
    )
    first = long.join(order, on="category").group_by("row").agg(pl.col("place").min())
    counts = first["place"].value_counts()
    by_place = dict(zip(counts["place"].to_list(), counts["count"].to_list(), strict=True))
    shares, so_far = [], 0
    for place in range(len(listed)):
        so_far += by_place.get(place, 0)
        shares.append(so_far / known)
    return shares


def _titled(frame: pl.DataFrame) -> pl.DataFrame:
    """Classes with their titles: `ipc`, `title`, and what the frame holds."""
    titles = pl.Series([class_title(symbol) for symbol in frame["category"]], dtype=pl.String)
    return frame.with_columns(title=titles).rename({"category": "ipc"})
