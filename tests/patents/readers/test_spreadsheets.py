from datetime import date

import openpyxl
import pytest
import xlwt

from patents.readers import RowRejected, open_export, parse_mapping

HEADERS = ["序号", "申请号", "公开(公告)号", "标题", "申请日", "被引证次数"]


def row(number):
    return [
        number,
        f"CN2017106018{number:02d}",
        f"CN1070000{number:02d}A",
        f"一种第{number}号滑轨",
        "2017-07-21",
        3,
    ]


def test_numbers_keep_their_digits_in_xlsx_and_xls(write_xlsx, write_xls, records):
    rows = [HEADERS, [1, 201710601862.3, "CN107000001A", "一种滑轨", 42937, 2.0]]
    for path in (write_xlsx(rows), write_xls(rows)):
        (record,) = records(path)
        assert record.application_number == "CN201710601862.3"
        assert record.cited_by_count == 2
        assert record.filing_date == date(2017, 7, 21)


def test_a_number_that_a_spreadsheet_shortened_is_rejected_by_name(write_csv):
    (rejected,) = open_export(write_csv([["申请号", "标题"], ["2.01711E+11", "一种滑轨"]]))
    assert isinstance(rejected, RowRejected)
    finding = rejected.findings[0]
    assert (finding.row, finding.column, finding.value) == (2, "申请号", "2.01711E+11")
    assert "shortened by a spreadsheet" in str(finding.reason)
    assert "as text" in str(finding.reason)


def test_the_header_row_is_found_below_a_title_and_a_query(write_xlsx):
    export = open_export(write_xlsx([["专利检索结果"], ["检索式", "TA:滑轨"], [], HEADERS, row(1), row(2)]))
    assert [read.row for read in export] == [5, 6]
    assert export.columns == tuple(HEADERS)


def test_the_day_of_the_search_above_the_headers_is_the_as_of_date(write_xlsx):
    assert open_export(write_xlsx([["检索截止日：2024-03-31"], HEADERS, row(1)])).as_of == date(2024, 3, 31)
    assert open_export(write_xlsx([["导出时间", "2024年4月1日"], HEADERS, row(1)])).as_of == date(2024, 4, 1)
    assert open_export(write_xlsx([["申请日 2017-07-21 之后"], HEADERS, row(1)])).as_of is None


def test_rows_without_cells_are_passed_over_and_counted(write_xlsx):
    export = open_export(write_xlsx([HEADERS, row(1), [], ["-", "", " "], row(2)]))
    assert [read.row for read in export] == [2, 5]
    assert export.empty_rows == 2
    assert len(list(export)) == 2
    assert export.empty_rows == 2


def test_a_formula_that_was_saved_without_a_value_gives_what_it_shows(write_xlsx):
    link = '=HYPERLINK("https://example.org/p","CN107000001A")'
    export = open_export(write_xlsx([HEADERS, ["=ROW()", "", link, "=A1&B1", "2017-07-21", "=1+1"]]))
    (read,) = export
    assert read.record.publication_number == "CN107000001A"
    assert read.record.title == "=A1&B1"
    assert dict(read.record.raw) == {"被引证次数": "=1+1"}
    assert "4 formula cells" in str(export.notes[0].reason)


def test_a_formula_with_a_stored_value_gives_the_value(tmp_path, records):
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("a")
    for column, header in enumerate(("公开(公告)号", "标题")):
        sheet.write(0, column, header)
    sheet.write(1, 0, "CN107000001A")
    sheet.write(1, 1, "一种滑轨")
    sheet.write(1, 2, xlwt.Formula('CONCATENATE("a";"b")'))
    workbook.save(str(tmp_path / "a.xls"))
    assert records(tmp_path / "a.xls")[0].title == "一种滑轨"


def test_every_sheet_with_known_headers_is_read_and_the_others_are_named(write_xlsx):
    path = write_xlsx(
        {
            "说明": [["本表由测试生成"], ["共两页"]],
            "第一页": [HEADERS, row(1), row(2)],
            "第二页": [["续表"], HEADERS[::-1], row(3)[::-1]],
        }
    )
    export = open_export(path)
    assert [(read.sheet, read.row, read.record.title) for read in export] == [
        ("第一页", 2, "一种第1号滑轨"),
        ("第一页", 3, "一种第2号滑轨"),
        ("第二页", 3, "一种第3号滑轨"),
    ]
    assert [(note.value, note.row) for note in export.notes] == [("说明", 0), ("续表", 0)]
    assert "not read" in str(export.notes[0].reason)
    assert "headers are in row 2" in str(export.notes[1].reason)


def test_the_mapping_can_name_the_sheet_and_the_header_row(write_xlsx, records):
    path = write_xlsx(
        {
            "甲": [["号", "名"], ["CN107000001A", "一种滑轨"]],
            "乙": [["x"], ["号", "名"], ["CN107000002A", "一种轨"]],
        }
    )
    columns = {"publication_number": "号", "title": "名"}
    assert [record.title for record in records(path, mapping=parse_mapping({"columns": columns}))] == [
        "一种滑轨",
        "一种轨",
    ]
    chosen = parse_mapping({"sheet": "乙", "header_row": 2, "columns": columns})
    assert [record.title for record in records(path, mapping=chosen)] == ["一种轨"]


def test_a_second_column_of_the_same_name_loses_nothing(write_xlsx):
    headers = ["申请号", "标题", "标题", "备注", "备注", "申请人", "申请人"]
    values = ["CN201710601862.3", "一种滑轨", "一种导轨", "甲", "乙", "甲公司", "乙公司"]
    export = open_export(write_xlsx([headers, values]))
    (read,) = export
    assert export.columns == ("申请号", "标题", "标题 (2)", "备注", "备注 (2)", "申请人", "申请人 (2)")
    assert export.unread_columns == ("备注", "备注 (2)")
    assert read.record.raw == (("备注", "甲"), ("备注 (2)", "乙"))
    assert read.record.title == "一种滑轨"
    assert dict(read.record.portal_values) == {"标题 (2)": "一种导轨"}
    assert read.record.applicants == ("甲公司", "乙公司")


def test_merged_and_hidden_cells_are_read_as_they_stand(tmp_path, records):
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.append(["某公司专利清单"])
    sheet.merge_cells("A1:F1")
    for values in (HEADERS, row(1), row(2)):
        sheet.append(values)
    sheet.row_dimensions[3].hidden = True
    workbook.save(tmp_path / "merged.xlsx")
    assert len(records(tmp_path / "merged.xlsx")) == 2


def test_a_damaged_workbook_is_named_and_not_half_read(write_xls, tmp_path):
    good = write_xls([HEADERS, *[row(number) for number in range(1, 90)]]).read_bytes()
    path = tmp_path / "cut.xls"
    path.write_bytes(good[: len(good) // 2])
    with pytest.raises(Exception, match=r"cut\.xls") as refused:
        list(open_export(path))
    assert type(refused.value).__name__ in ("UnreadableFileError", "UnknownFormatError")
