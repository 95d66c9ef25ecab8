import re
import zipfile
from dataclasses import replace

import msgspec
import polars as pl
import pytest

from directions.chapters import CHAPTERS, Scope, make_chapter
from directions.notation import heading, percent, printed, printed_rows
from directions.report import FORMATS, make_report, write_report
from directions.report.blocks import FigureBlock, Heading, Paragraph, TableBlock, body_blocks
from documents.widths import column_widths
from patents.errors import InputError, NotFoundError
from tests.directions.hand_made import study

pytestmark = pytest.mark.usefixtures("with_chinese_font")

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CJK = re.compile("[\u4e00-\u9fff]")


def report(**options):
    whole = study(themes=True)
    part = replace(study(themes=True), title="电池产业", query="INDUSTRY=电池")
    return make_report(whole, [part] if options.pop("parts", False) else [], scope=Scope("x"), **options)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("report")
    made = report(parts=True)
    return made, {path.suffix[1:]: path for path in write_report(made, folder, formats=FORMATS)}


def walk(chapter):
    yield chapter
    for inner in chapter.chapters:
        yield from walk(inner)


def numbers(text: str) -> set[str]:
    """Numbers of a text; IPC symbols, CR10 and the like are names."""
    text = re.sub(r"[A-Z]+\d+[A-Z]?(?:/\d+)?", " ", text)
    return set(re.findall(r"\d+(?:\.\d+)?", text.replace(",", "")))


FIXED = {"10", "2021", "12", "31"}  # 前10位; the as-of date


@pytest.mark.parametrize("kind", CHAPTERS, ids=lambda kind: kind.id)
@pytest.mark.parametrize("options", [{}, {"multiple": "R-1", "growth": "mean", "lapsed": "all"}])
def test_every_number_of_a_sentence_stands_in_a_table_that_it_names(kind, options):
    made = study(themes=True, **options)
    for chapter in walk(make_chapter(kind.id, made, Scope("x"))):
        tables = {table.id: table for table in chapter.tables}
        tables |= {
            figure.table.id: figure.table for figure in chapter.figures if figure.table.id not in tables
        }
        for finding in chapter.findings:
            named = [tables[source] for source in finding.sources if source in tables]
            assert named, f"{finding.text} names no table of its chapter"
            known = set(FIXED)
            for table in named:
                for language in ("zh", "en"):
                    cells = [cell for row in printed_rows(table, language) for cell in row]
                    heads = [heading(column, language) for column in table.columns]
                    known |= numbers(" ".join([*cells, *heads, str(table.rows.height)]))
                    known |= {number.lstrip("-") for number in known}
                known |= {
                    str(table.coverage.known),
                    str(len(table.columns) - 1),
                    percent(table.coverage.share)[:-1],
                }
                known |= {
                    str(len(value))
                    for row in table.rows.iter_rows()
                    for value in row
                    if isinstance(value, list)
                }
            spans = {str(made.period.first), str(made.period.last), str(made.incomplete_from - 1)}
            if kind.id != "effects":
                assert numbers(finding.text.zh) <= known | spans, finding.text
                assert numbers(finding.text.en) <= known | spans, finding.text


def test_no_chapter_is_empty_and_every_figure_has_data():
    blocks = list(body_blocks(report(parts=True)))
    for before, after in zip(blocks, [*blocks[1:], None], strict=True):
        if isinstance(before, Heading):
            assert after is not None, before.text
            if isinstance(after, Heading):
                assert after.level > before.level, f"{before.text} is empty"
    figures = [block for block in blocks if isinstance(block, FigureBlock)]
    assert figures and all(not block.figure.table.empty for block in figures)


def test_tables_and_figures_are_numbered_without_gaps():
    blocks = list(body_blocks(report(parts=True)))
    for kind in (TableBlock, FigureBlock):
        found = [block.number for block in blocks if isinstance(block, kind)]
        assert found == list(range(1, len(found) + 1))


def test_what_cannot_be_told_is_said_with_the_column_that_lacks():
    whole = study()
    empty = whole.patents.with_columns(legal_state=pl.lit(None, dtype=pl.String))
    without = replace(whole, patents=empty, filled=whole.filled - {"legal_state"})
    blocks = list(body_blocks(make_report(without, chapters=("legal",))))
    said = " ".join(block.text for block in blocks if hasattr(block, "text"))
    assert "未能给出" in said and "legal_state" in said


