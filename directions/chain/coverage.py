"""Who covers which node: a firm, the members of a group, an alliance (专利池); overlaps and gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from directions.chain.members import NODE, ChainStudy
from directions.facts import Coverage, TableColumn
from directions.indicators.declaration import Rows, table
from patents.bilingual import Text
from patents.errors import InputError

#: States of a node by how many hold some of it, two or more counted as two.
GAP, OVERLAP = Text("空缺", "gap"), Text("重叠", "overlap")
_STATES = {0: GAP, 1: Text("独占", "exclusive"), 2: OVERLAP}
#: Of a single holder nobody can say that it holds alone.
_COVERED = Text("覆盖", "covered")


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """One member whose coverage is asked for.

    Attributes:
        name: as printed.
        names: of the applicants that it means: the firm itself, or the members of its group.
    """

    name: str
    names: tuple[str, ...]


@table(
    id="chain_coverage",
    title=lambda chain: Text(f"{chain.chain.title.zh}环节覆盖", "Coverage of the nodes"),
    columns=lambda holders: (
        NODE,
        TableColumn("count", Text("环节专利量", "Patents"), "count", "件"),
        *(
            TableColumn(f"h{place}", Text.same(holder.name), "count", "件")
            for place, holder in enumerate(holders)
        ),
        TableColumn("together", Text("合计（去重）", "Together (unique)"), "count", "件"),
        TableColumn("jointly", Text("共同持有", "Jointly held"), "count", "件"),
        TableColumn("holders", Text("持有成员", "Holders"), "count", "个"),
        TableColumn("state", Text("覆盖", "State")),
    ),
    definitions=("chain_coverage.holders",),
    needs=("applicants",),
)
def coverage_table(chain: ChainStudy, holders: Sequence[Holder]) -> Rows:
    """Patents of every node by holder, all together (unique), how many hold some, and the state.

    Args:
        chain: the nodes with their patents.
        holders: at least one; the patents of a holder are those that its names hold today (当前权利人
            where the export names one, else 申请人).

    Raises:
        InputError: there is no holder.
    """
    if not holders:
        raise InputError("chain-without-holders")
    owned = _owned(chain, holders)
    numbers = [f"h{place}" for place in range(len(holders))]
    states = _STATES if len(holders) > 1 else _STATES | {1: _COVERED}
    several = pl.col("holders").clip(upper_bound=2)
    frame = (
        chain.frame()
        .join(_counts(owned, numbers), left_on="node", right_on="category", how="left", maintain_order="left")
        .with_columns(pl.col(*numbers, "together", "jointly").fill_null(0))
        .with_columns(holders=pl.sum_horizontal([(pl.col(name) > 0).cast(pl.Int64) for name in numbers]))
        .with_columns(
            state=several.replace_strict({number: state.zh for number, state in states.items()}),
            state_en=several.replace_strict({number: state.en for number, state in states.items()}),
        )
    )
    gaps = frame.filter(pl.col("holders") == 0)
    note = Text(
        f"空缺环节：{'、'.join(gaps['node']) or '无'}。", f"Gaps: {', '.join(gaps['name_en']) or 'none'}."
    )
    return Rows(frame, Coverage(owned["row"].n_unique(), chain.count), (note,))


def _owned(chain: ChainStudy, holders: Sequence[Holder]) -> pl.DataFrame:
    """`row`, `category` (node), `holder` (h0, h1 …), each once."""
    frame = chain.study.patents
    names = pl.col("applicants")
    if "current_applicants" in frame.columns:
        names = (
            pl.when(pl.col("current_applicants").list.len() > 0).then("current_applicants").otherwise(names)
        )
    members = pl.DataFrame(
        [(name, f"h{place}") for place, holder in enumerate(holders) for name in holder.names],
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
