"""What is typed is a number, a list of numbers, a 检索式 or a text: alike in every way to ask."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from api.cli import app
from api.live.library import open_live
from api.patents.typed import read_typed
from api.selections.tags import key_of
from patents.errors import InputError, NotFoundError, NumberError, QueryError
from patents.messages import in_language

TEXTS = (
    "CO2",
    "Al2O3",
    "LiFePO4",
    "H2O",
    "IL-6",
    "TP53",
    "COVID-19",
    "MD5",
    "5G",
    "ISO9001",
    "GB50011",
    "GPT-4",
    "PM2.5",
    "3D-NAND",
    "S355J2",
    "M2M",
    "采用CO2作为冷却介质的电解槽",
    "IL-6抗体在治疗COVID-19中的应用",
    "一种5G基站的散热装置，符合ISO9001",
    "将CN101200000A与对比文件比较",
)
HELD, OTHER = "CN101200000A", "CN101500003A"


@pytest.fixture(scope="module")
def live(library_path):
    with open_live(library_path) as live:
        yield live


@pytest.mark.parametrize("text", TEXTS)
def test_what_lacks_the_form_of_a_number_is_searched_as_text_everywhere(client, text):
    assert client.post("/api/search", json={"query": text}).json()["kind"] == "text"
    assert client.get("/api/search", params={"q": text}).json()["kind"] == "text"
    answer = client.post("/api/prior-art", json={"query": text})
    assert answer.status_code == 200 and answer.json()["asked"]["kind"] == "text"
    assert client.get("/api/select", params={"where": f"R=({text})"}).status_code == 200


@pytest.mark.parametrize("text", TEXTS)
def test_what_lacks_the_form_of_a_number_names_no_patent(live, text):
    assert read_typed(live, text).kind == "text"
    assert key_of(live, text) is None


def test_the_command_line_searches_them_as_text(library_path):
    done = CliRunner().invoke(app, ["search", "COVID-19", "--library", str(library_path)])
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize("spelling", [HELD, "CN 101200000 A", "201210000000", "专利号：CN101200000A"])
def test_a_number_is_one_in_every_spelling(client, spelling):
    assert client.post("/api/search", json={"query": spelling}).json()["kind"] == "number"
    assert client.post("/api/prior-art", json={"query": spelling}).json()["asked"]["kind"] == "number"
    assert client.get("/api/select", params={"where": f"R=({spelling})"}).json()["selection"]["count"] == 143


def test_what_is_a_number_and_held_by_nobody_is_not_found(live):
    typed = read_typed(live, "CN301234567S")
    assert typed.kind == "number" and typed.numbers == ("CN301234567S",)


def test_what_may_be_a_number_and_is_held_by_nobody_is_a_text_with_a_note(client):
    answer = client.post("/api/search", json={"query": "201710601862"}).json()
    assert answer["kind"] == "text"
    assert answer["notes"][0].startswith("'201710601862' may be a patent number")


def test_a_mistyped_number_is_refused(live):
    with pytest.raises(NumberError):
        read_typed(live, "CN1012000000000000")


def test_a_list_of_numbers_finds_patents_like_all_of_them(client):
    typed = client.post("/api/search", json={"query": f"{HELD}；{OTHER}\nCN109999999A", "k": 5}).json()
    like = client.post("/api/search", json={"like": [HELD, OTHER], "k": 5}).json()
    assert typed["kind"] == "patents" and typed["hits"] == like["hits"]
    assert f"PN=({HELD} or {OTHER})" in typed["notes"][0]
    assert typed["notes"][1] == "1 of them is not in this library: CN109999999A"


def test_the_query_that_a_note_offers_lists_them(client):
    filed = client.get("/api/patents/CN101200009A").json()["record"]["application_number"]
    note = client.post("/api/search", json={"query": f"{HELD} {filed}"}).json()["notes"][0]
    query = note[note.index("'") + 1 : note.rindex("'")]
    assert query == f"PN=({HELD}) or AN=({filed})"
    assert client.get("/api/select", params={"where": query}).json()["selection"]["count"] == 2


def test_a_list_of_numbers_that_nobody_holds_is_not_found(live):
    with pytest.raises(NotFoundError, match="none of the 2 patents"):
        read_typed(live, "CN109999999A, CN109999998A")


def test_a_long_list_of_numbers_is_refused(live):
    with pytest.raises(InputError, match="limit is 200"):
        read_typed(live, " ".join(f"CN1{number:08d}A" for number in range(201)))


def test_one_question_of_prior_art_is_one_patent(client):
    answer = client.post("/api/prior-art", json={"query": f"{HELD} {OTHER}"})
    assert answer.status_code == 422 and answer.json()["code"] == "prior-art-of-numbers"
    answer = client.get("/api/select", params={"where": f"R=({HELD}；{OTHER})"})
    assert answer.status_code == 422 and answer.json()["code"] == "similar-to-numbers"


@pytest.mark.parametrize(
    "query",
    [
        "TIAB=(石墨烯 and 电池)",
        "TA:(汽车 AND 座椅)",
        "IPC=C25C3",
        "(TI=电池 or AB=隔膜) and AD=[2015 to 2020]",
    ],
)
def test_a_query_expression_is_recognised_and_offered(client, query):
    for path in ("/api/search", "/api/prior-art"):
        answer = client.post(path, json={"query": query})
        assert answer.status_code == 422 and answer.json()["code"] == "typed-query"
        assert query in answer.json()["error"] and "a selection (select)" in answer.json()["help"]
    assert client.get("/api/select", params={"where": query}).status_code == 200


def test_a_query_expression_with_an_error_says_where(live):
    with pytest.raises(QueryError):
        read_typed(live, "TIAB=(石墨烯 and 电池")


def test_it_is_offered_in_chinese(live):
    with pytest.raises(InputError) as error:
        read_typed(live, "IPC=C25C3")
    with in_language("zh"):
        assert error.value.what == "“IPC=C25C3”是检索式，不是相似检索的文本"


def test_words_with_operators_are_a_text_with_a_note(client):
    answer = client.post("/api/search", json={"query": "铝电解槽 AND 阴极"}).json()
    assert answer["kind"] == "text" and answer["hits"]
    assert "select patents by '铝电解槽 AND 阴极'" in answer["notes"][0]


@pytest.mark.parametrize(
    "text",
    [
        "R=(CH3)2 取代的化合物",
        "当 n=(a+b)/2 时电路导通",
        "设 IN=5V 时电路导通",
        "其特征在于：包括阴极",
        "SiO2:Al2O3=3:1 的分子筛",
        "温度=300℃",
        "A battery and a charger",
    ],
)
def test_prose_with_signs_is_a_text(live, text):
    typed = read_typed(live, text)
    assert typed.kind == "text" and typed.notes == ()
