"""Points on a plane (map of patents or themes), the largest named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from directions.facts import Figure
from directions.figures.look import colour
from directions.figures.quadrant import name_points
from directions.figures.series import points
from patents.bilingual import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def height(figure: Figure) -> float:
    """Inches."""
    return 4.8


def draw(figure: Figure, axes: Axes, language: Language) -> None:
    """Draw a point a row; `series` gives its colour, `size` its size, `label` its name."""
    data = points(figure)
    scaled = 4.0 if not figure.size else 10 + 240 * data.sizes / max(1.0, float(data.sizes.max(initial=1.0)))
    axes.scatter(
        data.x,
        data.y,
        s=scaled,
        c=[colour(group) for group in data.groups],
        alpha=0.6,
        linewidth=0.3,
        edgecolor="white",
        rasterized=len(data.x) > 2_000,
    )
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.margins(0.08)
    name_points(axes, data)
