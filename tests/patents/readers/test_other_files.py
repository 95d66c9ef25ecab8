"""HTML, Excel XML, JSON and parquet."""

import json
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from patents.errors import UnknownFormatError, UnreadableFileError
from patents.readers import RowRejected, open_export

PAGE = """<html><head><style>td{{color:red}}</style><meta charset="{charset}"></head><body>
<table><tr><td>menu</td></tr></table>
<table border='1'><tr><th>公开(公告)号</th><th>标题</th><th>摘要</th></tr>{rows}</table></body></html>"""


def test_a_less_than_sign_that_opens_no_tag_loses_no_text(tmp_path, records):
    path = tmp_path / "page.xls"
    cells = "<td>CN107000001A</td><td>一种轧机</td><td>温度T<T1且0<x<1，<b>强度</b>大于5<br>二段</td>"
    path.write_text(PAGE.format(charset="utf-8", rows=f"<tr>{cells}</tr>"), "utf-8")
    assert records(path)[0].abstract == "温度T<T1且0<x<1，强度大于5二段"


@pytest.mark.parametrize(("encoding", "charset"), [("utf-8", "gb2312"), ("gb18030", "utf-8"), ("gbk", "gbk")])
def test_a_page_is_read_in_the_encoding_that_it_has_and_not_in_the_one_it_claims(
    tmp_path, records, encoding, charset
):
    path = tmp_path / "page.xls"
    row = "<tr><td>CN107000001A</td><td>一种轧机</td><td>-</td></tr>"
    path.write_bytes(PAGE.format(charset=charset, rows=row).encode(encoding))
    assert records(path)[0].title == "一种轧机"


def test_cells_with_tables_and_comments_inside_stay_cells(tmp_path, records):
    path = tmp_path / "page.html"
    inner = "<table><tr><td>甲</td></tr><tr><td>乙</td></tr></table>"
    row = f"<tr><td>CN107000001A<!-- x -->&nbsp;</td><td>一种轧机</td><td>{inner}</td></tr>"
    path.write_text(PAGE.format(charset="utf-8", rows=row), "utf-8")
    (record,) = records(path)
    assert record.publication_number == "CN107000001A"
    assert "甲" in record.abstract
    assert "乙" in record.abstract


def test_a_page_with_several_tables_reads_those_with_known_headers(tmp_path):
    path = tmp_path / "page.html"
    row = "<tr><td>CN107000001A</td><td>一种轧机</td><td>-</td></tr>"
    path.write_text(PAGE.format(charset="utf-8", rows=row) * 2, "utf-8")
    export = open_export(path)
    assert [read.sheet for read in export] == ["table 1", "table 2"]


def test_excel_2003_xml_is_read_with_its_skipped_cells(tmp_path, records):
    cell = '<Cell><Data ss:Type="String">{}</Data></Cell>'
    headers = "".join(cell.format(header) for header in ("申请号", "标题", "申请日"))
    jump = '<Cell ss:Index="3"><Data ss:Type="DateTime">2017-07-21T00:00:00.000</Data></Cell>'
    path = tmp_path / "export.xls"
    path.write_text(
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Sheet1"><Table>'
        f'<Row>{headers}</Row><Row ss:Index="5">{cell.format("CN201710601862.3")}{jump}</Row>'
        "</Table></Worksheet></Workbook>",
        "utf-8",
    )
    export = open_export(path)
    assert export.container == "spreadsheetml"
    assert [read.row for read in export] == [5]
    assert records(path)[0].filing_date == date(2017, 7, 21)


def test_json_lines_read_lists_numbers_and_late_keys(tmp_path):
    path = tmp_path / "export.jsonl"
    lines = [
        {"publication_number": "CN107000001A", "title": "一种轧机", "applicants": ["甲公司", "乙;丙大学"]},
        {"publication_number": "CN107000002A", "title": "一种轧辊", "cited_by_count": 4, "note": {"a": 1}},
    ]
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    path.write_text(f"\ufeff{text}\n\n{{broken\n[1, 2]\n", "utf-8")
    export = open_export(path)
    first, second, broken, array = export
    assert first.record.applicants == ("甲公司", "乙;丙大学")
    assert second.record.cited_by_count == 4
    assert second.record.raw == (("note", '{"a":1}'),)
    assert export.unread_columns == ("note",)
    assert isinstance(broken, RowRejected)
    assert (broken.row, broken.findings[0].reason.code) == (4, "line-not-a-json-object")
    assert isinstance(array, RowRejected)


def test_a_json_array_is_read_like_lines(tmp_path, records):
    path = tmp_path / "export.json"
    path.write_text(
        json.dumps([{"申请号": "CN201710601862.3", "标题": "一种轧机"}], ensure_ascii=False), "utf-8"
    )
    assert records(path)[0].title == "一种轧机"


def test_parquet_columns_of_lists_dates_and_numbers_are_read(tmp_path, records):
    table = pa.table(
        {
            "publication_number": ["CN107000001A", "CN107000002B"],
            "title": ["一种轧机", None],
            "ipc": [["B21B1/00", "B21B13/02"], []],
            "applicants": [["甲公司"], None],
            "publication_date": [date(2017, 8, 1), date(2019, 1, 1)],
            "cites_count": [3, None],
        }
    )
    pq.write_table(table, tmp_path / "p.parquet")
    first, second = records(tmp_path / "p.parquet")
    assert first.ipc == ("B21B1/00", "B21B13/02")
    assert first.ipc_main == "B21B1/00"
    assert first.publication_date == date(2017, 8, 1)
    assert first.cites_count == 3
    assert second.grant_date == date(2019, 1, 1)
    assert second.applicants == ()
    assert first.reader == "patlas"


def test_a_table_with_unknown_headers_is_refused_with_its_columns_named(write_csv):
    with pytest.raises(UnknownFormatError, match="产品, 价格") as refused:
        open_export(write_csv([["产品", "价格"], ["甲", "3"]]))
    assert "mapping" in refused.value.help


def test_a_table_with_known_headers_but_no_number_column_is_refused(write_csv):
    with pytest.raises(UnknownFormatError):
        open_export(write_csv([["标题", "摘要", "申请人"], ["一种轧机", "摘要", "甲公司"]]))


def test_parquet_that_is_cut_off_is_refused(tmp_path):
    pq.write_table(pa.table({"publication_number": ["CN107000001A"] * 9}), tmp_path / "p.parquet")
    whole = (tmp_path / "p.parquet").read_bytes()
    (tmp_path / "cut.parquet").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UnreadableFileError, match="damaged"):
        open_export(tmp_path / "cut.parquet")
