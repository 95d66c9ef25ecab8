"""预警: watches over selections and similar-searches; run when a snapshot is published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from api.live.parts import corpus_of
from api.selections.environment import environment_of
from api.selections.exports import aside
from api.selections.saved import WAIT_S, saved_of
from patents.errors import InputError, PatlasError

if TYPE_CHECKING:
    from api.live.snapshot import LiveSnapshot
    from library.folder import Library
    from library.snapshot import Snapshot
    from selection.language import Query
    from selection.watching import MailSettings, Watch, Watches, WatchEvent, WatchReport


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldEvent:
    """One thing that happened, with the watch that reported it and when."""

    watch: str
    at: str
    kind: str
    label: str
    day: str
    detail: str
    key: str
    publication_number: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedAt:
    """One look at a watch, its events in words; see `selection.watching.WatchReport`."""

    watch: str
    first: bool
    count: int
    since: str
    at: str
    events: list[ToldEvent]


@dataclass(slots=True)
class Looked:
    """What looking at watches found; `notes` tell in words, and what went wrong."""

    reports: list[WatchReport] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def add_watch(
    live: LiveSnapshot,
    name: str,
    where: str = "",
    *,
    dialect: str | None = None,
    floor: float | None = None,
    who: str = "",
) -> WatchReport:
    """Watch a 检索式 from now on; what is there now is taken note of.

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
    from selection.evaluation import evaluate

    query = _query(live, name, where, dialect)
    evaluate(query, corpus_of(live), environment_of(live))
    with live.library.lock(WAIT_S):
        watches = watches_of(live.library)
        watches.add(name, query, floor=floor, who=who)
        return watches.check(name, corpus_of(live), environment_of(live, most=live.count))


def watches(live: LiveSnapshot) -> list[Watch]:
    """All watches, by name."""
    return watches_of(live.library).all()


def remove_watch(live: LiveSnapshot, name: str) -> None:
    """Forget a watch with all that it reported.

    Raises:
        NotFoundError: there is none of that name.
        LibraryLockedError: another process is writing.
    """
    with live.library.lock(WAIT_S):
        watches_of(live.library).remove(name)


def after_publishing(library: Library, snapshot: Snapshot) -> list[str]:
    """Look at all watches on a snapshot that was just published, and tell by mail when that is set up.

    The snapshot is live whatever happens here: what goes wrong is a note, and the next look reports
    what this one could not.

    Returns:
        What was found, a line each.
    """
    from api.live.snapshot import LiveSnapshot

    try:
        if not watches_of(library).all():
            return []
        return look(LiveSnapshot(library, snapshot)).notes
    except PatlasError as error:
        return [f"watches were not run: {error.what}"]


def look(live: LiveSnapshot) -> Looked:
    """Look at every watch, and tell by mail when that is set up; each event is reported once.

    A watch that cannot be looked at is a note; a later look reports what this one could not.

    Raises:
        LibraryLockedError: another process is writing.
    """
    looked = Looked()
    environment = environment_of(live, most=live.count)
    with live.library.lock(WAIT_S):
        kept = watches_of(live.library)
        for one in kept.all():
            try:
                report = kept.check(one.name, corpus_of(live), environment)
            except PatlasError as error:
                looked.notes.append(f"watch {one.name} could not be looked at: {error.what}")
                continue
            looked.reports.append(report)
            looked.notes.append(_said(report))
    looked.notes += _mail(live.library, looked.reports)
    return looked


def _mail(library: Library, reports: Sequence[WatchReport]) -> list[str]:
    """Tell by mail what was found, when a server is set (PATLAS_MAIL_HOST) and anything was.

    Returns:
        A note about the message; empty when there was none.
    """
    from selection.watching import message_of, send

    try:
        settings = mail_settings()
        message = message_of(reports, settings, library=library.path.name) if settings else None
        if settings is None or message is None:
            return []
        send(message, settings)
    except PatlasError as error:
        return [f"no mail was sent: {error.what}"]
    return [f"mail was sent to {', '.join(settings.recipients)}"]


