import pytest

from patents.errors import UnreadableFileError
from patents.messages import message
from patents.readers import RowRead, RowRejected, load_mapping, open_export, parse_mapping
from patents.readers.encoding import detect_encoding

HEADERS = ["申请号", "公开（公告）号", "标题", "申请人", "申请日"]
ROWS = [
    [
        f"CN20171060{number:04d}",
        f"CN1070{number:05d}A",
        f"一种第{number}号装置",
        "甲公司;乙大学",
        "2017-07-21",
    ]
    for number in range(1, 41)
]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_every_encoding_gives_the_same_records(write_csv, records, encoding):
    found = records(write_csv([HEADERS, *ROWS], encoding=encoding))
    assert [record.title for record in found] == [row[2] for row in ROWS]
    assert found[0].applicants == ("甲公司", "乙大学")


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|", "，"])
def test_the_delimiter_is_told_by_the_headers(write_csv, records, delimiter):
    assert len(records(write_csv([HEADERS, *ROWS], delimiter=delimiter))) == 40


def test_a_text_without_marks_of_its_encoding_is_gb18030_only_when_it_is_no_utf_8(write_csv):
    assert detect_encoding(write_csv([HEADERS], encoding="gb18030")).name == "gb18030"
    assert detect_encoding(write_csv([HEADERS], encoding="utf-8")).name == "utf-8"
    assert detect_encoding(write_csv([["a", "b"]], encoding="utf-16-le")).name == "utf-16-le"


def test_bytes_that_cannot_be_decoded_are_told_for_file_and_row(write_csv):
    path = write_csv([HEADERS, *ROWS], encoding="utf-8")
    damaged = path.read_bytes().replace("第7号".encode(), "第7".encode() + b"\xff\xfe")
    path.write_bytes(damaged)
    export = open_export(path)
    warned = [row for row in export if row.warnings]
    assert len(export.notes) == 1
    assert "not utf-8" in str(export.notes[0].reason)
    assert [row.row for row in warned] == [8]
    assert warned[0].warnings[0].column == "标题"


def test_a_quotation_mark_that_is_never_closed_costs_no_other_row(write_csv):
    path = write_csv([HEADERS, *ROWS])
    lines = path.read_text("utf-8").splitlines()
    lines[5] = lines[5].replace("一种第5号", '"一种第5号')
    path.write_text("\n".join(lines), "utf-8")
    rows = list(open_export(path))
    assert len(rows) == 40
    assert rows[4].record.title == "一种第5号装置"
    assert "not closed" in str(rows[4].warnings[0].reason)
    assert not any(row.warnings for place, row in enumerate(rows) if place != 4)


def test_two_stray_quotation_marks_do_not_swallow_the_rows_between_them(write_csv):
    path = write_csv([HEADERS, *ROWS])
    lines = path.read_text("utf-8").splitlines()
    lines[5] = lines[5].replace("一种第5号", '"一种第5号')
    lines[9] = lines[9].replace("一种第9号", '"一种第9号')
    path.write_text("\n".join(lines), "utf-8")
    assert [row.record.publication_number for row in open_export(path)] == [row[1] for row in ROWS]


def test_a_quotation_mark_left_open_in_the_last_of_two_columns_costs_no_row(tmp_path):
    path = tmp_path / "two.csv"
    path.write_text(
        '公开(公告)号,标题\nCN107000001A,"一种甲\nCN107000002A,一种乙\nCN107000003A,一种丙\n', "utf-8"
    )
    assert [row.record.title for row in open_export(path)] == ["一种甲", "一种乙", "一种丙"]


def test_cells_of_several_lines_stay_one_cell(write_csv, records):
    claims = "1. 一种装置，其特征在于甲；\n2. 根据权利要求1所述的装置，乙；\n3. 丙。"
    path = write_csv([[*HEADERS, "权利要求"], *[[*row, claims] for row in ROWS]])
    found = records(path)
    assert len(found) == 40
    assert found[39].claims == claims


def test_rows_are_numbered_as_a_spreadsheet_shows_them(write_csv):
    path = write_csv([["检索结果"], [], HEADERS, ROWS[0], ["", "", "", "", ""], [], ROWS[1]])
    export = open_export(path)
    assert [row.row for row in export] == [4, 7]
    assert export.empty_rows == 2


def test_cells_beyond_the_headers_are_kept_and_told(write_csv):
    rows = list(open_export(write_csv([HEADERS, [*ROWS[0], "多出", ""], ROWS[1][:3]])))
    assert rows[0].record.raw == (("(column 6)", "多出"),)
    assert "more cells" in str(rows[0].warnings[0].reason)
    assert rows[1].record.applicants == ()


def test_a_header_row_inside_the_file_is_rejected_as_such(write_csv):
    rows = list(open_export(write_csv([HEADERS, ROWS[0], HEADERS, ROWS[1]])))
    assert isinstance(rows[1], RowRejected)
    assert rows[1].findings[0].reason == message("row-repeats-headers")


def test_a_cell_of_a_million_characters_is_read(write_csv, records):
    long = "一种石墨烯薄膜，" * 130_000
    assert records(write_csv([[*HEADERS, "说明书"], [*ROWS[0], long]]))[0].description == long.strip()


def test_a_million_characters_where_a_name_should_be_are_kept_in_raw(write_csv):
    (row,) = open_export(write_csv([HEADERS, [*ROWS[0][:3], "甲;" * 500_000, "2017-07-21"]]))
    assert isinstance(row, RowRead)
    assert row.record.applicants == ()
    assert len(dict(row.record.raw)["申请人"]) == 1_000_000
    assert "too many" in str(row.warnings[0].reason)


def test_the_mapping_decides_on_encoding_and_delimiter(tmp_path, records):
    path = tmp_path / "big5.csv"
    path.write_text("公開號#名稱\nTW202012345A#一種石墨烯薄膜\n", encoding="big5")
    mapping = parse_mapping(
        {"encoding": "big5", "delimiter": "#", "columns": {"publication_number": "公開號", "title": "名稱"}}
    )
    (record,) = records(path, mapping=mapping)
    assert record.title == "一種石墨烯薄膜"
    assert record.country == "TW"


def test_an_encoding_that_does_not_exist_is_named(write_csv, tmp_path):
    (tmp_path / "m.yaml").write_text("encoding: gbq\ncolumns: {application_number: 申请号}\n", "utf-8")
    with pytest.raises(UnreadableFileError, match="gbq"):
        open_export(write_csv([HEADERS]), mapping=load_mapping(tmp_path / "m.yaml"))


def test_a_file_that_goes_away_while_it_is_read_is_named(write_csv):
    path = write_csv([HEADERS, *ROWS])
    export = open_export(path)
    path.unlink()
    with pytest.raises(UnreadableFileError, match=r"export\.csv"):
        list(export)
