"""转出 and 转入: who gave patents away and who took them over."""

from __future__ import annotations

import polars as pl

from directions.facts import Coverage, Table, TableColumn
from directions.indicators.building import make_table, missing_table
from directions.indicators.operation import internal_transfers
from directions.study import Study
from patents.applicants import applicant_kind

_NEEDS = ("transfer_count", "applicants", "current_applicants")


def transfers_by_applicant(study: Study, count: int = 20) -> Table:
    """Applicants and holders by patents transferred, with 转出, 转入 and the balance of both."""
    title = ("专利转让主体", "Transfers by applicant")
    columns = (
        TableColumn("applicant", "主体", "text", label_en="Applicant"),
        TableColumn("kind", "类型", "text", label_en="Kind"),
        TableColumn("out", "转出量", "count", "件", "Out"),
        TableColumn("into", "转入量", "count", "件", "In"),
        TableColumn("balance", "净转入", "number", "件", "Balance"),
    )
    names = ["transfer_flow.holders"]
    if lacking := study.lacking(*_NEEDS):
        return missing_table(study, "transfers", title, columns, names, lacking)
    moved = (
        study.patents.select("row", "applicants", "current_applicants", "transfer_count")
        .with_columns(internal=internal_transfers(study))
        .filter((pl.col("transfer_count") > 0) & ~pl.col("internal"))
    )
    told = moved.filter((pl.col("current_applicants").list.len() > 0) & (pl.col("applicants").list.len() > 0))
    sides = pl.concat(
        [
            _names(told, "applicants", "current_applicants").with_columns(out=1, into=0),
            _names(told, "current_applicants", "applicants").with_columns(out=0, into=1),
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
    frame = frame.with_columns(kind=kinds)
    coverage = Coverage(told.height, moved.height)
    return make_table(study, "transfers", title, columns, frame, names, known=coverage)


def _names(told: pl.DataFrame, side: str, other: str) -> pl.DataFrame:
    """Names of one side that are not on the other, once for each patent."""
    return (
        told.select("row", applicant=pl.col(side).list.set_difference(pl.col(other)))
        .explode("applicant")
        .drop_nulls("applicant")
        .select("applicant")
    )
