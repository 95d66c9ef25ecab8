"""Requests that are too large or too deep are refused and cost nothing."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings

MOST = 20_000


@pytest.fixture(scope="module")
def narrow(library_path):
    with TestClient(create_app(Settings(library=library_path, max_body=MOST))) as client:
        yield client


def chunks(size):
    """A body that states no length."""
    for _ in range(size // 1_000):
        yield b" " * 1_000


@pytest.mark.parametrize("path", ["/api/search", "/api/prior-art", "/api/select"])
@pytest.mark.parametrize("content", [b" " * (MOST + 1), chunks], ids=["stated", "chunked"])
def test_a_body_above_the_limit_is_refused(narrow, path, content):
    body = content if isinstance(content, bytes) else content(3 * MOST)
    answer = narrow.post(path, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 413
    assert answer.json()["code"] == "request-too-large" and "0.02 MB" in answer.json()["error"]


def test_an_uploaded_file_above_the_limit_is_refused(narrow):
    answer = narrow.post("/api/prior-art/draft", files={"file": ("draft.txt", b"a" * MOST)})
    assert answer.status_code == 413 and answer.json()["code"] == "request-too-large"


def test_a_body_of_the_limit_is_read(narrow):
    body = b'{"query": "\xe7\x94\xb5\xe6\xb1\xa0"}'.ljust(MOST)
    answer = narrow.post("/api/search", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 200


@pytest.mark.parametrize("opening", [b"[", b'{"a":'], ids=["lists", "objects"])
def test_a_body_nested_deeply_is_refused(narrow, opening):
    body = opening * (MOST // 10)
    answer = narrow.post("/api/search", content=body, headers={"Content-Type": "application/json"})
    assert answer.json()["code"] in ("request-unreadable", "values-invalid")


def test_an_upload_that_breaks_off_is_refused(narrow):
    headers = {"Content-Type": "multipart/form-data; boundary=here"}
    answer = narrow.post("/api/prior-art/draft", content=b"--elsewhere", headers=headers)
    assert answer.status_code == 400 and answer.json()["code"] == "request-unreadable"
