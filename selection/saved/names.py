"""Selections saved under a name: every save is a version with the patents that it meant then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Row, delete, func, insert, select

from library.names import checked_name, name_of
from library.store import Store
from patents.errors import NotFoundError
from selection.evaluation import Corpus, Environment, evaluate
from selection.language import Query, parse
from selection.saved.keys import KeyedRows, follow, now, pack, unpack
from selection.saved.tables import ensure_tables, saved_version
from selection.selection import Selection


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedVersion:
    """One version of a saved selection.

    Attributes:
        name, version: which one; versions count from 1.
        written: the 检索式 as the user wrote it, dialect: in which spelling.
        text: the canonical 检索式.
        count: patents that it meant when it was saved, on snapshot `snapshot`.
        note: what the user wrote to it.
        who, at: who saved it, and when (UTC, ISO 8601).
    """

    name: str
    version: int
    written: str
    dialect: str
    text: str
    count: int
    snapshot: int
    note: str
    who: str
    at: str

    def query(self) -> Query:
        """The 检索式, parsed."""
        return parse(self.written, self.dialect)


class SavedSelections:
    """The saved selections of a library."""

    def __init__(self, store: Store) -> None:
        self._store = ensure_tables(store)

    def save(
        self,
        name: str,
        query: Query,
        selection: Selection,
        keys: Sequence[str],
        *,
        note: str = "",
        who: str = "",
    ) -> SavedVersion:
        """Save a selection as the next version of a name.

        Args:
            name: see `library.names`.
            query: what was asked.
            selection: what it gave.
            keys: keys of the snapshot, by row.
            note: the user's.
            who: who saves it.

        Raises:
            InputError: it is no name; see `library.names`.
        """
        name = checked_name(name)
        members = pack(KeyedRows(keys).of(selection))
        with self._store.transaction() as connection:
            newest = select(func.max(saved_version.c.version)).where(saved_version.c.name == name)
            saved = SavedVersion(
                name=name,
                version=(connection.execute(newest).scalar() or 0) + 1,
                written=query.text,
                dialect=query.dialect,
                text=selection.text,
                count=selection.count,
                snapshot=selection.snapshot,
                note=note,
                who=who,
                at=now(),
            )
            values = {field: getattr(saved, field) for field in SavedVersion.__slots__}
            connection.execute(insert(saved_version).values(keys=members, **values))
        return saved

    def get(self, name: str, version: int | None = None) -> SavedVersion:
        """One version of a name; None is the newest.

        Raises:
            NotFoundError: there is no such name or version.
        """
        versions = [saved for saved in self.versions(name) if version in (None, saved.version)]
        if not versions:
            raise self._not_found(name, version)
        return versions[-1]

    def versions(self, name: str) -> list[SavedVersion]:
        """All versions of a name, the oldest first."""
        named = saved_version.c.name == name_of(name)
        query = select(saved_version).where(named).order_by(saved_version.c.version)
        with self._store.reading() as connection:
            return [_version(row) for row in connection.execute(query)]

    def newest(self) -> list[SavedVersion]:
        """The newest version of every name, by name."""
        query = select(saved_version).order_by(saved_version.c.name, saved_version.c.version)
        with self._store.reading() as connection:
            found = {row.name: _version(row) for row in connection.execute(query)}
        return list(found.values())

    def delete(self, name: str) -> int:
        """Forget a name with all its versions; returns how many there were.

        Raises:
            NotFoundError: there is no such name.
        """
        with self._store.transaction() as connection:
            gone = connection.execute(
                delete(saved_version).where(saved_version.c.name == name_of(name))
            ).rowcount
        if not gone:
            raise self._not_found(name, None)
        return int(gone)

    def keys(self, name: str, version: int | None = None) -> tuple[str, ...]:
        """Keys of the patents that a version meant, as they are called today.

        Raises:
            NotFoundError: there is no such name or version.
        """
        saved = self.get(name, version)
        query = select(saved_version.c["keys"]).where(
            saved_version.c.name == saved.name, saved_version.c.version == saved.version
        )
        with self._store.reading() as connection:
            keys = unpack(connection.execute(query).scalar_one())
            moved = follow(connection, keys)
        return tuple(sorted({moved.get(key, key) for key in keys}))

    def today(self, name: str, corpus: Corpus, environment: Environment | None = None) -> Selection:
        """What the newest version of a name means on a snapshot.

        Raises:
            NotFoundError: there is no such name.
            QueryError: this library cannot answer it any more.
        """
        return evaluate(self.get(name).query(), corpus, environment)

    def as_printed(self, name: str, version: int, keys: Sequence[str], *, snapshot: int) -> Selection:
        """What a version meant when it was saved, as rows of a snapshot of today.

        Patents that have left the library since are not among them; compare with `count`.

        Raises:
            NotFoundError: there is no such name or version.
        """
        saved = self.get(name, version)
        rows = KeyedRows(keys).rows(self.keys(name, version))
        return Selection(rows=rows, text=saved.text, snapshot=snapshot, size=len(keys))

    def _not_found(self, name: str, version: int | None) -> NotFoundError:
        names = [saved.name for saved in self.newest()]
        known = [saved.version for saved in self.versions(name)]
        if known:
            return NotFoundError(
                "saved-version-not-found", name=name, version=version, first=known[0], last=known[-1]
            )
        if not names:
            return NotFoundError("saved-none", name=name)
        return NotFoundError("saved-not-found", name=name, names=", ".join(names[:10]))


def _version(row: Row[tuple[object, ...]]) -> SavedVersion:
    values = row._mapping
    return SavedVersion(**{field: values[field] for field in SavedVersion.__slots__})
