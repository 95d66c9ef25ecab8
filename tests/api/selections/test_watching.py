"""预警: every import reports what it brings and changes, once, whatever is rebuilt in between."""

from __future__ import annotations

import csv
import json
import shutil
import socketserver
import threading
from datetime import date
from xml.etree import ElementTree

import openpyxl
import pytest
from typer.testing import CliRunner

from api.cli import app
from api.libraries.importing import import_exports
from api.libraries.publishing import build
from api.selections.watches import after_publishing
from patents.errors import InputError, NotFoundError

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def library(library_path, tmp_path):
    """A copy of the built library, to change."""
    return shutil.copytree(library_path, tmp_path / "copy")


@pytest.fixture
def run(library):
    def runs(*arguments):
        done = CliRunner().invoke(app, [*map(str, arguments), "--library", str(library)])
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        assert done.exit_code == 0, done.stderr
        return done.stdout

    return runs


@pytest.fixture
def bring(library, export_file, tmp_path):
    """Import rows made from the first one of the export; values by header."""

    def brings(*changes, day):
        with export_file.open(encoding="utf-8-sig", newline="") as file:
            first = next(csv.DictReader(file))
        path = tmp_path / f"{day}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, [*first, "授权公告日"])
            writer.writeheader()
            writer.writerows({**first, "授权公告日": "", **change} for change in changes)
        return import_exports(library, [path], as_of=day, afterwards=[after_publishing])

    return brings


NEW = {
    "申请号": "CN202010999999.5",
    "公开(公告)号": "CN115999999A",
    "标题": "一种新的铝电解槽阴极保温层",
    "专利有效性": "审中",
}


def events_of(run, *arguments):
    return json.loads(run("watch", "report", *arguments, "--json"))["events"]


def test_what_an_import_brings_and_changes_is_reported_once(library, run, bring, tmp_path):
    assert "36 patents" in run("watch", "add", "铝", "IPC=C25C", "--who", "张工")
    done = bring(NEW, day=date(2022, 7, 1))
    assert any("watch 铝: 1 new" in note for note in done.notes)
    (event,) = events_of(run)
    assert (event["kind"], event["publication_number"], event["watch"]) == ("new", "CN115999999A", "铝")
    build(library, afterwards=[after_publishing])
    run("watch", "check")
    assert len(events_of(run)) == 1
    bring({**NEW, "专利有效性": "有效", "授权公告日": "2022-07-15"}, day=date(2022, 8, 1))
    granted, new = events_of(run, "铝")
    assert (granted["kind"], granted["day"], granted["label"]) == ("granted", "2022-07-15", "granted")
    assert new == event
    bring({**NEW, "专利有效性": "失效", "授权公告日": "2022-07-15"}, day=date(2022, 9, 1))
    assert [one["kind"] for one in events_of(run)] == ["lapsed", "granted", "new"]


def test_what_is_imported_without_publishing_is_reported_by_the_next_build(library, run, bring, tmp_path):
    run("watch", "add", "铝", "IPC=C25C")
    more = tmp_path / "more.csv"
    bring(NEW, day=date(2022, 7, 1))
    more.write_text((tmp_path / "2022-07-01.csv").read_text("utf-8").replace("999999", "888888"), "utf-8")
    import_exports(library, [more], as_of=date(2022, 7, 2), publish=False)
    assert len(events_of(run)) == 1
    assert any("watch 铝: 1 new" in note for note in build(library, afterwards=[after_publishing]).notes)
    assert len(events_of(run)) == 2


def test_similar_patents_are_watched_above_a_floor(run, bring):
    with pytest.raises(InputError, match="minimum score"):
        run("watch", "add", "近似", "R=(铝电解槽阴极保温层)")
    run("watch", "add", "近似", "R=(铝电解槽阴极保温层)", "--floor", "0.5")
    before = json.loads(run("watch", "list", "--json"))["watches"][0]
    assert before["floor"] == 0.5
    bring(NEW, {**NEW, "申请号": "CN202010888888.0", "公开(公告)号": "CN115888888A",
                "标题": "一种自行车坐垫", "摘要": "坐垫透气，骑行舒适。",
                "首项权利要求": "1.一种自行车坐垫。", "IPC分类号": "B62J1/00"},
          day=date(2022, 7, 1))  # fmt: skip
    assert [one["publication_number"] for one in events_of(run)] == ["CN115999999A"]


def test_a_saved_selection_is_watched_by_its_name(run, bring):
    with pytest.raises(NotFoundError, match="铝"):
        run("watch", "add", "铝")
    run("select", "IPC=C25C", "--save", "铝")
    run("watch", "add", "铝")
    bring(NEW, day=date(2022, 7, 1))
    assert len(events_of(run)) == 1
    with pytest.raises(InputError, match=r"is called .* already"):
        run("watch", "add", "铝")
    run("watch", "remove", "铝")
    assert events_of(run) == [] and run("watch", "list") == ""


