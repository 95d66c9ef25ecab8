"""The numbers of a figure as series over categories, whatever its table looks like."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from directions.facts import Figure, Table, TableColumn
from directions.notation import heading, in_language, printed, translated
from patents.bilingual import Language, Text

Floats = npt.NDArray[np.float64]


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
    series = (
        _long(figure, keys, columns, language) if figure.series else _wide(figure, keys, columns, language)
    )
    kind = columns.get(figure.x, _NO_COLUMN).kind
    names = names_of(figure.table, figure.x, language)
    categories = (translated(printed(names[key], kind, language), kind, language) for key in keys)
    return Plotted(tuple(categories), keys, series, _complete(figure, keys))


def _complete(figure: Figure, keys: tuple[object, ...]) -> tuple[bool, ...]:
    if "complete" not in figure.table.rows.columns:
        return (True,) * len(keys)
    complete = dict(
        zip(figure.table.rows[figure.x].to_list(), figure.table.rows["complete"].to_list(), strict=True)
    )
    return tuple(complete[key] is not False for key in keys)


def names_of(table: Table, name: str, language: Language) -> dict[object, object]:
    """What the values of a column are called in a language."""
    return dict(
        zip(table.rows[name].to_list(), table.rows[in_language(table, name, language)].to_list(), strict=True)
    )


_NO_COLUMN = TableColumn("", Text("", ""))


def _wide(
    figure: Figure, keys: tuple[object, ...], columns: dict[str, TableColumn], language: Language
) -> tuple[Series, ...]:
    series = []
    for name in figure.y:
        column = columns.get(name, TableColumn(name, Text(name, ""), "number"))
        series.append(
            Series(
                heading(column, language),
                _values(figure.table.rows, figure.x, name, keys, column),
                _is(column),
            )
        )
    return tuple(series)


def _long(
    figure: Figure, keys: tuple[object, ...], columns: dict[str, TableColumn], language: Language
) -> tuple[Series, ...]:
    name = figure.y[0]
    column = columns.get(name, TableColumn(name, Text(name, ""), "number"))
    rows = figure.table.rows
    series = []
    names = names_of(figure.table, figure.series, language)
    for value in rows[figure.series].unique(maintain_order=True).to_list():
        own = rows.filter(pl.col(figure.series) == value)
        called = translated(printed(names[value], "text", language), "text", language)
        series.append(Series(called, _values(own, figure.x, name, keys, column), _is(column)))
    return tuple(series)


def _values(
    rows: pl.DataFrame, x: str, y: str, keys: tuple[object, ...], column: TableColumn
) -> tuple[float | None, ...]:
    by_key = dict(zip(rows[x].to_list(), rows[y].to_list(), strict=True))
    scale = 100 if _is(column) else 1
    return tuple(None if (value := by_key.get(key)) is None else float(value) * scale for key in keys)


def _is(column: TableColumn) -> bool:
    return column.kind == "share"


class Points(NamedTuple):
    """The rows of a figure that have a place.

    Attributes:
        x, y: as printed: shares in per cent.
        sizes: 1 where the figure has none.
        groups: number of the series of each, in order of appearance; 0 where there are none.
        series: names of the groups.
        labels: empty where the figure has none.
        scales: 100 for each axis of shares, else 1.
    """

    x: Floats
    y: Floats
    sizes: Floats
    groups: npt.NDArray[np.int64]
    series: tuple[str, ...]
    labels: tuple[str, ...]
    scales: tuple[float, float]


def points(figure: Figure) -> Points:
    """Read the points of a figure out of its table, rows without a place left out."""
    rows = figure.table.rows.drop_nulls([figure.x, figure.y[0]])
    shares = {column.name for column in figure.table.columns if _is(column)}
    scales = tuple(100.0 if name in shares else 1.0 for name in (figure.x, figure.y[0]))
    named = list(map(str, rows[figure.series])) if figure.series else [""] * rows.height
    series = {name: number for number, name in enumerate(dict.fromkeys(named))}
    return Points(
        x=rows[figure.x].cast(float).to_numpy() * scales[0],
        y=rows[figure.y[0]].cast(float).to_numpy() * scales[1],
        sizes=rows[figure.size].cast(float).to_numpy() if figure.size else np.ones(rows.height),
        groups=np.array([series[name] for name in named], dtype=np.int64),
        series=tuple(series),
        labels=tuple(map(str, rows[figure.label])) if figure.label else (),
        scales=(scales[0], scales[1]),
    )
