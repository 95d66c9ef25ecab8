"""Colours and sizes that all figures share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from directions.notation import without_control

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.typing import RcKeyType

#: Told apart in print and by the colour-blind. Source: Wong, Points of view: Color blindness, 2011, darkened.
COLOURS = (
    "#1f6f8b",
    "#d9822b",
    "#4a9d6f",
    "#b5495b",
    "#7a6fb0",
    "#8c6d46",
    "#5aa9d6",
    "#c9a227",
    "#6b7a86",
    "#a14f9b",
    "#2f4b7c",
    "#9bbf3b",
    "#444444",
)
LIGHT = 0.4
INK, QUIET, RULE = "#1d2733", "#66727f", "#d5dbe1"
#: Inches; fits between the margins of an A4 page.
WIDTH, HEIGHT = 6.1, 3.3
DPI = 160
#: Settings of matplotlib; the families of text come on top.
SETTINGS: dict[RcKeyType, Any] = {
    "font.size": 8.5,
    "axes.edgecolor": RULE,
    "axes.labelcolor": QUIET,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "legend.frameon": False,
    "legend.fontsize": 8,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
}


def colour(place: int) -> str:
    """Colour of a series."""
    return COLOURS[place % len(COLOURS)]


def rules(axes: Axes, axis: str = "y") -> None:
    """Draw faint rules across an axis."""
    axes.grid(visible=True, axis="x" if axis == "x" else "y", color=RULE, linewidth=0.6)


def shortened(text: str, limit: int) -> str:
    """Cut a long label; Chinese characters count as one, others as half."""
    text, width = without_control(text), 0.0
    for place, sign in enumerate(text):
        width += 1 if ord(sign) > 0x2E7F else 0.55
        if width > limit:
            return text[:place].rstrip(" ，、,;；") + "…"
    return text


def sparse(count: int, most: int) -> int:
    """Print every n-th of some labels so that at most `most` are printed; returns n."""
    return max(1, -(-count // most))
