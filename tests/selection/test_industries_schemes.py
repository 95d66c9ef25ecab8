"""Schemes of a library's own: what they may say, what they select, and the 检索式 they stand for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from patents.errors import InputError, MappingError, NotFoundError, UnreadableFileError
from selection.industries import (
    Industry,
    Rule,
    industries_column,
    industry_counts,
    library_schemes,
    load_scheme,
    membership,
    read_scheme,
    to_query,
)
from selection.language import parse

THIRTEEN = [
    "石油化工",
    "有色冶金",
    "装备制造",
    "煤炭电力",
    "农产品加工",
    "建材",
    "新能源",
    "新材料",
    "生物医药",
    "精细化工",
    "高端装备制造",
    "新一代信息技术",
    "节能环保",
]

ROWS = [
    # main, any, title, abstract
    ("C25C3/06", ["C25C3/06"], "铝电解槽", "一种电解槽"),
    ("C25C30/00", ["C25C30/00", "C22C21/02"], "槽体", "一种槽体"),
    ("A47B1/00", ["A47B1/00"], "桌子", "采用电解铝边框"),
    ("A47B1/00", ["A47B1/00", "A61P35/00"], "LED台灯", "带有LED"),
    ("C07D401/12", ["C07D401/12", "A61P35/00"], "化合物", ""),
    ("C07D401/12", ["C07D401/12"], "化合物", ""),
    (None, [], "没有分类的电解铝", ""),
]


@pytest.fixture
def table() -> pa.Table:
    main, every, title, abstract = zip(*ROWS, strict=True)
    return pa.table(
        {
            "title": pa.array(title, pa.string()),
            "abstract": pa.array(abstract, pa.large_string()),
            "ipc_main": pa.array(main, pa.string()),
            "ipc": pa.array(list(every), pa.list_(pa.string())),
        }
    )


def write(folder: Path, body: str, name: str = "own") -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(f"name: {name}\ntitle: 自定义\nindustries:\n{body}", encoding="utf-8")
    return path


def rows_of(path: Path, table: pa.Table, name: str) -> list[int]:
    found = membership(read_scheme(path), table).to_pylist()
    return [row for row, names in enumerate(found) if name in names]


def test_ipc_counts_the_main_classification_and_a_group_ends_where_its_number_ends(tmp_path, table):
    path = write(tmp_path, "  - {name: 铝, ipc: [C25C3, C22C21]}\n")
    assert rows_of(path, table, "铝") == [0]


def test_any_counts_every_classification(tmp_path, table):
    path = write(tmp_path, "  - {name: 铝, ipc: [C25C3, C22C21], any: true}\n")
    assert rows_of(path, table, "铝") == [0, 1]


def test_any_may_be_said_for_the_whole_scheme(tmp_path, table):
    path = tmp_path / "own.yaml"
    path.write_text("name: own\nany: true\nindustries:\n  - {name: 铝, ipc: [C22C21]}\n", encoding="utf-8")
    assert rows_of(path, table, "铝") == [1]


def test_keywords_stand_in_title_or_abstract_and_add_to_the_classification(tmp_path, table):
    path = write(tmp_path, "  - {name: 铝, ipc: [C25C3], keywords: [电解铝]}\n")
    assert rows_of(path, table, "铝") == [0, 2, 6]


def test_title_words_stand_in_the_title(tmp_path, table):
    path = write(tmp_path, "  - {name: 铝, title: [电解铝]}\n")
    assert rows_of(path, table, "铝") == [6]


@pytest.mark.parametrize(
    ("word", "rows"), [("LED", [3]), ("led", [3]), ("LE", []), ("ED台灯", []), ("LED台", [3])]
)
def test_latin_words_match_whole_and_in_any_case(tmp_path, table, word, rows):
    path = write(tmp_path, f"  - {{name: 灯, keywords: [{word}]}}\n")
    assert rows_of(path, table, "灯") == rows


def test_conditions_of_one_rule_hold_together(tmp_path, table):
    path = write(tmp_path, "  - name: 药\n    rules:\n      - {ipc: [C07D], also_ipc: [A61P]}\n")
    assert rows_of(path, table, "药") == [4]
    path = write(tmp_path, "  - name: 灯\n    rules:\n      - {ipc: [A47B], keywords: [LED]}\n")
    assert rows_of(path, table, "灯") == [3]


def test_what_not_ipc_names_is_taken_out_unless_it_is_named_exactly(tmp_path, table):
    path = write(tmp_path, "  - {name: 铝, ipc: [C25C], not_ipc: [C25C3]}\n")
    assert rows_of(path, table, "铝") == [1]
    path = write(tmp_path, "  - {name: 铝, ipc: [C25C, =C25C3/06], not_ipc: [C25C3]}\n")
    assert rows_of(path, table, "铝") == [0, 1]


def test_codes_take_in_industries_of_other_schemes(tmp_path, table):
    path = write(tmp_path, "  - {name: 药, codes: ['wipo:14']}\n")
    assert rows_of(path, table, "药") == [4, 5]
    path = write(tmp_path, "  - {name: 药, codes: ['wipo:99']}\n")
    with pytest.raises(NotFoundError, match="99"):
        rows_of(path, table, "药")


def test_a_query_is_evaluated_by_what_is_handed_in(tmp_path, table):
    path = write(tmp_path, "  - {name: 铝, query: 'TI=槽体'}\n")
    asked: list[str] = []

    def evaluate(query: str) -> np.ndarray:
        asked.append(query)
        return np.array([title == "槽体" for title in table["title"].to_pylist()])

    found = membership(read_scheme(path), table, evaluate=evaluate).to_pylist()
    assert asked == ["TI=槽体"]
    assert found[1] == ["铝"] and found[0] == []
    with pytest.raises(InputError, match="is defined by a query"):
        membership(read_scheme(path), table)


def test_an_industry_above_holds_those_below(tmp_path, table):
    path = write(tmp_path, "  - {name: 上}\n  - {name: 下, parent: 上, ipc: [C25C3]}\n")
    assert membership(read_scheme(path), table).to_pylist()[0] == ["上", "下"]


@pytest.mark.parametrize(
    ("body", "part"),
    [
        ("  - {name: 铝, ipcs: [C25C3]}\n", "unknown keys ipcs"),
        ("  - {ipc: [C25C3]}\n", "`name` is missing"),
        ("  - {name: 'a:b', ipc: [C25C3]}\n", "colon"),
        ("  - {name: 铝, ipc: [铝业]}\n", "`ipc` of industry '铝'"),
        ("  - {name: 铝, not_ipc: [C25C3]}\n", "needs an `ipc`"),
        ("  - {name: 铝, ipc: [C25C3]}\n  - {name: 铝, ipc: [C22C21]}\n", "twice"),
        ("  - {name: 铝, ipc: [C25C3], parent: 金属}\n", "there is no parent"),
        ("  - {name: 铝, keywords: [1]}\n", "must be a list of texts"),
        ("  - {name: 铝, codes: [C32]}\n", "scheme:code"),
        ("  - {name: 铝, any: maybe, ipc: [C25C3]}\n", "true or false"),
        ("  - name: 铝\n    rules: [{}]\n", "no condition"),
        ("  - 铝\n", "a mapping of keys"),
        ("  []\n", "industries"),
    ],
)
def test_a_wrong_scheme_is_refused_with_the_place(tmp_path, body, part):
    with pytest.raises(MappingError, match=part) as caught:
        read_scheme(write(tmp_path, body))
    assert "own.yaml" in caught.value.what


@pytest.mark.parametrize("content", ["{", "\x00", "name: [\n"])
def test_what_is_no_yaml_is_refused(tmp_path, content):
    path = tmp_path / "own.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableFileError, match=r"own\.yaml"):
        read_scheme(path)


def test_a_scheme_without_a_name_is_refused(tmp_path):
    path = tmp_path / "own.yaml"
    path.write_text("industries:\n  - {name: 铝, ipc: [C25C3]}\n", encoding="utf-8")
    with pytest.raises(MappingError, match="name"):
        read_scheme(path)


def test_short_forms_compile_to_a_query():
    industry = Industry(name="铝", rules=(Rule(ipc=("C25C3", "C01F7")), Rule(keywords=("电解铝", "氧化铝"))))
    assert to_query(industry) == "IPC-MAIN=(C25C3 or C01F7) or TIAB=(电解铝 or 氧化铝)"
    assert to_query(industry, main_only=False).startswith("IPC=(")


def test_rules_with_several_conditions_compile_to_a_query():
    industry = Industry(
        name="药",
        rules=(
            Rule(ipc=("C07D",), also_ipc=("A61P",)),
            Rule(ipc=("A61K", "=A61K8/02"), not_ipc=("A61K8",)),
            Rule(title=("药物 组合",), codes=("sei:4.1",)),
        ),
    )
    text = to_query(industry)
    assert "IPC-MAIN=(C07D) and IPC=(A61P)" in text
    assert "IPC-MAIN=(A61K or A61K8/02) not IPC-MAIN=(A61K8)" in text
    assert parse(parse(text).canonical).canonical == parse(text).canonical


def test_every_industry_that_is_shipped_is_a_valid_query():
    for industry in load_scheme("provincial").industries:
        text = to_query(industry)
        assert parse(text).canonical, industry.name


def test_the_shipped_scheme_has_the_thirteen_industries():
    assert [industry.name for industry in load_scheme("provincial").industries] == THIRTEEN


@pytest.mark.parametrize(
    ("symbol", "title", "wanted"),
    [
        ("C10G11/18", "催化裂化方法", {"石油化工"}),
        ("C25C3/06", "铝电解槽", {"有色冶金"}),
        ("C22C38/02", "一种钢", {"新材料"}),
        ("B25J9/16", "机械臂控制方法", {"装备制造", "高端装备制造"}),
        ("E21D23/04", "支架", {"煤炭电力"}),
        ("A23F3/06", "绿茶加工方法", {"农产品加工"}),
        ("C04B28/02", "一种水泥砂浆", {"建材"}),
        ("H01M10/0525", "锂离子电池", {"新能源"}),
        ("A61K31/00", "药物", {"生物医药"}),
        ("A61K8/19", "护肤霜", {"精细化工"}),
        ("C07D401/12", "化合物", {"精细化工"}),
        ("G06N3/04", "神经网络", {"新一代信息技术"}),
        ("C02F1/44", "污水处理", {"节能环保"}),
        ("A47C1/00", "椅子", set()),
    ],
)
def test_typical_patents_sit_where_a_study_would_put_them(symbol: str, title: str, wanted: set[str]):
    table = pa.table({"title": [title], "abstract": [""], "ipc_main": [symbol], "ipc": [[symbol]]})
    assert set(membership(load_scheme("provincial"), table).to_pylist()[0]) == wanted


def test_schemes_are_found_by_name_and_a_library_s_own_file_comes_first(tmp_path):
    assert [scheme.name for scheme in library_schemes()] == ["provincial", "gb4754", "sei", "wipo"]
    (tmp_path / "schemes").mkdir()
    write(tmp_path / "schemes", "  - {name: 铝, ipc: [C25C3]}\n", name="provincial")
    write(tmp_path / "schemes", "  - {name: 铝, ipc: [C25C3]}\n", name="aluminium")
    names = [scheme.name for scheme in library_schemes(tmp_path)]
    assert names == ["aluminium", "provincial", "gb4754", "sei", "wipo"]
    assert len(load_scheme("provincial", folder=tmp_path).industries) == 1
    with pytest.raises(NotFoundError, match="aluminum"):
        load_scheme("aluminum", folder=tmp_path)


def test_the_column_names_scheme_and_industry(table):
    column = industries_column(table, library_schemes())
    assert column.type == pa.list_(pa.string())
    first = column.to_pylist()[0]
    assert "provincial:有色冶金" in first
    assert "wipo:表面加工技术、涂层" in first
    assert "sei:先进有色金属材料" in first
    assert column.to_pylist()[6] == ["provincial:有色冶金"]


def test_a_scheme_that_can_say_nothing_is_left_out_of_the_column(table):
    names = {
        name.partition(":")[0]
        for names in industries_column(table, library_schemes()).to_pylist()
        for name in names
    }
    assert "gb4754" not in names


def test_an_empty_table_gives_an_empty_column(table):
    assert industries_column(table.slice(0, 0), library_schemes()).to_pylist() == []


def test_counts_list_every_industry_in_its_printed_order(table):
    schemes = library_schemes()
    counts = industry_counts(industries_column(table, schemes), schemes)
    provincial = [count for count in counts if count.scheme == "provincial"]
    assert [count.name for count in provincial] == THIRTEEN
    by_name = {count.name: count for count in provincial}
    assert by_name["有色冶金"].count == 4
    assert by_name["有色冶金"].share == pytest.approx(4 / len(ROWS))
    assert by_name["煤炭电力"].count == 0
    levels = {count.name: count.level for count in counts if count.scheme == "sei"}
    assert levels["新材料产业"] == 1 and levels["先进有色金属材料"] == 2


@pytest.mark.shared
def test_the_public_patents_are_covered_in_all_schemes(shared_data: Path):
    pq = pytest.importorskip("pyarrow.parquet")
    table = pq.read_table(shared_data / "data" / "patents.parquet", columns=["title", "abstract", "ipc"])
    main = pa.array([symbols[0] if symbols else None for symbols in table["ipc"].to_pylist()])
    table = table.append_column("ipc_main", main)
    schemes = library_schemes()
    column = industries_column(table, schemes)
    counts = {count.id: count for count in industry_counts(column, schemes)}
    with_ipc = len(main) - main.null_count
    named = {scheme: 0 for scheme in ("provincial", "sei", "wipo")}
    for names in column.to_pylist():
        for scheme in {name.partition(":")[0] for name in names}:
            named[scheme] += 1
    assert named["wipo"] == with_ipc
    assert named["provincial"] / with_ipc > 0.93
    assert named["sei"] / with_ipc > 0.65
    assert all(counts[f"provincial:{name}"].count > 1_000 for name in THIRTEEN)
