"""Search with the parts of its scores, in every mode, within filters, like several patents, with facets."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Annotated

import pytest
import typer
from typer.testing import CliRunner

from api.cli import app
from api.http.parameters import Parameters, takes
from api.terminal.options import options
from patents.messages import message
from selection.filters import Filters, Narrows


@dataclass(frozen=True, slots=True, kw_only=True)
class More(Filters):
    inventor: Annotated[tuple[str, ...], Narrows(code="filter-applicant", fields=("IN",))] = ()


LIKE = ["CN101200000A", "CN101500003A"]


def ask(client, **body):
    answer = client.post("/api/search", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_every_hit_carries_the_parts_of_its_score(client):
    answer = ask(client, query="电解槽阴极炭块的凸台", k=5)
    assert answer["mode"] == "hybrid"
    for hit in answer["hits"]:
        assert -1 <= hit["dense"] <= 1 and hit["lexical"] > 0
        assert hit["dense_rank"] or hit["lexical_rank"]
        assert hit["passage"] in ("标题摘要", "权利要求") and hit["lexical_passage"]
    assert [hit["score"] for hit in answer["hits"]] == sorted(
        (hit["score"] for hit in answer["hits"]), reverse=True
    )


@pytest.mark.parametrize(("mode", "part"), [("dense", "dense"), ("lexical", "lexical")])
def test_a_mode_orders_by_its_part_alone(client, mode, part):
    hits = ask(client, query="锂离子电池正极片的导电剂", k=8, mode=mode)["hits"]
    assert len(hits) == 8
    parts = [hit[part] for hit in hits]
    assert parts == sorted(parts, reverse=True)
    assert all(hit["fused"] == pytest.approx(hit[part], abs=1e-3) for hit in hits)


def test_by_words_alone_only_what_shares_one_is_found(client):
    assert ask(client, query="量子纠缠", mode="lexical", far=True)["hits"] == []
    assert len(ask(client, query="量子纠缠", far=True)["hits"]) == 10


def test_patents_like_several_are_of_their_technology_and_are_not_those(client):
    answer = ask(client, like=LIKE, k=20)
    assert answer["kind"] == "patents"
    numbers = {hit["publication_number"] for hit in answer["hits"]}
    assert len(numbers) == 20 and not numbers & set(LIKE)
    assert {hit["ipc_main"] for hit in answer["hits"]} == {"C25C3/08"}


def test_what_hits_should_not_be_like_sinks(client):
    plain = ask(client, query="结构简单便于推广的装置", k=50)["hits"]
    kind = plain[0]["ipc_main"]
    unlike = [hit["publication_number"] for hit in plain if hit["ipc_main"] == kind][:3]
    moved = ask(client, query="结构简单便于推广的装置", unlike=unlike, k=50)["hits"]

    def first(hits):
        return sum(hit["ipc_main"] == kind for hit in hits[:10])

    assert first(moved) < first(plain)
    assert not {hit["publication_number"] for hit in moved} & set(unlike)


def test_a_text_and_a_patent_are_asked_together(client):
    answer = ask(client, query="止咳颗粒", like=LIKE[:1], k=50, far=True)
    assert {"C25C3/08", "A61K36/23"} <= {hit["ipc_main"] for hit in answer["hits"]}


def test_like_works_as_a_link_and_in_every_spelling(client):
    by_link = client.get("/api/search", params={"like": ["201210000000.2", "CN 101500003 A"], "k": 20}).json()
    assert by_link["hits"] == ask(client, like=LIKE, k=20)["hits"]
    similar = client.get(f"/api/patents/{LIKE[0]}/similar", params={"like": LIKE[1], "k": 20}).json()
    assert similar["hits"] == by_link["hits"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({}, "The query is empty"),
        ({"unlike": ["CN101200000A"]}, "nothing to be like"),
        ({"query": "电池", "mode": "magic"}, "mode"),
        ({"query": "电池", "like": ["CN101200000A"] * 201}, "limit is 200"),
        ({"query": "电池", "filters": {"where": "TTL:电池", "dialect": "espacenet"}}, "dialect"),
    ],
)
def test_what_cannot_be_asked_is_refused(client, body, said):
    answer = client.post("/api/search", json=body)
    assert answer.status_code == 422 and said in answer.json()["error"]


def test_an_unknown_patent_to_be_like_is_named(client):
    answer = client.post("/api/search", json={"like": ["CN109999999A"]})
    assert answer.status_code == 404 and "CN109999999A" in answer.json()["error"]


def test_facets_count_the_searched_and_the_nearest(client):
    answer = ask(client, query="铝电解槽阴极", facets=True, far=True, filters={"ipc": ["C25C", "A61K"]})
    facets = {facet["name"]: facet for facet in answer["facets"]}
    assert set(facets) == {
        "patent_type",
        "legal_state",
        "filing_year",
        "province",
        "city",
        "ipc",
        "applicant",
        "industry",
        "theme",
    }
    subclasses = {one["value"]: one for one in facets["ipc"]["values"]}
    assert subclasses["C25C"]["count"] == subclasses["A61K"]["count"] == 36
    assert subclasses["C25C"]["near"] == 36 and subclasses["A61K"]["near"] == 14
    assert subclasses["C25C"]["label"].startswith("C25C ") and "电解" in subclasses["C25C"]["label"]
    assert sum(one["count"] for one in facets["legal_state"]["values"]) == 72
    years = [one["value"] for one in facets["filing_year"]["values"]]
    assert years == sorted(years) and facets["filing_year"]["distinct"] == len(years)


def test_a_facet_value_is_a_filter_that_selects_its_count(client):
    answer = ask(client, query="电池", facets=True)
    taken = {"province": "region", "city": "region"}
    for facet in answer["facets"]:
        value = facet["values"][0]
        if facet["name"] == "filing_year":
            filters = {"filed_from": value["value"], "filed_to": value["value"]}
        else:
            filters = {taken.get(facet["name"], facet["name"]): [value["value"]]}
        narrowed = ask(client, query="电池", filters=filters)
        assert narrowed["selection"]["count"] == value["count"], facet["name"]


def theme_facet(answer):
    (facet,) = (facet for facet in answer["facets"] if facet["name"] == "theme")
    return facet


def test_themes_are_counted_at_the_default_layer_of_the_searched_industry(client):
    everywhere = theme_facet(ask(client, query="电池", facets=True))
    whole = {theme["id"]: theme for theme in client.get("/api/themes").json()["themes"]}
    assert everywhere["values"] and {one["value"] for one in everywhere["values"]} <= set(whole)
    for one in everywhere["values"]:
        assert (one["label"], one["count"]) == (whole[one["value"]]["name"], whole[one["value"]]["size"])
    industry = next(one for one in client.get("/api/industries").json()["industries"] if one["themes"])
    own = {
        one["id"] for one in client.get("/api/themes", params={"industry": industry["id"]}).json()["themes"]
    }
    answer = ask(client, query="电池", facets=True, filters={"industry": [industry["id"]]})
    facet = theme_facet(answer)
    assert facet["values"] and {one["value"] for one in facet["values"]} <= own
    placed = sum(one["count"] for one in facet["values"])
    assert placed + facet["without"] == answer["selection"]["count"]


def test_a_facet_without_any_value_is_left_out(client):
    answer = ask(client, query="电池", facets=True, filters={"where": "TI=没有的东西"})
    assert answer["hits"] == [] and answer["facets"] == []


def test_highlights_are_spans_of_what_the_query_says(client):
    hits = ask(client, query="在炭块上表面设置凸台以降低槽电压", highlight=True, k=3)["hits"]
    for hit in hits:
        lit = hit["highlights"]
        assert "凸台" in lit["words"]
        for field in ("title", "abstract", "first_claim"):
            for span in lit[field]:
                assert hit[field][span["start"] : span["stop"]] == span["word"]
        sentence = lit["sentence"]
        assert hit[sentence["field"]][sentence["start"] : sentence["stop"]] == sentence["text"]
        assert "凸台" in sentence["text"] and 0 <= sentence["shared"] <= 1
    assert ask(client, query="炭块", k=1)["hits"][0]["highlights"] is None


def test_where_is_read_in_the_dialect_that_is_named(client):
    patsnap = ask(client, query="电池", filters={"where": "TTL:(隔膜)", "dialect": "patsnap"})
    incopat = ask(client, query="电池", filters={"where": "TI=(隔膜)", "dialect": "incopat"})
    assert patsnap["selection"]["count"] == incopat["selection"]["count"] == 9
    wrong = client.post(
        "/api/search", json={"query": "电池", "filters": {"where": "TI=(隔膜)", "dialect": "patsnap"}}
    )
    assert wrong.status_code == 422


@pytest.mark.parametrize("where", ["R=(CN101200000A)", "IPC=A61K and R=(止咳颗粒)"])
def test_similar_patents_inside_where_narrow_a_search(client, where):
    filters = {"where": where, "filed_from": "2015", "filed_to": "2018", "applicant": ["大学"]}
    answer = ask(client, query="桔梗", k=50, filters=filters)
    assert answer["hits"] and answer["selection"]["text"].startswith("R=(")
    for hit in answer["hits"]:
        assert "2015" <= hit["filing_date"] < "2019" and "大学" in hit["applicants"][0]
        assert "A61K" not in where or hit["ipc_main"].startswith("A61K")


def test_the_service_and_the_command_line_answer_by_the_same_document(client, library_path):
    over_http = client.get("/api/search", params={"q": "铝电解槽阴极", "k": 3, "facets": True}).json()
    command = ["search", "铝电解槽阴极", "--k", "3", "--facets", "--json", "--library", str(library_path)]
    printed = CliRunner().invoke(app, command)
    assert json.loads(printed.stdout) == over_http


@pytest.mark.parametrize(("language", "what"), [("zh-CN", "最多 200 条"), ("en", "the limit is 200")])
def test_a_refusal_is_in_the_language_of_the_reader(client, language, what):
    refused = client.post(
        "/api/search", json={"query": "电池", "k": 201}, headers={"Accept-Language": language}
    )
    assert refused.status_code == 422 and what in refused.json()["error"]


def test_a_new_filter_is_one_line(library_path):
    """A field of `Filters` is a parameter, an option with its help, and a part of the 检索式."""

    @takes(More)
    class Query(Parameters):
        """Parameters of a link."""

    description = Query.model_fields["inventor"].description
    assert description == message("filter-applicant").text("en")
    given = Query(inventor=("张三",), ipc=("C25C",)).make(More)
    assert given.to_query() == "IPC=C25C and IN=张三"

    taken = []

    @options
    def command(filters: More) -> None:
        taken.append(filters.to_query())

    application = typer.Typer()
    application.command()(command)
    CliRunner().invoke(application, ["--inventor", "张三", "--inventor", "李四"], catch_exceptions=False)
    assert taken == ["IN=张三 or IN=李四"]
    assert "--inventor" in CliRunner().invoke(application, ["--help"]).stdout
