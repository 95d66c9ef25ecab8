import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.workbook import CELL_CHARACTERS, Workbook, cell_text


def read(path):
    book = openpyxl.load_workbook(path)
    return {sheet.title: [[cell.value for cell in line] for line in sheet.iter_rows()] for sheet in book}


def test_formulas_links_and_numbers_in_texts_stay_texts(tmp_path):
    texts = ["=1+1", "+1", "-1", "@SUM(A1)", "https://example.org/", "007", "{=A1}", "mailto:a@b.c"]
    with Workbook(tmp_path / "x.xlsx") as book:
        book.sheet("明细", ["值"], [[text] for text in texts])
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    cells = [line[0] for line in book["明细"].iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == texts
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)


@settings(max_examples=25)
@given(st.text(max_size=30))
def test_any_text_can_be_written(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("sheet") / "x.xlsx"
    with Workbook(path) as book:
        book.sheet("s", ["值"], [[text]])
    assert openpyxl.load_workbook(path)["s"].max_row >= 1


def test_a_text_that_no_cell_holds_is_cut_and_the_cell_says_so():
    assert cell_text("膜" * CELL_CHARACTERS) == "膜" * CELL_CHARACTERS
    cut = cell_text("膜" * 40_000)
    assert len(cut) == CELL_CHARACTERS
    assert cut.endswith("（共 40000 个字符，此处截断）")
    wide = cell_text("𠮷" * 20_000)
    assert len(wide.encode("utf-16-le")) // 2 <= CELL_CHARACTERS
    assert "共 20000 个字符" in wide


def test_more_rows_than_a_sheet_holds_go_on_in_the_next(tmp_path):
    with Workbook(tmp_path / "x.xlsx", rows=4) as book:
        book.sheet("明细", ["行"], ([number] for number in range(7)))
        book.sheet("空", ["行"], [])
    sheets = read(tmp_path / "x.xlsx")
    assert list(sheets) == ["明细", "明细 (2)", "明细 (3)", "空"]
    assert [line[0] for name in sheets for line in sheets[name][1:]] == list(range(7))
    assert sheets["空"] == [["行"]]