def mail_settings() -> MailSettings | None:
    """Where mail goes out, from PATLAS_MAIL_*; None when no server is named.

    Raises:
        InputError: the variables do not make sense.
    """
    from pydantic import ValidationError

    from api.mail_settings import MailVariables
    from selection.watching import MailSettings

    try:
        given = MailVariables()
    except ValidationError as error:
        first = error.errors()[0]
        place = "_".join(map(str, first["loc"])).upper()
        raise InputError(f"PATLAS_MAIL_{place}: {first['msg']}", help="see docs/selections.md") from error
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


def told(live: LiveSnapshot, name: str | None = None, *, limit: int = 500) -> list[ToldEvent]:
    """What was reported, the newest first.

    Raises:
        NotFoundError: nothing is watched under the name.
    """
    kept = watches_of(live.library)
    if name is not None:
        kept.get(name)
    return [_told(*each) for each in kept.events(name, limit=limit)]


def as_looks(reports: Sequence[WatchReport]) -> list[LookedAt]:
    """Reports with their events in words."""
    return [
        LookedAt(
            watch=report.watch,
            first=report.first,
            count=report.count,
            since=report.since,
            at=report.at,
            events=[_told(report.watch, report.at, event) for event in report.events],
        )
        for report in reports
    ]


def feed(live: LiveSnapshot, name: str | None = None, *, limit: int = 500, base_url: str = "") -> str:
    """What was reported as an Atom feed.

    Raises:
        NotFoundError: nothing is watched under the name.
    """
    from selection.watching import atom_feed

    kept = watches_of(live.library)
    if name is not None:
        kept.get(name)
    title = "Patlas 预警 " + (live.library.settings["name"] or live.library.path.name)
    if name is not None:
        title += f" {name}"
    events = kept.events(name, limit=limit)
    return atom_feed(title, events, library_id=live.library.about.library_id, base_url=base_url)


def export_events(live: LiveSnapshot, path: Path, name: str | None = None, *, limit: int = 500) -> int:
    """Write what was reported to a file: .xlsx, .json, or .atom (.xml); returns how many events.

    Raises:
        InputError: another kind of file, or it cannot be written.
        NotFoundError: nothing is watched under the name.
    """
    import msgspec

    events = told(live, name, limit=limit)
    kind = path.suffix.lower()
    if kind not in (".xlsx", ".json", ".atom", ".xml"):
        raise InputError(f"{path.name}: no report of this kind", help="name it .xlsx, .json or .atom")
    with aside(path) as unfinished:
        if kind == ".xlsx":
            _write_sheet(unfinished, events)
        elif kind == ".json":
            unfinished.write_bytes(msgspec.json.format(msgspec.json.encode(events)) + b"\n")
        else:
            unfinished.write_text(feed(live, name, limit=limit), encoding="utf-8")
    return len(events)


def watches_of(library: Library) -> Watches:
    """The watches of a library."""
    from selection.watching import Watches

    return Watches(library.store)


def _query(live: LiveSnapshot, name: str, where: str, dialect: str | None) -> Query:
    from selection.language import parse

    return parse(where, dialect) if where.strip() else saved_of(live).get(name).query()


def _told(watch: str, at: str, event: WatchEvent) -> ToldEvent:
    from selection.watching.changes import CHANGE_LABELS

    return ToldEvent(
        watch=watch,
        at=at,
        kind=event.kind,
        label=CHANGE_LABELS[event.kind],
        day=event.day,
        detail=event.detail,
        key=event.key,
        publication_number=event.publication_number,
        title=event.title,
    )


def _said(report: WatchReport) -> str:
    from selection.watching.changes import CHANGE_LABELS

    if report.first:
        return f"watch {report.watch}: {report.count} patents taken note of"
    found = "，".join(f"{CHANGE_LABELS[kind]} {count}" for kind, count in report.by_kind().items())
    return f"watch {report.watch}: {found or 'nothing new'} (since {report.since})"


def _write_sheet(path: Path, events: Sequence[ToldEvent]) -> None:
    from selection.saved.sheets import write_sheet

    head = ("监控", "变化", "公开(公告)号", "标题", "日期", "说明", "报告时间", "key")
    rows = [
        (one.watch, one.label, one.publication_number, one.title, one.day, one.detail, one.at, one.key)
        for one in events
    ]
    about: list[tuple[str, str | int]] = [("内容", "预警"), ("行数", len(rows))]
    write_sheet(path, about, "预警", head, rows, (20, 12, 20, 60, 14, 24, 26, 20))
