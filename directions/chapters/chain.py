"""产业链: the nodes, where the study is strong or absent, who holds and covers what."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from directions.chain.coverage import GAP, OVERLAP, Holder, coverage_table
from directions.chain.holders import holder_kinds
from directions.chain.members import ChainStudy
from directions.chain.nodes import node_leaders, node_table
from directions.chain.yardstick import Yardstick
from directions.chapters.sentences import cell, enumeration, present, sentence
from directions.definitions import definition
from directions.facts import Chapter, Figure, Finding, Table
from directions.notation import joined
from patents.bilingual import Text


def chapter(chain: ChainStudy, yardstick: Yardstick | None = None, holders: Sequence[Holder] = ()) -> Chapter:
    """Compose the chapter.

    Args:
        chain: the nodes with their patents.
        yardstick: what the nodes are measured by; without one there is no RTA and no standing.
        holders: whose coverage is shown.
    """
    nodes = node_table(chain, yardstick)
    covered = (coverage_table(chain, holders),) if holders else ()
    return Chapter(
        id="chain",
        title=chain.chain.title,
        findings=present(
            _size(chain, nodes), _fastest(nodes), _standing(nodes, yardstick), *map(_coverage, covered)
        ),
        tables=(nodes, node_leaders(chain), holder_kinds(chain), *covered),
        figures=(chain_figure(chain, nodes),),
        step="position",
    )


def chain_figure(chain: ChainStudy, nodes: Table) -> Figure:
    """The chain drawn from a table of its nodes."""
    title = chain.chain.title + Text("图谱", "")
    return Figure("chain", nodes, "node", ("count",), title=title, label="label")


def _node(nodes: Table, place: int) -> Text:
    return Text(nodes.rows["node"][place], nodes.rows["name_en"][place])


def _size(chain: ChainStudy, nodes: Table) -> Finding | None:
    top = nodes.rows.with_row_index("place").filter((pl.col("level") == 1) & (pl.col("count") > 0))
    if top.is_empty():
        return None
    ordered = top.sort("count", descending=True, maintain_order=True)
    first, last = (int(ordered["place"][place]) for place in (0, -1))
    return sentence(
        "{chain}共涉及专利{patents}件；专利量最多的环节为{first}（{most}，占{share}），最少的为{last}（{least}）。",
        "{chain} comprises {patents} patents; {first} holds the most ({most}, {share}) and {last} the "
        "fewest ({least}).",
        nodes,
        definition("chain.node"),
        chain=chain.chain.title,
        patents=Text(str(chain.count), f"{chain.count:,}"),
        first=_node(nodes, first),
        most=cell(nodes, "count", first),
        share=cell(nodes, "share", first),
        last=_node(nodes, last),
        least=cell(nodes, "count", last),
    )


def _fastest(nodes: Table) -> Finding | None:
    grown = nodes.rows.with_row_index("place").filter(
        (pl.col("level") == 1) & pl.col("growth_rate").is_not_null() & (pl.col("growth_rate") > 0)
    )
    if grown.is_empty():
        return None
    place = int(grown.sort("growth_rate", descending=True)["place"][0])
    return sentence(
        "增长最快的环节为{node}，年均增长率为{rate}。",
        "{node} grew fastest: {rate} a year.",
        nodes,
        node=_node(nodes, place),
        rate=cell(nodes, "growth_rate", place),
    )


def _standing(nodes: Table, yardstick: Yardstick | None) -> Finding | None:
    """强, 弱 and 空白 nodes by name: 强链, 补链, 延链."""
    if yardstick is None or "standing" not in nodes.rows.columns:
        return None
    headings = {
        "强": Text("优势环节", "Strong"),
        "弱": Text("薄弱环节", "Weak"),
        "空白": Text("空白环节", "Blank"),
    }
    parts = []
    for standing, heading in headings.items():
        rows = nodes.rows.filter(pl.col("standing") == standing)
        if rows.height:
            listed = _with_rta(rows)
            parts.append(Text(f"{heading.zh}为{listed.zh}", f"{heading.en}: {listed.en}"))
    if not parts:
        parts = [Text("各环节与参照相比无显著差异", "no node differs significantly from the reference")]
    return sentence(
        "与{reference}相比，{parts}。",
        "Against {reference}: {parts}.",
        nodes,
        definition("rta.ratio"),
        definition("chain_class.interval"),
        reference=yardstick.title,
        parts=enumeration(parts, "；", "; "),
    )


def _with_rta(rows: pl.DataFrame) -> Text:
    lines = list(rows.select("node", "name_en", "rta").iter_rows())
    return Text(
        joined(name + (f"（区位熵{rta:.2f}）" if rta else "") for name, _, rta in lines),
        joined((name + (f" (RTA {rta:.2f})" if rta else "") for _, name, rta in lines), "en"),
    )


def _coverage(table: Table) -> Finding | None:
    if table.empty:
        return None
    states = {state: table.rows.filter(pl.col("state") == state.zh) for state in (GAP, OVERLAP)}
    more = enumeration(
        (
            Text(f"，{state.zh}于{'、'.join(rows['node'])}", f"; {state.en}s in {', '.join(rows['name_en'])}")
            for state, rows in states.items()
            if rows.height
        ),
        "",
        "",
    )
    return sentence(
        "所列持有人覆盖{count}个环节中的{covered}个{more}。",
        "The holders cover {covered} of {count} nodes{more}.",
        table,
        count=table.rows.height,
        covered=table.rows.height - states[GAP].height,
        more=more,
    )
