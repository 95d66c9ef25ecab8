"""What holders file in: the most filed and most active IPC and 新兴产业 of each, and its rising themes."""

from __future__ import annotations

import polars as pl

from directions.facts import TableColumn
from directions.indicators.categories import comparable, span_counts
from directions.indicators.ipc import classes
from directions.indicators.sei import emerging_industries
from directions.indicators.themes import theme_frame
from directions.study import Study
from patents.bilingual import Text

#: Least patents of both spans for what one holder is most active in.
FLOOR = 3
_RISING = 2  # patents of the last span
_THEMES = 3  # named as directions

COLUMNS = (
    TableColumn("ipc_most", Text("最关注IPC", "Most filed IPC")),
    TableColumn("ipc_active", Text("最活跃IPC", "Most active IPC")),
    TableColumn("sei_most", Text("最关注新兴产业", "Most filed SEI")),
    TableColumn("sei_active", Text("最活跃新兴产业", "Most active SEI")),
    TableColumn("directions", Text("发展方向", "Directions"), "texts"),
)
DEFINITIONS = ("most_filed.count", "most_active.recent", "direction.rising")


def leading(study: Study, owners: pl.DataFrame) -> pl.DataFrame:
    """What each owner files in.

    Args:
        study: what is counted.
        owners: `row`, `owner`: patents of each, a line for each pair.

    Returns:
        `owner`, `ipc_most`, `ipc_active`, `sei_most`, `sei_active` (text, null where nothing is) and
        `directions` (list of names of themes, may be empty).
    """
    frame = owners.select("owner").unique(maintain_order=True)
    parts = {"ipc": classes(study, "subclass")}
    if not study.lacking("industries"):
        parts["sei"] = emerging_industries(study, 2)
    for name in ("ipc", "sei"):
        frame = frame.join(_most_and_active(study, owners, parts.get(name), name), on="owner", how="left")
    return frame.join(_rising(study, owners), on="owner", how="left").with_columns(
        pl.col("directions").fill_null([])
    )


def _most_and_active(
    study: Study, owners: pl.DataFrame, long: pl.DataFrame | None, name: str
) -> pl.DataFrame:
    if long is None:
        long = pl.DataFrame(schema={"row": owners.schema["row"], "category": pl.String})
    counts = span_counts(study, owners.join(long, on="row"), "owner", "category")
    most = (
        counts.sort("count", "category", descending=[True, False])
        .group_by("owner")
        .agg(pl.col("category").first().alias(f"{name}_most"))
    )
    rising = counts.filter(
        pl.lit(comparable(study))
        & (pl.col("earlier") + pl.col("later") >= FLOOR)
        & (pl.col("later") > pl.col("earlier"))
    )
    active = (
        rising.with_columns(rank=(pl.col("later") + 0.5) / (pl.col("earlier") + 0.5))
        .sort("rank", "category", descending=[True, False])
        .group_by("owner")
        .agg(pl.col("category").first().alias(f"{name}_active"))
    )
    return most.join(active, on="owner", how="left")


def _rising(study: Study, owners: pl.DataFrame) -> pl.DataFrame:
    names = pl.DataFrame(
        {"category": [theme.id for theme in study.themes], "name": [theme.name for theme in study.themes]},
        schema={"category": pl.String, "name": pl.String},
    )
    counts = span_counts(study, owners.join(theme_frame(study), on="row"), "owner", "category").with_columns(
        rise=pl.col("later") - pl.col("earlier")
    )
    if not comparable(study):
        counts = counts.clear()
    return (
        counts.filter((pl.col("later") >= _RISING) & (pl.col("rise") > 0))
        .sort("rise", "later", "category", descending=[True, True, False])
        .join(names, on="category", maintain_order="left")
        .group_by("owner", maintain_order=True)
        .agg(directions=pl.col("name").head(_THEMES))
    )
