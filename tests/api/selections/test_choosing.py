"""Selections on a real library: chosen, exported, saved, asked for again."""

from __future__ import annotations

import csv
import json
import shutil
from datetime import date

import pytest
from typer.testing import CliRunner

from api.cli import app
from api.libraries.importing import import_exports
from api.live.library import open_live
from api.selections import saved, tags
from api.selections.choosing import choose, ranked
from patents.errors import InputError, NotFoundError, QueryError


@pytest.fixture(scope="module")
def rows(export_file):
    with export_file.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def library(library_path, tmp_path):
    """A copy of the built library, to change."""
    return shutil.copytree(library_path, tmp_path / "copy")


def run(*arguments):
    done = CliRunner().invoke(app, list(map(str, arguments)))
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0, done.stderr
    return done


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("TI=(电池 and 隔膜)", lambda row: "电池" in row["标题"] and "隔膜" in row["标题"]),
        ("TIAB=凸台", lambda row: "凸台" in row["标题"] + row["摘要"]),
        ("IPC=A61K and AP=大学", lambda row: "A61K" in row["IPC分类号"] and "大学" in row["申请人"]),
        ("AD=[2015 to 2016]", lambda row: "2015" <= row["申请日"][:4] <= "2016"),
        ("TTL:电池 AND APD:2015", lambda row: "电池" in row["标题"] and row["申请日"].startswith("2015")),
        ("* not STATUS=失效", lambda row: row["专利有效性"] != "失效"),
    ],
)
def test_the_count_is_that_of_a_plain_scan(library_path, rows, query, wanted):
    done = run("select", query, "--count", "--library", library_path)
    assert int(done.stdout) == sum(map(wanted, rows)) > 0


def test_the_first_patents_are_printed_and_the_rest_is_counted(library_path):
    printed = run("select", "IPC=C25C", "--limit", 2, "--library", library_path).stdout
    assert printed.startswith("36 patents: IPC=C25C") and "… 34 more" in printed
    assert printed.count("C25C3/08") == 2


def test_over_http_pages_follow_each_other(client):
    def page(offset):
        answer = client.get("/api/select", params={"where": "IPC=C25C", "limit": 20, "offset": offset})
        return [one["publication_number"] for one in answer.json()["patents"]]

    assert len(page(0)) == 20 and len(page(20)) == 16 and not set(page(0)) & set(page(20))


def test_similar_patents_come_best_first_from_within_the_rest(library_path):
    with open_live(library_path) as live:
        similar = choose(live, "R=(降低槽电压的铝电解槽阴极) and AD=[2015 to *]").selection
        rest = choose(live, "AD=[2015 to *]").selection
        assert set(similar.rows) <= set(rest.rows)
        assert (similar.scores[:-1] >= similar.scores[1:]).all() and len(similar) == len(similar.order)
        best = live.table.column("ipc_main").take(ranked(similar)[:10]).to_pylist()
        assert set(best) == {"C25C3/08"}


def test_similar_to_a_number_leaves_the_patent_itself_out(library_path):
    with open_live(library_path) as live:
        found = choose(live, "R=(CN101200000A)").selection
        own = live.rows_by_key["CN201210000000"]
        assert own not in found and live.table.column("ipc_main")[ranked(found)[0]].as_py() == "C25C3/08"
        with pytest.raises(NotFoundError, match="CN101299999A"):
            choose(live, "R=(CN101299999A)")


@pytest.mark.parametrize("kind", ["xlsx", "csv", "jsonl", "parquet"])
def test_an_export_imports_again_without_change(library, tmp_path, kind):
    file = tmp_path / f"导出.{kind}"
    run("select", "TI=电池", "--export", file, "--columns", "full", "--count", "--library", library)
    with open_live(library) as live:
        before = {key: live.library.store.get(key) for key in live.keys}
        number = live.number
    done = import_exports(library, [file], as_of=date(2022, 6, 30))
    assert (done.counts.unchanged, done.counts.new, done.counts.updated) == (24, 0, 0)
    assert done.snapshot == number
    with open_live(library) as live:
        assert {key: live.library.store.get(key) for key in live.keys} == before


def test_an_export_says_what_it_is_on_its_first_sheet(library_path, tmp_path):
    from python_calamine import CalamineWorkbook

    file = tmp_path / "x.xlsx"
    run("select", "TI=电池", "--export", file, "--library", library_path)
    about = dict(CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python())
    assert about["检索式"] == "TI=电池" and about["命中数"] == 24 and about["检索截止日"] == "2022-06-30"


