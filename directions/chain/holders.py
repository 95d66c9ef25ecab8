"""Who holds the nodes of a chain: kinds of applicants, and the largest ones."""

from __future__ import annotations

import polars as pl

from directions.chain.members import NODE, ChainStudy, node_frame
from directions.facts import Coverage, TableColumn
from directions.indicators.applicants import KINDS, applicants
from directions.indicators.categories import largest_of
from directions.indicators.declaration import Rows, table
from patents.bilingual import Text

_LEADERS = 3


@table(
    id="chain_holders",
    title=Text("各环节持有人构成", "Holders of the nodes by kind"),
    columns=(NODE, *(TableColumn(kind, label, "count", "件") for kind, label in KINDS.items())),
    definitions=("chain.holders",),
    needs=("applicants", "applicant_kinds"),
)
def holder_kinds(chain: ChainStudy) -> Rows:
    """Patents of every node by kind of applicant."""
    held = chain.long.join(applicants(chain.study).drop("category"), on="row")
    kinds = held.group_by(node="category").agg(
        pl.col("row").filter(pl.col("kind") == kind).n_unique().cast(pl.Int64).alias(kind) for kind in KINDS
    )
    frame = node_frame(chain.chain).join(kinds, on="node", how="left", maintain_order="left")
    frame = frame.with_columns(pl.col(list(KINDS)).fill_null(0))
    return Rows(frame, Coverage(held["row"].n_unique(), chain.count))


def leading(chain: ChainStudy) -> pl.DataFrame:
    """`node`, `leading`: the largest applicants with their counts."""
    if chain.study.lacking("applicants"):
        return pl.DataFrame(schema={"node": pl.String, "leading": pl.List(pl.String)})
    held = chain.long.rename({"category": "node"}).join(applicants(chain.study), on="row")
    return largest_of(held, "node", "leading", _LEADERS)
