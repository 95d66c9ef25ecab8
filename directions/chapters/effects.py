"""技术功效: which effects the patents claim, and which themes claim which."""

from __future__ import annotations

import polars as pl

from directions.chapters.sentences import enumeration, present, sentence
from directions.definitions import definition
from directions.effects.matrix import EffectMatrix, effect_matrix, effect_table, leading_cells
from directions.facts import Chapter, Figure, Finding, Table
from directions.study import Study
from patents.bilingual import Text


def chapter(study: Study, mined: pl.DataFrame | None = None) -> Chapter:
    """Compose the chapter.

    Args:
        study: what is counted.
        mined: of `directions.effects.mine_effects`, of the study's patents or more; mined here when None.
    """
    table = effect_table(study, mined)
    matrix = effect_matrix(study, mined)
    cells = () if matrix.cells.empty else (leading_cells(study, matrix),)
    bars = Figure(
        "bar_horizontal", table, "effect", ("count",), title=Text("主要技术功效", "Effects claimed most")
    )
    return Chapter(
        id="effects",
        title=Text("技术功效", "Technical effects"),
        findings=present(_leading(study, table), _densest(study, matrix)),
        tables=(table, matrix.table, *cells),
        figures=() if table.empty else (bars, matrix.figure),
        step="ways",
    )


def _leading(study: Study, table: Table) -> Finding | None:
    if table.empty:
        return None
    top = table.rows.head(3).select("effect", "effect_en", "count", "share")
    leading = enumeration(
        Text(f"“{effect}”（{count}件，占{share:.1%}）", f"{english.lower()} ({count}, {share:.1%})")
        for effect, english, count, share in top.iter_rows()
    )
    return sentence(
        "{study}中声明了技术功效的专利共{known}件，占{share:.1%}；提及最多的功效为{leading}。",
        "{known} patents ({share:.1%}) claim an effect; the most frequent are {leading}.",
        table,
        *table.definitions,
        study=study.title,
        known=table.coverage.known,
        share=table.coverage.share,
        leading=leading,
    )


def _densest(study: Study, matrix: EffectMatrix) -> Finding | None:
    """The densest cell of the matrix, and how much of it is empty."""
    cells = matrix.cells.rows
    if matrix.cells.empty or cells["count"].max() == 0:
        return None
    densest = cells.sort("count", descending=True).row(0, named=True)
    return sentence(
        "{lines}个{kind}与{columns}种功效构成的矩阵中，“{name}”×“{effect}”最为密集（{count}件），"
        "另有{empty}个组合尚无专利。",
        "In the matrix of {lines} {kind}s and {columns} effects the densest cell is {name} × "
        "{effect} ({count} patents); {empty} cells are empty.",
        matrix.cells,
        matrix.table,
        definition("effect_matrix.patents"),
        lines=matrix.table.rows.height,
        kind=Text("主题", "theme") if study.themes else Text("技术领域", "field"),
        columns=len(matrix.table.columns) - 1,
        name=densest["name"],
        effect=Text(densest["effect"], densest["effect_en"].lower()),
        count=densest["count"],
        empty=cells.filter(pl.col("count") == 0).height,
    )
