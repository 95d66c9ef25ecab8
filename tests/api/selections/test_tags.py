"""标引, samples and known numbers on a real library."""

from __future__ import annotations

import json
import shutil

import openpyxl
import pytest
from typer.testing import CliRunner

from api.cli import app
from patents.errors import InputError, NotFoundError, UnreadableFileError


@pytest.fixture(scope="module")
def library(library_path, tmp_path_factory):
    """A copy of the built library, to change; every test uses a tag of its own."""
    return shutil.copytree(library_path, tmp_path_factory.mktemp("tags") / "copy")


@pytest.fixture
def run(library):
    def runs(*arguments):
        done = CliRunner().invoke(app, [*map(str, arguments), "--library", str(library)])
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        assert done.exit_code == 0, done.stderr
        return done

    return runs


@pytest.fixture
def answer_of(run):
    return lambda *arguments: json.loads(run(*arguments, "--json").stdout)


def count(run, query):
    return int(run("select", query, "--count").stdout)


def test_a_tag_is_put_on_taken_off_and_undone(run, answer_of):
    added = answer_of("tag", "add", "电池类", "--where", "TI=电池", "--who", "张工")
    assert added["named"] == added["change"]["changed"] == 24
    assert (added["change"]["who"], added["change"]["note"]) == ("张工", "TI=电池")
    assert answer_of("tag", "add", "电池类", "--where", "TI=(电池 and 隔膜)")["change"]["changed"] == 0
    assert count(run, "TAG=电池类") == 24
    assert answer_of("tag", "remove", "电池类", "--where", "TI=隔膜")["change"]["changed"] == 6
    assert count(run, "TAG=电池类") == 18
    removal = answer_of("tag", "history", "电池类")["changes"][0]["id"]
    undone = answer_of("tag", "undo", removal)["changes"][0]
    assert undone["undoes"] == removal and count(run, "TAG=电池类") == 24
    with pytest.raises(NotFoundError, match="already undone"):
        run("tag", "undo", removal)
    assert "电池类" in run("tag", "list").stdout


def test_numbers_of_a_file_are_tagged_and_the_unknown_are_named(run, answer_of, tmp_path):
    numbers = tmp_path / "numbers.txt"
    numbers.write_text("CN101200000A\nZL 2012 1 0001000.4\nCN199999999A\nnonsense\n", encoding="utf-8")
    added = answer_of("tag", "add", "名单", "--numbers", numbers)
    assert added["named"] == 2 and added["unknown"] == ["CN199999999A", "nonsense"]
    assert count(run, "TAG=名单") == 2


def test_tags_go_through_a_spreadsheet_and_back(run, answer_of, tmp_path):
    run("tag", "add", "表一", "--where", "TI=台车")
    file = tmp_path / "tags.xlsx"
    run("tag", "list", "表一", "--export", file)
    book = openpyxl.load_workbook(file)
    sheet = book["标引"]
    column = [cell.value for cell in sheet[1]].index("标引") + 1
    for line in range(2, sheet.max_row + 1):
        sheet.cell(line, column).value = "表二；表三"
    book.save(file)
    done = answer_of("tag", "import", file)
    assert {one["tag"]: one["changed"] for one in done["changes"]} == {"表二": 12, "表三": 12}
    assert count(run, "TAG=表二 and TAG=表三 and TAG=表一") == count(run, "TI=台车") == 12


def test_patents_must_be_said_in_one_way(run, tmp_path):
    for given in ([], ["--where", "TI=电池", "--numbers", tmp_path / "numbers.txt"]):
        (tmp_path / "numbers.txt").write_text("CN101200000A", encoding="utf-8")
        with pytest.raises(InputError, match="which patents"):
            run("tag", "add", "甲", *given)