def test_reports_are_files_and_a_feed(library, run, bring, tmp_path):
    from starlette.testclient import TestClient

    from api.app import create_app
    from api.settings import Settings

    run("watch", "add", "铝", "IPC=C25C")
    bring(NEW, day=date(2022, 7, 1))
    for kind in ("xlsx", "json", "atom"):
        run("watch", "report", "--out", tmp_path / f"r.{kind}")
    lines = list(openpyxl.load_workbook(tmp_path / "r.xlsx")["预警"].iter_rows(values_only=True))
    assert lines[1][:3] == ("铝", "new", "CN115999999A")
    assert json.loads((tmp_path / "r.json").read_bytes())[0]["kind"] == "new"
    with pytest.raises(InputError, match="reports are not written to this kind of file"):
        run("watch", "report", "--out", tmp_path / "r.pdf")

    def ids(text):
        return [entry.findtext(f"{ATOM}id") for entry in ElementTree.fromstring(text).iter(f"{ATOM}entry")]

    with TestClient(create_app(Settings(library=library)), headers={"Accept-Language": "en"}) as client:
        feed = client.get("/api/watches/feed")
        assert feed.headers["content-type"].startswith("application/atom+xml")
        assert ids(feed.text) == ids((tmp_path / "r.atom").read_text("utf-8")) and len(ids(feed.text)) == 1
        entry = ElementTree.fromstring(feed.text).find(f"{ATOM}entry")
        path = entry.find(f"{ATOM}link").get("href").removeprefix("http://testserver")
        assert client.get(path).json()["record"]["title"] == NEW["标题"]
        assert client.get("/api/watches/events", params={"watch": "铝"}).json()["events"]
        assert client.get("/api/watches/events", params={"watch": "铜"}).status_code == 404
        added = client.post("/api/watches", json={"name": "电", "where": "TI=电池"})
        assert added.status_code == 201 and added.json()["first"] and added.json()["count"] == 24
        assert client.post("/api/watches", json={"name": "坏", "where": "FOO=1"}).status_code == 422
        assert [one["name"] for one in client.get("/api/watches").json()["watches"]] == ["电", "铝"]
        assert client.post("/api/watches/check").json()["looks"][0]["events"] == []
        assert client.delete("/api/watches/电").status_code == 204


class MailServer(socketserver.ThreadingTCPServer):
    """Takes mail as RFC 5321 says, and keeps it."""

    allow_reuse_address = True
    daemon_threads = True

    class Handler(socketserver.StreamRequestHandler):
        def handle(self):
            self.wfile.write(b"220 test\r\n")
            while line := self.rfile.readline():
                command = line[:4].upper()
                if command == b"DATA":
                    self.wfile.write(b"354 go\r\n")
                    self.server.messages.append(b"".join(iter(self.rfile.readline, b".\r\n")))
                self.wfile.write(b"221 bye\r\n" if command == b"QUIT" else b"250 ok\r\n")
                if command == b"QUIT":
                    return

    def __init__(self):
        self.messages = []
        super().__init__(("127.0.0.1", 0), self.Handler)


@pytest.fixture
def mail_server(monkeypatch):
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        variables = {
            "HOST": "127.0.0.1",
            "PORT": str(server.server_address[1]),
            "SENDER": "patlas@example.org",
            "RECIPIENTS": "a@example.org, b@example.org",
        }
        for name, value in variables.items():
            monkeypatch.setenv(f"PATLAS_MAIL_{name}", value)
        yield server
        server.shutdown()
        thread.join()


def test_an_import_tells_by_mail_when_a_server_is_set(run, bring, mail_server):
    import email
    import email.policy

    run("watch", "add", "铝", "IPC=C25C")
    assert mail_server.messages == []
    done = bring(NEW, day=date(2022, 7, 1))
    assert done.notes[-1] == "mail was sent to a@example.org, b@example.org"
    message = email.message_from_bytes(mail_server.messages[0], policy=email.policy.default)
    assert "CN115999999A" in message.get_content() and "Patlas alert" in message["Subject"]
    run("watch", "check")
    assert len(mail_server.messages) == 1


def test_mail_that_cannot_be_sent_is_a_note_and_loses_nothing(run, bring, mail_server, monkeypatch):
    run("watch", "add", "铝", "IPC=C25C")
    monkeypatch.setenv("PATLAS_MAIL_PORT", "1")
    done = bring(NEW, day=date(2022, 7, 1))
    assert done.snapshot == 2 and done.notes[-1].startswith("no mail was sent")
    assert len(events_of(run)) == 1
    monkeypatch.setenv("PATLAS_MAIL_PORT", "many")
    assert "PATLAS_MAIL_PORT" in bring({**NEW, "专利有效性": "失效"}, day=date(2022, 8, 1)).notes[-1]


def test_a_watch_that_cannot_be_answered_any_more_stops_neither_import_nor_other_watches(run, bring, library):
    from api.live.library import open_live
    from selection.language import parse
    from selection.watches.register import Watches

    with open_live(library) as live:
        Watches(live.library.store).add("坏", parse("GRANT-DATE=2015"))
    run("watch", "add", "铝", "IPC=C25C")
    done = bring(NEW, day=date(2022, 7, 1))
    assert done.snapshot == 2
    assert any(note.startswith("watch 坏 could not be checked") for note in done.notes)
    assert len(events_of(run)) == 1
