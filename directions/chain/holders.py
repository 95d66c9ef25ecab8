"""Who holds the nodes of a chain: kinds of applicants, and the largest ones."""

from __future__ import annotations

import polars as pl

from directions.chain.members import DEFINED, NODE, ChainStudy, node_frame
from directions.facts import Coverage, Table, TableColumn
from directions.indicators.applicants import applicants
from directions.indicators.building import make_table, missing_table
from directions.study import Study

_KINDS = {
    "企业": "Firms",
    "高校": "Universities",
    "科研院所": "Institutes",
    "医院": "Hospitals",
    "政府": "Authorities",
    "个人": "Individuals",
    "其他": "Others",
}
_LEADERS = 3


def holder_kinds(chain: ChainStudy) -> Table:
    """Patents of every node by kind of applicant."""
    title = ("各环节持有人构成", "Holders of the nodes by kind")
    columns = (NODE, *(TableColumn(kind, kind, "count", "件", english) for kind, english in _KINDS.items()))
    study = chain.study
    if lacking := study.lacking("applicants", "applicant_kinds"):
        return missing_table(study, "chain_holders", title, columns, [DEFINED["chain.holders"]], lacking)
    held = (
        chain.long.join(applicants_of(study), on="row")
        .group_by("category", "kind")
        .agg(count=pl.col("row").n_unique().cast(pl.Int64))
    )
    wide = (
        held.pivot("kind", index="category", values="count")
        if held.height
        else pl.DataFrame({"category": []})
    )
    frame = node_frame(chain.chain).join(
        wide.cast({"category": pl.String}),
        left_on="node",
        right_on="category",
        how="left",
        maintain_order="left",
    )
    missing = [pl.lit(0, dtype=pl.Int64).alias(kind) for kind in _KINDS if kind not in frame.columns]
    frame = frame.with_columns(missing).with_columns(pl.col(list(_KINDS)).fill_null(0))
    known = Coverage(chain.long.join(applicants_of(study), on="row")["row"].n_unique(), chain.count)
    return make_table(study, "chain_holders", title, columns, frame, [DEFINED["chain.holders"]], known=known)


def applicants_of(study: Study) -> pl.DataFrame:
    """Patents with their applicants, all or the first by the 口径: `row`, `applicant`, `kind`."""
    return applicants(study).rename({"category": "applicant"})


def leading(chain: ChainStudy) -> pl.DataFrame:
    """`node`, `leading`: the largest applicants with their counts."""
    if chain.study.lacking("applicants"):
        return pl.DataFrame(schema={"node": pl.String, "leading": pl.List(pl.String)})
    return (
        chain.long.join(applicants_of(chain.study), on="row")
        .group_by("category", "applicant")
        .agg(count=pl.len())
        .sort("count", "applicant", descending=[True, False])
        .group_by("category", maintain_order=True)
        .agg(leading=pl.format("{}（{}）", "applicant", "count").head(_LEADERS))
        .rename({"category": "node"})
    )