def test_a_judged_sample_gives_precision_with_an_interval_and_tags_the_noise(run, answer_of, tmp_path):
    file = tmp_path / "sample.xlsx"
    assert "20 of 36" in run("sample", "IPC=E21D", "--n", 20, "--seed", 5, "--out", file).stdout
    unjudged = answer_of("sample", "--read", file)
    assert unjudged["precision"] is None and unjudged["unjudged"] == 20
    book = openpyxl.load_workbook(file)
    sheet = book["抽样"]
    for line in range(2, 22):
        sheet.cell(line, 1).value = "否" if line < 6 else "1"
    book.save(file)
    judged = answer_of("sample", "--read", file, "--tag-noise")
    share = judged["precision"]
    assert (share["hits"], share["of"], share["whole"]) == (16, 20, 36)
    assert share["low"] < 0.8 < share["high"] and share["high"] - share["low"] < 0.4
    assert judged["tagged"] == len(judged["noise"]) == 4
    assert answer_of("select", "IPC=E21D")["noise"] == 4
    assert "80.0%" in run("sample", "--read", file).stdout
    run("tag", "undo")
    assert answer_of("select", "IPC=E21D")["noise"] == 0


def test_the_same_seed_draws_the_same_patents(run, tmp_path):
    def drawn(name, seed):
        run("sample", "TI=电池", "--n", 8, "--seed", seed, "--out", tmp_path / name)
        lines = openpyxl.load_workbook(tmp_path / name)["抽样"].iter_rows(min_row=2, values_only=True)
        return [line[1] for line in lines]

    assert drawn("a.xlsx", 1) == drawn("b.xlsx", 1) != drawn("c.xlsx", 2)


def test_a_sample_needs_a_query_and_a_file_or_a_judged_file(run, tmp_path):
    for given in ([], ["TI=电池"], ["--out", tmp_path / "a.xlsx"], ["TI=电池", "--read", "a.xlsx"]):
        with pytest.raises(InputError, match="A sample is drawn"):
            run("sample", *given)
    with pytest.raises(InputError, match="empty"):
        run("sample", "TI=(电池 and 台车)", "--out", tmp_path / "a.xlsx")


def test_recall_names_the_missing_and_the_unknown(run, answer_of, tmp_path):
    file = tmp_path / "known.csv"
    file.write_text("专利号,备注\nCN101200000A,甲\nCN111201000A,乙\nCN199999999A,丙\n", encoding="utf-8")
    found = answer_of("recall", "IPC=C25C", file)
    assert (found["share"]["hits"], found["share"]["of"], found["share"]["value"]) == (1, 2, 0.5)
    assert (found["missed"], found["unknown"]) == (["CN111201000A"], ["CN199999999A"])
    printed = run("recall", "IPC=C25C", file).stdout
    assert "50.0%" in printed and "missed: CN111201000A" in printed
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="no number"):
        run("recall", "IPC=C25C", tmp_path / "empty.txt")


def test_over_http_tags_samples_and_recall_do_the_same(library):
    from starlette.testclient import TestClient

    from api.app import create_app
    from api.settings import Settings

    with TestClient(create_app(Settings(library=library)), headers={"Accept-Language": "en"}) as client:
        added = client.post("/api/tags/网/add", json={"where": "TI=电池", "who": "李工"}).json()
        assert added["change"]["changed"] == 24 and client.get("/api/tags").json()["tags"]["网"] == 24
        numbered = client.post("/api/tags/网/remove", json={"numbers": ["CN111201000A", "x"]}).json()
        assert numbered["change"]["changed"] == 1 and numbered["unknown"] == ["x"]
        assert client.post("/api/tags/undo", json={}).json()["undoes"] == numbered["change"]["id"]
        history = client.get("/api/tags/history", params={"tag": "网"}).json()["changes"]
        assert [one["action"] for one in history] == ["put", "off", "put"]
        assert client.get("/api/select", params={"where": "TAG=网"}).json()["selection"]["count"] == 24
        assert client.post("/api/tags/网/add", json={}).status_code == 422

        sample = client.get("/api/sample", params={"where": "TI=电池", "n": 5})
        kind = sample.headers["content-type"]
        judged = client.post("/api/sample/judged", content=sample.content, headers={"content-type": kind})
        assert judged.json()["unjudged"] == 5
        broken = client.post("/api/sample/judged", content=b"no workbook", headers={"content-type": kind})
        assert broken.status_code == UnreadableFileError.status
        recall = client.post("/api/recall", json={"where": "TI=电池", "numbers": ["CN101200000A"]}).json()
        assert recall["missed"] == ["CN101200000A"] and recall["share"]["value"] == 0.0
