"""产业链: the nodes, where the study is strong or absent, who holds and covers what."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from directions.chain.coverage import Holder, coverage_table
from directions.chain.holders import holder_kinds
from directions.chain.measuring import Yardstick
from directions.chain.members import ChainStudy
from directions.chain.nodes import node_leaders, node_table
from directions.chapters.wording import cell, kept, said
from directions.facts import Chapter, Figure, Finding, Table
from directions.printing import joined


def chapter(chain: ChainStudy, yardstick: Yardstick | None = None, holders: Sequence[Holder] = ()) -> Chapter:
    """Compose the chapter.

    Args:
        chain: the nodes with their patents.
        yardstick: what the nodes are measured by; without one there is no RTA and no standing.
        holders: whose coverage is shown.
    """
    nodes = node_table(chain, yardstick)
    tables = [nodes, node_leaders(chain), holder_kinds(chain)]
    if holders:
        tables.append(coverage_table(chain, holders))
    findings = kept(
        (_size(chain, nodes), _fastest(nodes), *_standing(nodes, yardstick), *map(_coverage, tables[3:]))
    )
    return Chapter(
        id="chain",
        title=chain.chain.title,
        title_en=chain.chain.title_en or chain.chain.name,
        findings=findings,
        tables=tables,
        figures=(chain_figure(chain, nodes),),
    )


def chain_figure(chain: ChainStudy, nodes: Table) -> Figure:
    """The chain drawn from a table of its nodes."""
    return Figure(
        id="chain_nodes",
        title=f"{chain.chain.title}图谱",
        title_en=chain.chain.title_en or chain.chain.name,
        kind="chain",
        table=nodes,
        x="node",
        y=("count",),
        label="label",
    )


def _size(chain: ChainStudy, nodes: Table) -> Finding | None:
    top = nodes.rows.with_row_index("place").filter((pl.col("level") == 1) & (pl.col("count") > 0))
    if top.is_empty():
        return None
    ordered = top.sort("count", descending=True, maintain_order=True)
    first, last = (int(ordered["place"][place]) for place in (0, -1))
    names, english = nodes.rows["node"], nodes.rows["name_en"]
    return said(
        f"{chain.chain.title}共涉及专利{chain.count}件；专利量最多的环节为{names[first]}"
        f"（{cell(nodes, 'count', first)}，占{cell(nodes, 'share', first)}），最少的为{names[last]}"
        f"（{cell(nodes, 'count', last)}）。",
        f"{chain.chain.title_en or chain.chain.name} comprises {chain.count:,} patents; {english[first]} "
        f"holds most ({cell(nodes, 'count', first, 'en')}, {cell(nodes, 'share', first, 'en')}), "
        f"{english[last]} fewest ({cell(nodes, 'count', last, 'en')}).",
        nodes,
        "chain.node",
    )


def _fastest(nodes: Table) -> Finding | None:
    grown = nodes.rows.with_row_index("place").filter(
        (pl.col("level") == 1) & pl.col("growth_rate").is_not_null() & (pl.col("growth_rate") > 0)
    )
    if grown.is_empty():
        return None
    place = int(grown.sort("growth_rate", descending=True)["place"][0])
    rate = cell(nodes, "growth_rate", place)
    return said(
        f"增长最快的环节为{nodes.rows['node'][place]}，年均增长率为{rate}。",
        f"{nodes.rows['name_en'][place]} grew fastest: {cell(nodes, 'growth_rate', place, 'en')} a year.",
        nodes,
    )


def _standing(nodes: Table, yardstick: Yardstick | None) -> tuple[Finding, ...]:
    """强, 弱 and 空白 nodes by name: 强链, 补链, 延链."""
    if yardstick is None or "standing" not in nodes.rows.columns:
        return ()
    groups = {
        told: nodes.rows.filter(pl.col("standing") == told).select("node", "name_en", "rta")
        for told in ("强", "弱", "空白")
    }
    verbs = {"强": ("优势环节", "Strong"), "弱": ("薄弱环节", "Weak"), "空白": ("空白环节", "Blank")}
    parts = [
        (f"{verbs[told][0]}为{_named(rows, 'zh')}", f"{verbs[told][1]}: {_named(rows, 'en')}")
        for told, rows in groups.items()
        if rows.height
    ]
    if not parts:
        parts = [("各环节与参照相比无显著差异", "no node differs from the reference beyond chance")]
    chinese, english = "；".join(part[0] for part in parts), "; ".join(part[1] for part in parts)
    return (
        said(
            f"与{yardstick.title}相比，{chinese}。",
            f"Against {yardstick.title}: {english}.",
            nodes,
            "rta.ratio",
            "chain_class.interval",
        ),
    )


def _named(rows: pl.DataFrame, language: str) -> str:
    zh = language == "zh"
    names = [
        str(name if zh else english)
        + ("" if not rta else f"（区位熵{rta:.2f}）" if zh else f" (RTA {rta:.2f})")
        for name, english, rta in rows.iter_rows()
    ]
    return joined(names, "zh" if zh else "en")


def _coverage(table: Table) -> Finding | None:
    if table.empty:
        return None
    states = {
        told: table.rows.filter(pl.col("state") == told).select("node", "name_en")
        for told in ("空缺", "重叠")
    }
    count = table.rows.height
    covered = count - states["空缺"].height
    more = [f"{told}于{'、'.join(rows['node'])}" for told, rows in states.items() if rows.height]
    english = {"空缺": "gaps", "重叠": "overlaps"}
    more_en = [
        f"{english[told]} in {', '.join(rows['name_en'])}" for told, rows in states.items() if rows.height
    ]
    return said(
        f"所列持有人覆盖{count}个环节中的{covered}个" + "".join(f"，{one}" for one in more) + "。",
        f"The holders cover {covered} of {count} nodes" + "".join(f"; {one}" for one in more_en) + ".",
        table,
    )
