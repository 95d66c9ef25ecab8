"""The nodes of a chain counted: share, growth, patents in force, applicants, themes, standing."""

from __future__ import annotations

import polars as pl

from directions.chain.holders import leading
from directions.chain.members import NODE, ChainStudy
from directions.chain.yardstick import Yardstick, measured
from directions.facts import Coverage, TableColumn
from directions.indicators.categories import growth_rates, largest_of, marked, unknown_marks_note
from directions.indicators.counts import COUNT, GROWTH_RATE, incomplete_note
from directions.indicators.declaration import Rows, table
from directions.indicators.themes import theme_frame
from directions.specialisation import RULE
from patents.bilingual import NO_TEXT, Text

_THEMES = 3
_STANDING = (
    TableColumn("rta", Text("区位熵", "RTA"), "ratio"),
    TableColumn("interval", Text("95%区间", "95% interval")),
    TableColumn("standing", Text("强弱", "Standing")),
)
_DEFINITIONS = ("chain.node", "chain_share.unique", "growth_rate.{growth}", "in_force.count")


@table(
    id="chain_nodes",
    title=lambda chain: Text(f"{chain.chain.title.zh}各环节", f"Nodes of {chain.chain.title.en}"),
    columns=lambda yardstick: (
        NODE,
        TableColumn("stage", Text("位置", "Stage")),
        COUNT,
        TableColumn("share", Text("占全链", "Share"), "share", "%"),
        GROWTH_RATE,
        TableColumn("in_force", Text("有效量", "In force"), "count", "件"),
        *(() if yardstick is None else _STANDING),
    ),
    definitions=lambda yardstick: (
        _DEFINITIONS if yardstick is None else (*_DEFINITIONS, "rta.ratio", "chain_class.interval")
    ),
    needs=(),
)
def node_table(chain: ChainStudy, yardstick: Yardstick | None = None) -> Rows:
    """Every node with counts, share, growth and patents in force.

    With a yardstick also RTA with its interval and the standing 强, 一般, 弱 or 空白. Besides what is
    printed the rows hold `node`, `parent`, `beside`, `level` and `label_en`.
    """
    study = chain.study
    frame = chain.frame()
    rates = growth_rates(study, chain.long, frame["node"].to_list())
    frame = frame.with_columns(
        share=pl.col("count") / max(chain.count, 1), growth_rate=pl.Series(rates, dtype=pl.Float64)
    ).join(marked(study, chain.long), left_on="node", right_on="category", how="left", maintain_order="left")
    notes = [_overlap_note(chain), incomplete_note(study), unknown_marks_note(study)]
    if yardstick is None:
        notes.append(
            Text(
                "未设参照（reference），不计算区位熵，不判定强弱。",
                "Without a reference there is no RTA and no standing.",
            )
        )
    else:
        frame = measured(frame, yardstick)
        reference = Text(
            f"参照：{yardstick.title}，{yardstick.total}件。",
            f"Reference: {yardstick.title}, {yardstick.total} patents. ",
        )
        notes += [reference + RULE, yardstick.note]
    return Rows(frame, Coverage(chain.count, study.count), notes)


@table(
    id="chain_leaders",
    title=Text("各环节主要申请人与主题", "Leading applicants and themes of the nodes"),
    columns=(
        NODE,
        COUNT,
        TableColumn("leading", Text("主要申请人", "Leading applicants"), "texts"),
        TableColumn("themes", Text("主题", "Themes"), "texts"),
    ),
    definitions=("chain.node",),
    needs=(),
)
def node_leaders(chain: ChainStudy) -> Rows:
    """The largest applicants and the themes with most patents of every node, each with its patents."""
    frame = (
        chain.frame()
        .join(leading(chain), on="node", how="left", maintain_order="left")
        .join(_themes(chain), on="node", how="left", maintain_order="left")
    )
    return Rows(frame, Coverage(chain.count, chain.study.count))


def _themes(chain: ChainStudy) -> pl.DataFrame:
    """`node`, `themes`: the themes with most patents in each node."""
    study = chain.study
    names = pl.DataFrame(
        {"category": [theme.id for theme in study.themes], "label": [theme.name for theme in study.themes]},
        schema={"category": pl.String, "label": pl.String},
    )
    held = chain.long.rename({"category": "node"}).join(theme_frame(study), on="row")
    return largest_of(held.join(names, on="category", maintain_order="left"), "node", "themes", _THEMES)


def _overlap_note(chain: ChainStudy) -> Text:
    top = sum(chain.counts()[node.name] for node in chain.chain.below(""))
    if top <= chain.count:
        return NO_TEXT
    return Text(
        f"全链去重后{chain.count}件；一件专利可属于几个环节，各环节之和为{top}件。",
        f"{chain.count} unique patents in the chain; the nodes add up to {top}, as some are in several.",
    )