def test_an_export_over_http_is_the_same_file_as_on_the_command_line(client, library_path, tmp_path):
    run("select", "TI=电池", "--export", tmp_path / "x.csv", "--library", library_path)
    answer = client.get("/api/export", params={"where": "TI=电池", "kind": "csv"})
    assert answer.content == (tmp_path / "x.csv").read_bytes()
    assert client.post("/api/export", json={"where": "TI=电池", "columns": ["nein"]}).status_code == 422


def test_an_export_that_fails_leaves_the_file_that_was_there(library_path, tmp_path):
    file = tmp_path / "x.xlsx"
    file.write_text("mine")
    with pytest.raises(InputError, match="nein"):
        run("select", "TI=电池", "--export", file, "--columns", "nein", "--library", library_path)
    with pytest.raises(InputError, match="no folder"):
        run("select", "TI=电池", "--export", tmp_path / "a" / "x.xlsx", "--library", library_path)
    assert file.read_text() == "mine" and list(tmp_path.iterdir()) == [file]


def test_a_saved_selection_gives_todays_answer_and_by_version_the_printed_one(library, export_file, tmp_path):
    run("select", "TI=阴极", "--save", "阴极", "--note", "年报", "--who", "张工", "--library", library)
    more = _one_more(export_file, tmp_path)
    import_exports(library, [more], as_of=date(2022, 7, 1))
    today = json.loads(run("saved", "show", "阴极", "--library", library, "--json").stdout)
    printed = json.loads(run("saved", "show", "阴极", "--version", 1, "--library", library, "--json").stdout)
    assert today["selection"]["count"] == printed["selection"]["count"] + 1
    assert printed["saved"]["count"] == printed["selection"]["count"] and printed["left"] == 0
    assert (printed["saved"]["note"], printed["saved"]["who"]) == ("年报", "张工")
    run("select", "TI=阴极炭块", "--save", "阴极", "--library", library)
    versions = run("saved", "versions", "阴极", "--library", library).stdout
    assert versions.index("version 1") < versions.index("version 2")
    assert "version 2" in run("saved", "list", "--library", library).stdout
    run("saved", "delete", "阴极", "--library", library)
    with pytest.raises(NotFoundError, match="阴极"):
        run("saved", "show", "阴极", "--library", library)


def test_over_http_selections_are_saved_and_forgotten(library):
    from starlette.testclient import TestClient

    from api.app import create_app
    from api.settings import Settings

    with TestClient(create_app(Settings(library=library)), headers={"Accept-Language": "en"}) as client:
        made = client.post("/api/saved/电池/隔膜", json={"where": "TI=(电池 and 隔膜)", "note": "甲"})
        assert made.status_code == 201 and made.json()["version"] == 1
        found = client.get("/api/saved/电池/隔膜").json()
        assert found["selection"]["count"] == made.json()["count"] == len(found["patents"])
        assert [one["name"] for one in client.get("/api/saved").json()["saved"]] == ["电池/隔膜"]
        assert client.delete("/api/saved/电池/隔膜").status_code == 204
        assert client.get("/api/saved/电池/隔膜").status_code == 404


def test_noise_is_left_out_and_counted_and_can_be_asked_for(library):
    with open_live(library) as live:
        all_of_them = choose(live, "IPC=A61K").selection
        patents = tags.named(live, where="TI=桔梗")
        assert choose(live, "IPC=A61K").noise == 0
        tags.change(live, "噪声", "put", patents)
        chosen = choose(live, "IPC=A61K")
        assert (chosen.noise, chosen.selection.count) == (9, all_of_them.count - 9)
        assert choose(live, "IPC=A61K", with_noise=True).selection == all_of_them
        assert choose(live, "TAG=噪声").selection.count == 9
        assert choose(live, chosen.selection.text).selection.rows == chosen.selection.rows
        similar = choose(live, "R=(止咳的中药)")
        assert similar.noise == 9 and set(similar.selection.order) == set(similar.selection.rows)
        assert len(similar.selection.scores) == len(similar.selection.order)
        kept = saved.save(live, "中药", chosen)
        assert saved.recalled(live, "中药")[1].selection.count == kept.count == chosen.selection.count
    assert "9 left out as noise (噪声)" in run("select", "IPC=A61K", "--library", library).stdout


def test_tag_is_an_unknown_field_before_the_first_tag(library_path):
    with open_live(library_path) as live, pytest.raises(QueryError, match="标引") as refused:
        choose(live, "TI=电池 and TAG=重点")
    assert refused.value.place == len("TI=电池 and ") and "tags that you add" in refused.value.help


def _one_more(export_file, tmp_path):
    with export_file.open(encoding="utf-8-sig", newline="") as file:
        headers, first, *_ = csv.reader(file)
    path = tmp_path / "more.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        row = ["CN202010999999.5", "CN115999999A", "一种新的铝电解槽阴极保温层", *first[3:]]
        csv.writer(file).writerows([headers, row])
    return path
