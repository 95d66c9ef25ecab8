"""A matrix of numbers as coloured cells: 技术功效矩阵, regions × industries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from directions.facts import Figure
from directions.figures.look import shortened
from directions.figures.series import plotted
from patents.bilingual import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def height(figure: Figure) -> float:
    """Inches: by the number of rows."""
    return 1.5 + 0.3 * (figure.table.rows[figure.series].n_unique() if figure.series else len(figure.y))


def draw(figure: Figure, axes: Axes, language: Language) -> None:
    """Draw a cell for every pair of `x` (columns) and `series` (rows); empty pairs stay white."""
    data = plotted(figure, language)
    cells = np.array(
        [[np.nan if value is None else value for value in series.values] for series in data.series]
    )
    cells = np.ma.masked_where(~(cells > 0), cells)
    axes.imshow(cells, cmap="YlGnBu", aspect="auto", vmin=0)
    axes.set_xticks(range(len(data.categories)))
    axes.set_xticklabels(
        [shortened(name, 9) for name in data.categories], rotation=40, ha="right", rotation_mode="anchor"
    )
    axes.set_yticks(range(len(data.series)))
    axes.set_yticklabels([shortened(series.name, 16) for series in data.series])
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.set_xticks(np.arange(-0.5, len(data.categories)), minor=True)
    axes.set_yticks(np.arange(-0.5, len(data.series)), minor=True)
    axes.grid(which="minor", color="white", linewidth=1.2)
    axes.tick_params(which="minor", length=0)
    highest = float(cells.max()) if cells.count() else 1.0
    decimals = 0 if not bool((cells.compressed() % 1).any()) else 1 if highest >= 10 else 2
    for row, column in zip(*np.nonzero(~np.ma.getmaskarray(cells)), strict=True):
        value = float(cells[row, column])
        axes.text(
            column,
            row,
            f"{value:.{decimals}f}",
            ha="center",
            va="center",
            fontsize=7,
            color="white" if value > 0.55 * highest else "#1d2733",
        )
