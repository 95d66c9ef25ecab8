"""技术功效矩阵: themes (or IPC subclasses) × effects, with the patents behind every cell."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from directions.effects.claims import mine_effects
from directions.facts import Coverage, Figure, Table, TableColumn
from directions.indicators.counts import COUNT, SHARE
from directions.indicators.declaration import Rows, table
from directions.shapes import wide
from directions.study import Study
from patents.bilingual import Text
from patents.tables import ipc_entry

_EFFECT = TableColumn("effect", Text("技术功效", "Effect"))
# Patents named for a cell; `rows` of the matrix holds all.
_EVIDENCE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectMatrix:
    """Themes × effects.

    Attributes:
        cells: one line a cell, empty ones too: theme, name, effect, effect_en, count, and `rows`, the
            snapshot rows of the patents behind it (not printed).
        table: as printed, one line a theme and one column an effect.
        figure: the cells as a heat map: x effects, series themes.
    """

    cells: Table
    table: Table
    figure: Figure


@table(
    id="effects",
    title=Text("技术功效分布", "Effects claimed"),
    columns=(_EFFECT, COUNT, SHARE, TableColumn("examples", Text("原文说法", "As claimed"), "texts")),
    definitions=("effect.patents", "effect_share.claiming"),
)
def effect_table(study: Study, mined: pl.DataFrame | None = None, *, count: int = 20) -> Rows:
    """The effects that most patents claim.

    Args:
        study: what is counted.
        mined: of `mine_effects`, of these patents or more; mined here when None.
        count: most lines.
    """
    claims = _of_study(study, mined)
    claiming = claims["row"].n_unique()
    words = (
        claims.group_by("effect", "words")
        .len()
        .sort(["len", "words"], descending=[True, False])
        .group_by("effect", maintain_order=True)
        .agg(examples=pl.col("words").head(4))
    )
    rows = (
        claims.group_by("effect", "effect_en")
        .agg(count=pl.len().cast(pl.Int64))
        .with_columns(share=pl.col("count") / max(claiming, 1))
        .sort(["count", "effect"], descending=[True, False])
        .head(count)
        .join(words, on="effect", how="left", maintain_order="left")
    )
    return Rows(rows, Coverage(claiming, study.count), (_coverage_note(claiming, study.count),))


def effect_matrix(
    study: Study, mined: pl.DataFrame | None = None, *, themes: int = 15, effects: int = 12
) -> EffectMatrix:
    """Count themes against effects; IPC subclasses take the place of themes where none were found.

    Args:
        study: what is counted.
        mined: see `effect_table`.
        themes: most lines, those with most patents.
        effects: most columns, those claimed most often.
    """
    cells = effect_cells(study, mined, themes=themes, effects=effects)
    heat = Figure("heat", cells, "effect", ("count",), series="name", in_parts=True)
    table = cells if cells.missing else wide(cells, cells.columns[0], "effect", COUNT, keys=("theme",))
    return EffectMatrix(cells=cells, table=table, figure=heat)


@table(
    id="effect_matrix",
    title=Text("技术功效矩阵", "Technology–effect matrix"),
    columns=lambda study: (
        TableColumn("name", Text("主题", "Theme") if study.themes else Text("IPC小类", "IPC subclass")),
        _EFFECT,
        COUNT,
        TableColumn("rows", Text("专利", "Patents"), "rows"),
    ),
    definitions=("effect_matrix.patents",),
    needs=lambda study: study.lacking("abstract", *(() if study.themes else ("ipc_main",))),
)
def effect_cells(
    study: Study, mined: pl.DataFrame | None = None, *, themes: int = 15, effects: int = 12
) -> Rows:
    """One line a theme and effect; arguments as `effect_matrix`'s."""
    claims = _of_study(study, mined)
    lines = _lines(study)
    largest = (
        lines.group_by("theme", "name").len().sort(["len", "theme"], descending=[True, False]).head(themes)
    )
    chosen = claims.group_by("effect").len().sort(["len", "effect"], descending=[True, False]).head(effects)
    lines_shown = lines.join(largest.select("theme"), on="theme")
    rows = _cells(lines_shown, claims, largest, chosen["effect"].to_list())
    placed = claims.filter(pl.col("row").is_in(lines["row"].unique().implode()))["row"].n_unique()
    notes = [_coverage_note(placed, study.count)]
    if not study.themes:
        notes.append(
            Text("本范围未划分主题，行取 IPC 小类。", "No themes were found here: lines are IPC subclasses.")
        )
    return Rows(rows, Coverage(placed, study.count), notes)


