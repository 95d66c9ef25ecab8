"""Points on a plane (map of patents or themes), the largest named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from directions.facts import Figure
from directions.figures.look import colour
from directions.figures.quadrant import name_points
from patents.bilingual import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def height(figure: Figure) -> float:
    """Inches."""
    return 4.8


def draw(figure: Figure, axes: Axes, language: Language) -> None:
    """Draw a point a row; `series` gives its colour, `size` its size, `label` its name."""
    rows = figure.table.rows.drop_nulls([figure.x, figure.y[0]])
    x = rows[figure.x].cast(float).to_numpy()
    y = rows[figure.y[0]].cast(float).to_numpy()
    sizes = rows[figure.size].cast(float).to_numpy() if figure.size else np.ones(len(x))
    groups = rows[figure.series].to_list() if figure.series else [""] * len(x)
    numbers = {group: number for number, group in enumerate(dict.fromkeys(groups))}
    scaled = 4.0 if not figure.size else 10 + 240 * sizes / max(1.0, float(sizes.max(initial=1.0)))
    axes.scatter(
        x,
        y,
        s=scaled,
        c=[colour(numbers[group]) for group in groups],
        alpha=0.6,
        linewidth=0.3,
        edgecolor="white",
        rasterized=len(x) > 2_000,
    )
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.margins(0.08)
    if figure.label:
        name_points(axes, x, y, [str(name) for name in rows[figure.label].to_list()], sizes)
