"""Watch reports by e-mail, to a real server on this machine."""

from __future__ import annotations

import email
import email.policy
import socketserver
import threading

import pytest

from patents.errors import InputError, MailError
from selection.watches.changes import WatchEvent
from selection.watches.mail import MailSettings, message_of, send
from selection.watches.register import WatchReport


class Session(socketserver.StreamRequestHandler):
    """As much of SMTP (RFC 5321) as a client needs."""

    def handle(self):
        self.say("220 here")
        recipients = []
        while line := self.rfile.readline().decode("utf-8").strip():
            verb = line.split()[0].upper()
            if verb == "RCPT":
                recipients.append(line.partition(":")[2].strip("<>"))
                self.say("550 no such user" if "nobody" in line else "250 ok")
            elif verb == "DATA":
                self.say("354 go on")
                body = b""
                while (part := self.rfile.readline()) != b".\r\n":
                    body += part
                self.server.messages.append((recipients, body))
                self.say("250 taken")
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def say(self, text):
        self.wfile.write(f"{text}\r\n".encode())


@pytest.fixture
def server():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session) as server:
        server.messages = []
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def settings_of(port, *recipients):
    return MailSettings(
        host="127.0.0.1", port=port, sender="patlas@example.org", recipients=recipients or ("li@example.org",)
    )


def event(number, kind="new"):
    return WatchEvent(
        key=f"CN{number}",
        kind=kind,
        day="2024-01-09",
        detail="",
        title=f"石墨烯膜{number}",
        publication_number=f"CN{number}A",
    )


def report(*events):
    return WatchReport(
        watch="石墨烯", first=False, count=7, since="2024-01-01", at="2024-02-01", events=events
    )


def test_a_message_arrives_as_it_was_written(server):
    settings = settings_of(server.server_address[1], "li@example.org", "wang@example.org")
    send(message_of([report(event(1), event(2, "granted"))], settings, library="导热"), settings)
    [(recipients, body)] = server.messages
    message = email.message_from_bytes(body, policy=email.policy.default)
    assert recipients == ["li@example.org", "wang@example.org"]
    assert message["Subject"] == "Patlas alert: 2 changes (石墨烯)"
    text = message.get_content()
    assert "Library: 导热" in text
    assert "new  CN1A  石墨烯膜1  2024-01-09" in text
    assert "granted  CN2A" in text


def test_nothing_new_is_no_message():
    assert message_of([report()], settings_of(25), library="导热") is None


def test_a_long_report_is_shortened_and_says_so():
    text = message_of([report(*map(event, range(80)))], settings_of(25), library="a").get_content()
    assert "30 more" in text
    assert text.count("石墨烯膜") == 50


def test_a_server_that_is_not_there_or_refuses_is_told(server):
    settings = settings_of(server.server_address[1], "nobody@example.org")
    message = message_of([report(event(1))], settings, library="a")
    with pytest.raises(MailError, match="no such user"):
        send(message, settings)
    gone = settings_of(1)
    with pytest.raises(MailError, match=r"127\.0\.0\.1:1"):
        send(message, gone)


def test_an_address_with_a_line_end_is_refused():
    with pytest.raises(InputError, match="address"):
        message_of([report(event(1))], settings_of(25, "a@b\nBcc: c@d"), library="a")
