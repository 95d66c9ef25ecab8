"""What the page asks of the API beyond a plain search: files of hits, lists by short filters."""

from __future__ import annotations

import io
from urllib.parse import unquote

import openpyxl
import pytest
from docx import Document

CATHODE = "降低槽电压的铝电解槽阴极凸台"


def workbook(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def test_hits_are_sent_as_a_workbook_by_post_and_as_a_link(client):
    body = {"query": CATHODE, "k": 5, "filters": {"ipc": ["C25C3"]}}
    posted = client.post("/api/search?export=xlsx", json=body)
    linked = client.get("/api/search", params={"q": CATHODE, "k": 5, "ipc": "C25C3", "export": "xlsx"})
    numbers = [hit["publication_number"] for hit in client.post("/api/search", json=body).json()["hits"]]
    for answer in (posted, linked):
        assert answer.status_code == 200, answer.text
        assert unquote(answer.headers["content-disposition"]).endswith(f"相似专利-{CATHODE}.xlsx")
        cells = {cell for sheet in workbook(answer.content) for row in sheet.values for cell in row}
        assert len(numbers) == 5 and set(numbers) <= cells


def test_hits_are_sent_as_a_document(client):
    answer = client.post("/api/search?export=docx", json={"query": CATHODE, "k": 3})
    assert "wordprocessingml" in answer.headers["content-type"]
    tables = Document(io.BytesIO(answer.content)).tables
    assert sum(len(table.rows) for table in tables) > 3


@pytest.mark.parametrize("path", ["/api/search?q=阴极&export=pdf", "/api/export?ipc=C25C3&kind=pdf"])
def test_other_kinds_of_files_are_refused(client, path):
    assert client.get(path).status_code == 422


def test_short_filters_list_patents_as_their_query_does(client):
    short = client.get("/api/select", params={"ipc": "C25C3", "filed_from": "2015", "limit": 3}).json()
    text = short["selection"]["text"]
    assert "C25C3" in text and "AD" in text
    assert short == client.get("/api/select", params={"where": text, "limit": 3}).json()
    everything = client.get("/api/select").json()["selection"]["count"]
    assert 0 < short["selection"]["count"] < everything and len(short["patents"]) == 3


def test_short_filters_narrow_a_query_in_either_spelling(client):
    asked = {"where": "TA:(阴极 OR 正极)", "dialect": "patsnap"}
    both = client.get("/api/select", params=asked).json()["selection"]["count"]
    one = client.get("/api/select", params={**asked, "ipc": "C25C3"}).json()["selection"]["count"]
    assert 0 < one < both


def test_patents_of_short_filters_are_exported(client):
    asked = {"region": "贵阳市", "legal_state": "有效"}
    count = client.get("/api/select", params=asked).json()["selection"]["count"]
    sent = client.get("/api/export", params={**asked, "kind": "csv"})
    assert sent.status_code == 200 and len(sent.content.decode("utf-8-sig").splitlines()) == count + 1