def test_the_cover_prints_the_query_the_date_the_counting_and_the_coverage():
    made = report(parts=True)
    scope, counting, coverage = made.cover
    text = " ".join(cell for row in printed_rows(scope) for cell in row)
    assert "2021-12-31" in text and "*（全部专利）" in text and "未计入：外观设计 1件" in text
    assert len(printed_rows(counting)) == 13
    filled = {row[0]: row[1:3] for row in printed_rows(coverage)}
    assert filled["授权公告日（grant_date）"] == ["11", "68.8"]
    needed = {
        name
        for block in body_blocks(made)
        if isinstance(block, TableBlock)
        for one in block.table.definitions
        for name in one.needs
    }
    assert needed <= set(re.findall(r"（(\w+)）", " ".join(filled)))


def test_word_holds_native_tables_captions_contents_and_footnotes(written):
    from docx import Document

    made, files = written
    document = Document(str(files["docx"]))
    blocks = list(body_blocks(made))
    tables = [block for block in blocks if isinstance(block, TableBlock)]
    assert len(document.tables) == len(tables) + len(made.cover)
    captions = [line.text for line in document.paragraphs if line.style.name == "Caption"]
    assert [text for text in captions if text.startswith("表 ")] == [block.caption for block in tables]
    first = document.tables[len(made.cover)]
    assert [cell.text for cell in first.rows[1].cells] == printed_rows(tables[0].table)[0]
    codes = [element.text for element in document.element.iter(f"{W}instrText")]
    assert sum("TOC" in code for code in codes) == 1 and any("SEQ 图" in code for code in codes)
    headings = [block.text for block in blocks if isinstance(block, Heading) and block.level <= 2]
    links = [
        "".join(text.text for text in link.iter(f"{W}t")) for link in document.element.iter(f"{W}hyperlink")
    ]
    assert links == headings
    marks = {mark.get(f"{W}id") for mark in document.element.iter(f"{W}footnoteReference")}
    with zipfile.ZipFile(files["docx"]) as archive:
        notes = archive.read("word/footnotes.xml").decode()
    runs = sum(bool(run.source) for block in blocks if isinstance(block, Paragraph) for run in block.runs)
    assert len(marks) == runs and all(f'w:id="{mark}"' in notes for mark in marks)
    assert "表 1“主要指标”" in notes


