"""检索式 checked, explained and translated, on the command line and over HTTP."""

from __future__ import annotations

import csv
import json
import sys

import pytest
from typer.testing import CliRunner

from api.cli import app, main


@pytest.fixture(scope="module")
def rows(export_file):
    with export_file.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def answer_of(*arguments):
    done = CliRunner().invoke(app, [*map(str, arguments), "--json"])
    assert done.exit_code == 0, done.stderr or done.exception
    return json.loads(done.stdout)


def test_both_spellings_are_read_without_a_library(monkeypatch):
    monkeypatch.delenv("PATLAS_LIBRARY", raising=False)
    found = answer_of("query", "check", "TA:(电池 AND 隔膜) NOT APD:[2015 TO 2016]")
    assert found["dialect"] == "patsnap" and found["mistakes"] == []
    assert answer_of("query", "check", found["text"])["text"] == found["text"]


def test_a_check_against_a_library_names_every_part_that_it_cannot_answer(library_path):
    query = "TI=电池 and GRANT-DATE=2015 and INDUSTRY=有色治金"
    done = CliRunner().invoke(app, ["query", "check", query, "--library", str(library_path)])
    assert done.exit_code == 2
    assert "授权日" in done.stderr and "provincial:有色冶金" in done.stderr
    assert done.stderr.count("^") == 2


def test_a_mistake_is_shown_with_a_caret_under_its_character(library_path, monkeypatch, capsys):
    monkeypatch.setattr(
        sys, "argv", ["patlas", "select", "TI=(电池 and 隔膜", "--library", str(library_path)]
    )
    with pytest.raises(SystemExit) as stopped:
        main()
    lines = capsys.readouterr().err.splitlines()
    assert stopped.value.code == 2
    assert "TI=(电池 and 隔膜" in lines[1]
    # Four half-width columns, six of Chinese, five of " and ", two leading blanks.
    assert lines[2].index("^") == 2 + len("TI=(") + 4 + len(" and ") + 4


def test_explaining_counts_every_node_and_names_what_empties_the_query(library_path, rows):
    found = answer_of("query", "explain", "TI=电池 and TI=阴极 and AP=大学", "--library", library_path)

    def counts(node):
        yield node["text"], node["count"]
        for part in node["parts"]:
            yield from counts(part)

    counted = dict(counts(found["root"]))
    assert counted["TI=电池"] == sum("电池" in row["标题"] for row in rows)
    assert counted["AP=大学"] == sum("大学" in row["申请人"] for row in rows)
    assert found["root"]["count"] == 0 and found["emptied_by"] == "TI=阴极"
    printed = CliRunner().invoke(
        app, ["query", "explain", "TI=电池 and TI=阴极", "--library", str(library_path)]
    )
    assert "Nothing is left after: TI=阴极" in printed.stdout


def test_a_translation_lists_what_cannot_be_carried_over():
    done = CliRunner().invoke(
        app, ["query", "translate", "TI=电池 and THEME=甲 and AD=[2015 to *]", "--to", "patsnap"]
    )
    assert done.exit_code == 0 and done.stdout.startswith("TTL:电池 AND APD:[")
    assert "THEME=甲" in done.stderr and "wider" in done.stderr


def test_a_spelling_that_does_not_exist_is_refused(library_path):
    done = CliRunner().invoke(app, ["query", "translate", "TI=电池", "--to", "cnki"])
    assert done.exception.exit_code == 2 and "cnki" in str(done.exception)
    done = CliRunner().invoke(app, ["select", "TI=电池", "--dialect", "cnki", "--library", str(library_path)])
    assert done.exception.exit_code == 2 and "cnki" in str(done.exception)


def test_the_fields_are_listed_with_the_codes_of_both_portals():
    fields = {one["name"]: one for one in answer_of("query", "fields")["fields"]}
    assert "TIAB" in fields["TIAB"]["incopat"] and "TA" in fields["TIAB"]["patsnap"]
    assert fields["TAG"]["columns"] == ["tags"]
    assert "AP-GROUP" in CliRunner().invoke(app, ["query", "fields"]).stdout


@pytest.mark.parametrize("method", ["get", "post"])
def test_over_http_a_query_may_be_a_link_or_a_body(client, method):
    def ask(path, **values):
        given = {"params": values} if method == "get" else {"json": values}
        answer = getattr(client, method)(f"/api/query/{path}", **given)
        assert answer.status_code == 200, answer.text
        return answer.json()

    assert ask("check", where="TTL：电池")["text"] == "TI=电池"
    assert ask("explain", where="TI=(电池 or 阴极)")["root"]["operator"] == "or"
    assert ask("translate", where="TI=电池", to="patsnap") == {
        "text": "TTL:电池",
        "dialect": "patsnap",
        "lost": [],
    }


@pytest.mark.parametrize("path", ["query/check", "query/explain", "select", "export", "search"])
def test_over_http_a_mistake_has_its_place(client, path):
    where = "TI=电池 and FOO=1"
    given = {"where": where} | ({"q": "电池"} if path == "search" else {})
    answer = client.get(f"/api/{path}", params=given)
    assert answer.status_code == 422
    problem = answer.json()
    assert problem["query"][problem["place"] :].startswith("FOO")
    assert "^" in problem["error"] and problem["help"]


def test_the_description_of_the_service_has_an_example_of_a_query(client):
    described = client.get("/openapi.json").json()
    assert "STATUS=失效" in json.dumps(described["paths"]["/api/select"], ensure_ascii=False)


@pytest.mark.parametrize(
    ("language", "part"), [("en", "at most 10 of ? and 10 of *"), ("zh", "最多可有 10 个 ? 和 10 个 *")]
)
def test_over_http_a_query_beyond_what_one_may_cost_is_refused_in_the_readers_language(
    client, language, part
):
    asked = {"where": "TIAB=" + "*一" * 500}
    answer = client.post("/api/select", json=asked, headers={"Accept-Language": language})
    assert answer.status_code == 422
    assert part in answer.json()["error"]
