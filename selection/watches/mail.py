"""Watch reports by e-mail, over SMTP."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterable
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Literal

from library.names import name_of
from patents.errors import InputError, MailError
from patents.messages import text
from selection.watches.changes import CHANGE_LABELS, WatchEvent
from selection.watches.register import WatchReport

_SHOWN = 50
_WAIT_S = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    """Where mail goes out.

    Attributes:
        host, port: the SMTP server.
        security: "none", "starttls" or "tls".
        user, password: empty when the server wants none.
        sender: address in From.
        recipients: addresses in To.
    """

    host: str
    port: int = 25
    security: Literal["none", "starttls", "tls"] = "none"
    user: str = ""
    password: str = ""
    sender: str
    recipients: tuple[str, ...]


def message_of(
    reports: Iterable[WatchReport], settings: MailSettings, *, library: str
) -> EmailMessage | None:
    """The message that tells what reports found; None when they found nothing.

    Raises:
        InputError: there is no recipient, or an address has a line end.
    """
    shown = [report for report in reports if report.events]
    if not shown:
        return None
    addresses = (settings.sender, *settings.recipients)
    if not settings.recipients or not all(map(_is_address, addresses)):
        raise InputError("mail-address-wrong")
    message = EmailMessage()
    total = sum(len(report.events) for report in shown)
    # A watch of an earlier version may bear a line end, which no header may hold.
    names = "、".join(name_of(report.watch) for report in shown)
    message["Subject"] = text("watch-mail-subject", count=total, names=names)[:200]
    message["From"] = settings.sender
    message["To"] = ", ".join(settings.recipients)
    message["Date"] = formatdate(localtime=False)
    message["Message-ID"] = make_msgid(domain="patlas.invalid")
    message.set_content("\n\n".join([text("watch-mail-library", library=library), *map(_text_of, shown)]))
    return message


def send(message: EmailMessage, settings: MailSettings) -> None:
    """Hand a message to the server.

    Raises:
        MailError: the server cannot be reached or refuses.
    """
    secure = ssl.create_default_context()
    try:
        if settings.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                settings.host, settings.port, timeout=_WAIT_S, context=secure
            )
        else:
            server = smtplib.SMTP(settings.host, settings.port, timeout=_WAIT_S)
        with server:
            if settings.security == "starttls":
                server.starttls(context=secure)
            if settings.user:
                server.login(settings.user, settings.password)
            server.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        raise MailError("mail-not-sent", host=settings.host, port=settings.port, reason=error) from error


def _is_address(address: str) -> bool:
    return bool(address) and "\n" not in address and "\r" not in address


def _text_of(report: WatchReport) -> str:
    count = len(report.events)
    head = text("watch-mail-head", name=report.watch, count=count, patents=report.count, since=report.since)
    shown = [_line(event) for event in report.events[:_SHOWN]]
    more = [text("watch-mail-more", count=count - _SHOWN)] if count > _SHOWN else []
    return "\n".join([head, *shown, *more])


def _line(event: WatchEvent) -> str:
    parts = (
        str(CHANGE_LABELS[event.kind]),
        event.publication_number or event.key,
        event.title,
        event.detail,
        event.day,
    )
    return "  " + "  ".join(part for part in parts if part)
