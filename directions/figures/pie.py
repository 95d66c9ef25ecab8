"""Rings for few parts of a whole; small parts are joined so that their labels do not collide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from directions.facts import Figure
from directions.figures.look import colour, shortened
from directions.figures.series import plotted
from directions.notation import printed
from patents.bilingual import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MOST = 9
_SMALL = 0.015


def height(figure: Figure) -> float:
    """Inches."""
    return 3.1


def parts(figure: Figure, language: Language = "zh") -> list[tuple[str, float]]:
    """Name and value of each part, largest first; those below 1.5 % or beyond the ninth are one."""
    data = plotted(figure, language)
    values = [value or 0.0 for value in data.series[0].values]
    whole = sum(values) or 1.0
    slices = sorted(zip(data.categories, values, strict=True), key=lambda part: -part[1])
    shown = [part for place, part in enumerate(slices) if place < _MOST and part[1] / whole >= _SMALL]
    rest = sum(value for _, value in slices) - sum(value for _, value in shown)
    if len(slices) - len(shown) == 1:
        return [part for part in slices if part[1] > 0]
    return [*shown, ("其余" if language == "zh" else "others", rest)] if rest > 0 else shown


def draw(figure: Figure, axes: Axes, language: Language) -> None:
    """Draw a ring of the first series."""
    slices = parts(figure, language)
    whole = sum(value for _, value in slices) or 1.0
    wedges = axes.pie(
        [value for _, value in slices],
        colors=[colour(place) for place in range(len(slices))],
        startangle=90,
        counterclock=False,
        wedgeprops={"width": 0.42, "edgecolor": "white"},
    )[0]
    labels = [
        f"{shortened(name, 16)}  {printed(value / whole, 'share', language)}%" for name, value in slices
    ]
    axes.set_anchor("E")
    canvas = axes.figure
    assert canvas is not None
    canvas.legend(wedges, labels, loc="outside right center", fontsize=8.5, borderaxespad=2)
