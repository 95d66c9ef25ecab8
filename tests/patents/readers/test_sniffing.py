import gzip
import zipfile

import openpyxl
import pytest

from patents.errors import UnreadableFileError
from patents.readers import open_export
from patents.readers.sniffing import sniff

HEADERS = ["申请号", "公开(公告)号", "标题"]
ROW = ["CN201710601862.3", "CN107000001A", "一种测试用的装置"]


def test_an_xlsx_that_is_called_xls_is_read_as_a_spreadsheet(write_xlsx, records):
    path = write_xlsx([HEADERS, ROW], name="export.xls")
    assert open_export(path).container == "spreadsheet"
    assert records(path)[0].title == "一种测试用的装置"


def test_gbk_text_that_is_called_xls_is_read_as_text(write_csv, records):
    path = write_csv([HEADERS, ROW], name="export.xls", encoding="gbk", delimiter="\t")
    assert open_export(path).container == "text"
    assert records(path)[0].title == "一种测试用的装置"


def test_an_html_table_that_is_called_xlsx_is_read_as_html(tmp_path, records):
    path = tmp_path / "export.xlsx"
    cells = lambda row: "".join(f"<td>{cell}</td>" for cell in row)  # noqa: E731
    path.write_text(f"<html><table><tr>{cells(HEADERS)}</tr><tr>{cells(ROW)}</tr></table></html>", "utf-8")
    assert open_export(path).container == "html"
    assert records(path)[0].application_number == "CN201710601862.3"


def test_a_csv_that_is_called_parquet_is_read_as_text(write_csv):
    assert sniff(write_csv([HEADERS, ROW], name="export.parquet")) == "text"


def test_json_is_told_from_text_by_its_first_character(tmp_path):
    for name, content, kind in (
        ("a.txt", '[{"title": 1}]', "json"),
        ("b.txt", ' \n{"title": 1}', "jsonl"),
        ("c.txt", "[标]当前申请(专利权)人,公开(公告)号", "text"),
    ):
        (tmp_path / name).write_text(content, "utf-8")
        assert sniff(tmp_path / name) == kind


def test_packed_files_are_refused_with_the_way_out(tmp_path):
    with gzip.open(tmp_path / "export.csv.gz", "wb") as file:
        file.write(b"a,b\n1,2\n")
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.writestr("export.csv", "a,b")
    with pytest.raises(UnreadableFileError, match="gzip") as packed:
        open_export(tmp_path / "export.csv.gz")
    assert "Unpack" in packed.value.help
    with pytest.raises(UnreadableFileError, match=r"zip archive \(1 entries\)") as zipped:
        open_export(tmp_path / "export.zip")
    assert "unzip" in zipped.value.help


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n", "empty"),
        (b"%PDF-1.7 ...", "of the kind PDF"),
        (b"PK\x03\x04 and then nothing", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "damaged"),
        (b"PAR1 cut off", "damaged"),
        (b"SQLite format 3\x00" + bytes(90), "SQLite"),
        (bytes(range(1, 9)) * 90, "neither"),
        (b"<html><body>please log in</body></html>", "has no table"),
        (b"[{]", "JSON"),
        (b"{]\n{]\n", "no JSON object"),
    ],
)
def test_a_file_that_is_no_table_is_refused_by_name_and_reason(tmp_path, content, reason):
    path = tmp_path / "export.xlsx"
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError, match=reason) as refused:
        open_export(path)
    assert "export.xlsx" in refused.value.what
    assert refused.value.help


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    with pytest.raises(UnreadableFileError, match="cannot be opened"):
        open_export(tmp_path / "nothing.xlsx")
    with pytest.raises(UnreadableFileError, match="cannot be opened"):
        open_export(tmp_path)


def test_a_word_document_is_refused_as_such(tmp_path):
    with zipfile.ZipFile(tmp_path / "export.docx", "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    with pytest.raises(UnreadableFileError, match="Word document"):
        open_export(tmp_path / "export.docx")


def test_a_workbook_without_values_is_refused(tmp_path):
    openpyxl.Workbook().save(tmp_path / "empty.xlsx")
    with pytest.raises(UnreadableFileError, match="no cell"):
        open_export(tmp_path / "empty.xlsx")
