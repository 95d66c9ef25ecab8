import io
import json
from dataclasses import replace

import polars as pl
import pytest

from directions.facts import Coverage, Figure, Table, TableColumn, needs_text
from directions.figures import chinese_font, draw, echarts_option, fonts, picture
from directions.figures.canvas import MODULES
from directions.figures.look import shortened
from directions.figures.pie import parts
from directions.figures.series import plotted
from patents.bilingual import Text
from patents.errors import InputError, MissingFontError

pytestmark = pytest.mark.usefixtures("with_chinese_font")

YEAR = TableColumn("year", Text("年份", "Year"), "year")
COUNT = TableColumn("count", Text("专利量", "Patents"), "count", "件")
SHARE = TableColumn("share", Text("占比", "Share"), "share", "%")
T = Text.same
NAMES = ("有色冶金", "煤化工及清洁能源", "大数据与电子信息产业", "装备制造", "特色轻工", "骨骼直刃")


def table(rows, *columns) -> Table:
    return Table(
        id="t",
        title=Text("年度专利量", "Patents by year"),
        columns=columns,
        rows=pl.DataFrame(rows),
        definitions=(),
        coverage=Coverage(1, 1),
    )


def years() -> Table:
    return table(
        {"year": [2016, 2017, 2018], "count": [3, 5, 2], "share": [0.3, 0.5, -0.2]}, YEAR, COUNT, SHARE
    )


def long() -> Table:
    rows = [
        (name, year, (place + 1) * (year - 2010))
        for place, name in enumerate(NAMES)
        for year in range(2011, 2019)
    ]
    frame = pl.DataFrame(rows, schema=["industry", "year", "count"], orient="row")
    return table(frame, TableColumn("industry", Text("产业", "")), YEAR, COUNT)


def points() -> Table:
    return table(
        {
            "name": list(NAMES),
            "share": [0.1, 0.2, 0.3, 0.4, 0.5, 0.6],
            "growth": [1.0, 0.5, 2.0, 3.0, 0.1, 1.1],
            "count": [9, 1, 4, 2, 7, 3],
        },
        TableColumn("name", Text("主题", "")),
        SHARE,
        TableColumn("growth", Text("增长", ""), "ratio", "倍"),
        COUNT,
    )


FIGURES = (
    Figure(
        id="bar", title=T("年度"), kind="bar", table=years(), x="year", y=("count",), incomplete_from=2018
    ),
    Figure(id="bars", title=T("年度"), kind="bar", table=years(), x="year", y=("count", "share")),
    Figure(id="stacked", title=T("年度"), kind="stacked", table=years(), x="year", y=("count", "count")),
    Figure(id="lying", title=T("排名"), kind="bar_horizontal", table=points(), x="name", y=("count",)),
    Figure(
        id="line",
        title=T("年度"),
        kind="line",
        table=long(),
        x="year",
        y=("count",),
        series="industry",
        incomplete_from=2017,
    ),
    Figure(
        id="area",
        title=T("年度"),
        kind="area",
        table=long(),
        x="year",
        y=("count",),
        series="industry",
        incomplete_from=2017,
    ),
    Figure(id="pie", title=T("构成"), kind="pie", table=points(), x="name", y=("count",)),
    Figure(id="heat", title=T("矩阵"), kind="heat", table=long(), x="year", y=("count",), series="industry"),
    Figure(
        id="quadrant",
        title=T("象限"),
        kind="quadrant",
        table=points(),
        x="share",
        y=("growth",),
        size="count",
        label="name",
        lines=(("x", 0.3), ("y", 1.0)),
    ),
    Figure(
        id="map",
        title=T("地图"),
        kind="map",
        table=points(),
        x="share",
        y=("growth",),
        size="count",
        label="name",
    ),
)


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.id)
def test_every_kind_is_drawn_without_a_missing_glyph_and_the_same_twice(figure):
    # Matplotlib warns of every glyph that no font holds; warnings are errors here.
    first = picture(figure)
    assert first[:4] == b"\x89PNG" and first == picture(figure)
    assert picture(figure, language="en", form="svg").startswith(b"<?xml")


