"""Columns of real tables: series of one field, days first, merged cells, marks of spreadsheets."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest
import xlwt
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from patents.readers import open_export

NUMBERS = ["CN201710601862.3", "CN201410400822.9", "CN97101765.4", "CN95115608.X"]


@pytest.fixture
def read(write_csv, records):
    return lambda *rows: records(write_csv(rows))


def dated(*days):
    return [["申请号", "标题", "公开日"], *[[NUMBERS[place], "膜", day] for place, day in enumerate(days)]]


def test_days_that_read_one_way_only_are_read(read):
    found = read(*dated("27.03.2023", "05.04.2023", "31/12/2022", "04-Jan-2023"))
    assert [record.publication_date for record in found] == [
        date(2023, 3, 27),
        date(2023, 4, 5),
        date(2022, 12, 31),
        date(2023, 1, 4),
    ]


def test_the_column_tells_the_order_of_day_and_month(read):
    assert read(*dated("09/12/2023", "13/01/2023"))[0].publication_date == date(2023, 12, 9)
    assert read(*dated("09/12/2023", "01/13/2023"))[0].publication_date == date(2023, 9, 12)


@pytest.mark.parametrize("others", [["08/07/2023"], ["13/01/2023", "01/13/2023"]])
def test_days_that_nothing_tells_are_refused_and_stay_in_raw(write_csv, others):
    first, *_ = open_export(write_csv(dated("09/12/2023", *others)))
    assert first.record.publication_date is None
    assert first.record.raw == (("公开日", "09/12/2023"),)


def test_each_column_has_an_order_of_its_own(read):
    (first, _) = read(
        ["申请号", "标题", "申请日", "公开日"],
        [NUMBERS[0], "膜", "02/03/2017", "04/05/2018"],
        [NUMBERS[1], "泵", "25/03/2014", "04/25/2015"],
    )
    assert (first.filing_date, first.publication_date) == (date(2017, 3, 2), date(2018, 4, 5))


def test_several_columns_of_one_field_are_all_read(read):
    (record,) = read(
        ["申请号", "申请人", "申请人", "申请人3", "发明人1", "发明人2", "IPC分类号", "IPC分类号(2)", "CPC 1"],
        [NUMBERS[0], "甲公司", "乙大学;丙院", "甲公司", "张三", "李四", "C25C3/08", "C25C3/16", "Y02E60/10"],
    )
    assert record.applicants == ("甲公司", "乙大学", "丙院")
    assert record.inventors == ("张三", "李四")
    assert record.ipc == ("C25C3/08", "C25C3/16")
    assert record.cpc == ("Y02E60/10",)
    assert record.portal_values == ()


def test_columns_of_different_headers_do_not_mix(read):
    (record,) = read(
        ["申请号", "标题", "原始申请(专利权)人", "申请人(翻译)"], [NUMBERS[0], "膜", "甲公司", "A Ltd"]
    )
    assert record.applicants == ("甲公司",)


@pytest.mark.parametrize("mark", ["'", "ʼ", "‘", "`", "＇"])
def test_the_mark_that_makes_a_cell_text_is_no_part_of_it(read, mark):
    (record,) = read(
        ["申请号", "公开(公告)号", "标题", "申请日", "IPC"],
        [f"{mark}201710601862.3", f"{mark}CN112000001A", f"{mark}膜", f"{mark}2017-07-21", f"{mark}C25C3/08"],
    )
    assert (record.application_number, record.publication_number) == (NUMBERS[0], "CN112000001A")
    assert (record.title, record.filing_date, record.ipc) == ("膜", date(2017, 7, 21), ("C25C3/08",))


@pytest.mark.parametrize("title", ["'smart' film", "‘智能’膜", "d'Alembert 法"])
def test_quotes_of_a_text_stay(read, title):
    assert read(["申请号", "标题"], [NUMBERS[0], title])[0].title == title


def test_a_number_of_the_other_sort_and_two_in_one_cell_are_read_and_told(write_csv):
    rows = [
        ["申请号", "公开(公告)号", "标题"],
        ["", "CN98101234A", "一"],
        ["CN112000001A", "", "二"],
        ["201710601862.3；201410400822.9", "", "三"],
        ["201710601862.3/CN107000001A", "", "四"],
    ]
    first, second, third, fourth = open_export(write_csv(rows))
    assert first.record.application_number == "CN98101234.5"
    assert second.record.publication_number == "CN112000001A"
    assert third.record.application_number == NUMBERS[0]
    assert third.record.portal_values == (("申请号", "201710601862.3；201410400822.9"),)
    assert all(len(row.warnings) == 1 for row in (first, second, third))
    assert (fourth.record.application_number, fourth.record.publication_number) == (
        NUMBERS[0],
        "CN107000001A",
    )


def test_the_headers_of_the_chinese_patent_database_are_known(write_csv):
    headers = "专利公开号,专利名称,专利摘要,专利申请号,申请公布日,授权公布号,授权公布日,申请地址,主权项内容,"
    headers += "省份或国家代码,公开公告年份,摘要文本"
    values = "CN208765432U,夹具,一种夹具。,201820345678,,CN208765432U,2019-04-30,730000 甘肃省兰州市,"
    values += "1.夹具,甘肃;62,2019,"
    export = open_export(write_csv([headers.split(","), values.split(",")]))
    (row,) = export
    record = row.record
    assert export.unread_columns == ()
    assert (record.publication_number, record.grant_number) == ("CN208765432U", "CN208765432U")
    assert (record.grant_date, record.region_code, record.first_claim) == (
        date(2019, 4, 30),
        "甘肃;62",
        "1.夹具",
    )
    assert record.address == "730000 甘肃省兰州市"


@pytest.mark.parametrize("encoding", ["utf-8", "big5", "cp950", "gb18030", "utf-16"])
def test_traditional_headers_are_read_in_their_encodings_and_texts_stay_as_they_came(
    write_csv, records, encoding
):
    headers = ["申請號", "專利名稱", "摘要", "申請人", "發明人", "國際專利分類號", "申請日"]
    texts = ["電池負極材料", "一種電池的負極，其導電層為石墨烯。", "臺灣電池股份有限公司", "張三"]
    rows = [[number, *texts, "H01M4/13", "2017-07-21"] for number in NUMBERS]
    found = records(write_csv([headers, *rows], encoding=encoding))
    assert {record.title for record in found} == {"電池負極材料"}
    assert found[0].applicants == ("臺灣電池股份有限公司",)
    assert (found[0].ipc, found[0].filing_date) == (("H01M4/13",), date(2017, 7, 21))


def merged_rows():
    return [
        ["申请号", "标题", "申请人", "申请日"],
        *[[NUMBERS[place], f"膜{place}", None, None] for place in range(3)],
    ]


def assert_merged(found):
    assert [record.applicants for record in found] == [("甲公司",)] * 3
    assert [record.filing_date for record in found] == [date(2017, 7, 21), date(2017, 7, 21), None]


def test_a_cell_merged_over_several_rows_counts_for_each_of_them(tmp_path, records):
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    for row in merged_rows():
        sheet.append(row)
    sheet["C2"], sheet["D2"] = "甲公司", "2017-07-21"
    sheet.merge_cells("C2:C5")
    sheet.merge_cells("D2:D3")
    workbook.save(tmp_path / "merged.xlsx")
    export = open_export(tmp_path / "merged.xlsx")
    assert_merged([row.record for row in export])


def test_a_cell_of_an_xls_merged_over_several_rows_counts_for_each_of_them(tmp_path, records):
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("a")
    for number, row in enumerate(merged_rows()):
        for column, value in enumerate(row):
            if value:
                sheet.write(number, column, value)
    sheet.write_merge(1, 3, 2, 2, "甲公司")
    sheet.write_merge(1, 2, 3, 3, "2017-07-21")
    workbook.save(str(tmp_path / "merged.xls"))
    assert_merged(records(tmp_path / "merged.xls"))


def test_a_cell_of_a_page_that_spans_rows_counts_for_each_of_them(tmp_path, records):
    head = "<tr>" + "".join(f"<th>{name}</th>" for name in ("申请人", "申请号", "申请日", "标题")) + "</tr>"
    first = (
        f"<tr><td rowspan=3>甲公司</td><td>{NUMBERS[0]}</td><td rowspan=2>2017-07-21</td><td>膜0</td></tr>"
    )
    rest = f"<tr><td>{NUMBERS[1]}</td><td>膜1</td></tr><tr><td>{NUMBERS[2]}</td><td></td><td>膜2</td></tr>"
    path = tmp_path / "list.xls"
    path.write_text(f"<html><table>{head}{first}{rest}</table></html>", "utf-8")
    found = records(path)
    assert_merged(found)
    assert [record.title for record in found] == ["膜0", "膜1", "膜2"]


def test_a_header_merged_over_two_rows_makes_no_record(tmp_path, records):
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    for row in (["申请号", "标题"], [None, None], [NUMBERS[0], "膜"]):
        sheet.append(row)
    sheet.merge_cells("A1:A2")
    sheet.merge_cells("B1:B2")
    workbook.save(tmp_path / "head.xlsx")
    assert len(records(tmp_path / "head.xlsx")) == 1


def test_days_of_a_workbook_that_counts_from_1904_are_read_right(tmp_path, records):
    workbook = openpyxl.Workbook()
    workbook.epoch = CALENDAR_MAC_1904
    sheet = workbook.active
    for row in (
        ["申请号", "标题", "公开日"],
        [NUMBERS[0], "一", date(2018, 3, 27)],
        [NUMBERS[1], "二", 41724],
    ):
        sheet.append(row)
    workbook.save(tmp_path / "mac.xlsx")
    old = xlwt.Workbook()
    old.dates_1904 = True
    page = old.add_sheet("a")
    for number, row in enumerate((["申请号", "标题", "公开日"], [NUMBERS[1], "二", 41724])):
        for column, value in enumerate(row):
            page.write(number, column, value)
    old.save(str(tmp_path / "mac.xls"))
    assert [record.publication_date for record in records(tmp_path / "mac.xlsx")] == [date(2018, 3, 27)] * 2
    assert [record.publication_date for record in records(tmp_path / "mac.xls")] == [date(2018, 3, 27)]


def test_an_english_title_is_known_as_english_wherever_it_stands(read):
    (record,) = read(["公开(公告)号", "标题"], ["CN112000001A", "Method for making a film"])
    assert (record.title, record.title_en, record.language) == (
        record.title_en,
        "Method for making a film",
        "en",
    )
