"""The numbers of a figure as series over categories, whatever its table looks like."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from directions.facts import Figure, Table, TableColumn
from directions.notation import heading, in_language, printed, translated
from patents.bilingual import Language, Text


@dataclass(frozen=True, slots=True)
class Series:
    """One series.

    Attributes:
        name: in the legend.
        values: one for each category; None is a gap. Shares are in per cent.
        share: whether they are.
    """

    name: str
    values: tuple[float | None, ...]
    share: bool


@dataclass(frozen=True, slots=True)
class Plotted:
    """What is drawn.

    Attributes:
        categories: as printed on the axis.
        keys: the values of column x behind them.
        series: one or more.
        complete: of each category, by the column `complete` of the table; all where it has none.
    """

    categories: tuple[str, ...]
    keys: tuple[object, ...]
    series: tuple[Series, ...]
    complete: tuple[bool, ...]

    def incomplete(self, first: int | None) -> int:
        """Place of the first category that is not complete yet; their number when all are.

        Args:
            first: incomplete year, None to go by the table alone.
        """
        if first is None:
            return next((place for place, done in enumerate(self.complete) if not done), len(self.keys))
        return next(
            (place for place, key in enumerate(self.keys) if isinstance(key, int) and key >= first),
            len(self.keys),
        )


def plotted(figure: Figure, language: Language = "zh") -> Plotted:
    """Read the series of a figure out of its table.

    A wide table gives one series for each column of `y`; a long one (`figure.series`) one for each value
    of that column, in order of appearance, gaps filled with None.
    """
    columns = {column.name: column for column in figure.table.columns}
    rows = figure.table.rows
    keys = tuple(rows[figure.x].unique(maintain_order=True).to_list())
    if columns.get(figure.x, _NO_COLUMN).kind == "year":
        keys = tuple(sorted(key for key in keys if key is not None))
    found = (
        _long(figure, keys, columns, language) if figure.series else _wide(figure, keys, columns, language)
    )
    kind = columns.get(figure.x, _NO_COLUMN).kind
    names = names_of(figure.table, figure.x, language)
    categories = (translated(printed(names[key], kind, language), kind, language) for key in keys)
    return Plotted(tuple(categories), keys, found, _complete(figure, keys))


def _complete(figure: Figure, keys: tuple[object, ...]) -> tuple[bool, ...]:
    if "complete" not in figure.table.rows.columns:
        return (True,) * len(keys)
    told = dict(
        zip(figure.table.rows[figure.x].to_list(), figure.table.rows["complete"].to_list(), strict=True)
    )
    return tuple(told[key] is not False for key in keys)


def names_of(table: Table, name: str, language: Language) -> dict[object, object]:
    """What the values of a column are called in a language."""
    return dict(
        zip(table.rows[name].to_list(), table.rows[in_language(table, name, language)].to_list(), strict=True)
    )


_NO_COLUMN = TableColumn("", Text("", ""))


def _wide(
    figure: Figure, keys: tuple[object, ...], columns: dict[str, TableColumn], language: Language
) -> tuple[Series, ...]:
    found = []
    for name in figure.y:
        column = columns.get(name, TableColumn(name, Text(name, ""), "number"))
        found.append(
            Series(
                heading(column, language),
                _values(figure.table.rows, figure.x, name, keys, column),
                _is(column),
            )
        )
    return tuple(found)


def _long(
    figure: Figure, keys: tuple[object, ...], columns: dict[str, TableColumn], language: Language
) -> tuple[Series, ...]:
    name = figure.y[0]
    column = columns.get(name, TableColumn(name, Text(name, ""), "number"))
    rows = figure.table.rows
    found = []
    names = names_of(figure.table, figure.series, language)
    for value in rows[figure.series].unique(maintain_order=True).to_list():
        own = rows.filter(pl.col(figure.series) == value)
        called = translated(printed(names[value], "text", language), "text", language)
        found.append(Series(called, _values(own, figure.x, name, keys, column), _is(column)))
    return tuple(found)


def _values(
    rows: pl.DataFrame, x: str, y: str, keys: tuple[object, ...], column: TableColumn
) -> tuple[float | None, ...]:
    by_key = dict(zip(rows[x].to_list(), rows[y].to_list(), strict=True))
    scale = 100 if _is(column) else 1
    return tuple(None if (value := by_key.get(key)) is None else float(value) * scale for key in keys)


def _is(column: TableColumn) -> bool:
    return column.kind == "share"
