"""Watches kept in a library: each event is reported once, whatever is rebuilt in between."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, Row, delete, func, insert, select, update

from library.names import checked_name, name_of
from library.patent_rows import insert_rows
from library.store import Store
from patents.errors import InputError, NotFoundError
from selection.evaluation import Corpus, Environment, evaluate
from selection.language import Query, parse
from selection.language.tree import And, Node, Similar
from selection.saved.keys import follow, now
from selection.saved.tables import ensure_tables, watch, watch_event, watch_member
from selection.selection import Selection
from selection.watches.changes import ChangeKind, Seen, WatchEvent, changes, event, states

_STATE = msgspec.json.Decoder(Seen)
_ENCODE = msgspec.json.Encoder()


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """One watch.

    Attributes:
        name: what it is called.
        written, dialect: its 检索式.
        floor: for R=: patents below this score (cosine) are not in it; None without R=.
        who, at: who set it up, and when (UTC, ISO 8601).
        checked: when it was looked at last; "" before the first time.
    """

    name: str
    written: str
    dialect: str
    floor: float | None
    who: str
    at: str
    checked: str = ""

    def query(self) -> Query:
        """Its 检索式, parsed."""
        return parse(self.written, self.dialect)


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchReport:
    """What one look at a watch found.

    Attributes:
        watch: which.
        first: True at the first look, which only takes note of what is there.
        count: patents in it now.
        since: when it was looked at before; "" at the first look.
        at: now.
        events: what is new and what changed, each reported this one time.
    """

    watch: str
    first: bool
    count: int
    since: str
    at: str
    events: tuple[WatchEvent, ...]

    def by_kind(self) -> dict[ChangeKind, int]:
        """How many events there are of each kind."""
        found: dict[ChangeKind, int] = {}
        for each in self.events:
            found[each.kind] = found.get(each.kind, 0) + 1
        return found


class Watches:
    """The watches of a library."""

    def __init__(self, store: Store) -> None:
        self._store = ensure_tables(store)

    def add(self, name: str, query: Query, *, floor: float | None = None, who: str = "") -> Watch:
        """Set up a watch; the first `check` takes note of what is there.

        Args:
            name: of a saved selection, or any other.
            query: what is watched; with R= also a floor.
            floor: lowest score (cosine, 0 … 1) at which a patent counts as similar.
            who: who wants it.

        Raises:
            InputError: the name is taken or is no name (see `library.names`), or R= comes without a floor, or
                a floor without R=.
        """
        _check_floor(query, floor)
        name = checked_name(name)
        if name in {each.name for each in self.all()}:
            raise InputError("watch-name-taken", name=name)
        kept = Watch(name=name, written=query.text, dialect=query.dialect, floor=floor, who=who, at=now())
        values = {field: getattr(kept, field) for field in Watch.__slots__}
        with self._store.transaction() as connection:
            connection.execute(
                insert(watch).values({**values, "floor": "" if floor is None else repr(floor)})
            )
        return kept

    def all(self) -> list[Watch]:
        """All watches, by name."""
        with self._store.reading() as connection:
            return [_watch(row) for row in connection.execute(select(watch).order_by(watch.c.name))]

    def get(self, name: str) -> Watch:
        """One watch.

        Raises:
            NotFoundError: there is none of that name.
        """
        for each in self.all():
            if name_of(each.name) == name_of(name):
                return each
        raise NotFoundError("watch-not-found", name=name)

    def remove(self, name: str) -> None:
        """Forget a watch with all that it reported.

        Raises:
            NotFoundError: there is none of that name.
        """
        name = self.get(name).name
        with self._store.transaction() as connection:
            connection.execute(delete(watch).where(watch.c.name == name))
            connection.execute(delete(watch_member).where(watch_member.c.watch == name))
            connection.execute(delete(watch_event).where(watch_event.c.watch == name))

    def check(
        self,
        name: str,
        corpus: Corpus,
        environment: Environment | None = None,
        *,
        lock: AbstractContextManager[object] | None = None,
    ) -> WatchReport:
        """Look at a watch on a snapshot, keep what is new and report it.

        What is reported is kept in the same transaction that takes note of it, so an interrupted
        look is repeated and a finished one is not.

        Args:
            name: of the watch.
            corpus: the snapshot.
            environment: see `evaluate`.
            lock: held while writing, not while the query is evaluated.

        Raises:
            NotFoundError: there is no such watch.
            QueryError: this library cannot answer its 检索式.
        """
        watched = self.get(name)
        selection = evaluate(watched.query(), corpus, environment)
        inside = _keys_inside(watched, selection, corpus)
        with lock or nullcontext(), self._store.transaction() as connection:
            known = _members(connection, name)
            return _look(connection, watched, known, inside, corpus)

    def check_all(self, corpus: Corpus, environment: Environment | None = None) -> list[WatchReport]:
        """Look at every watch; what an import does when its snapshot is published."""
        return [self.check(each.name, corpus, environment) for each in self.all()]

    def events(self, name: str | None = None, *, limit: int = 500) -> list[tuple[str, str, WatchEvent]]:
        """What was reported: (watch, when, event), the newest first."""
        query = select(watch_event).order_by(watch_event.c.at.desc(), watch_event.c.number.desc())
        if name is not None:
            query = query.where(watch_event.c.watch == name)
        with self._store.reading() as connection:
            return [_event(row) for row in connection.execute(query.limit(limit))]


def _check_floor(query: Query, floor: float | None) -> None:
    if asks_similar(query.root) != (floor is not None):
        raise InputError("watch-floor-misplaced")
    if floor is not None and not 0 <= floor <= 1:
        raise InputError("watch-floor-out-of-range", floor=floor)


def asks_similar(root: Node) -> bool:
    """Whether a tree has R=, RAD= or RPD=."""
    parts = root.parts if isinstance(root, And) else (root,)
    return any(isinstance(part, Similar) for part in parts)


def _keys_inside(watched: Watch, selection: Selection, corpus: Corpus) -> set[str]:
    keys = corpus.table.column("key").to_pylist()
    rows: Iterable[int] = selection
    if watched.floor is not None and selection.order is not None and selection.scores is not None:
        rows = selection.order[selection.scores >= watched.floor].tolist()
    return {str(keys[row]) for row in rows}


def _members(connection: Connection, name: str) -> dict[str, tuple[Seen, bool]]:
    """What the watch knows, by key of today: the patent as seen, and whether it was inside."""
    query = select(watch_member.c.key, watch_member.c.state, watch_member.c.inside)
    rows = connection.execute(query.where(watch_member.c.watch == name)).all()
    moved = follow(connection, (row.key for row in rows))
    return {moved.get(row.key, row.key): (_STATE.decode(row.state), bool(row.inside)) for row in rows}


def _look(
    connection: Connection,
    watched: Watch,
    known: Mapping[str, tuple[Seen, bool]],
    inside: set[str],
    corpus: Corpus,
) -> WatchReport:
    present = states(corpus.table, inside | known.keys())
    first = not watched.checked
    found = [] if first else list(_events(known, present, inside))
    at = now()
    gone = {key: seen for key, (seen, _) in known.items() if key not in present}
    _keep_members(connection, watched.name, {**gone, **present}, inside)
    _keep_events(connection, watched.name, found, corpus.snapshot, at)
    connection.execute(update(watch).where(watch.c.name == watched.name).values(checked=at))
    return WatchReport(
        watch=watched.name, first=first, count=len(inside), since=watched.checked, at=at, events=tuple(found)
    )


def _events(
    known: Mapping[str, tuple[Seen, bool]], present: Mapping[str, Seen], inside: set[str]
) -> Sequence[WatchEvent]:
    """New ones first, then what changed of those known before, then those that left."""
    were_inside = {key for key, (_, was_inside) in known.items() if was_inside}
    new = [event(key, "new", present[key]) for key in sorted(inside - known.keys())]
    again = [
        event(key, "new", present[key], detail="再次命中")
        for key in sorted((inside & known.keys()) - were_inside)
    ]
    changed = list(changes({key: seen for key, (seen, _) in known.items() if key in were_inside}, present))
    left = [event(key, "left", present.get(key, known[key][0])) for key in sorted(were_inside - inside)]
    return [*new, *again, *changed, *left]


def _keep_members(connection: Connection, name: str, present: Mapping[str, Seen], inside: set[str]) -> None:
    connection.execute(delete(watch_member).where(watch_member.c.watch == name))
    rows = [(name, key, _encoded(seen), int(key in inside)) for key, seen in sorted(present.items())]
    insert_rows(connection, watch_member, rows)


def _encoded(seen: Seen) -> str:
    return _ENCODE.encode(seen).decode("utf-8")


def _keep_events(
    connection: Connection, name: str, found: Sequence[WatchEvent], snapshot: int, at: str
) -> None:
    newest = select(func.max(watch_event.c.number)).where(watch_event.c.watch == name)
    start = (connection.execute(newest).scalar() or 0) + 1
    rows = [
        (name, start + place, each.key, each.kind, each.day, each.detail, each.title,
         each.publication_number, snapshot, at)
        for place, each in enumerate(found)
    ]  # fmt: skip
    insert_rows(connection, watch_event, rows)


def _watch(row: Row[tuple[object, ...]]) -> Watch:
    values = row._mapping
    kept = {field: values[field] for field in Watch.__slots__}
    return Watch(**{**kept, "floor": float(kept["floor"]) if kept["floor"] else None})


def _event(row: Row[tuple[object, ...]]) -> tuple[str, str, WatchEvent]:
    values = row._mapping
    found = WatchEvent(**{field: values[field] for field in WatchEvent.__slots__})
    return values["watch"], values["at"], found
