"""预警: watches over selections and similar-searches; run when a snapshot is published."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec
from pydantic import ValidationError

from api import errors
from api.live.parts import corpus_of
from api.live.snapshot import LiveSnapshot
from api.selections.environment import environment_of
from api.selections.saved import WAIT_S, saved_of
from api.selections.shapes import ReportedEvent, WatchesAnswer, WatchEventsAnswer, WatchLook, WatchLooksAnswer
from api.settings import MailVariables
from documents.unfinished import aside
from library.folder import Library
from library.snapshot import Snapshot
from patents.errors import InputError, LibraryLockedError, PatlasError
from patents.messages import message, text
from selection.evaluation import Environment, evaluate
from selection.language import Query, parse
from selection.saved.sheets import write_sheet
from selection.watches.changes import CHANGE_LABELS, WatchEvent
from selection.watches.feed import atom_feed
from selection.watches.mail import MailSettings, message_of, send
from selection.watches.register import Watches, WatchReport


def add_watch(
    live: LiveSnapshot,
    name: str,
    where: str = "",
    *,
    dialect: str | None = None,
    floor: float | None = None,
    who: str = "",
) -> WatchLook:
    """Watch a 检索式 from now on; what is there now is recorded.

    Args:
        live: the snapshot.
        name: of the watch; without a 检索式 the saved selection of that name is watched.
        where: a 检索式; with R= also a floor.
        dialect: its spelling.
        floor: lowest score at which a patent counts as similar.
        who: who wants it.

    Raises:
        InputError: the name is taken, or R= and floor do not come together.
        NotFoundError: nothing is saved under the name.
        QueryError: this library cannot answer the 检索式.
        LibraryLockedError: another process is writing.
    """
    query = _query(live, name, where, dialect)
    evaluate(query, corpus_of(live), environment_of(live))
    with live.library.lock(WAIT_S):
        watches_of(live.library).add(name, query, floor=floor, who=who)
    return _look(_check(live, name, environment_of(live, most=live.count)))


def watches(live: LiveSnapshot) -> WatchesAnswer:
    """All watches, by name."""
    return WatchesAnswer(watches=list(watches_of(live.library).all()))


def remove_watch(live: LiveSnapshot, name: str) -> None:
    """Delete a watch with all that it reported.

    Raises:
        NotFoundError: there is none of that name.
        LibraryLockedError: another process is writing.
    """
    with live.library.lock(WAIT_S):
        watches_of(live.library).remove(name)


def after_publishing(library: Library, snapshot: Snapshot) -> list[str]:
    """Look at all watches on a snapshot that was just published, and send mail when that is set up.

    The snapshot is live whatever happens here: what goes wrong is a note, and the next look reports
    what this one could not.

    Returns:
        What was found, a line each.
    """
    try:
        if not watches_of(library).all():
            return []
        return look(LiveSnapshot(library, snapshot)).notes
    except PatlasError as error:
        return [text("watches-not-run", problem=error)]


def look(live: LiveSnapshot) -> WatchLooksAnswer:
    """Look at every watch, and send mail when that is set up; each event is reported once.

    A watch that cannot be looked at is a note; a later look reports what this one could not.

    Raises:
        LibraryLockedError: another process is writing.
    """
    reports: list[WatchReport] = []
    notes: list[str] = []
    environment = environment_of(live, most=live.count)
    for watch in watches_of(live.library).all():
        try:
            report = _check(live, watch.name, environment)
        except LibraryLockedError:
            raise
        except PatlasError as error:
            notes.append(text("watch-not-looked-at", name=watch.name, problem=error))
            continue
        reports.append(report)
        notes.append(_summary(report))
    notes += _mail(live.library, reports)
    return WatchLooksAnswer(looks=[_look(report) for report in reports], notes=notes)


def _check(live: LiveSnapshot, name: str, environment: Environment) -> WatchReport:
    lock = live.library.lock(WAIT_S)
    return watches_of(live.library).check(name, corpus_of(live), environment, lock=lock)


def _mail(library: Library, reports: Sequence[WatchReport]) -> list[str]:
    """Send what changed by mail, when a server is set (PATLAS_MAIL_HOST) and anything did.

    Returns:
        A note about the message; empty when there was none.
    """
    try:
        settings = mail_settings()
        message = message_of(reports, settings, library=library.path.name) if settings else None
        if settings is None or message is None:
            return []
        send(message, settings)
    except PatlasError as error:
        return [text("watch-mail-not-sent", problem=error)]
    return [text("watch-mail-sent", recipients=", ".join(settings.recipients))]


def mail_settings() -> MailSettings | None:
    """Where mail goes out, from PATLAS_MAIL_*; None when no server is named.

    Raises:
        InputError: the variables do not make sense.
    """
    try:
        given = MailVariables()
    except ValidationError as error:
        raise errors.invalid(error.errors(), prefix="PATLAS_MAIL_") from error
    if not given.host:
        return None
    return MailSettings(
        host=given.host,
        port=given.port,
        security=given.security,
        user=given.user,
        password=given.password.get_secret_value(),
        sender=given.sender,
        recipients=tuple(text.strip() for text in given.recipients.split(",") if text.strip()),
    )


def events(live: LiveSnapshot, name: str | None = None, *, limit: int = 500) -> WatchEventsAnswer:
    """What was reported, the newest first.

    Raises:
        NotFoundError: nothing is watched under the name.
    """
    stored = watches_of(live.library)
    if name is not None:
        stored.get(name)
    return WatchEventsAnswer(events=[_reported(*event) for event in stored.events(name, limit=limit)])


def _look(report: WatchReport) -> WatchLook:
    return WatchLook(
        watch=report.watch,
        first=report.first,
        count=report.count,
        since=report.since,
        at=report.at,
        events=[_reported(report.watch, report.at, event) for event in report.events],
    )


def feed(live: LiveSnapshot, name: str | None = None, *, limit: int = 500, base_url: str = "") -> str:
    """What was reported as an Atom feed.

    Raises:
        NotFoundError: nothing is watched under the name.
    """
    stored = watches_of(live.library)
    if name is not None:
        stored.get(name)
    title = "Patlas 预警 " + (live.library.settings["name"] or live.library.path.name)
    if name is not None:
        title += f" {name}"
    return atom_feed(
        title, stored.events(name, limit=limit), library_id=live.library.about.library_id, base_url=base_url
    )


def export_events(live: LiveSnapshot, path: Path, name: str | None = None, *, limit: int = 500) -> int:
    """Write what was reported to a file: .xlsx, .json, or .atom (.xml); returns how many events.

    Raises:
        InputError: another kind of file, or it cannot be written.
        NotFoundError: nothing is watched under the name.
    """
    reported = events(live, name, limit=limit).events
    kind = path.suffix.lower()
    if kind not in (".xlsx", ".json", ".atom", ".xml"):
        raise InputError("watch-report-kind-unknown", name=path.name)
    with aside(path) as unfinished:
        if kind == ".xlsx":
            _write_sheet(unfinished, reported)
        elif kind == ".json":
            unfinished.write_bytes(msgspec.json.format(msgspec.json.encode(reported)) + b"\n")
        else:
            unfinished.write_text(feed(live, name, limit=limit), encoding="utf-8")
    return len(reported)


def watches_of(library: Library) -> Watches:
    """The watches of a library."""
    return Watches(library.store)


def _query(live: LiveSnapshot, name: str, where: str, dialect: str | None) -> Query:
    return parse(where, dialect) if where.strip() else saved_of(live).get(name).query()


def _reported(watch: str, at: str, event: WatchEvent) -> ReportedEvent:
    return ReportedEvent(
        watch=watch,
        at=at,
        kind=event.kind,
        label=str(CHANGE_LABELS[event.kind]),
        day=event.day,
        detail=event.detail,
        key=event.key,
        publication_number=event.publication_number,
        title=event.title,
    )


def _summary(report: WatchReport) -> str:
    if report.first:
        return text("watch-first-look", name=report.watch, count=report.count)
    changes = tuple(
        message("watch-change-count", label=CHANGE_LABELS[kind], number=count)
        for kind, count in report.by_kind().items()
    )
    if not changes:
        return text("watch-nothing-new", name=report.watch, since=report.since)
    return text("watch-changes", name=report.watch, changes=changes, since=report.since)


def _write_sheet(path: Path, events: Sequence[ReportedEvent]) -> None:
    head = ("监控", "变化", "公开(公告)号", "标题", "日期", "说明", "报告时间", "key")
    rows = [
        (
            event.watch,
            event.label,
            event.publication_number,
            event.title,
            event.day,
            event.detail,
            event.at,
            event.key,
        )
        for event in events
    ]
    about: list[tuple[str, str | int]] = [("内容", "预警"), ("行数", len(rows))]
    write_sheet(path, about, "预警", head, rows, (20, 12, 20, 60, 14, 24, 26, 20))
