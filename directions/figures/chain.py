"""产业链图谱: the links from left to right, what is below each beneath it, what stands beside above it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from directions.facts import Figure
from directions.figures.look import INK, QUIET, RULE, shortened
from directions.specialisation import STANDINGS
from patents.bilingual import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Fill and text of a box by standing; without one by whether it holds patents.
_FILLS = {
    "强": ("#2f7d5b", "white"),
    "一般": ("#a9cbd8", INK),
    "弱": ("#f0c27b", INK),
    "空白": ("white", QUIET),
    "": ("#e4edf2", INK),
}
_BOX = (0.86, 0.74)
_ROW_INCHES = 0.5


@dataclass(frozen=True, slots=True)
class Box:
    """One node in its place.

    Attributes:
        name: of the node.
        text: what is written in it.
        standing: 强, 一般, 弱, 空白 or nothing.
        column, row: place; row 0 holds the links, negative rows what is below, positive what stands beside.
        parent: name of the node that it hangs on; empty for links.
    """

    name: str
    text: str
    standing: str
    column: int
    row: int
    parent: str


def height(figure: Figure) -> float:
    """Inches: by the rows of boxes and the legend."""
    rows = [box.row for box in layout(figure)]
    return 0.7 + _ROW_INCHES * (max(rows, default=0) - min(rows, default=0) + 1)


def draw(figure: Figure, axes: Axes, language: Language) -> None:
    """Draw the boxes with count and RTA, arrows between the links, the rule's colours as a legend."""
    boxes = layout(figure, language)
    places = {box.name: box for box in boxes}
    for box in boxes:
        _box(axes, box)
        if box.parent:
            _hang(axes, places[box.parent], box)
    links = [box for box in boxes if box.row == 0]
    for before, after in pairwise(links):
        axes.annotate(
            "",
            xy=(after.column - _BOX[0] / 2, 0),
            xytext=(before.column + _BOX[0] / 2, 0),
            arrowprops={"arrowstyle": "-|>", "color": INK, "linewidth": 1.1, "shrinkA": 0, "shrinkB": 0},
        )
    rows = [box.row for box in boxes]
    axes.set_xlim(-0.55, max(len(links) - 0.45, 1))
    axes.set_ylim(min(rows, default=0) - 0.9, max(rows, default=0) + 0.5)
    axes.set_axis_off()
    if any(box.standing for box in boxes):
        _legend(axes, language)


def layout(figure: Figure, language: Language = "zh") -> tuple[Box, ...]:
    """Place the nodes of a table of `directions.chain.nodes.node_table`."""
    rows = figure.table.rows
    columns: dict[str, int] = {}
    used: dict[tuple[int, int], int] = {}
    beside: set[str] = set()
    boxes: list[Box] = []
    for row in rows.iter_rows(named=True):
        if not row["parent"] and not row["beside"]:
            columns[row["node"]] = len(columns)
    for row in rows.iter_rows(named=True):
        hangs_on = row["parent"] or row["beside"]
        column = columns[row["node"]] if not hangs_on else columns[hangs_on]
        columns.setdefault(row["node"], column)
        if row["beside"] or row["parent"] in beside:
            beside.add(row["node"])
        side = 0 if not hangs_on else 1 if row["node"] in beside else -1
        used[column, side] = used.get((column, side), 0) + 1
        boxes.append(
            Box(
                name=row["node"],
                text=_text(row, language),
                standing=row.get("standing") or "",
                column=column,
                row=side * used[column, side],
                parent=hangs_on,
            )
        )
    return tuple(boxes)


def _text(row: dict[str, object], language: Language) -> str:
    """Name, count and RTA on two lines."""
    name = str(row["name_en"] if language == "en" else row["node"])
    count = f"{row['count']}件" if language == "zh" else f"{row['count']}"
    rta = row.get("rta")
    value = f" · {rta:.2f}" if isinstance(rta, float) and row.get("standing") else ""
    return f"{shortened(name, 8)}\n{count}{value}"


def _box(axes: Axes, box: Box) -> None:
    from matplotlib.patches import FancyBboxPatch

    fill, ink = _FILLS.get(box.standing, _FILLS[""])
    width, tall = _BOX
    axes.add_patch(
        FancyBboxPatch(
            (box.column - width / 2, box.row - tall / 2),
            width,
            tall,
            boxstyle="round,pad=0,rounding_size=0.08",
            facecolor=fill,
            edgecolor=QUIET if box.standing == "空白" else fill,
            linestyle="--" if box.standing == "空白" else "-",
            linewidth=0.9,
        )
    )
    axes.text(
        box.column,
        box.row,
        box.text,
        ha="center",
        va="center",
        fontsize=7.5 if box.row == 0 else 6.8,
        color=ink,
        linespacing=1.25,
    )


def _hang(axes: Axes, above: Box, box: Box) -> None:
    """A line from a box to the one that it hangs on."""
    side = 1 if box.row > above.row else -1
    start, end = above.row + side * _BOX[1] / 2, box.row - side * _BOX[1] / 2
    if abs(box.row - above.row) == 1:
        style = ":" if side > 0 else "-"
        axes.plot(
            [box.column, box.column], [start, end], color=QUIET, linestyle=style, linewidth=0.9, zorder=0
        )
    else:
        left = box.column - _BOX[0] / 2 - 0.04
        xs = [box.column - _BOX[0] / 2, left, left, box.column - _BOX[0] / 2]
        axes.plot(xs, [above.row, above.row, box.row, box.row], color=RULE, linewidth=0.9, zorder=0)


def _legend(axes: Axes, language: Language) -> None:
    from matplotlib.patches import Patch

    handles = [
        Patch(facecolor=_FILLS[name][0], edgecolor=QUIET, linewidth=0.6, label=label.of(language))
        for name, label in STANDINGS.items()
        if label
    ]
    axes.legend(handles=handles, loc="lower center", ncols=4, handlelength=1.2, columnspacing=1.4)