def leading_cells(study: Study, matrix: EffectMatrix, *, count: int = 10) -> Table:
    """The densest cells of a matrix with the numbers of their newest patents."""
    known = ("publication_number", "application_number", "key")
    numbers = [name for name in known if name in study.patents.columns]
    named = study.patents.select(
        rows=pl.col("row").cast(pl.Int64), number=pl.coalesce(numbers), year=pl.col("year").fill_null(0)
    )
    cells = matrix.cells.rows.filter(pl.col("count") > 0).sort("count", descending=True, maintain_order=True)
    top = cells.head(count).with_row_index("place")
    patents = (
        top.select("place", "rows")
        .explode("rows")
        .join(named, on="rows")
        .sort(["place", "year", "number"], descending=[False, True, False])
        .group_by("place", maintain_order=True)
        .agg(patents=pl.col("number").head(_EVIDENCE))
    )
    return Table(
        id="effect_cells",
        title=Text("最密集的组合及其专利", "Densest cells and their newest patents"),
        columns=(
            matrix.cells.columns[0],
            _EFFECT,
            COUNT,
            TableColumn("patents", Text(f"最近{_EVIDENCE}件", f"Newest {_EVIDENCE}"), "texts"),
        ),
        rows=top.join(patents, on="place", how="left", maintain_order="left"),
        definitions=matrix.cells.definitions,
        coverage=matrix.cells.coverage,
    )


def _of_study(study: Study, mined: pl.DataFrame | None) -> pl.DataFrame:
    """What was mined of the patents of a study."""
    claims = mine_effects(study.patents) if mined is None else mined
    return claims.filter(pl.col("row").is_in(study.patents["row"].cast(pl.Int64).implode()))


def _lines(study: Study) -> pl.DataFrame:
    """Which patent (row) stands in which line: theme, name, row."""
    rows = study.patents["row"].cast(pl.Int64)
    if study.themes:
        parts = [
            pl.DataFrame({"row": rows.gather(theme.rows)}).select(
                theme=pl.lit(theme.id), name=pl.lit(theme.name), row="row"
            )
            for theme in study.themes
        ]
        return pl.concat(parts)
    known = study.patents.select(theme=pl.col("ipc_main").str.head(4), row=rows).drop_nulls("theme")
    codes = known["theme"].unique().to_list()
    names = {code: _named(code) for code in codes}
    return known.with_columns(
        name=pl.col("theme").replace_strict(names, return_dtype=pl.String) if names else pl.col("theme")
    ).select("theme", "name", "row")


def _named(code: str) -> str:
    """`C25C 电解法生产…`: the title up to its first mark."""
    entry = ipc_entry(code)
    short = entry.short.split("；")[0].split("，")[0] if entry is not None else ""
    return f"{code} {short}".strip()


def _cells(
    lines: pl.DataFrame, claims: pl.DataFrame, largest: pl.DataFrame, effects: list[str]
) -> pl.DataFrame:
    """Every theme with every effect, empty cells too, in order of size."""
    held = (
        lines.join(claims, on="row")
        .group_by("theme", "effect")
        .agg(count=pl.len().cast(pl.Int64), rows=pl.col("row").sort())
    )
    named = claims.select("effect", "effect_en").unique()
    return (
        largest.select("theme", "name")
        .join(pl.DataFrame({"effect": effects}, schema={"effect": pl.String}), how="cross")
        .join(named, on="effect", how="left", maintain_order="left")
        .join(held, on=["theme", "effect"], how="left", maintain_order="left")
        .with_columns(pl.col("count").fill_null(0), pl.col("rows").fill_null([]))
    )


def _coverage_note(claiming: int, count: int) -> Text:
    share = claiming / count if count else 0.0
    return Text(
        f"{count}件专利中，{claiming}件（{share:.1%}）的摘要读出技术功效。",
        f"Effects were read in the abstracts of {claiming} of {count} patents ({share:.1%}).",
    )
