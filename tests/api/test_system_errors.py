"""Ctrl-C, full disks and wrong addresses, as a user meets them."""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys

import pytest
from fastapi.testclient import TestClient

from api import cli, errors
from api.app import create_app
from api.settings import Settings


def refusal(monkeypatch, capsys, *arguments):
    monkeypatch.setattr(sys, "argv", ["patlas", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code not in (0, None)
    return capsys.readouterr().err


def test_a_full_disk_is_said_with_the_place_and_the_next_step():
    error = errors.refusal(OSError(errno.ENOSPC, "No space left on device", "library/columns"))
    assert error is not None
    assert "library/columns" in error.what and "Make room" in error.help
    assert errors.refusal(OSError(errno.EIO, "?")) is None  # unknown: the traceback tells more


def test_a_file_where_a_folder_is_needed_is_no_traceback(monkeypatch, capsys, library_path, tmp_path):
    (tmp_path / "file").touch()
    said = refusal(
        monkeypatch, capsys, "select", "*", "--library", library_path, "--export", tmp_path / "file" / "a.csv"
    )
    assert str(tmp_path / "file") in said and "Traceback" not in said


@pytest.mark.parametrize(
    ("port", "said"), [("99999", "at most 65535, not 99999"), ("abc", "must be a number, not 'abc'")]
)
def test_a_wrong_port_is_no_traceback(monkeypatch, capsys, library_path, port, said):
    monkeypatch.setenv("PATLAS_PORT", port)
    assert said in refusal(monkeypatch, capsys, "serve", "--library", library_path)


def test_a_port_that_is_taken_is_named_with_what_to_do(monkeypatch, capsys, library_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = refusal(monkeypatch, capsys, "serve", "--library", library_path, "--port", port)
    assert f"Cannot listen on 127.0.0.1:{port}" in said and "--port" in said


def test_an_interrupted_command_says_so(library_path):
    command = [sys.executable, "-m", "api", "serve", "--library", str(library_path), "--port", "0"]
    serving = subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, env=os.environ | {"PATLAS_LOG_LEVEL": "error"}
    )
    assert serving.stderr is not None
    assert "Patlas serves" in serving.stderr.readline()
    serving.send_signal(signal.SIGINT)
    _, said = serving.communicate(timeout=60)
    assert serving.returncode == cli.INTERRUPTED and "what was stored is kept" in said


def test_half_a_character_is_refused_everywhere(library_path):
    with TestClient(
        create_app(Settings(library=library_path)),
        raise_server_exceptions=False,
        headers={"Accept-Language": "en"},
    ) as client:
        for address, body in (
            ("/api/recall", '{"where": "*", "numbers": ["\\ud800"]}'),
            ("/api/tags/a/add", '{"numbers": ["\\ud800"]}'),
            ("/api/search", '{"query": "\\ud800"}'),
            ("/api/export", '{"theme": ["\\ud800"]}'),
        ):
            answer = client.post(address, content=body, headers={"content-type": "application/json"})
            assert answer.status_code == 422 and set(answer.json()) >= {"error", "help"}, answer.text


def test_a_text_from_a_terminal_in_another_encoding_is_refused(monkeypatch, capsys, library_path):
    garbled = "阴极".encode("gb18030").decode("utf-8", "surrogateescape")
    assert "export LC_ALL" in refusal(monkeypatch, capsys, "search", garbled, "--library", library_path)


def test_a_refused_file_names_no_place_on_the_server(library_path):
    with TestClient(create_app(Settings(library=library_path)), headers={"Accept-Language": "en"}) as client:
        answer = client.post("/api/sample/judged", content=b"no xlsx")
    assert answer.status_code == 422 and answer.json()["error"].startswith("judged.xlsx: the workbook")


def test_every_failure_over_http_has_the_one_shape(library_path):
    app = create_app(Settings(library=library_path))

    def full() -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    def broken() -> None:
        raise RuntimeError("secret")

    app.add_api_route("/api/full", full)
    app.add_api_route("/api/broken", broken)
    with TestClient(app, raise_server_exceptions=False, headers={"Accept-Language": "en"}) as client:
        answers = [
            client.get(address) for address in ("/api/none", "/api/tags/a/b/c", "/api/full", "/api/broken")
        ]
        answers.append(client.delete("/api/search"))
    assert [answer.status_code for answer in answers] == [404, 404, 500, 500, 405]
    assert all(set(answer.json()) == {"error", "help", "code"} for answer in answers)
    assert "Make room" in answers[2].json()["help"] and "secret" not in answers[3].text
