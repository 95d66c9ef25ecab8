"""Who is in which node of a chain: the nodes laid over the patents of a study."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from directions.chain.model import Chain, Node
from directions.facts import TableColumn
from directions.indicators.categories import tally, unique_patents
from directions.study import Study
from patents.bilingual import Text

_STAGES_EN = {"上游": "upstream", "中游": "midstream", "下游": "downstream"}
NODE = TableColumn("label", Text("环节", "Node"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainStudy:
    """The patents of a chain within a study.

    Attributes:
        chain: the nodes.
        study: whose patents.
        long: one line for each patent and node that it is in: `row`, `category` (name of the node).
    """

    chain: Chain
    study: Study
    long: pl.DataFrame

    @property
    def count(self) -> int:
        """Unique patents of the chain."""
        return unique_patents(self.long)

    def counts(self) -> dict[str, int]:
        """Patents of every node, empty ones too."""
        counts = dict(tally(self.long).select("category", "count").iter_rows())
        return {node.name: counts.get(node.name, 0) for node in self.chain.nodes}

    def frame(self) -> pl.DataFrame:
        """The nodes in order with their `count`, and what the drawing needs."""
        counts = pl.Series(list(self.counts().values()), dtype=pl.Int64)
        return node_frame(self.chain).with_columns(count=counts)


def chain_study(chain: Chain, study: Study, rows: Mapping[str, npt.NDArray[np.int64]]) -> ChainStudy:
    """Lay out who is in which node.

    Args:
        chain: the nodes.
        study: whose patents.
        rows: of each node with a 检索式, int64 rows of the snapshot that it means, in or out of the study.

    A node below another holds only what that one holds; a node without a 检索式 holds what those below it
    hold.
    """
    within: dict[str, npt.NDArray[np.int64]] = {}
    own = study.patents["row"].cast(pl.Int64).to_numpy()
    for node in chain.nodes:
        if node.query:
            above = within.get(node.parent, own)
            within[node.name] = np.intersect1d(rows[node.name], above)
    for node in reversed(chain.nodes):
        if not node.query:
            parts = [within[child.name] for child in chain.below(node.name)]
            within[node.name] = np.unique(np.concatenate(parts)) if parts else np.zeros(0, dtype=np.int64)
    frames = [
        pl.DataFrame({"row": within[node.name]}).select(pl.col("row"), category=pl.lit(node.name))
        for node in chain.nodes
    ]
    kind = study.patents.schema["row"]
    return ChainStudy(chain=chain, study=study, long=pl.concat(frames).with_columns(pl.col("row").cast(kind)))


def node_frame(chain: Chain) -> pl.DataFrame:
    """The nodes in order, with what the drawing needs."""
    lines = [_line(chain, node) for node in chain.nodes]
    names = ("node", "parent", "beside", "level", "stage", "label", "label_en", "name_en")
    schema = {name: pl.Int64 if name == "level" else pl.String for name in names}
    frame = pl.DataFrame(lines, schema=schema, orient="row")
    return frame.with_columns(stage_en=pl.col("stage").replace(_STAGES_EN))


def _line(chain: Chain, node: Node) -> tuple[str, str, str, int, str, str, str, str]:
    level = chain.level(node)
    indent = "　" * (level - 1)
    beside = chain.node(node.beside) if node.beside else None
    stage = node.stage or (beside.stage if beside else chain.node(node.parent).stage if node.parent else "")
    return (
        node.name,
        node.parent,
        node.beside,
        level,
        stage,
        f"{indent}{node.name}" + (f"（旁支：{node.beside}）" if beside else ""),
        f"{indent}{node.title.en}" + (f" (beside {beside.title.en})" if beside else ""),
        node.title.en,
    )
