"""The atlas: four folders, an index page whose links lead somewhere, nothing empty."""

import re
from datetime import date
from urllib.parse import unquote

import polars as pl
import pytest

from directions.atlas import FOLDERS, folder_name, folder_of, index_page, write_atlas
from directions.chapters import CHAPTERS
from directions.counting import Counting
from directions.facts import Chapter, Coverage, Figure, Finding, Table, TableColumn
from directions.study import Period, Study

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
        title=f"表 {name}：甲/乙",
        title_en=f"Table {name}",
        columns=(
            TableColumn("place", "城市", "text", label_en="City"),
            TableColumn("count", "专利量", "count", "件", "Patents"),
        ),
        rows=pl.DataFrame({"place": ["贵阳市", "遵义市"][:rows], "count": [3, 2][:rows]}),
        definitions=(),
        coverage=Coverage(5, 5),
        notes=("一条说明",),
        missing=missing,
        notes_en=("A note",),
    )


def figure(of: Table) -> Figure:
    return Figure(
        id=of.id,
        title=of.title,
        title_en=of.title_en,
        kind="bar_horizontal",
        table=of,
        x="place",
        y=("count",),
    )


def chapters() -> list[Chapter]:
    drawn, plain = table("drawn"), table("plain")
    said = Finding(text="专利最多的是贵阳市。", text_en="Most are of Guiyang.", sources=("drawn",))
    empty, lacking = table("empty", 0), table("lacking", missing="需要地级市（city）")
    inner = Chapter(id="theme_growth", title="主题", title_en="Themes", tables=(table("inner"),))
    return [
        Chapter(
            id="regions",
            title="地区",
            title_en="Regions",
            findings=(said,),
            tables=(plain, drawn, empty, lacking),
            figures=(figure(drawn), figure(empty)),
        ),
        Chapter(id="themes", title="主题", title_en="Themes", chapters=(inner,)),
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
    assert {path.name for path in tmp_path.iterdir()} == {folder_name(place) for place in range(4)} | {
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


def test_every_chapter_has_a_folder_and_unknown_ones_go_to_the_analysis():
    assert {chapter for _, _, ids in FOLDERS for chapter in ids} >= {kind.id for kind in CHAPTERS}
    assert folder_of("something else") == 1


def test_progress_is_told_to_the_end(study, tmp_path):
    told = []
    write_atlas(study, chapters(), tmp_path, progress=lambda done, total: told.append((done, total)))
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]
