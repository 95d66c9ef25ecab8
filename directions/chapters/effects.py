"""技术功效: which effects the patents claim, and which themes claim which."""

from __future__ import annotations

import polars as pl

from directions.effects.matrix import EffectMatrix, effect_matrix, effect_table, leading_cells
from directions.facts import Chapter, Figure, Finding, Table
from directions.study import Study


def chapter(study: Study, mined: pl.DataFrame | None = None) -> Chapter:
    """Compose the chapter.

    Args:
        study: what is counted.
        mined: of `directions.effects.mine_effects`, of the study's patents or more; mined here when None.
    """
    table = effect_table(study, mined)
    matrix = effect_matrix(study, mined)
    findings = (*_leading(study, table), *_themes(study, matrix))
    cells = () if matrix.cells.empty else (leading_cells(study, matrix),)
    bars = Figure(
        id="effects",
        title="主要技术功效",
        title_en="Effects claimed most",
        kind="bar_horizontal",
        table=table,
        x="effect",
        y=("count",),
    )
    return Chapter(
        id="effects",
        title="技术功效",
        title_en="Technical effects",
        findings=findings,
        tables=(table, matrix.table, *cells),
        figures=() if table.empty else (bars, matrix.figure),
    )


def _leading(study: Study, table: Table) -> tuple[Finding, ...]:
    if table.empty:
        return ()
    top = table.rows.head(3)
    chinese = "、".join(
        f"“{effect}”（{count}件，占{share:.1%}）"
        for effect, count, share in top.select("effect", "count", "share").iter_rows()
    )
    english = ", ".join(
        f"{effect.lower()} ({count}, {share:.1%})"
        for effect, count, share in top.select("effect_en", "count", "share").iter_rows()
    )
    known = table.coverage
    return (
        Finding(
            text=f"{study.title}中声明了技术功效的专利共{known.known}件，占{known.share:.1%}；"
            f"提及最多的功效为{chinese}。",
            text_en=f"{known.known} patents ({known.share:.1%}) claim an effect; most of all {english}.",
            sources=(table.id, "effect.patents", "effect_share.claiming"),
        ),
    )


def _themes(study: Study, matrix: EffectMatrix) -> tuple[Finding, ...]:
    """The densest cell of the matrix, and how much of it is empty."""
    cells = matrix.cells.rows
    if matrix.cells.empty or cells["count"].max() == 0:
        return ()
    name, effect, effect_en, count = (
        cells.sort("count", descending=True).select("name", "effect", "effect_en", "count").row(0)
    )
    lines, columns = matrix.table.rows.height, len(matrix.table.columns) - 1
    empty = cells.filter(pl.col("count") == 0).height
    kind, kind_en = ("主题", "theme") if study.themes else ("技术领域", "field")
    return (
        Finding(
            text=f"{lines}个{kind}与{columns}种功效构成的矩阵中，“{name}”×“{effect}”最为密集（{count}件），"
            f"另有{empty}个组合尚无专利。",
            text_en=f"In the matrix of {lines} {kind_en}s and {columns} effects the densest cell is {name} × "
            f"{effect_en.lower()} ({count} patents); {empty} cells hold none.",
            sources=("effect_matrix", "effect_matrix_wide", "effect_matrix.patents"),
        ),
    )
