"""Lines over years; what is not complete yet is dashed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from directions.facts import Figure
from directions.figures.bar import legend
from directions.figures.look import HEIGHT, colour, rules, sparse
from directions.figures.series import plotted
from patents.bilingual import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_DASHES = ("o", "s", "^", "D", "v", "P", "X", "*")


def height(figure: Figure) -> float:
    """Inches: more where the legend takes several rows."""
    series = figure.table.rows[figure.series].n_unique() if figure.series else len(figure.y)
    return HEIGHT + 0.18 * max(0, series - 4) * 0.6


def draw(figure: Figure, axes: Axes, language: Language) -> None:
    """Draw one line a series."""
    data = plotted(figure, language)
    places = np.arange(len(data.categories))
    complete = data.incomplete(figure.incomplete_from)
    for number, series in enumerate(data.series):
        values = np.array([np.nan if value is None else value for value in series.values])
        mark = _DASHES[number // 13 + number % 8 if number < 13 else 0] if len(data.series) > 1 else "o"
        axes.plot(
            places[:complete],
            values[:complete],
            color=colour(number),
            marker=mark,
            markersize=3.2,
            linewidth=1.5,
            label=series.name,
        )
        if 0 < complete < len(places):
            axes.plot(
                places[complete - 1 :], values[complete - 1 :], color=colour(number), linewidth=1.2, ls=":"
            )
    step = sparse(len(places), 14)
    axes.set_xticks(range(0, len(places), step))
    axes.set_xticklabels(data.categories[::step])
    if complete < len(places):
        remark = "虚线为尚不完整的年份" if language == "zh" else "dotted: years still incomplete"
        axes.set_xlabel(remark, fontsize=7.5, loc="right")
    if all((value or 0) >= 0 for series in data.series for value in series.values):
        axes.set_ylim(bottom=0)
    rules(axes)
    legend(axes, data)