def test_nothing_runs_out_of_a_picture():
    from PIL import Image

    for figure in FIGURES:
        drawn = Image.open(io.BytesIO(picture(figure))).convert("L")
        wide, high = drawn.size
        edges = [
            *(drawn.getpixel((x, y)) for x in range(wide) for y in (0, high - 1)),
            *(drawn.getpixel((x, y)) for y in range(high) for x in (0, wide - 1)),
        ]
        assert min(edges) > 200, f"{figure.id} touches its edge"


def test_every_kind_of_figure_has_a_module():
    from typing import get_args

    from directions.facts import FigureKind

    assert set(MODULES) == set(get_args(FigureKind))
    for module in MODULES.values():
        assert callable(module.draw) and callable(module.height)


def test_a_figure_without_data_is_refused_by_name():
    nothing = replace(
        FIGURES[0], table=replace(years(), rows=years().rows.clear(), missing=needs_text(["filing_year"]))
    )
    with pytest.raises(InputError, match="需要申请年"):
        picture(nothing)
    assert echarts_option(nothing)["series"] == []


def test_an_unknown_picture_format_is_refused(tmp_path):
    with pytest.raises(InputError, match="no picture format 'gif'"):
        draw(FIGURES[0], tmp_path / "a.gif")


def test_a_system_without_a_chinese_font_names_the_package(monkeypatch):
    monkeypatch.setattr(fonts, "CANDIDATES", ("No Such Font SC",))
    chinese_font.cache_clear()
    try:
        with pytest.raises(MissingFontError) as error:
            picture(FIGURES[0])
        assert "fonts-noto-cjk" in error.value.help
    finally:
        chinese_font.cache_clear()


def test_shares_are_drawn_in_per_cent_and_long_tables_become_series():
    wide = plotted(FIGURES[1])
    assert [series.name for series in wide.series] == ["专利量（件）", "占比（%）"]
    assert wide.series[1].values == pytest.approx((30.0, 50.0, -20.0))
    assert wide.incomplete(2018) == 2 and wide.incomplete(None) == 3
    by_name = plotted(FIGURES[4])
    assert [series.name for series in by_name.series] == list(NAMES)
    assert by_name.series[1].values[:2] == (2.0, 4.0)


def test_the_column_complete_marks_periods_that_are_not():
    flagged = table({"year": ["十三五", "十四五"], "count": [3, 5], "complete": [True, False]}, YEAR, COUNT)
    assert plotted(replace(FIGURES[0], table=flagged)).incomplete(None) == 1


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.id)
def test_the_option_for_echarts_is_json_with_the_same_values(figure):
    option = json.loads(json.dumps(echarts_option(figure), allow_nan=False))
    assert option["title"]["text"] == figure.title.zh and option["series"]
    if figure.kind in ("bar", "stacked", "line", "area"):
        drawn = [
            [point["value"] if isinstance(point, dict) else point for point in series["data"]]
            for series in option["series"]
        ]
        assert drawn == [list(series.values) for series in plotted(figure).series]
    if figure.kind == "heat":
        assert len(option["series"][0]["data"]) == figure.table.rows.height


def test_small_parts_of_a_ring_are_joined_and_nothing_is_lost():
    counts = [1000, 500, 5, 4, 3]
    ring = table(
        {"name": list("甲乙丙丁戊"), "count": counts}, TableColumn("name", Text("申请人", "")), COUNT
    )
    found = parts(Figure(id="p", title=T("构成"), kind="pie", table=ring, x="name", y=("count",)))
    assert found[-1] == ("其余", 12) and sum(value for _, value in found) == sum(counts)


def test_long_labels_are_cut_by_width():
    assert shortened("贵州省贵阳市观山湖区", 5) == "贵州省贵阳…"
    assert shortened("ABCDEFGH", 5) == "ABCDEFGH"
