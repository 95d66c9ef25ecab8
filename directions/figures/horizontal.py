"""Lying bars for rankings: the first on top, its number behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from directions.facts import Figure
from directions.figures.bar import legend
from directions.figures.look import colour, rules, shortened
from directions.figures.series import plotted
from patents.bilingual import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def height(figure: Figure) -> float:
    """Inches: by the number of bars."""
    return 0.7 + 0.26 * figure.table.rows[figure.x].n_unique() * max(1, len(figure.y) * 0.7)


def draw(figure: Figure, axes: Axes, language: Language) -> None:
    """Draw one bar, or a group of them, a category; `figure.label` names them instead of `x`."""
    data = plotted(figure, language)
    names = data.categories
    if figure.label:
        titles = dict(
            zip(figure.table.rows[figure.x].to_list(), figure.table.rows[figure.label].to_list(), strict=True)
        )
        names = tuple(f"{key} {titles[key]}" if titles.get(key) else str(key) for key in data.keys)
    places = np.arange(len(names))
    width = 0.74 / len(data.series)
    for number, series in enumerate(data.series):
        values = np.array([0.0 if value is None else value for value in series.values])
        shift = (number - (len(data.series) - 1) / 2) * width
        bars = axes.barh(places + shift, values, width, color=colour(number), label=series.name)
        form = "%.1f" if series.share or bool((values % 1).any()) else "%.0f"
        axes.bar_label(bars, fmt=form, fontsize=7.5, padding=2)
    axes.set_yticks(places)
    axes.set_yticklabels([shortened(name, 22) for name in names])
    axes.invert_yaxis()
    axes.margins(x=0.1)
    rules(axes, "x")
    legend(axes, data)
    if len(data.series) == 1:
        axes.set_ylabel("")
        axes.set_xlabel(data.series[0].name)
