"""A file that lost bytes says so: no row goes without a word."""

from __future__ import annotations

import io
import json
import zipfile
import zlib

import openpyxl
import pytest
import xlwt

from patents.errors import PatlasError
from patents.numbers import check_digit
from patents.readers import RowRejected, open_export

HEADERS = ["申请号", "标题", "摘要", "申请人", "IPC"]
COUNT = 300


def table():
    bodies = [f"20201{number:07d}" for number in range(COUNT)]
    texts = [f"本发明公开了第{number}种膜，由{number * 7919}号树脂制成。" for number in range(COUNT)]
    return [HEADERS] + [
        [f"CN{body}.{check_digit(body)}", f"一种膜{number}", texts[number], f"公司{number}", "C25C3/08"]
        for number, body in enumerate(bodies)
    ]


def xls_bytes():
    workbook, file = xlwt.Workbook(), io.BytesIO()
    sheet = workbook.add_sheet("a")
    for number, row in enumerate(table()):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    workbook.save(file)
    return file.getvalue()


def xlsx_bytes():
    workbook, file = openpyxl.Workbook(), io.BytesIO()
    for row in table():
        workbook.active.append(row)
    workbook.save(file)
    return file.getvalue()


def html_bytes():
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in table())
    return f"<html><body><table>{rows}</table></body></html>".encode()


def csv_bytes():
    return "".join(",".join(row) + "\r\n" for row in table()).encode()


def jsonl_bytes():
    rows = table()
    lines = [json.dumps(dict(zip(HEADERS, row, strict=True)), ensure_ascii=False) for row in rows[1:]]
    return "".join(line + "\n" for line in lines).encode()


FILES = {
    "xls": xls_bytes(),
    "xlsx": xlsx_bytes(),
    "html": html_bytes(),
    "csv": csv_bytes(),
    "jsonl": jsonl_bytes(),
}


def is_told(path):
    """Whether every row is there as it was, or the file is refused, or something is said."""
    try:
        export = open_export(path)
        rows = list(export)
    except PatlasError:
        return True
    told = export.notes or any(isinstance(row, RowRejected) or row.warnings for row in rows)
    if told:
        return True
    wanted = table()[1:]
    got = [(row.record.application_number, row.record.title, row.record.abstract) for row in rows]
    return got == [(row[0], row[1], row[2]) for row in wanted]


@pytest.mark.parametrize("kind", FILES)
def test_the_whole_file_has_nothing_to_tell(tmp_path, kind):
    path = tmp_path / "export.xls"
    path.write_bytes(FILES[kind])
    export = open_export(path)
    rows = list(export)
    assert (len(rows), export.notes, export.empty_rows) == (COUNT, (), 0)
    assert not any(row.warnings for row in rows)


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("part", range(1, 40))
def test_zeros_in_place_of_a_part_are_told(tmp_path, kind, part):
    content = bytearray(FILES[kind])
    start = len(content) * part // 40
    content[start : start + 1024] = bytes(min(1024, len(content) - start))
    path = tmp_path / "export.xls"
    path.write_bytes(content)
    assert is_told(path)


@pytest.mark.parametrize("kind", sorted(set(FILES) - {"csv", "jsonl"}))
@pytest.mark.parametrize("part", range(1, 40))
def test_a_file_that_was_cut_is_told(tmp_path, kind, part):
    path = tmp_path / "export.xls"
    path.write_bytes(FILES[kind][: len(FILES[kind]) * part // 40])
    assert is_told(path)


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
@pytest.mark.parametrize("back", [1, 9, 40, 60])
def test_a_text_cut_inside_a_row_is_told(tmp_path, kind, back):
    content = FILES[kind]
    lines = content.splitlines(keepends=True)
    cut = sum(map(len, lines[:200])) + (len(lines[200]) - back if back > 9 else back)
    path = tmp_path / "export.csv"
    path.write_bytes(content[:cut])
    export = open_export(path)
    last = list(export)[-1]
    assert isinstance(last, RowRejected) or last.warnings


def rewritten(change):
    """The xlsx with the XML of its sheet changed and everything else right."""
    source, target = zipfile.ZipFile(io.BytesIO(FILES["xlsx"])), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            content = source.read(name)
            archive.writestr(name, change(content) if name == "xl/worksheets/sheet1.xml" else content)
    return target.getvalue()


def test_a_sheet_that_ends_early_inside_a_sound_archive_is_told(tmp_path):
    path = tmp_path / "export.xlsx"
    path.write_bytes(rewritten(lambda xml: xml[: xml.index(b'<row r="200"')]))
    try:
        assert any("sheet1.xml" in str(note.reason) for note in open_export(path).notes)
    except PatlasError as error:
        assert "export.xlsx" in error.what


def test_a_wrong_checksum_of_a_sheet_is_told(tmp_path):
    content = bytearray(FILES["xlsx"])
    crc = zlib.crc32(zipfile.ZipFile(io.BytesIO(bytes(content))).read("xl/worksheets/sheet1.xml"))
    content = content.replace(crc.to_bytes(4, "little"), (crc ^ 1).to_bytes(4, "little"))
    path = tmp_path / "export.xlsx"
    path.write_bytes(content)
    try:
        assert any("sheet1.xml" in str(note.reason) for note in open_export(path).notes)
    except PatlasError as error:
        assert "export.xlsx" in error.what


def test_a_sheet_that_declares_more_rows_than_it_holds_is_told(tmp_path):
    path = tmp_path / "export.xlsx"
    path.write_bytes(
        rewritten(lambda xml: xml[: xml.index(b'<row r="200"')] + xml[xml.index(b"</sheetData>") :])
    )
    export = open_export(path)
    assert len(list(export)) == 198
    assert any("301" in str(note.reason) and "199" in str(note.reason) for note in export.notes)


def test_a_sheet_whose_last_part_is_short_has_nothing_to_tell(tmp_path):
    """Sheets are read a mebibyte at a time; here the last part holds the end tags only."""
    part = 1 << 20

    def padded(xml: bytes) -> bytes:
        end = xml.index(b"</sheetData>")
        return xml[:end] + b" " * (part - end - len(b"</sheetData>") + 2) + xml[end:]

    path = tmp_path / "export.xlsx"
    path.write_bytes(rewritten(padded))
    assert open_export(path).notes == ()
