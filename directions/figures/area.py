"""Areas on each other over years (theme river); incomplete years behind a veil."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from directions.facts import Figure
from directions.figures.bar import legend
from directions.figures.look import HEIGHT, QUIET, colour, rules, sparse
from directions.figures.series import plotted
from patents.bilingual import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def height(figure: Figure) -> float:
    """Inches: more where the legend takes several rows."""
    series = figure.table.rows[figure.series].n_unique() if figure.series else len(figure.y)
    return HEIGHT + 0.11 * series


def draw(figure: Figure, axes: Axes, language: Language) -> None:
    """Draw the series on each other, the first at the bottom."""
    data = plotted(figure, language)
    places = np.arange(len(data.categories))
    complete = data.incomplete(figure.incomplete_from)
    values = np.array(
        [[0.0 if value is None else value for value in series.values] for series in data.series]
    )
    axes.stackplot(
        places,
        values,
        labels=[series.name for series in data.series],
        colors=[colour(number) for number in range(len(data.series))],
        edgecolor="white",
        linewidth=0.4,
    )
    if complete < len(places):
        axes.axvspan(max(0, complete - 0.5), len(places) - 1, color="white", alpha=0.55, linewidth=0)
        remark = "浅色为尚不完整的年份" if language == "zh" else "lighter: years still incomplete"
        axes.set_xlabel(remark, fontsize=7.5, loc="right", color=QUIET)
    step = sparse(len(places), 14)
    axes.set_xticks(range(0, len(places), step))
    axes.set_xticklabels(data.categories[::step])
    axes.margins(x=0)
    axes.set_ylim(bottom=0)
    rules(axes)
    legend(axes, data)
