"""技术功效矩阵: themes (or IPC subclasses) × effects, with the patents behind every cell."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from directions.definitions.effects import EFFECTS
from directions.effects.mining import mine_effects
from directions.facts import Coverage, Figure, Table, TableColumn, needs_text
from directions.study import Study
from patents.tables import ipc_entry

_PATENTS, _SHARE, _CELLS = EFFECTS
_EFFECT = TableColumn("effect", "技术功效", "text", label_en="Effect")
_COUNT = TableColumn("count", "专利量", "count", "件", "Patents")
_PERCENT = TableColumn("share", "占比", "share", "%", "Share")
_WORDS = TableColumn("examples", "原文说法", "texts", label_en="As claimed")
_TITLE = ("技术功效分布", "Effects claimed")
# Patents named for a cell; `rows` of the matrix holds all.
_EVIDENCE = 3
_MATRIX_TITLE = ("技术功效矩阵", "Technology–effect matrix")


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


def effect_table(study: Study, mined: pl.DataFrame | None = None, *, count: int = 20) -> Table:
    """The effects that most patents claim.

    Args:
        study: what is counted.
        mined: of `mine_effects`, of these patents or more; mined here when None.
        count: most lines.
    """
    columns = (_EFFECT, _COUNT, _PERCENT, _WORDS)
    if lacking := study.lacking("abstract"):
        return _missing(study, "effects", _TITLE, columns, lacking)
    found = _of_study(study, mined)
    claiming = found["row"].n_unique()
    words = (
        found.group_by("effect", "words")
        .len()
        .sort(["len", "words"], descending=[True, False])
        .group_by("effect", maintain_order=True)
        .agg(examples=pl.col("words").head(4))
    )
    rows = (
        found.group_by("effect", "effect_en")
        .agg(count=pl.len().cast(pl.Int64))
        .with_columns(share=pl.col("count") / max(claiming, 1))
        .sort(["count", "effect"], descending=[True, False])
        .head(count)
        .join(words, on="effect", how="left", maintain_order="left")
    )
    return Table(
        id="effects",
        title=_TITLE[0],
        title_en=_TITLE[1],
        columns=columns,
        rows=rows,
        definitions=(_PATENTS, _SHARE),
        coverage=Coverage(claiming, study.count),
        notes=(_coverage_note(claiming, study.count)[0],),
        notes_en=(_coverage_note(claiming, study.count)[1],),
    )


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
    columns = (
        TableColumn("name", "主题" if study.themes else "IPC小类", "text", label_en="Theme"),
        _EFFECT,
        _COUNT,
        TableColumn("rows", "专利", "rows", label_en="Patents"),
    )
    if lacking := study.lacking("abstract", *(() if study.themes else ("ipc_main",))):
        nothing = _missing(study, "effect_matrix", _MATRIX_TITLE, columns, lacking)
        return EffectMatrix(cells=nothing, table=nothing, figure=_figure(nothing))
    found = _of_study(study, mined)
    lines = _lines(study)
    kept = lines.group_by("theme", "name").len().sort(["len", "theme"], descending=[True, False]).head(themes)
    chosen = found.group_by("effect").len().sort(["len", "effect"], descending=[True, False]).head(effects)
    rows = _cells(lines.join(kept.select("theme"), on="theme"), found, kept, chosen["effect"].to_list())
    placed = found.filter(pl.col("row").is_in(lines["row"].unique().implode()))["row"].n_unique()
    cells = _matrix_table(study, columns, rows, placed)
    return EffectMatrix(cells=cells, table=_wide(cells, chosen["effect"].to_list()), figure=_figure(cells))


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
        title="最密集的组合及其专利",
        title_en="Densest cells and their newest patents",
        columns=(
            matrix.cells.columns[0],
            _EFFECT,
            _COUNT,
            TableColumn("patents", f"最近{_EVIDENCE}件", "texts", label_en=f"Newest {_EVIDENCE}"),
        ),
        rows=top.join(patents, on="place", how="left", maintain_order="left"),
        definitions=matrix.cells.definitions,
        coverage=matrix.cells.coverage,
    )


def _of_study(study: Study, mined: pl.DataFrame | None) -> pl.DataFrame:
    """What was mined of the patents of a study."""
    found = mine_effects(study.patents) if mined is None else mined
    return found.filter(pl.col("row").is_in(study.patents["row"].cast(pl.Int64).implode()))


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


def _matrix_table(study: Study, columns: tuple[TableColumn, ...], rows: pl.DataFrame, placed: int) -> Table:
    notes = [_coverage_note(placed, study.count)]
    if not study.themes:
        notes.append(
            ("本范围未划分主题，行取 IPC 小类。", "No themes were found here: lines are IPC subclasses.")
        )
    return Table(
        id="effect_matrix",
        title=_MATRIX_TITLE[0],
        title_en=_MATRIX_TITLE[1],
        columns=columns,
        rows=rows,
        definitions=(_CELLS,),
        coverage=Coverage(placed, study.count),
        notes=tuple(note for note, _ in notes),
        notes_en=tuple(note for _, note in notes),
    )


def _cells(lines: pl.DataFrame, found: pl.DataFrame, kept: pl.DataFrame, effects: list[str]) -> pl.DataFrame:
    """Every theme with every effect, empty cells too, in order of size."""
    held = (
        lines.join(found, on="row")
        .group_by("theme", "effect")
        .agg(count=pl.len().cast(pl.Int64), rows=pl.col("row").sort())
    )
    named = found.select("effect", "effect_en").unique()
    return (
        kept.select("theme", "name")
        .join(pl.DataFrame({"effect": effects}, schema={"effect": pl.String}), how="cross")
        .join(named, on="effect", how="left", maintain_order="left")
        .join(held, on=["theme", "effect"], how="left", maintain_order="left")
        .with_columns(pl.col("count").fill_null(0), pl.col("rows").fill_null([]))
    )


def _wide(cells: Table, effects: list[str]) -> Table:
    """One column an effect."""
    english = dict(cells.rows.select("effect", "effect_en").unique().iter_rows())
    wide = cells.rows.select("name")
    if not cells.rows.is_empty():
        wide = cells.rows.pivot("effect", index=["theme", "name"], values="count").select("name", *effects)
    return Table(
        id="effect_matrix_wide",
        title=cells.title,
        title_en=cells.title_en,
        columns=(
            cells.columns[0],
            *(TableColumn(name, name, "count", "件", english[name]) for name in effects if name in english),
        ),
        rows=wide,
        definitions=cells.definitions,
        coverage=cells.coverage,
        notes=cells.notes,
        notes_en=cells.notes_en,
    )


def _figure(cells: Table) -> Figure:
    return Figure(
        id="effect_matrix",
        title=_MATRIX_TITLE[0],
        title_en=_MATRIX_TITLE[1],
        kind="heat",
        table=cells,
        x="effect",
        y=("count",),
        series="name",
    )


def _coverage_note(claiming: int, count: int) -> tuple[str, str]:
    share = claiming / count if count else 0.0
    return (
        f"{count}件专利中，{claiming}件（{share:.1%}）的摘要读出技术功效。",
        f"Effects were read in the abstracts of {claiming} of {count} patents ({share:.1%}).",
    )


def _missing(
    study: Study,
    name: str,
    title: tuple[str, str],
    columns: tuple[TableColumn, ...],
    lacking: tuple[str, ...],
) -> Table:
    return Table(
        id=name,
        title=title[0],
        title_en=title[1],
        columns=columns,
        rows=pl.DataFrame({column.name: [] for column in columns}),
        definitions=(_PATENTS,),
        coverage=Coverage(0, study.count),
        missing=needs_text(lacking),
    )
