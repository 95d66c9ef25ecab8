"""The atlas: four folders, an index page whose links lead somewhere, nothing empty."""

import re
from datetime import date
from urllib.parse import unquote

import polars as pl
import pytest

from directions.atlas import FOLDERS, folder_name, index_page, write_atlas
from directions.chapters import CHAPTERS, Scope, make_chapter, position
from directions.counting import Counting
from directions.facts import Chapter, Coverage, Figure, Finding, Table, TableColumn
from directions.study import Period, Study
from patents.bilingual import Text
from tests.directions.hand_made import study as small

pytestmark = pytest.mark.usefixtures("with_chinese_font")


@pytest.fixture
def study() -> Study:
    return Study(
        title="茶<产业>",
        query='TI=("茶")',
        patents=pl.DataFrame({"key": ["a"], "row": [0], "year": [2020]}),
        counting=Counting(),
        as_of=date(2026, 6, 30),
        period=Period(2018, 2020),
    )


def table(name: str, rows: int = 2, missing: str = "") -> Table:
    return Table(
        id=name,
        title=Text(f"表 {name}：甲/乙", f"Table {name}"),
        columns=(
            TableColumn("place", Text("城市", "City")),
            TableColumn("count", Text("专利量", "Patents"), "count", "件"),
        ),
        rows=pl.DataFrame({"place": ["贵阳市", "遵义市"][:rows], "count": [3, 2][:rows]}),
        definitions=(),
        coverage=Coverage(5, 5),
        notes=(Text("一条说明", "A note"),),
        missing=Text(missing, missing),
    )


def figure(of: Table) -> Figure:
    return Figure(id=of.id, title=of.title, kind="bar_horizontal", table=of, x="place", y=("count",))


def chapters() -> list[Chapter]:
    drawn, plain = table("drawn"), table("plain")
    said = Finding(text=Text("专利最多的是贵阳市。", "Most are of Guiyang."), sources=("drawn",))
    empty, lacking = table("empty", 0), table("lacking", missing="需要地级市（city）")
    inner = Chapter(id="theme_growth", title=Text("主题", "Themes"), tables=(table("inner"),), step="ways")
    return [
        Chapter(
            id="regions",
            title=Text("地区", "Regions"),
            findings=(said,),
            tables=(plain, drawn, empty, lacking),
            figures=(figure(drawn), figure(empty)),
            step="development",
        ),
        Chapter(id="themes", title=Text("主题", "Themes"), chapters=(inner,), step="ways"),
    ]


def test_figures_come_first_tables_that_they_draw_come_once_and_empty_ones_never(study, tmp_path):
    plates = write_atlas(study, chapters(), tmp_path)
    assert [(plate.folder, plate.title, bool(plate.picture)) for plate in plates] == [
        ("1-产业发展", "表 drawn：甲/乙", True),
        ("1-产业发展", "表 plain：甲/乙", False),
        ("4-发展路径", "表 inner：甲/乙", False),
    ]


def test_every_file_that_the_page_names_is_there_and_every_folder_too(study, tmp_path):
    plates = write_atlas(study, chapters(), tmp_path)
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    linked = {unquote(link) for link in re.findall(r'(?:href|src)="([^"]+)"', page)}
    assert len(linked) == 4
    assert all((tmp_path / link).stat().st_size > 1_000 for link in linked)
    assert {path.name for path in tmp_path.iterdir()} == {folder_name(step) for step in FOLDERS} | {
        "index.html"
    }
    assert all("/" not in plate.data and "/" not in plate.picture for plate in plates)


def test_the_page_says_what_was_studied_and_escapes_it(study, tmp_path):
    page = index_page(study, chapters(), ())
    assert "茶&lt;产业&gt;" in page and "<产业>" not in page
    assert "TI=(&quot;茶&quot;)" in page
    assert "2026-06-30" in page
    assert "专利最多的是贵阳市。" in page
    assert "合成数据" not in page
    assert "合成数据" in index_page(study, (), (), synthetic=True)


def test_in_english_folders_titles_and_sentences_are_english(study, tmp_path):
    plates = write_atlas(study, chapters(), tmp_path, language="en")
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert plates[0].folder == "1-Development" and plates[0].title == "Table drawn"
    assert "Most are of Guiyang." in page and "A note" in page


def test_every_step_has_a_chapter_and_others_go_to_the_analysis():
    made = [make_chapter(kind.id, small(), Scope("x")) for kind in CHAPTERS]
    assert {chapter.step for chapter in made} == {"development", "patents", "ways"}
    assert position.chapter(small(), "x").step == "position"
    assert Chapter(id="something else", title=Text("别的", "Else")).step == "patents"


def test_progress_is_told_to_the_end(study, tmp_path):
    told = []
    write_atlas(study, chapters(), tmp_path, progress=lambda done, total: told.append((done, total)))
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]
