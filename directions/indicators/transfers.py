"""转出 and 转入: who gave patents away and who took them over."""

from __future__ import annotations

import polars as pl

from directions.facts import Coverage, TableColumn
from directions.indicators.applicants import KIND
from directions.indicators.declaration import Rows, table
from directions.indicators.operation import internal_transfers
from directions.study import Study
from patents.applicants import applicant_kind
from patents.bilingual import Text


@table(
    id="transfers",
    title=Text("专利转让主体", "Transfers by applicant"),
    columns=(
        TableColumn("applicant", Text("主体", "Applicant")),
        KIND,
        TableColumn("out", Text("转出量", "Out"), "count", "件"),
        TableColumn("into", Text("转入量", "In"), "count", "件"),
        TableColumn("balance", Text("净转入", "Balance"), "number", "件"),
    ),
    definitions=("transfer_flow.holders",),
    needs=("transfer_count", "applicants", "current_applicants"),
)
def transfers_by_applicant(study: Study, count: int = 20) -> Rows:
    """Applicants and holders by patents transferred, with 转出, 转入 and the balance of both."""
    moved = (
        study.patents.select("row", "applicants", "current_applicants", "transfer_count")
        .with_columns(internal=internal_transfers(study))
        .filter((pl.col("transfer_count") > 0) & ~pl.col("internal"))
    )
    named = moved.filter(
        (pl.col("current_applicants").list.len() > 0) & (pl.col("applicants").list.len() > 0)
    )
    sides = pl.concat(
        [
            _names(named, "applicants", "current_applicants").with_columns(out=1, into=0),
            _names(named, "current_applicants", "applicants").with_columns(out=0, into=1),
        ]
    )
    frame = (
        sides.group_by("applicant")
        .agg(out=pl.col("out").sum().cast(pl.Int64), into=pl.col("into").sum().cast(pl.Int64))
        .with_columns(balance=pl.col("into") - pl.col("out"), both=pl.col("into") + pl.col("out"))
        .sort("both", "applicant", descending=[True, False])
        .head(count)
        .drop("both")
    )
    kinds = pl.Series([applicant_kind(name) for name in frame["applicant"]], dtype=pl.String)
    return Rows(frame.with_columns(kind=kinds), Coverage(named.height, moved.height))


def _names(named: pl.DataFrame, side: str, other: str) -> pl.DataFrame:
    """Names of one side that are not on the other, once for each patent."""
    return (
        named.select("row", applicant=pl.col(side).list.set_difference(pl.col(other)))
        .explode("applicant")
        .drop_nulls("applicant")
        .select("applicant")
    )
