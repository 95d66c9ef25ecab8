"""Upright bars: one series, several side by side, or stacked; incomplete years lighter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from directions.facts import Figure
from directions.figures.look import HEIGHT, LIGHT, colour, rules, shortened, sparse
from directions.figures.series import Plotted, plotted
from patents.bilingual import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_ROOM = 44  # characters that fit below the axis side by side
_MOST_VALUES = 16  # bars that carry their number


def height(figure: Figure) -> float:
    """Inches."""
    return HEIGHT + (0.35 if figure.series or len(figure.y) > 4 else 0)


def draw(figure: Figure, axes: Axes, language: Language) -> None:
    """Draw bars; `kind` stacked puts the series on each other."""
    data = plotted(figure, language)
    places = np.arange(len(data.categories))
    complete = data.incomplete(figure.incomplete_from)
    stacked = figure.kind == "stacked"
    width = 0.72 if stacked else 0.76 / len(data.series)
    below = np.zeros(len(places))
    for number, series in enumerate(data.series):
        values = np.array([0.0 if value is None else value for value in series.values])
        shift = 0.0 if stacked else (number - (len(data.series) - 1) / 2) * width
        bars = axes.bar(
            places + shift,
            values,
            width,
            bottom=below if stacked else None,
            color=colour(number),
            label=series.name,
        )
        for place in range(complete, len(places)):
            bars[place].set_alpha(LIGHT)
        if stacked:
            below = below + values
        elif len(data.series) == 1 and len(places) <= _MOST_VALUES:
            form = "%.1f" if series.share or bool((values % 1).any()) else "%.0f"
            axes.bar_label(bars, fmt=form, fontsize=7.5, padding=1)
    name_axes(axes, data, language, complete)


def name_axes(axes: Axes, data: Plotted, language: Language, complete: int) -> None:
    """Print categories, the unit and a legend where there is more than one series."""
    count = len(data.categories)
    longest = max((len(name) for name in data.categories), default=1)
    years = all(name.isdigit() for name in data.categories)
    slanted = not years and longest * count > _ROOM * 1.6
    step = sparse(count, 14 if years else _ROOM // 2) if years or slanted else 1
    axes.set_xticks(range(0, count, step))
    labels = [shortened(name, 10 if slanted else 8) for name in data.categories[::step]]
    axes.set_xticklabels(
        labels,
        rotation=35 if slanted else 0,
        ha="right" if slanted else "center",
        rotation_mode="anchor" if slanted else "default",
    )
    if complete < count:
        remark = "浅色者数据尚不完整" if language == "zh" else "lighter: not yet complete"
        axes.set_xlabel(remark, fontsize=7.5, loc="right")
    axes.margins(y=0.12)
    rules(axes)
    legend(axes, data)


def legend(axes: Axes, data: Plotted) -> None:
    """Name the series above the axes; a single one names the axis."""
    if len(data.series) == 1:
        axes.set_ylabel(data.series[0].name)
        return
    longest = max(len(series.name) for series in data.series)
    columns = max(1, min(len(data.series), int(64 / (longest + 4))))
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=columns)
