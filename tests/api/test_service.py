"""The HTTP service over a real library."""

from __future__ import annotations

import pytest


def hits_of(client, query, **body):
    answer = client.post("/api/search", json={"query": query, **body})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_health_names_the_snapshot_and_its_as_of_date(client):
    assert client.get("/api/health").json() | {"version": ""} == {
        "status": "ok",
        "version": "",
        "snapshot": 1,
        "count": 144,
        "as_of": "2022-06-30",
        "encoder": client.get("/api/health").json()["encoder"],
    }


@pytest.mark.parametrize(
    ("query", "ipc"),
    [
        ("降低电解槽吨铝电耗的阴极炭块", "C25C3/08"),
        ("提高循环寿命的锂离子电池正极材料", "H01M10/0525"),
        ("隧道衬砌混凝土浇筑台车", "E21D11/10"),
        ("止咳化痰的中药颗粒", "A61K36/23"),
    ],
)
def test_a_text_finds_its_technology(client, query, ipc):
    answer = hits_of(client, query, k=10)
    assert answer["kind"] == "text"
    assert [hit["rank"] for hit in answer["hits"]] == list(range(1, 11))
    assert {hit["ipc_main"] for hit in answer["hits"]} == {ipc}
    scores = [hit["score"] for hit in answer["hits"]]
    assert scores == sorted(scores, reverse=True)


def test_a_number_in_any_spelling_finds_what_is_like_it_and_not_itself(client):
    first = client.get("/api/patents/201210000000.2").json()["record"]
    for spelling in ("CN201210000000.2", "ZL 2012 1 0000000.2", "２０１２１０００００００", "CN101200000A"):
        answer = hits_of(client, spelling, k=5)
        assert answer["kind"] == "number"
        numbers = [hit["application_number"] for hit in answer["hits"]]
        assert len(numbers) == 5 and first["application_number"] not in numbers


def test_similar_to_a_patent_is_also_a_link(client):
    by_link = client.get("/api/patents/CN101200000A/similar", params={"k": 3, "ipc": "C25C"}).json()
    assert [hit["rank"] for hit in by_link["hits"]] == [1, 2, 3]
    assert by_link["selection"]["text"] == "IPC=C25C"


def test_filters_are_kept_to_and_counted(client):
    answer = hits_of(
        client,
        "结构简单",
        k=50,
        filters={"applicant": ["大学"], "filed_from": "2015", "filed_to": "2018-12", "region": ["贵阳市"]},
    )
    assert answer["hits"] and answer["selection"]["count"] >= len(answer["hits"])
    for hit in answer["hits"]:
        assert "大学" in hit["applicants"][0] and hit["city"] == "贵阳市"
        assert "2015-01-01" <= hit["filing_date"] <= "2018-12-31"


def test_k_hits_come_back_whenever_the_selection_holds_k(client):
    answer = hits_of(client, "电池", k=7, far=True, filters={"ipc": ["A61K"]})
    assert len(answer["hits"]) == 7
    assert all(hit["ipc_main"].startswith("A61K") for hit in answer["hits"])


def test_an_industry_filter_takes_a_plain_name(client):
    answer = hits_of(client, "电解", filters={"industry": ["有色冶金"]})
    assert answer["hits"] and all("provincial:有色冶金" in hit["industries"] for hit in answer["hits"])


def test_a_query_language_filter_narrows_the_rest(client):
    answer = hits_of(client, "电池", filters={"where": "TI=(电池 and 隔膜)"})
    assert answer["hits"] and all("隔膜" in hit["title"] for hit in answer["hits"])


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ({"query": "  "}, 422, "The query is empty"),
        ({"query": "电池", "k": 0}, 422, "k"),
        ({"query": "电池", "k": 100_000}, 422, "100000 results were asked for; the limit is 200"),
        ({"query": "电" * 100_001}, 422, "100001 characters"),
        ({"query": "CN301234567S"}, 404, "no patent CN301234567S"),
        ({"query": "电池", "filters": {"filed_from": "去年"}}, 422, "'去年' is not a valid date"),
        ({"query": "电池", "filters": {"filed_to": "2015-13"}}, 422, "'2015-13' is not a valid month"),
        ({"query": "电池", "filters": {"where": "TI=(电池"}}, 422, ""),
        ({"query": "电池", "filters": {"industry": ["没有的产业"]}}, 422, "没有的产业"),
        ({"query": "电池", "filter": {}}, 422, "filter"),
    ],
)
def test_a_wrong_request_says_what_to_change(client, body, status, said):
    answer = client.post("/api/search", json=body)
    assert answer.status_code == status, answer.text
    assert said in answer.json()["error"]


def test_a_record_holds_what_the_export_said_and_what_was_derived(client):
    found = client.get("/api/patents/CN101200000A").json()
    assert found["record"]["applicants"] == ["黔岭测试大学"]
    assert found["applicant_kinds"] == ["高校"]
    assert (found["province"], found["city"]) == ("贵州省", "贵阳市")
    assert found["filing_year"] == 2012 and not found["filing_year_derived"]
    assert "provincial:有色冶金" in found["industries"]


def test_an_unknown_patent_is_not_found(client):
    answer = client.get("/api/patents/CN999999999A")
    assert answer.status_code == 404 and "no patent" in answer.json()["error"]


def test_industries_are_counted_and_shared(client):
    industries = {one["id"]: one for one in client.get("/api/industries").json()["industries"]}
    medicine = industries["provincial:生物医药"]
    assert medicine["count"] == 36 and medicine["share"] == pytest.approx(36 / 144)


def test_the_page_and_its_files_are_served(client):
    page = client.get("/")
    assert page.status_code == 200 and "Patlas" in page.text
    assert client.get("/page/page.js").status_code == 200


def test_the_description_has_examples_in_chinese(client):
    described = client.get("/openapi.json").text
    assert "铝电解槽" in described


def test_a_search_is_also_a_link(client):
    by_link = client.get("/api/search", params={"q": "电池正极", "k": 2, "filed_from": "2015"}).json()
    assert len(by_link["hits"]) == 2
    assert all(hit["filing_date"] >= "2015" for hit in by_link["hits"])


def test_themes_of_an_industry_have_words_and_years_and_hide_no_noise(client):
    answer = client.get("/api/themes", params={"industry": "有色冶金"}).json()
    assert answer["count"] == 36 == answer["core"] + answer["assigned"] + answer["unplaced"]
    assert answer["incomplete_from_year"] == 2021  # 2020 ended 18 months before the as-of date, 2022-06-30
    for theme in answer["themes"]:
        assert theme["keywords"] and theme["name"]
        assert sum(theme["counts_by_year"].values()) == theme["size"]
        assert client.get(f"/api/patents/{theme['representatives'][0]}").status_code == 200
    assert len({theme["name"] for theme in answer["themes"]}) == len(answer["themes"])


def test_a_theme_is_also_a_filter(client):
    theme = client.get("/api/themes").json()["themes"][0]
    answer = hits_of(client, "结构简单", k=50, filters={"theme": [theme["id"]]})
    assert answer["selection"]["count"] == theme["size"]
    assert all(theme["id"] in hit["themes"] for hit in answer["hits"])
