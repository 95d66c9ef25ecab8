"""sei, wipo and gb4754: the official rules, read as they are meant."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from patents.errors import ClassificationError, MappingError, MissingColumnError, UnreadableFileError
from patents.ipc import ipc_matches
from patents.tables import ipc_entries, wipo_field
from selection.industries import (
    gb4754_scheme,
    load_scheme,
    membership,
    read_concordance,
    sei_scheme,
    wipo_scheme,
)
from selection.industries.bridge import translated
from selection.industries.membership import rules_of
from selection.industries.official import content_words, portal_position
from selection.industries.patterns import index_of, official_pattern, own_pattern


def table_of(*symbols: str | None, portal: list[list[str]] | None = None, texts: list[str] | None = None):
    columns = {
        "title": texts or [""] * len(symbols),
        "abstract": [""] * len(symbols),
        "ipc_main": pa.array(symbols, pa.string()),
        "ipc": pa.array([[symbol] if symbol else [] for symbol in symbols], pa.list_(pa.string())),
    }
    if portal is not None:
        columns["portal_industries"] = pa.array(portal, pa.list_(pa.string()))
    return pa.table(columns)


def meets(symbol: str, include: list[str], exclude: list[str] | None = None) -> bool:
    ours = [official_pattern(pattern) for pattern in include]
    theirs = [official_pattern(pattern) for pattern in exclude or []]
    return list(rules_of(symbol, index_of({0: ours}), index_of({0: theirs}))) == [0]


def test_a_star_stops_at_the_group_number():
    assert meets("H01Q1/24", ["H01Q1*"])
    assert meets("H01Q1/00", ["H01Q1*"])
    assert not meets("H01Q11/02", ["H01Q1*"])


def test_a_subclass_or_class_with_a_star_covers_what_is_below():
    assert meets("C21D1/18", ["C21D*"])
    assert meets("G16H50/20", ["G16*"])
    assert not meets("C21C1/02", ["C21D*"])


def test_a_pattern_without_a_star_is_that_symbol_or_group():
    assert meets("H04L12/02", ["H04L12/02"])
    assert not meets("H04L12/022", ["H04L12/02"])
    assert meets("H03M13/29", ["H03M13"])
    assert meets("G16H10/60", ["G16H"])


def test_an_excluded_symbol_is_out_and_its_neighbours_stay():
    assert not meets("G06F11/14", ["G06F11*"], ["G06F11/14", "G06F11/36"])
    assert meets("G06F11/30", ["G06F11*"], ["G06F11/14", "G06F11/36"])


def test_an_exact_include_wins_over_any_exclude():
    assert meets("H04L12/24", ["H04L12*", "H04L12/24"], ["H04L12/24"])
    assert meets("H04L12/24", ["H04L12/24"], ["H04L12*"])
    assert not meets("H04L12/26", ["H04L12*", "H04L12/24"], ["H04L12/26"])


@given(
    symbol=st.from_regex(r"[AC]0[12][BC][1-3]{1,2}/[0-2]{2,3}", fullmatch=True),
    patterns=st.lists(
        st.from_regex(r"[AC](0[12]([BC]([1-3]{1,2}(/[0-2]{0,3})?)?)?)?", fullmatch=True), max_size=4
    ),
)
def test_the_index_of_patterns_agrees_with_asking_each_pattern(symbol: str, patterns: list[str]):
    index = index_of({number: [own_pattern(pattern)] for number, pattern in enumerate(patterns)})
    one_by_one = {number for number, pattern in enumerate(patterns) if ipc_matches(symbol, pattern)}
    assert {number for number, _ in index.of(symbol)} == one_by_one


@pytest.mark.parametrize("text", ["X01B", "C25C3/", "C2", "c25c3 / 06 x", ""])
def test_what_is_no_pattern_is_refused(text: str):
    with pytest.raises(ClassificationError, match="pattern"):
        official_pattern(text)


def test_own_patterns_forgive_case_and_spaces():
    assert own_pattern(" c25c 3/06 ") == "C25C3/06"
    with pytest.raises(ClassificationError, match="C25C3"):
        own_pattern("铝")


@pytest.mark.parametrize(
    ("symbol", "name"),
    [
        ("H01L33/48", "电子核心产业"),
        ("C25C3/06", "先进有色金属材料"),
        ("A61K38/17", "生物医药产业"),
        ("F03D7/02", "风能产业"),
        ("G21C3/06", "核电产业"),
        ("H01M10/0525", "新能源汽车装置、配件制造"),
        ("B64C27/08", "航空装备产业"),
    ],
)
def test_a_symbol_belongs_to_its_strategic_industry(symbol: str, name: str):
    assert name in membership(sei_scheme(), table_of(symbol)).to_pylist()[0]


def test_the_industry_above_holds_what_those_below_hold():
    assert membership(sei_scheme(), table_of("F03D7/02")).to_pylist()[0] == ["新能源产业", "风能产业"]


@pytest.mark.parametrize(
    ("symbol", "known"),
    [
        ("G06V10/82", ("G06K9/00",)),
        ("H10K50/10", ("H01L51/00",)),
        ("H10K30/50", ("H01L51/42",)),
        ("H10N52/00", ("H01L43/00",)),
        ("H01M50/403", ("H01M2/14",)),
        ("H01M50/20", ("H01M2/00",)),
        ("F24J2/46", ("F24S10/00",)),
        ("B60L11/18", ("B60L50/60",)),
        ("H01M10/0525", ("H01M10/0525",)),
        ("H01M500/00", ("H01M500/00",)),
    ],
)
def test_symbols_of_other_editions_are_translated(symbol: str, known: tuple[str, ...]):
    assert translated(symbol) == known


def test_newer_symbols_reach_the_strategic_industries_by_the_bridge():
    found = membership(sei_scheme(), table_of("G06V10/82", "H10K50/10", "H01M50/20")).to_pylist()
    assert "人工智能" in found[0]
    assert "电子核心产业" in found[1]
    assert "新能源汽车装置、配件制造" in found[2]


def test_keywords_of_the_strategic_list_narrow_only_when_asked():
    table = table_of("H01M10/0525", texts=["一种毛巾架"])
    assert membership(sei_scheme(), table).to_pylist()[0] != []
    assert membership(sei_scheme(keywords=True), table).to_pylist()[0] == []
    table = table_of("H01M10/0525", texts=["一种汽车用锂离子电池"])
    assert membership(sei_scheme(keywords=True), table).to_pylist()[0] != []


def test_content_words_leave_out_exclusions_and_generic_words():
    words = content_words("锂离子电池制造；电动自行车（不包含非机动车）")
    assert "电池" in words
    assert "制造" not in words
    assert "非机动车" not in "".join(words)


def test_every_main_group_belongs_to_one_wipo_field_and_its_sector():
    groups = [symbol for symbol in ipc_entries() if "/" in symbol]
    found = membership(wipo_scheme(), table_of(*groups)).to_pylist()
    sectors = {industry.name for industry in wipo_scheme().industries if not industry.parent}
    for symbol, names in zip(groups, found, strict=True):
        field = wipo_field(symbol)
        assert field is not None
        assert [name for name in names if name not in sectors] == [field.name], symbol
        assert len(names) == 2


def test_a_row_without_classification_belongs_to_nothing():
    assert membership(wipo_scheme(), table_of(None, "G06N3/04")).to_pylist() == [
        [],
        ["电气工程", "计算机技术"],
    ]


def test_an_export_that_names_industries_outranks_the_rules():
    table = table_of(
        "F03D7/02",
        "F03D7/02",
        portal=[["sei:1.5"], ["gb4754:C3990", "sei:没有见过的产业"]],
    )
    found = membership(sei_scheme(), table).to_pylist()
    assert found[0] == ["新一代信息技术产业", "人工智能"]
    assert found[1] == ["没有见过的产业"]
    assert membership(gb4754_scheme(), table).to_pylist()[1] == [
        "制造业",
        "计算机、通信和其他电子设备制造业",
    ]


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("1.2", "电子核心产业"),
        ("1.2.1", "电子核心产业"),
        ("1.2.1 集成电路制造", "电子核心产业"),
        ("人工智能", "人工智能"),
        ("新材料", "新材料产业"),
        ("7", "节能环保产业"),
        ("99", None),
    ],
)
def test_portal_values_are_read_by_code_and_name(value: str, name: str | None):
    scheme = sei_scheme()
    position = portal_position(scheme, value)
    assert (scheme.industries[position].name if position is not None else None) == name


def test_gb4754_without_table_and_column_says_what_is_missing():
    with pytest.raises(MissingColumnError, match="参照关系表") as caught:
        membership(gb4754_scheme(), table_of("C22C21/00"))
    assert "gb4754.xlsx" in caught.value.help


CONCORDANCE = """国民经济行业代码,行业名称,国际专利分类号（IPC）,备注
C3216,铝冶炼,C22B21*、C25C3/06,
,,C25C3/08,接上行
C3252,铝压延加工,B21B1/00-B21B3/00（除B21B2/00外）;C22F1/04,
D4415,风力发电,F03D*,
"""


def write_concordance(folder: Path) -> Path:
    path = folder / "gb4754.csv"
    path.write_text(CONCORDANCE, encoding="utf-8")
    return path


def test_the_concordance_is_read_with_ranges_exceptions_and_further_lines(tmp_path: Path):
    rules = read_concordance(write_concordance(tmp_path))
    assert set(rules) == {"C3216", "C3252", "D4415"}
    assert [rule.ipc for rule in rules["C3216"]] == [("C22B21", "=C25C3/06"), ("=C25C3/08",)]
    assert rules["C3252"][0].ipc == ("B21B1", "B21B2", "B21B3", "=C22F1/04")
    assert rules["C3252"][0].not_ipc == ("=B21B2/00",)


def test_a_library_with_the_concordance_classifies_by_ipc(tmp_path: Path):
    (tmp_path / "schemes").mkdir()
    write_concordance(tmp_path / "schemes")
    scheme = load_scheme("gb4754", folder=tmp_path)
    assert scheme.missing == ""
    found = membership(scheme, table_of("C25C3/06", "C25C3/08", "F03D1/06", "B21B2/00", "A01B1/00"))
    assert found.to_pylist() == [
        ["制造业", "有色金属冶炼和压延加工业"],
        ["制造业", "有色金属冶炼和压延加工业"],
        ["电力、热力、燃气及水生产和供应业", "电力、热力生产和供应业"],
        [],
        [],
    ]


def test_the_concordance_is_read_from_a_spreadsheet_with_a_code_column_for_each_level(tmp_path: Path):
    xlsxwriter = pytest.importorskip("xlsxwriter")
    path = tmp_path / "table.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    rows = [
        ["国际专利分类与国民经济行业分类参照关系表"],
        ["门类", "大类", "中类", "小类", "类别名称", "IPC"],
        ["C", 32, 321, 3216, "铝冶炼", "C22B21*"],
        ["D", 44, 441, 4415, "风力发电", "F03D*"],
    ]
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    assert set(read_concordance(path)) == {"C3216", "D4415"}


def test_gb4754_goes_down_to_the_level_asked_for(tmp_path: Path):
    scheme = gb4754_scheme(read_concordance(write_concordance(tmp_path)), level=4)
    assert membership(scheme, table_of("F03D1/06")).to_pylist()[0][-1] == "风力发电"
    names = [industry.name for industry in scheme.industries]
    assert len(names) == len(set(names)) == 1971


@pytest.mark.parametrize(
    ("content", "part"),
    [
        ("名称,内容\n铝,C25C3*\n", "no header row"),
        ("行业代码,IPC\nC3216,没有\n", "no row"),
        ("行业代码,IPC\nC3216,C22B5/00-C22C1/00\n", "row 2"),
    ],
)
def test_a_wrong_concordance_is_refused_with_the_place(tmp_path: Path, content: str, part: str):
    path = tmp_path / "wrong.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(MappingError, match=part):
        read_concordance(path)


def test_a_file_that_is_no_spreadsheet_is_refused(tmp_path: Path):
    path = tmp_path / "wrong.xlsx"
    path.write_bytes(b"no spreadsheet")
    with pytest.raises(UnreadableFileError, match=r"wrong\.xlsx"):
        read_concordance(path)
