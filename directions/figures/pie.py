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
    found = sorted(zip(data.categories, values, strict=True), key=lambda part: -part[1])
    kept = [part for place, part in enumerate(found) if place < _MOST and part[1] / whole >= _SMALL]
    rest = sum(value for _, value in found) - sum(value for _, value in kept)
    if len(found) - len(kept) == 1:
        return [part for part in found if part[1] > 0]
    return [*kept, ("其余" if language == "zh" else "others", rest)] if rest > 0 else kept


def draw(figure: Figure, axes: Axes, language: Language) -> None:
    """Draw a ring of the first series."""
    found = parts(figure, language)
    whole = sum(value for _, value in found) or 1.0
    wedges = axes.pie(
        [value for _, value in found],
        colors=[colour(place) for place in range(len(found))],
        startangle=90,
        counterclock=False,
        wedgeprops={"width": 0.42, "edgecolor": "white"},
    )[0]
    labels = [f"{shortened(name, 16)}  {printed(value / whole, 'share', language)}%" for name, value in found]
    axes.set_anchor("E")
    canvas = axes.figure
    assert canvas is not None
    canvas.legend(wedges, labels, loc="outside right center", fontsize=8.5, borderaxespad=2)
