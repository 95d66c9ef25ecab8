"""Who covers which node: a firm, the members of a group, an alliance (专利池); overlaps and gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from directions.chain.members import DEFINED, NODE, ChainStudy, node_frame
from directions.facts import Coverage, Table, TableColumn
from directions.indicators.building import make_table, missing_table
from patents.errors import InputError

_STATES = {0: ("空缺", "gap"), 1: ("独占", "exclusive"), 2: ("重叠", "overlap")}
#: Of a single holder nobody can say that it holds alone.
_COVERED = ("覆盖", "covered")


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """One member whose coverage is asked for.

    Attributes:
        name: as printed.
        names: of the applicants that it means: the firm itself, or the members of its group.
    """

    name: str
    names: tuple[str, ...]


def coverage_table(chain: ChainStudy, holders: Sequence[Holder]) -> Table:
    """Patents of every node by holder, all together (unique), how many hold some, and the state.

    Args:
        chain: the nodes with their patents.
        holders: at least one; the patents of a holder are those that its names hold today (当前权利人
            where the export names one, else 申请人).

    Raises:
        InputError: there is no holder.
    """
    if not holders:
        raise InputError("nobody to look for", help="name a firm, a group or an alliance: --holder NAME")
    title = (f"{chain.chain.title}环节覆盖", "Coverage of the nodes")
    columns = (
        NODE,
        TableColumn("count", "环节专利量", "count", "件", "Patents"),
        *(TableColumn(f"h{place}", one.name, "count", "件", one.name) for place, one in enumerate(holders)),
        TableColumn("together", "合计（去重）", "count", "件", "Together (unique)"),
        TableColumn("jointly", "共同持有", "count", "件", "Jointly held"),
        TableColumn("holders", "持有成员", "count", "个", "Holders"),
        TableColumn("state", "覆盖", "text", label_en="State"),
    )
    study = chain.study
    definitions = [DEFINED["chain_coverage.holders"]]
    if lacking := study.lacking("applicants"):
        return missing_table(study, "chain_coverage", title, columns, definitions, lacking)
    owned = _owned(chain, holders)
    frame = node_frame(chain.chain).with_columns(
        count=pl.Series([chain.counts()[node.name] for node in chain.chain.nodes], dtype=pl.Int64)
    )
    numbers = [f"h{place}" for place in range(len(holders))]
    held = _counts(owned, numbers)
    frame = (
        frame.join(held, left_on="node", right_on="category", how="left", maintain_order="left")
        .with_columns(pl.col(*numbers, "together", "jointly").fill_null(0))
        .with_columns(holders=pl.sum_horizontal([(pl.col(name) > 0).cast(pl.Int64) for name in numbers]))
        .with_columns(state=_state(0, len(holders)), state_en=_state(1, len(holders)))
    )
    known = Coverage(owned["row"].n_unique(), chain.count)
    gaps = frame.filter(pl.col("state") == "空缺")["node"].to_list()
    note = (
        f"空缺环节：{'、'.join(gaps) if gaps else '无'}。",
        f"Gaps: {', '.join(gaps) if gaps else 'none'}.",
    )
    return make_table(study, "chain_coverage", title, columns, frame, definitions, known=known, notes=[note])


def _state(language: int, holders: int) -> pl.Expr:
    states = _STATES if holders > 1 else _STATES | {1: _COVERED}
    several = pl.col("holders").clip(upper_bound=2)
    return several.replace_strict({number: texts[language] for number, texts in states.items()})


def _owned(chain: ChainStudy, holders: Sequence[Holder]) -> pl.DataFrame:
    """`row`, `category` (node), `holder` (h0, h1 …), each once."""
    frame = chain.study.patents
    names = pl.col("applicants")
    if "current_applicants" in frame.columns:
        names = (
            pl.when(pl.col("current_applicants").list.len() > 0).then("current_applicants").otherwise(names)
        )
    members = pl.DataFrame(
        [(name, f"h{place}") for place, one in enumerate(holders) for name in one.names],
        schema={"applicant": pl.String, "holder": pl.String},
        orient="row",
    )
    owners = frame.select("row", applicant=names).explode("applicant").join(members, on="applicant")
    return owners.select("row", "holder").unique().join(chain.long, on="row")


def _counts(owned: pl.DataFrame, numbers: Sequence[str]) -> pl.DataFrame:
    """`category`, one column a holder, `together`, `jointly` (patents of several holders)."""
    each = owned.group_by("category", "row").agg(pl.col("holder"))
    return each.group_by("category").agg(
        *(pl.col("holder").list.contains(name).sum().cast(pl.Int64).alias(name) for name in numbers),
        together=pl.len().cast(pl.Int64),
        jointly=(pl.col("holder").list.len() > 1).sum().cast(pl.Int64),
    )