def test_links_of_word_lead_to_bookmarks(written):
    from docx import Document

    body = Document(str(written[1]["docx"])).element
    names = [mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")]
    assert len(names) == len(set(names))
    assert {link.get(f"{W}anchor") for link in body.iter(f"{W}hyperlink")} <= set(names)


def test_excel_holds_a_sheet_a_table_with_numbers_and_charts(written):
    from openpyxl import load_workbook

    made, files = written
    book = load_workbook(files["xlsx"])
    tables = [block for block in body_blocks(made) if isinstance(block, TableBlock)]
    assert len(book.sheetnames) == len(tables) + 2
    years = book[next(name for name in book.sheetnames if "年度专利量" in name)]
    assert [cell.value for cell in years[3]][:2] == [2014, 1]
    assert years._charts and all(len(name) <= 31 for name in book.sheetnames)
    targets = [cell.hyperlink.location for row in book.worksheets[0] for cell in row if cell.hyperlink]
    assert len(targets) == len(tables) and all(
        target.split("!")[0].strip("'") in book.sheetnames for target in targets
    )


def test_html_stands_alone_and_its_sentences_lead_to_their_tables(written):
    from lxml import html

    text = written[1]["html"].read_text(encoding="utf-8")
    page = html.fromstring(text)
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', text)
    names = {element.get("id") for element in page.iter() if element.get("id")}
    sentences = page.find_class("sentence")
    assert sentences and all(
        one.get("href")[1:] in names and one.get("title").startswith("数据见表") for one in sentences
    )
    assert {link.get("href")[1:] for link in page.iter("a") if link.get("href", "").startswith("#")} <= names


def test_nothing_on_a_slide_runs_out_of_it(written):
    from pptx import Presentation

    deck = Presentation(str(written[1]["pptx"]))
    for slide in deck.slides:
        assert len(slide.shapes) > 0
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= deck.slide_width
            tall = sum(row.height for row in shape.table.rows) if shape.has_table else shape.height
            assert shape.top + tall <= deck.slide_height, slide.shapes[0].text_frame.text


def test_the_english_report_has_english_headings_and_captions():
    blocks = list(body_blocks(report(language="en", parts=True)))
    own = {"电池产业"}
    for block in blocks:
        text = block.text if isinstance(block, Heading) else getattr(block, "caption", "")
        assert not _CJK.search(re.sub("|".join(own), "", text)), text


def test_english_sentences_hold_no_chinese_but_names():
    names = (
        "全省|甲集团有限公司|甲铝业有限公司|乙大学|丙科技有限公司|丁研究院|甲集团|张三|电池|冶炼|有色|高端"
    )
    names += "|[一-鿿]{2,}(?:市|省|产业|材料|制造)"
    for kind in CHAPTERS:
        for chapter in walk(make_chapter(kind.id, study(themes=True), Scope("x"))):
            for finding in chapter.findings:
                assert not _CJK.search(re.sub(names, "", finding.text.en)), finding.text.en


def test_templates_lend_their_styles(tmp_path):
    from docx import Document
    from docx.shared import Pt

    template = Document()
    template.styles["Heading 1"].font.size = Pt(31)
    template.save(str(tmp_path / "own.docx"))
    page = tmp_path / "own.html"
    page.write_text("<html><body><h1>本院模板</h1>$title$cover$body</body></html>", encoding="utf-8")
    made = report(chapters=("growth",))
    files = write_report(
        made, tmp_path / "out", formats=("docx", "html"), templates=(tmp_path / "own.docx", page)
    )
    assert Document(str(files[0])).styles["Heading 1"].font.size == Pt(31)
    assert "本院模板" in files[1].read_text(encoding="utf-8")
    page.write_text("$nothing", encoding="utf-8")
    with pytest.raises(InputError, match="nothing"):
        write_report(made, tmp_path / "out", formats=("html",), templates=(page,))
    with pytest.raises(InputError, match="is not a report template"):
        write_report(made, tmp_path / "out", formats=("html",), templates=(tmp_path / "a.txt",))


def test_unknown_formats_and_chapters_are_refused_by_name(tmp_path):
    with pytest.raises(InputError, match="no report format 'pdf'"):
        write_report(report(chapters=("growth",)), tmp_path, formats=("pdf",))
    with pytest.raises(NotFoundError, match="Use growth"):
        report(chapters=("grwth",))


def test_control_characters_and_formulas_do_no_harm(tmp_path):
    from openpyxl import load_workbook

    whole = study()
    spoiled = whole.patents.with_columns(
        applicants=pl.col("applicants").list.eval(pl.concat_str(pl.lit("=SUM(1)\x0b"), pl.element()))
    )
    made = make_report(replace(whole, patents=spoiled), chapters=("applicants",))
    docx, xlsx = write_report(made, tmp_path, formats=("docx", "xlsx"))
    assert docx.stat().st_size > 0
    cells = [cell for sheet in load_workbook(xlsx) for row in sheet for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_values_are_written_the_same_everywhere():
    assert printed(0.1234, "share") == "12.3" and printed(0.0004, "share") == "0.04"
    assert printed(1234, "count", "en") == "1,234" and printed(1234, "count") == "1234"
    assert printed(None, "count") == "—" and printed(float("inf"), "ratio") == "—"
    assert printed(-0.0001, "number") == "0.0"
    assert printed(["甲", "乙"], "texts") == "甲、乙" and printed([], "texts") == "—"


def test_widths_add_up_and_long_columns_get_more():
    widths = column_widths(["年份", "含义"], [["2011", "石" * 40], ["2012", "铝" * 30]], 9000)
    assert sum(widths) == 9000 and widths[1] > 3 * widths[0]


def test_the_page_of_the_docs_names_every_choice_and_every_chapter():
    from pathlib import Path

    from directions.counting import Counting, choices

    text = (Path(__file__).parents[2] / "docs" / "directions.md").read_text(encoding="utf-8")
    assert list(choices()) == list(Counting.__struct_fields__)
    for name, choice in choices().items():
        assert choice.label.zh and choice.label.en
        for value, called in choice.values.items():
            assert called.zh and called.en
            assert f"`{name}={value}`" in text
            msgspec.convert({name: {"true": True, "false": False}.get(value, value)}, Counting)
    for kind in CHAPTERS:
        assert f"| `{kind.id}` {kind.title.zh} |" in text
