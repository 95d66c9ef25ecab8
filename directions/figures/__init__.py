"""Figures: drawn for documents with Matplotlib, and as options for ECharts from the same data.

>>> from directions.figures import draw, echarts_option

`draw(figure, path)` writes a picture; a module for each kind of drawing has
`draw(figure: facts.Figure, axes: Axes, language) -> None` and `height(figure) -> float` (inches).
"""

from directions.figures.canvas import draw, picture
from directions.figures.echarts import echarts_option
from directions.figures.fonts import chinese_font

__all__ = ["chinese_font", "draw", "echarts_option", "picture"]
