"""IPC: largest classes with share and concentration, growth, the most active, those operated most."""

from __future__ import annotations

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
    make_table,
    missing_table,
    share_of,
)
from directions.indicators.categories import (
    active,
    floor_of,
    growth_rates,
    long_frame,
    marked,
    not_comparable,
    spans,
    tally,
    unique_patents,
    untold_marks,
    yearly,
)
from directions.study import Study
from patents.tables import ipc_entry

Level = Literal["class", "subclass", "group"]
_LENGTHS = {"class": 3, "subclass": 4}
_LABELS = {"class": "IPC大类", "subclass": "IPC小类", "group": "IPC大组"}
_LABELS_EN = {"class": "IPC class", "subclass": "IPC subclass", "group": "IPC main group"}
_TITLE = TableColumn("title", "含义", "text", label_en="Title")
_OPERATED = TableColumn("operated", "运营量", "count", "件", "Operated")


def top_ipc(study: Study, level: Level = "subclass", count: int = 10) -> Table:
    """The largest classes: share, share of the first so many together, growth, rank by operated patents."""
    name, title = f"top_ipc_{level}", (f"{_LABELS[level]}前{count}位", f"Top {count} {_LABELS_EN[level]}")
    columns = (
        _column(level),
        _TITLE,
        COUNT,
        SHARE,
        TableColumn("cumulative", "累计占比", "share", "%", "Cumulative share"),
        GROWTH_RATE,
        _OPERATED,
        TableColumn("rank_operated", "运营排名", "count", "", "Rank by operation"),
    )
    names = [_definition(study), "ipc_share.known", growth_definition(study), "class_operated.count"]
    if lacking := _lacking(study):
        return missing_table(study, name, title, columns, names, lacking)
    long = classes(study, level)
    known = unique_patents(long)
    top = tally(long).head(count)
    listed = top["category"].to_list()
    frame = top.with_columns(
        title=pl.Series([class_title(symbol) for symbol in listed], dtype=pl.String),
        share=pl.col("count") / max(known, 1),
        cumulative=pl.Series(_covered(long, listed, known), dtype=pl.Float64),
        growth_rate=pl.Series(growth_rates(study, long, listed), dtype=pl.Float64),
    )
    ranks = (
        marked(study, long)
        .select("category", "operated")
        .with_columns(rank_operated=pl.col("operated").rank("min", descending=True).cast(pl.Int64))
    )
    frame = frame.join(ranks, on="category", how="left", maintain_order="left").rename({"category": "ipc"})
    coverage = Coverage(known, study.count)
    notes = [incomplete_note(study)]
    return make_table(study, name, title, columns, frame, names, known=coverage, notes=notes)


def ipc_concentration(study: Study, level: Level = "subclass", count: int = 10) -> Indicator:
    """Share of patents that the largest classes cover together, each patent once."""
    made = definition("ipc_concentration.CR")
    if lacking := _lacking(study):
        return missing_indicator(made, lacking, study.count)
    long = classes(study, level)
    known = unique_patents(long)
    top = tally(long).head(count)["category"].to_list()
    covered = unique_patents(long.filter(pl.col("category").is_in(top)))
    return share_of(made, covered, known, Coverage(known, study.count))


def most_active_ipc(
    study: Study, level: Level = "subclass", count: int = 10, floor: int | None = None
) -> Table:
    """Classes that grew fastest from the three complete years before to the last three.

    Args:
        study: what is counted.
        level: 大类, 小类 or 大组.
        count: lines at most.
        floor: least patents of both spans together; 10 or 0.5 % of those of all classes when None.
    """
    earlier, later = spans(study)
    name = f"active_ipc_{level}"
    title = (f"最活跃的{_LABELS[level]}", f"Most active {_LABELS_EN[level]}")
    columns = (
        _column(level),
        _TITLE,
        TableColumn("earlier", earlier.label, "count", "件", earlier.label),
        TableColumn("later", later.label, "count", "件", later.label),
        TableColumn("growth", "增长率", "share", "%", "Growth"),
    )
    names = ["most_active.recent", _definition(study)]
    if lacking := _lacking(study):
        return missing_table(study, name, title, columns, names, lacking)
    if reason := not_comparable(study):
        return missing_table(study, name, title, columns, names, (), reason=reason)
    long = classes(study, level)
    frame = active(study, long, floor).head(count)
    frame = frame.with_columns(
        title=pl.Series([class_title(symbol) for symbol in frame["category"]], dtype=pl.String)
    ).rename({"category": "ipc"})
    least = floor_of(study, floor)
    note = (f"两段合计不少于{least}件的类参加排序。", f"Classes with {least} patents and more in both spans.")
    coverage = Coverage(unique_patents(long), study.count)
    return make_table(study, name, title, columns, frame, names, known=coverage, notes=[note])


def ipc_by_operation(study: Study, level: Level = "subclass", count: int = 10) -> Table:
    """Classes by operated patents; `share` is operated of the class's patents."""
    name, title = (
        f"ipc_by_operation_{level}",
        (
            f"运营最多的{_LABELS[level]}",
            f"{_LABELS_EN[level]} operated most",
        ),
    )
    columns = (
        _column(level),
        _TITLE,
        _OPERATED,
        COUNT,
        TableColumn("share", "运营占该类", "share", "%", "Operated of the class"),
    )
    names = ["class_operated.count", _definition(study)]
    if lacking := _lacking(study):
        return missing_table(study, name, title, columns, names, lacking)
    long = classes(study, level)
    if "operated" in untold_marks(study):
        lacking = ("transfer_count", "licence_count", "pledge_count")
        return missing_table(study, name, title, columns, names, lacking)
    marks = marked(study, long)
    frame = (
        tally(long)
        .join(marks.select("category", "operated"), on="category")
        .filter(pl.col("operated") > 0)
        .sort("operated", "count", "category", descending=[True, True, False])
        .head(count)
        .with_columns(share=pl.col("operated") / pl.col("count"))
    )
    frame = frame.with_columns(
        title=pl.Series([class_title(symbol) for symbol in frame["category"]], dtype=pl.String)
    ).rename({"category": "ipc"})
    coverage = Coverage(unique_patents(long), study.count)
    return make_table(study, name, title, columns, frame, names, known=coverage)


def ipc_by_year(study: Study, level: Level = "subclass", count: int = 10) -> Table:
    """Patents of the largest classes by year, one line for each."""
    name, title = f"ipc_by_year_{level}", (f"{_LABELS[level]}年度专利量", f"{_LABELS_EN[level]} by year")
    columns = (_column(level), YEAR, COUNT)
    names = [_definition(study), f"filings.{study.counting.year_by}"]
    if lacking := _lacking(study):
        return missing_table(study, name, title, columns, names, lacking)
    long = classes(study, level)
    listed = tally(long).head(count)["category"].to_list()
    frame = (
        yearly(study, long, listed, study.period)
        .rename({"category": "ipc"})
        .with_columns(complete=pl.col("year") < study.incomplete_from)
    )
    coverage = Coverage(unique_patents(long), study.count)
    notes = [incomplete_note(study)]
    return make_table(study, name, title, columns, frame, names, known=coverage, notes=notes)


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


def _column(level: Level) -> TableColumn:
    return TableColumn("ipc", _LABELS[level], "text", label_en=_LABELS_EN[level])


def _definition(study: Study) -> str:
    return f"ipc.{study.counting.classification}"


def _lacking(study: Study) -> tuple[str, ...]:
    return study.lacking("ipc_main" if study.counting.classification == "main" else "ipc")
