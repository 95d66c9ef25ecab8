"""Whatever the input: records and findings, or an error raised on purpose; nothing is lost silently."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlwt
from hypothesis import example, given, settings
from hypothesis import strategies as st

from patents.errors import PatlasError
from patents.readers import Finding, RowRead, RowRejected, open_export
from patents.readers.cells import clean_text
from patents.readers.portals.all import PORTALS

quick = settings(max_examples=60)

HEADERS = sorted(
    {header for portal in PORTALS for header in portal.headers()} | {"备注", "", "x" * 50, "申请号 "}
)
NUMBERS = ["CN201710601862.3", "CN112000001A", "US10123456B2", "2.02E+12", "-", "", "无号", "CN-112000001-B"]
NASTY = [
    "=1+1", '="a"', '"', '""', "'", "-", "--", "\ufeff", "\x00", "\x0b一\x1f", "|", " | ", ";;", "；",
    "0000-00-00", "2020-13-45", "43831", "2017.07.21", "C01B32/184", "14-03", "授权 | 质押", "有效",
    "9" * 40, "1e308", "甲公司;乙大学", "<b>一</b>", "&lt;", "\u202e", "é̀", "😀" * 3, '[["a","b"]]',
    '[{"kind":"转让"}]', "[{", "(" * 30, "中国", "CN", "1", "A1", "一种膜\n。", "a\r\nb", "\\N", "NaN",
]  # fmt: skip
cell_texts = st.sampled_from(NASTY + NUMBERS) | st.text(max_size=12)


def outcome(path: Path) -> list[RowRead | RowRejected] | None:
    """The rows, each checked for form; None where the file was refused on purpose."""
    try:
        export = open_export(path)
        rows = list(export)
    except PatlasError as error:
        assert path.name in error.what
        assert error.help
        return None
    assert all(isinstance(note, Finding) for note in export.notes)
    for row in rows:
        assert row.row >= 1
        if isinstance(row, RowRejected):
            assert row.findings
            assert all(finding.reason for finding in row.findings)
        else:
            assert row.record.application_number or row.record.publication_number
            assert all(isinstance(text, str) for pair in row.record.raw for text in pair)
    return rows


def csv_bytes(rows, encoding="utf-8", delimiter=","):
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter).writerows(rows)
    return file.getvalue().encode(encoding, errors="replace")


SAMPLE = [
    ["申请号", "公开(公告)号", "标题", "申请人", "申请日", "IPC", "备注"],
    [
        "CN201710601862.3",
        "CN107000001A",
        "一种石墨烯膜",
        "甲公司;乙大学",
        "2017-07-21",
        "C01B32/184;H05K7/20",
        "甲",
    ],
    ["CN201710601863", "CN107000002B", "一种导热膜", "丙", "2017.07.22", "C01B32/184", "乙"],
]


def sample_files() -> dict[str, bytes]:
    """One good file of each kind."""
    xlsx, xls, parquet = io.BytesIO(), io.BytesIO(), io.BytesIO()
    workbook = openpyxl.Workbook()
    for row in SAMPLE:
        workbook.active.append(row)
    workbook.save(xlsx)
    old = xlwt.Workbook()
    sheet = old.add_sheet("a")
    for number, row in enumerate(SAMPLE):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    old.save(xls)
    pq.write_table(pa.table(dict(zip(SAMPLE[0], zip(*SAMPLE[1:], strict=True), strict=True))), parquet)
    html = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in SAMPLE)
    lines = "\n".join(
        json.dumps(dict(zip(SAMPLE[0], row, strict=True)), ensure_ascii=False) for row in SAMPLE[1:]
    )
    return {
        "xlsx": xlsx.getvalue(),
        "xls": xls.getvalue(),
        "parquet": parquet.getvalue(),
        "html": f"<html><table>{html}</table></html>".encode(),
        "jsonl": lines.encode(),
        "csv": csv_bytes(SAMPLE),
        "gbk": csv_bytes(SAMPLE, "gbk", "\t"),
        "utf16": csv_bytes(SAMPLE, "utf-16"),
    }


SAMPLES = sample_files()


@pytest.mark.parametrize("kind", SAMPLES)
def test_the_good_samples_are_read(tmp_path, kind):
    (tmp_path / "export.xls").write_bytes(SAMPLES[kind])
    assert len(outcome(tmp_path / "export.xls")) == 2


@quick
@given(
    content=st.binary(max_size=400),
    magic=st.sampled_from(
        [
            b"",
            b"PK\x03\x04",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            b"PAR1",
            b"<html><table>",
            b"[{",
            b"{",
            b"\xff\xfe",
            b"<?xml",
        ]
    ),
)
def test_any_bytes_are_refused_or_read(tmp_path, content, magic):
    path = tmp_path / "export.xlsx"
    path.write_bytes(magic + content)
    outcome(path)


@settings(quick, max_examples=150)
@given(
    kind=st.sampled_from(sorted(SAMPLES)),
    place=st.floats(0, 1, exclude_max=True),
    noise=st.binary(max_size=8),
    cut=st.sampled_from([0, 0, 0, 1, 40]),
    keep=st.floats(0.2, 1),
)
def test_damaged_files_are_refused_or_read(tmp_path, kind, place, noise, cut, keep):
    content = SAMPLES[kind]
    at = int(place * len(content))
    damaged = content[:at] + noise + content[at + cut :]
    path = tmp_path / "export.csv"
    path.write_bytes(damaged[: max(1, int(keep * len(damaged)))])
    outcome(path)


@quick
@given(
    rows=st.lists(st.lists(cell_texts, max_size=9), max_size=5),
    encoding=st.sampled_from(["utf-8", "gb18030", "utf-16", "big5", "latin-1"]),
    delimiter=st.sampled_from(",\t;"),
)
def test_tables_of_anything_are_refused_or_read(tmp_path, rows, encoding, delimiter):
    path = tmp_path / "export.txt"
    path.write_bytes(csv_bytes(rows, encoding, delimiter) or b"x")
    outcome(path)


@settings(quick, max_examples=200)
@given(data=st.data())
def test_tables_with_any_known_headers_lose_no_row_and_no_unread_cell(tmp_path, data):
    headers = ["申请号", *data.draw(st.lists(st.sampled_from(HEADERS), min_size=1, max_size=12)), "自定列"]
    rows = data.draw(
        st.lists(
            st.tuples(st.sampled_from(NUMBERS), *[cell_texts for _ in headers[2:]], st.just("自定值")).map(
                list
            ),
            min_size=1,
            max_size=4,
        )
    )
    path = tmp_path / "export.csv"
    path.write_bytes(csv_bytes([headers, *rows]))
    found = outcome(path)
    if found is None:
        return
    assert len(found) == len(rows)
    for row, given_cells in zip(found, rows, strict=True):
        if isinstance(row, RowRead):
            assert ("自定列", "自定值") in row.record.raw
        else:
            assert clean_text(given_cells[0]) in (
                "",
                "2.02E+12",
                "无号",
                "CN112000001A",
                "CN-112000001-B",
                "US10123456B2",
            )


@quick
@given(
    values=st.lists(
        st.one_of(
            st.none(),
            st.integers(),
            st.floats(),
            st.booleans(),
            st.dates(min_value=date(1900, 3, 1)),
            cell_texts,
        ),
        min_size=6,
        max_size=6,
    )
)
def test_spreadsheet_cells_of_any_kind_are_read(tmp_path, values):
    workbook = openpyxl.Workbook()
    workbook.active.append(["公开(公告)号", "标题", "申请日", "被引证次数", "IPC", "申请人", "备注"])
    try:
        workbook.active.append(["CN112000001A", *values])
    except (openpyxl.utils.exceptions.IllegalCharacterError, ValueError):
        return
    workbook.save(tmp_path / "export.xlsx")
    (row,) = outcome(tmp_path / "export.xlsx")
    assert row.record.publication_number == "CN112000001A"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@quick
@given(values=st.lists(json_values, min_size=5, max_size=5))
@example(values=[float("nan"), [float("inf")], "\ud800", 1, "x"])
@example(values=[[["a"]], [{"a": 1}], 1e300, -(2**70), ["甲", None]])
def test_json_values_of_any_kind_are_read(tmp_path, values):
    keys = ["title", "applicants", "filing_date", "cites_count", "events"]
    line = {"publication_number": "CN112000001A", **dict(zip(keys, values, strict=True))}
    (tmp_path / "export.jsonl").write_text(json.dumps(line), "utf-8")
    (row,) = outcome(tmp_path / "export.jsonl")
    assert row.record.publication_number == "CN112000001A"


@quick
@given(
    markup=st.lists(
        st.sampled_from(
            [
                "<td>",
                "</td>",
                "<tr>",
                "</tr>",
                "<table>",
                "</table>",
                "<",
                "<x<1",
                "&",
                "<!--",
                "一种膜",
                "<br>",
                "CN112000001A",
                "<b",
                "<![CDATA[",
                "标题",
                "公开(公告)号",
            ]
        ),
        max_size=30,
    )
)
def test_html_of_any_shape_is_refused_or_read(tmp_path, markup):
    head = "<html><table><tr><td>公开(公告)号</td><td>标题</td></tr><tr><td>CN112000001A</td><td>"
    (tmp_path / "export.xls").write_text(head + "".join(markup), "utf-8")
    rows = outcome(tmp_path / "export.xls")
    assert rows is not None
