import openpyxl
import pytest
from docx import Document

from documents.book import Book, BookColumn, BookTable, Shaded
from documents.book_files import write_book
from patents.errors import InputError

COLUMNS = [
    BookColumn(head="特征", width=4),
    BookColumn(head="D1", width=12),
    BookColumn(head="备注", width=6, sheet_only=True),
]
ROWS = [[1, Shaded("相近 0.91\n一种膜\x0b", "CFE8D5"), "=1+1"], [2, "-膜", "@x"]]
BOOK = Book(
    title="报告",
    cover=[("专题库", "=cmd|' /C calc'!A0")],
    tables=[BookTable(name="对比[1]", columns=COLUMNS, rows=ROWS, note="说明")],
)


def test_a_workbook_runs_no_text_and_marks_what_looks_like_a_formula(tmp_path):
    write_book(BOOK, tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    assert book.sheetnames == ["说明", "对比 1"]
    sheet = book["对比 1"]
    assert next(cell.value for cell in sheet[1]) == "说明"
    lines = sheet.iter_rows(min_row=2, values_only=True)
    assert list(next(lines)) == [
        "特征",
        "D1",
        "备注",
    ]
    texts = [book["说明"]["B2"], sheet["C3"], sheet["B4"], sheet["C4"]]
    assert {cell.data_type for cell in texts} == {"s"} and all(cell.quotePrefix for cell in texts)
    assert not sheet["B3"].quotePrefix and sheet["B3"].fill.fgColor.rgb == "FFCFE8D5"
    assert sheet["A3"].value == 1


def test_a_document_has_the_cover_and_repeats_heads(tmp_path):
    write_book(BOOK, tmp_path / "x.docx")
    document = Document(str(tmp_path / "x.docx"))
    cover, table = document.tables
    assert [cell.text for cell in cover.rows[0].cells] == ["专题库", "=cmd|' /C calc'!A0"]
    assert [cell.text for cell in table.rows[0].cells] == ["特征", "D1"]
    assert [cell.text for cell in table.rows[1].cells] == ["1", "相近 0.91\n一种膜"]
    assert "w:tblHeader" in table.rows[0]._tr.xml and "w:tblHeader" not in table.rows[1]._tr.xml
    assert 'w:fill="CFE8D5"' in table.rows[1]._tr.xml


def test_wide_tables_are_split_and_what_is_left_out_is_counted(tmp_path):
    columns = [BookColumn(head=str(number), width=16) for number in range(31)]
    table = BookTable(name="宽", columns=columns, rows=[list(range(31))], split=True)
    write_book(Book(title="t", cover=[("a", "b")], tables=[table]), tmp_path / "x.docx")
    document = Document(str(tmp_path / "x.docx"))
    heads = [[cell.text for cell in table.rows[0].cells] for table in document.tables[1:]]
    assert all(head[0] == "0" for head in heads)
    assert [name for head in heads for name in head[1:]] == [str(number) for number in range(1, 25)]
    assert any("6" in paragraph.text and "24" in paragraph.text for paragraph in document.paragraphs)


def test_a_file_of_another_kind_is_refused_and_a_failure_leaves_nothing(tmp_path):
    with pytest.raises(InputError, match=r"\.xlsx, \.docx"):
        write_book(BOOK, tmp_path / "x.pdf")
    bad = BookTable(name="a", columns=COLUMNS, rows=[[object(), object(), object()]])
    with pytest.raises(TypeError):
        write_book(Book(title="t", cover=[], tables=[bad]), tmp_path / "x.xlsx")
    assert list(tmp_path.iterdir()) == []
