"""The same figures as options for ECharts 5: plain JSON, nothing but data, no functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np

from directions.facts import Figure
from directions.figures.look import COLOURS, LIGHT, colour
from directions.figures.pie import parts
from directions.figures.series import Plotted, Series, plotted, points
from directions.notation import heading
from patents.bilingual import Language

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"
Option: TypeAlias = dict[str, Json]


def echarts_option(figure: Figure, language: Language = "zh") -> Option:
    """Write a figure as an `option` for `chart.setOption`.

    Shares are in per cent, as in the printed figure; incomplete years are lighter or dotted.
    """
    if figure.table.empty:
        return {
            "title": {"text": figure.title.of(language), "subtext": figure.table.missing.of(language)},
            "series": [],
        }
    make = _MAKERS.get(figure.kind, _upright)
    return {
        "title": {"text": figure.title.of(language)},
        "color": list(COLOURS),
        "tooltip": {"trigger": "axis" if figure.kind in _OVER_CATEGORIES else "item", "confine": True},
        **make(figure, language),
    }


_OVER_CATEGORIES = ("bar", "bar_horizontal", "line", "stacked", "area")


def _upright(figure: Figure, language: Language) -> Option:
    data = plotted(figure, language)
    kind = "bar" if figure.kind in ("bar", "stacked") else "line"
    series: list[Json] = []
    for line in data.series:
        made: Option = {
            "type": kind,
            "name": line.name,
            "data": _points(line, data.incomplete(figure.incomplete_from)),
        }
        if figure.kind in ("stacked", "area"):
            made["stack"] = "all"
        if figure.kind == "area":
            made["areaStyle"] = {}
        series.append(made)
    return {
        "legend": _legend(data),
        "xAxis": {"type": "category", "data": list(data.categories)},
        "yAxis": {"type": "value"},
        "series": series,
    }


def _points(series: Series, complete: int) -> list[Json]:
    return [
        value if place < complete else {"value": value, "itemStyle": {"opacity": LIGHT}}
        for place, value in enumerate(series.values)
    ]


def _legend(data: Plotted) -> Option:
    names: list[Json] = [series.name for series in data.series]
    return {"type": "scroll", "top": 28, "data": names, "show": len(names) > 1}


def _lying(figure: Figure, language: Language) -> Option:
    made = _upright(figure, language)
    data = plotted(figure, language)
    return made | {
        "xAxis": {"type": "value"},
        "yAxis": {"type": "category", "inverse": True, "data": list(data.categories)},
        "series": [
            {"type": "bar", "name": series.name, "data": list(series.values)} for series in data.series
        ],
    }


def _ring(figure: Figure, language: Language) -> Option:
    slices: list[Json] = [{"name": name, "value": value} for name, value in parts(figure, language)]
    return {"series": [{"type": "pie", "radius": ["40%", "70%"], "data": slices}]}


def _cells(figure: Figure, language: Language) -> Option:
    data = plotted(figure, language)
    cells: list[Json] = [
        [column, row, value]
        for row, series in enumerate(data.series)
        for column, value in enumerate(series.values)
        if value
    ]
    highest = max((value or 0 for series in data.series for value in series.values), default=0)
    rows: list[Json] = [series.name for series in data.series]
    return {
        "xAxis": {"type": "category", "data": list(data.categories)},
        "yAxis": {"type": "category", "inverse": True, "data": rows},
        "visualMap": {"min": 0, "max": highest, "calculable": True},
        "series": [{"type": "heatmap", "data": cells, "label": {"show": True}}],
    }


def _points_on_plane(figure: Figure, language: Language) -> Option:
    columns = {column.name: column for column in figure.table.columns}
    data = points(figure)
    largest = float(data.sizes.max(initial=0.0)) or 1.0
    series: list[Json] = []
    for number, name in enumerate(data.series):
        own: list[Json] = [
            {
                "name": data.labels[place] if data.labels else "",
                "value": [float(data.x[place]), float(data.y[place]), float(data.sizes[place])],
                "symbolSize": 6 + 34 * float(data.sizes[place] / largest) ** 0.5,
            }
            for place in np.flatnonzero(data.groups == number)
        ]
        series.append({"type": "scatter", "name": name, "data": own, "itemStyle": {"color": colour(number)}})
    lines: list[Json] = [
        {f"{axis}Axis": value * data.scales[0 if axis == "x" else 1]} for axis, value in figure.lines
    ]
    if lines and series:
        first = series[0]
        assert isinstance(first, dict)
        first["markLine"] = {"symbol": "none", "data": lines}
    plain = figure.kind == "map"
    axes: list[Option] = [
        {
            "type": "value",
            "name": "" if plain or name not in columns else heading(columns[name], language),
            "show": not plain,
            "scale": True,
        }
        for name in (figure.x, figure.y[0])
    ]
    return {"xAxis": axes[0], "yAxis": axes[1], "series": series}


def _tree(figure: Figure, language: Language) -> Option:
    rows = figure.table.rows
    children: dict[str, list[Option]] = {}
    for row in rows.select("node", "parent", "label", "count").iter_rows():
        node, parent, label, count = row
        children.setdefault(parent or "", []).append(
            {"name": str(label), "value": count, "children": [], "id": str(node)}
        )
    for siblings in children.values():
        for line in siblings:
            line["children"] = list(children.get(str(line["id"]), []))
    roots: list[Json] = list(children.get("", []))
    return {"series": [{"type": "tree", "data": roots, "orient": "LR", "initialTreeDepth": -1}]}


_MAKERS = {
    "bar_horizontal": _lying,
    "pie": _ring,
    "heat": _cells,
    "quadrant": _points_on_plane,
    "map": _points_on_plane,
    "chain": _tree,
}
