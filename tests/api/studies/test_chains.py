"""Chains, comparisons and the atlas: service, commands and HTTP on a small library."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from api.live.library import open_live
from api.studies.chains import chart
from api.studies.compare import compare, side_of
from api.studies.references import NO_REFERENCE, from_outside, opened_reference
from api.studies.study import study_of, with_themes
from patents.errors import InputError, MappingError, NotFoundError, UnreadableFileError
from patents.messages import text

CHAIN = """
name: cell
title: 电解与电池
nodes:
  - {name: 电解槽, query: 'IPC=(C25C3)', ipc: [C25C], name_en: Cells}
  - name: 电池
    query: 'IPC=(H01M)'
    ipc: [H01M]
    children:
      - {name: 包覆, query: 'AB=(包覆)'}
  - {name: 中药, query: 'IPC=(A61K)', beside: 电池, ipc: [A61K]}
  - {name: 无, query: 'AB=(没有的词)'}
"""


@pytest.fixture(scope="module")
def chained(library_path):
    """The library with a chain, an alliance and groups of its own."""
    folder = library_path / "chains"
    folder.mkdir()
    written = [folder / "cell.yaml", library_path / "alliances.yaml"]
    written[0].write_text(CHAIN, encoding="utf-8")
    written[1].write_text("试验联盟: [黔岭测试大学, 云岭测试科技有限公司]", encoding="utf-8")
    yield library_path
    for path in written:
        path.unlink()
    folder.rmdir()


@pytest.fixture
def live(chained):
    with open_live(chained) as live:
        yield live


def nodes(charted):
    rows = charted.chapter.tables[0].rows
    return {row["node"]: row for row in rows.iter_rows(named=True)}


def test_a_chain_of_the_library_is_counted_by_its_queries(live):
    charted = chart(live, "cell")
    counts = {name: row["count"] for name, row in nodes(charted).items()}
    assert counts == {"电解槽": 36, "电池": 36, "包覆": 12, "中药": 36, "无": 0}
    assert charted.needs == (text(NO_REFERENCE),)
    assert charted.chain.count == 108
    assert [table.id for table in charted.chapter.tables] == ["chain_nodes", "chain_leaders", "chain_holders"]


def test_a_query_as_reference_measures_the_same_nodes(live):
    charted = chart(live, "cell", 'PROVINCE="贵州省"', reference="*")
    found = nodes(charted)["电解槽"]
    assert charted.needs == ()
    local, total = found["count"], charted.study.count
    assert found["rta"] == pytest.approx((local / total) / (36 / 144))
    assert nodes(charted)["无"]["standing"] == "空白"


def test_another_library_and_a_file_of_counts_are_references_too(live, chained, tmp_path):
    with opened_reference(live, str(chained)) as opened:
        assert opened.study.count == 144 and opened.live is not live
    by_library = chart(live, "cell", 'PROVINCE="贵州省"', reference=str(chained))
    by_query = chart(live, "cell", 'PROVINCE="贵州省"', reference="*")
    assert nodes(by_library)["电池"]["rta"] == nodes(by_query)["电池"]["rta"]
    counts = tmp_path / "nation.csv"
    counts.write_text("ipc,count\nC25C,10\nH01M,30\nA61K,60\n", encoding="utf-8")
    found = nodes(chart(live, "cell", reference=str(counts)))
    assert found["电解槽"]["rta"] == pytest.approx((36 / 144) / (10 / 100))
    assert found["包覆"]["rta"] is None


def test_the_librarys_settings_name_home_and_reference(live):
    with live.library.lock():
        live.library.settings.set("home", "云南省")
        live.library.settings.set("reference", "*")
    try:
        charted = chart(live, "cell")
        assert charted.study.title == "云南省" and charted.study.count == 72
        assert charted.needs == ()
    finally:
        with live.library.lock():
            live.library.settings.set("home", "")
            live.library.settings.set("reference", "")


def test_an_alliance_is_covered_by_its_members(live):
    table = chart(live, "cell", alliance="试验联盟").chapter.tables[3]
    assert [column.label.zh for column in table.columns][2:4] == ["黔岭测试大学", "云岭测试科技有限公司"]
    rows = {row["node"]: row for row in table.rows.iter_rows(named=True)}
    assert rows["电解槽"]["state"] == "重叠" and rows["无"]["state"] == "空缺"
    assert rows["电解槽"]["together"] == rows["电解槽"]["h0"] + rows["电解槽"]["h1"] == 18
    with pytest.raises(NotFoundError, match="Use 试验联盟"):
        chart(live, "cell", alliance="别的")


def test_wrong_references_are_refused_with_the_next_step(live, tmp_path):
    with pytest.raises(UnreadableFileError):
        chart(live, "cell", reference=str(tmp_path / "none.xlsx"))
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(MappingError):
        chart(live, "cell", reference=str(wrong))
    with pytest.raises(NotFoundError, match="'火星' is not a region"):
        chart(live, "cell", reference="火星")
    with pytest.raises(InputError, match="is a period"):
        chart(live, "cell", reference="十二五")
    with opened_reference(live, "云南省") as opened:
        assert (opened.title, opened.study.count) == ("云南省", 72)
    with pytest.raises(InputError, match="files are set by the library"):
        from_outside("../secrets.xlsx")
    assert from_outside("*") == "*" and from_outside("AP=(测试)") == "AP=(测试)"


def test_themes_of_a_study_are_those_that_hold_its_patents(live):
    study = with_themes(live, study_of(live, "IPC=(C25C3)"))
    assert study.themes
    assert all(theme.rows.max() < study.count for theme in study.themes)


@pytest.mark.parametrize(
    ("named", "title", "query"),
    [
        ("贵州省", "贵州省", 'PROVINCE="贵州省"'),
        ("昆明市", "昆明市", 'CITY="昆明市"'),
        ("贵州省/贵阳市", "贵阳市", 'PROVINCE="贵州省" and CITY="贵阳市"'),
        ("黔岭测试大学", "黔岭测试大学", 'AP=(TREE@"黔岭测试大学")'),
        ("电池::IPC=(H01M)", "电池", "IPC=(H01M)"),
        ("IPC=(H01M)", "IPC=(H01M)", "IPC=(H01M)"),
        ("十二五", "十二五", ""),
        ("2013-2015", "2013—2015", ""),
        ("*", "全库", "*"),
    ],
)
def test_a_side_is_a_region_an_applicant_a_period_or_a_query(live, named, title, query):
    side = side_of(live, named)
    assert (side.title, side.query) == (title, query)


def test_sides_stand_next_to_each_other(live):
    compared = compare(live, ["贵州省", "云南省"], "IPC=(C25C3 or H01M)")
    figures = compared.chapter.tables[0].rows
    assert figures.filter(measure="申请量").select("v0", "v1").row(0) == (36.0, 36.0)
    assert [one.count for one in compared.facts()] == [36, 36]
    said = "".join(finding.text.zh for finding in compared.chapter.findings)
    assert "专利量，贵州省为36件、云南省为36件。" in said
    assert {figure.id for figure in compared.chapter.figures} == {"compare_by_year", "compare_ipc"}


def test_periods_count_their_own_years(live):
    compared = compare(live, ["2012-2014", "2015-2020"])
    counts = [one.count for one in compared.facts()]
    assert sum(counts) == 144 and counts[0] == 48
    assert [one.period for one in compared.facts()] == ["2012—2014", "2015—2020"]


def test_what_cannot_be_compared_is_refused(live):
    with pytest.raises(InputError, match="1 sides"):
        compare(live, ["贵州省"])
    with pytest.raises(NotFoundError, match="'火星' is not a region"):
        compare(live, ["贵州省", "火星"])
    with pytest.raises(InputError, match="no patents in these years"):
        compare(live, ["1990-1995", "贵州省"])


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_the_commands_print_and_write(chained, tmp_path):
    listed = run("chain", "--library", chained)
    assert "cell  cell (5 nodes): 电解槽 → 电池 → 无" in listed.stdout
    done = run("chain", "cell", "--library", chained, "--out", tmp_path / "out", "--format", "xlsx")
    assert done.exit_code == 0, done.output
    assert "电解与电池共涉及专利108件" in done.stdout
    assert text(NO_REFERENCE) in done.stdout
    assert (tmp_path / "out" / "chain.xlsx").stat().st_size > 5_000
    answer = json.loads(run("compare", "贵州省", "云南省", "--library", chained, "--json").stdout)
    assert [side["count"] for side in answer["sides"]] == [72, 72]
    assert answer["chapter"]["figures"][0]["option"]["series"]


def test_the_commands_refuse_what_they_do_not_know(chained, tmp_path):
    assert "There is no chain 'iron'" in str(run("chain", "iron", "--library", chained).exception)
    assert isinstance(run("chain", "cell", "--library", chained, "--language", "fr").exception, InputError)
    wrong = run("chain", "cell", "--library", chained, "--out", tmp_path, "--format", "doc")
    assert "no format 'doc'" in str(wrong.exception)


def test_chains_and_comparisons_over_http(client, chained):
    names = [chain["name"] for chain in client.get("/api/chains").json()["chains"]]
    assert names == ["aluminium", "cell", "lithium_battery"]
    answer = client.get("/api/chains/cell", params={"reference": "*", "holder": ["测试研究院"]}).json()
    table = answer["chapter"]["tables"][0]
    assert len(table["rows"]) == 5 and len(table["rows"][0]) == len(table["columns"])
    assert answer["chapter"]["figures"][0]["option"]["series"][0]["type"] == "tree"
    english = client.get("/api/chains/cell", params={"language": "en"}).json()["chapter"]["tables"][0]
    assert english["rows"][0][0] == "Cells"
    assert client.get("/api/chains/iron").status_code == 404
    assert client.get("/api/chains/cell", params={"reference": "/etc"}).status_code == 422
    sides = client.get("/api/compare", params={"side": ["贵州省", "云南省"]}).json()["sides"]
    assert [side["title"] for side in sides] == ["贵州省", "云南省"]
    assert client.get("/api/compare", params={"side": ["贵州省"]}).status_code == 422


def test_a_path_is_no_name_of_a_chain_over_http(client, chained, tmp_path):
    path = tmp_path / "own.yaml"
    path.write_text(CHAIN, encoding="utf-8")
    assert client.get(f"/api/chains/{path.name}").status_code == 404
    assert client.get("/api/atlas", params={"chain": str(path)}).status_code == 404


@pytest.mark.usefixtures("with_chinese_font")
def test_the_atlas_comes_as_a_zip_with_its_four_folders(client, chained):
    answer = client.get("/api/atlas", params={"chain": "cell", "reference": "*"})
    assert answer.status_code == 200, answer.text
    names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert "index.html" in names
    folders = {Path(name).parts[0] for name in names if "/" in name}
    assert folders == {"1-产业发展", "2-专利分析", "3-产业定位", "4-发展路径"}
