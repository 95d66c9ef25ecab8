"""What the nodes of a chain are measured by: patents found by the same 检索式, or counts by class."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from directions.chain.members import ChainStudy
from directions.reference import CountReference
from directions.specialisation import FIGURES, figures_of, specialisation
from patents.bilingual import NO_TEXT, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """What the nodes are measured by.

    Attributes:
        title: of the reference.
        total: patents of the reference.
        nodes: patents of each node in the reference; None where it is unknown.
        local_total: patents of the study that compare with `total`.
        local: patents of each node that compare with `nodes`.
        note: how the two sides were made comparable; empty when nothing had to be done.
    """

    title: str
    total: int
    nodes: Mapping[str, int | None]
    local_total: int
    local: Mapping[str, int]
    note: Text = NO_TEXT


def measured_by_patents(local: ChainStudy, reference: ChainStudy, title: str) -> Yardstick:
    """Measure by the patents of a reference, counted by the same 检索式."""
    return Yardstick(
        title=title,
        total=reference.study.count,
        nodes=reference.counts(),
        local_total=local.study.count,
        local=local.counts(),
    )


def measured_by_counts(local: ChainStudy, reference: CountReference) -> Yardstick:
    """Measure by counts of classes: nodes are compared by the main classifications that they name."""
    study, years = local.study, reference.years
    frame = study.patents.filter(pl.col("year").is_in(sorted(years))) if years else study.patents
    classes = frame["ipc_main"].str.replace_all(" ", "")
    own = {
        node.name: int(sum(classes.str.starts_with(symbol).fill_null(False).sum() for symbol in node.ipc))
        for node in local.chain.nodes
    }
    span = f"{min(years)}—{max(years)}年" if years else "全部年份"
    return Yardstick(
        title=reference.title,
        total=reference.total(),
        nodes={node.name: reference.of(node.ipc) for node in local.chain.nodes},
        local_total=frame.height,
        local=own,
        note=Text(
            f"参照为分类统计表，区位熵两侧均按各环节所列主分类号计数（{span}），与检索式所得专利量不同。",
            "The reference holds counts by class: both sides of the RTA are counted by the main "
            "classifications of each node, not by its query.",
        ),
    )


def measured(frame: pl.DataFrame, yardstick: Yardstick) -> pl.DataFrame:
    """Add rta, low, high, standing, standing_en, reference and interval to the nodes of a chain."""
    lines = []
    for name in frame["node"]:
        reference, local = yardstick.nodes[name], yardstick.local[name]
        rta = (
            None
            if reference is None
            else specialisation(local, yardstick.local_total, reference, yardstick.total)
        )
        figures = figures_of(local, rta)
        lines.append((*figures, reference, _interval(*figures[1:3])))
    schema = FIGURES | {"reference": pl.Int64, "interval": pl.String}
    return frame.hstack(pl.DataFrame(lines, schema=schema, orient="row"))


def _interval(low: float | None, high: float | None) -> str | None:
    if low is None or high is None:
        return None
    return f"{low:.2f}–{'∞' if high == float('inf') else f'{high:.2f}'}"
