"""The optional namer, against a real endpoint on this machine."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from patents.errors import InputError
from themes.model_names import PROMPT, LanguageModel, Subject, name_themes, prompt_for

SUBJECTS = (
    Subject("汽轮机·供热", ("汽轮机", "供热"), ("一种热电联产机组",)),
    Subject("新风·排风", ("新风", "排风"), ("一种新风系统",)),
)


class Endpoint:
    """An OpenAI-compatible endpoint that gives the answers of a list."""

    def __init__(self, answers):
        self.asked, endpoint = [], self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                endpoint.asked.append((self.path, dict(self.headers), body))
                status, text = answers[min(len(endpoint.asked), len(answers)) - 1]
                self.send_response(status)
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/v1"
        self.thread = threading.Thread(target=self.server.serve_forever)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


def says(text):
    return 200, json.dumps({"choices": [{"message": {"content": text}}]})


def test_without_a_model_every_name_stays_and_nobody_is_asked():
    assert name_themes(SUBJECTS, None) == ("汽轮机·供热", "新风·排风")


def test_the_models_names_are_taken():
    with Endpoint([says("热电联产"), says("名称：“新风热回收”。")]) as endpoint:
        names = name_themes(SUBJECTS, LanguageModel(endpoint.url, "m", key="secret"))
    assert names == ("热电联产", "新风热回收")
    path, headers, body = endpoint.asked[1]
    assert path == "/v1/chat/completions" and headers["Authorization"] == "Bearer secret"
    assert body["model"] == "m" and body["temperature"] == 0
    asked = body["messages"][0]["content"]
    assert "新风、排风" in asked and "一种新风系统" in asked and "热电联产" in asked


def test_a_name_that_another_theme_has_or_that_is_no_name_is_not_taken():
    with Endpoint([says("新风·排风"), says("长" * 200)]) as endpoint:
        assert name_themes(SUBJECTS, LanguageModel(endpoint.url, "m")) == ("汽轮机·供热", "新风·排风")


@pytest.mark.parametrize("answer", [(200, "no json"), (200, "{}"), (500, ""), (200, '{"choices": []}')])
def test_a_broken_endpoint_leaves_the_names(answer):
    with Endpoint([answer]) as endpoint:
        assert name_themes(SUBJECTS, LanguageModel(endpoint.url, "m")) == ("汽轮机·供热", "新风·排风")


def test_an_endpoint_that_is_not_there_is_asked_once_only(caplog):
    with Endpoint([says("x")]) as endpoint:
        url = endpoint.url
    assert name_themes(SUBJECTS, LanguageModel(url, "m", timeout=2)) == ("汽轮机·供热", "新风·排风")
    assert len([record for record in caplog.records if "cannot be reached" in record.message]) == 1


def test_an_address_that_is_no_http_address_is_refused():
    with pytest.raises(InputError, match="not an http address"):
        name_themes(SUBJECTS, LanguageModel("file:///etc/passwd", "m"))


def test_the_prompt_says_which_names_are_taken():
    assert "无" in prompt_for(SUBJECTS[0]) and "甲、乙" in prompt_for(SUBJECTS[0], ["甲", "乙"])


def test_the_prompt_stands_in_the_docs():
    page = (Path(__file__).parents[2] / "docs" / "themes.md").read_text(encoding="utf-8")
    filled = PROMPT.replace("{longest}", "16")
    assert filled in page
    asked = prompt_for(SUBJECTS[0])
    assert asked.startswith(filled.split("{taken}")[0])
