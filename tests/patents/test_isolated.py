"""Small files that would take all memory or time are refused, and the process that reads lives on."""

from __future__ import annotations

import gc
import io
import os
import sys
import zipfile

import openpyxl
import pytest

from patents.drafts import draft_of_bytes
from patents.errors import UnreadableFileError
from patents.isolated.process import IsolatedProcess, TaskError, read_in_process
from patents.messages import in_language
from patents.readers import open_export

HEADERS = ["申请号", "标题"]
posix = pytest.mark.skipif(os.name != "posix", reason="memory of a process is limited on POSIX only")


def xlsx(rows: str) -> bytes:
    """A workbook of one sheet with this XML for its rows."""
    source, target = io.BytesIO(), io.BytesIO()
    openpyxl.Workbook().save(source)
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
                content = f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'.encode()
            new.writestr(name, content)
    return target.getvalue()


def cell(reference: str, text: str = "x") -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def test_two_cells_at_the_ends_of_a_sheet_are_refused_with_rows_and_columns(tmp_path):
    path = tmp_path / "far.xlsx"
    path.write_bytes(xlsx(f'<row r="1">{cell("A1")}</row><row r="1048576">{cell("XFD1048576")}</row>'))
    assert path.stat().st_size < 10_000
    with pytest.raises(UnreadableFileError) as refused:
        open_export(path)
    assert refused.value.code == "sheet-too-large"
    assert "1,048,576" in refused.value.what and "16,384" in refused.value.what


@posix
def test_a_far_cell_hidden_between_many_others_ends_only_the_process_that_parses(tmp_path):
    filler = "".join(f'<row r="{row}">{cell(f"A{row}", f"text {row}")}</row>' for row in range(2, 40_000))
    hidden = f'<row r="50000">{cell("XFD1048576")}</row>'
    rest = "".join(f'<row r="{row}">{cell(f"A{row}", f"text {row}")}</row>' for row in range(60_000, 100_000))
    path = tmp_path / "hidden.xlsx"
    path.write_bytes(xlsx(f'<row r="1">{cell("A1")}</row>{filler}{hidden}{rest}'))
    with pytest.raises(UnreadableFileError) as refused:
        open_export(path)
    assert refused.value.code == "file-needs-too-much-memory"
    assert refused.value.help


def test_an_archive_that_unpacks_to_far_more_than_its_size_is_refused(tmp_path):
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(xlsx(f'<row r="1">{cell("A1")}</row>' + "<!--" + "x" * 60_000_000 + "-->"))
    assert path.stat().st_size < 200_000
    with pytest.raises(UnreadableFileError) as refused:
        open_export(path)
    assert refused.value.code == "file-unpacks-too-large"


def test_a_draft_that_unpacks_to_far_more_than_its_size_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 100_000_000)
    with pytest.raises(UnreadableFileError) as refused:
        draft_of_bytes(file.getvalue(), "draft.docx")
    assert refused.value.code == "file-unpacks-too-large"
    assert "draft.docx" in refused.value.what


def test_tables_inside_tables_by_the_ten_thousand_are_read_in_one_pass(tmp_path):
    path = tmp_path / "deep.xls"
    row = "<tr><td>申请号</td><td>标题</td></tr><tr><td>CN201710601862.3</td><td>膜</td></tr>"
    path.write_text(f"<html><table>{row}</table>{'<table><tr><td>' * 10_000}</html>", "utf-8")
    assert len(list(open_export(path))) == 1


def test_a_task_that_takes_too_long_is_ended(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(xlsx("".join(f'<row r="{row}">{cell(f"A{row}")}</row>' for row in range(1, 20_000))))
    with pytest.raises(UnreadableFileError) as refused:
        read_in_process("workbook", "a.xlsx", "open", os.fsencode(path), seconds=0.001)
    assert refused.value.code == "file-takes-too-long"


@posix
def test_too_little_memory_is_told_as_such(tmp_path):
    with pytest.raises(UnreadableFileError) as refused:
        read_in_process(
            "draft",
            "x.docx",
            "docx",
            b"PK\x03\x04" + bytes(50_000_000),
            "x.docx",
            seconds=60,
            memory=120_000_000,
        )
    assert refused.value.code == "file-needs-too-much-memory"


def test_an_error_in_the_process_comes_back_with_its_words():
    with pytest.raises(TaskError) as failed:
        read_in_process("workbook", "x", "open", b"/no/such/file", seconds=60)
    assert failed.value.kind == "FileNotFoundError"
    assert "No such file" in failed.value.text


def test_an_error_of_ours_in_the_process_comes_back_in_the_readers_language():
    with pytest.raises(UnreadableFileError) as refused:
        draft_of_bytes(b"PK\x03\x04nothing", "草稿.docx")
    assert refused.value.code == "draft-docx-unreadable"
    with in_language("zh"):
        assert refused.value.what.startswith("无法读取 Word 文档 草稿.docx")
        assert refused.value.help == "请打开后重新另存为 .docx"


def test_answers_that_nobody_wants_any_more_do_not_stand_in_the_way(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(
        xlsx("".join(f'<row r="{row}">{cell(f"A{row}", str(row))}</row>' for row in range(1, 50)))
    )
    process = IsolatedProcess("workbook", "a.xlsx")
    process.ask("open", os.fsencode(path), seconds=60)
    first, second = process.send("rows", 0, 0, 10), process.send("rows", 0, 10, 10)
    process.drop(first)
    third = process.send("rows", 0, 20, 10)
    assert process.take(third, seconds=60)[0] == ["21"]
    assert process.take(second, seconds=60)[0] == ["11"]
    process.close()


def test_the_process_ends_with_the_export_that_it_reads(tmp_path):
    workbook = openpyxl.Workbook()
    for row in (HEADERS, ["CN201710601862.3", "膜"]):
        workbook.active.append(row)
    workbook.save(tmp_path / "a.xlsx")
    export = open_export(tmp_path / "a.xlsx")
    process = export.parts[0].table.read.args[0]._process._process
    assert process.poll() is None
    assert [len(list(export)), len(list(export))] == [1, 1]
    del export
    gc.collect()
    assert process.poll() is not None


def test_what_a_child_needs_is_found_wherever_it_is_started_from(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    with pytest.raises(TaskError):
        read_in_process("workbook", "x", "open", b"/no/such/file", seconds=60)
