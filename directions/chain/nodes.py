"""The nodes of a chain counted: share, growth, patents in force, applicants, themes, standing."""

from __future__ import annotations

import polars as pl

from directions.chain.holders import leading
from directions.chain.measuring import Yardstick, measured
from directions.chain.members import DEFINED, NODE, ChainStudy, node_frame
from directions.facts import Coverage, Definition, Table, TableColumn
from directions.indicators.building import (
    GROWTH_RATE,
    growth_definition,
    incomplete_note,
    make_table,
)
from directions.indicators.categories import growth_rates, marked, untold_note
from directions.indicators.themes import theme_frame
from directions.specialisation import RULE, RULE_EN

_THEMES = 3


def node_table(chain: ChainStudy, yardstick: Yardstick | None = None) -> Table:
    """Every node with counts, share, growth and patents in force.

    With a yardstick also RTA with its interval and the standing 强, 一般, 弱 or 空白. Besides what is
    printed the rows hold `node`, `parent`, `beside`, `level` and `label_en`.
    """
    study = chain.study
    named = [node.name for node in chain.chain.nodes]
    counts = chain.counts()
    unique = max(chain.count, 1)
    frame = (
        node_frame(chain.chain)
        .with_columns(count=pl.Series([counts[name] for name in named], dtype=pl.Int64))
        .with_columns(
            share=pl.col("count") / unique,
            growth_rate=pl.Series(growth_rates(study, chain.long, named), dtype=pl.Float64),
        )
        .join(
            marked(study, chain.long), left_on="node", right_on="category", how="left", maintain_order="left"
        )
    )
    columns = [
        NODE,
        TableColumn("stage", "位置", "text", label_en="Stage"),
        TableColumn("count", "专利量", "count", "件", "Patents"),
        TableColumn("share", "占全链", "share", "%", "Share"),
        GROWTH_RATE,
        TableColumn("in_force", "有效量", "count", "件", "In force"),
    ]
    definitions: list[str | Definition] = [
        DEFINED["chain.node"],
        DEFINED["chain_share.unique"],
        growth_definition(study),
        "in_force.count",
    ]
    notes = [_overlap_note(chain), incomplete_note(study), untold_note(study)]
    if yardstick is not None:
        frame = measured(frame, yardstick)
        columns[6:6] = [
            TableColumn("rta", "区位熵", "ratio", label_en="RTA"),
            TableColumn("interval", "95%区间", "text", label_en="95% interval"),
            TableColumn("standing", "强弱", "text", label_en="Standing"),
        ]
        definitions += [DEFINED["rta.ratio"], DEFINED["chain_class.interval"]]
        notes += [
            (
                f"参照：{yardstick.title}，{yardstick.total}件。{RULE}",
                f"Reference: {yardstick.title}, {yardstick.total} patents. {RULE_EN}",
            ),
            (yardstick.note, yardstick.note_en),
        ]
    else:
        notes.append(
            (
                "未设参照（reference），不计算区位熵，不判定强弱。",
                "Without a reference there is no RTA and no standing.",
            )
        )
    title = (f"{chain.chain.title}各环节", f"Nodes of {chain.chain.title_en or chain.chain.name}")
    known = Coverage(chain.count, study.count)
    return make_table(study, "chain_nodes", title, columns, frame, definitions, known=known, notes=notes)


def node_leaders(chain: ChainStudy) -> Table:
    """The largest applicants and the themes with most patents of every node, each with its patents."""
    columns = (
        NODE,
        TableColumn("count", "专利量", "count", "件", "Patents"),
        TableColumn("leading", "主要申请人", "texts", label_en="Leading applicants"),
        TableColumn("themes", "主题", "texts", label_en="Themes"),
    )
    counts = chain.counts()
    frame = (
        node_frame(chain.chain)
        .with_columns(count=pl.Series([counts[node.name] for node in chain.chain.nodes], dtype=pl.Int64))
        .join(leading(chain), on="node", how="left", maintain_order="left")
        .join(_themes(chain), on="node", how="left", maintain_order="left")
    )
    title = ("各环节主要申请人与主题", "Leading applicants and themes of the nodes")
    known = Coverage(chain.count, chain.study.count)
    definitions = [DEFINED["chain.node"]]
    return make_table(chain.study, "chain_leaders", title, columns, frame, definitions, known=known)


def _themes(chain: ChainStudy) -> pl.DataFrame:
    """`node`, `themes`: the themes with most patents in each node."""
    study = chain.study
    names = pl.DataFrame(
        {"theme": [theme.id for theme in study.themes], "name": [theme.name for theme in study.themes]},
        schema={"theme": pl.String, "name": pl.String},
    )
    placed = theme_frame(study).rename({"category": "theme"})
    return (
        chain.long.join(placed, on="row")
        .group_by("category", "theme")
        .agg(count=pl.len())
        .sort("count", "theme", descending=[True, False])
        .join(names, on="theme", maintain_order="left")
        .group_by("category", maintain_order=True)
        .agg(themes=pl.format("{}（{}）", "name", "count").head(_THEMES))
        .rename({"category": "node"})
    )


def _overlap_note(chain: ChainStudy) -> tuple[str, str]:
    top = sum(chain.counts()[node.name] for node in chain.chain.below(""))
    if top <= chain.count:
        return "", ""
    return (
        f"全链去重后{chain.count}件；一件专利可属于几个环节，各环节之和为{top}件。",
        f"{chain.count} unique patents in the chain; the nodes add up to {top}, as some are in several.",
    )
