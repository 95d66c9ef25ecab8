"""Points between two measures, as share × growth, divided by reference lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from directions.facts import Figure
from directions.figures.look import QUIET, colour, shortened
from directions.figures.series import Points, points
from directions.notation import heading
from patents.bilingual import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MOST_LABELS = 16


def height(figure: Figure) -> float:
    """Inches."""
    return 4.4


def draw(figure: Figure, axes: Axes, language: Language) -> None:
    """Draw a point a row; the largest ones are named, others where there is room."""
    columns = {column.name: column for column in figure.table.columns}
    data = points(figure)
    scaled = 18 + 260 * data.sizes / max(1.0, float(data.sizes.max(initial=1.0)))
    for number, name in enumerate(data.series):
        own = data.groups == number
        axes.scatter(
            data.x[own],
            data.y[own],
            s=scaled[own],
            color=colour(number),
            alpha=0.65,
            linewidth=0.5,
            edgecolor="white",
            label=name,
        )
    for axis, value in figure.lines:
        if axis == "x":
            axes.axvline(value * data.scales[0], color=QUIET, linewidth=0.8, ls="--")
        else:
            axes.axhline(value * data.scales[1], color=QUIET, linewidth=0.8, ls="--")
    axes.margins(0.14)
    axes.set_xlabel(heading(columns[figure.x], language) if figure.x in columns else figure.x)
    axes.set_ylabel(heading(columns[figure.y[0]], language) if figure.y[0] in columns else figure.y[0])
    if figure.series:
        marks = axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=4)
        for handle in marks.legend_handles:
            if handle is not None and hasattr(handle, "set_sizes"):
                handle.set_sizes([30])
    name_points(axes, data)


def name_points(axes: Axes, data: Points) -> None:
    """Name the largest points; a name that would lie on another is left out."""
    if not data.labels:
        return
    x, y, sizes = data.x, data.y, data.sizes
    axes.autoscale_view()
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    taken: list[tuple[float, float, float, float]] = []
    shown, largest = 0, max(1.0, float(sizes.max(initial=1.0)))
    for place in np.argsort(-sizes, kind="stable"):
        name = shortened(data.labels[place], 10)
        across, up = (x[place] - left) / (right - left), (y[place] - low) / (high - low)
        wide = 0.019 * sum(1 if ord(sign) > 0x2E7F else 0.6 for sign in name)
        side = -1 if across + wide + 0.02 > 1 else 1
        start = across + 0.012 if side > 0 else across - 0.012 - wide
        box = (start, up - 0.022, start + wide, up + 0.022)
        if shown >= _MOST_LABELS or any(_overlap(box, other) for other in taken):
            continue
        taken.append(box)
        shown += 1
        axes.annotate(
            name,
            (x[place], y[place]),
            xytext=((3 + 7 * float(sizes[place] / largest) ** 0.5) * side, 0),
            textcoords="offset points",
            fontsize=7.5,
            va="center",
            ha="left" if side > 0 else "right",
        )


def _overlap(box: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
