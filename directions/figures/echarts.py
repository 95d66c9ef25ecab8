"""The same figures as options for ECharts 5: plain JSON, nothing but data, no functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from directions.facts import Figure
from directions.figures.look import COLOURS, LIGHT, colour
from directions.figures.pie import parts
from directions.figures.series import Plotted, Series, plotted
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
    for one in data.series:
        made: Option = {
            "type": kind,
            "name": one.name,
            "data": _points(one, data.incomplete(figure.incomplete_from)),
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
    found: list[Json] = [{"name": name, "value": value} for name, value in parts(figure, language)]
    return {"series": [{"type": "pie", "radius": ["40%", "70%"], "data": found}]}


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
    names = [figure.x, figure.y[0]]
    rows = figure.table.rows.drop_nulls(names)
    scales = [100 if name in columns and columns[name].kind == "share" else 1 for name in names]
    groups = rows[figure.series].to_list() if figure.series else [""] * rows.height
    numbers = {group: number for number, group in enumerate(dict.fromkeys(groups))}
    sizes = rows[figure.size].cast(float).to_list() if figure.size else [1.0] * rows.height
    largest = max((size or 0 for size in sizes), default=1) or 1
    labels = rows[figure.label].to_list() if figure.label else [""] * rows.height
    series: list[Json] = []
    for group, number in numbers.items():
        points: list[Json] = [
            {
                "name": str(label),
                "value": [float(x) * scales[0], float(y) * scales[1], size],
                "symbolSize": 6 + 34 * ((size or 0) / largest) ** 0.5,
            }
            for x, y, size, label, own in zip(
                rows[names[0]], rows[names[1]], sizes, labels, groups, strict=True
            )
            if own == group
        ]
        series.append(
            {"type": "scatter", "name": str(group), "data": points, "itemStyle": {"color": colour(number)}}
        )
    lines: list[Json] = [
        {f"{axis}Axis": value * scales[0 if axis == "x" else 1]} for axis, value in figure.lines
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
        for name in names
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
        for one in siblings:
            one["children"] = list(children.get(str(one["id"]), []))
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
