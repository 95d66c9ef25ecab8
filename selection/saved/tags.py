"""标引: tags put on patents by the user and taken off again, with who and when, and undo.

The tag 噪声 takes patents out of every study by default (去噪).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from sqlalchemy import Connection, Row, delete, func, insert, or_, select

from library.names import checked_name, name_of
from library.patent_rows import chunks, insert_rows
from library.schema import patent_number
from library.store import Store
from patents.errors import NotFoundError
from patents.messages import text
from selection.bitmaps import EMPTY, Rows
from selection.saved.keys import KeyedRows, follow, now, pack, unpack
from selection.saved.tables import ensure_tables, tag_entry, tag_operation
from selection.selection import Selection, joined_text

NOISE = "噪声"
Action = Literal["put", "off"]
_LONGEST_TAG = 60
_ROWS_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class TagOperation:
    """One change of tags.

    Attributes:
        id: counts from 1.
        tag: which tag was put on or taken off.
        action: "put" or "off".
        changed: patents of which that was not so before; only these are changed back by undo.
        note: the user's, for example the 检索式.
        who, at: who did it, and when (UTC, ISO 8601).
        undoes: the operation that this one undid.
    """

    id: int
    tag: str
    action: Action
    changed: int
    note: str
    who: str
    at: str
    undoes: int | None = None


class Tagging(NamedTuple):
    """One tag on one patent."""

    tag: str
    key: str
    who: str
    at: str


class Tags:
    """The tags of a library."""

    def __init__(self, store: Store) -> None:
        self._store = ensure_tables(store)

    def put(self, tag: str, keys: Iterable[str], *, who: str = "", note: str = "") -> TagOperation:
        """Put a tag on patents.

        Raises:
            InputError: the tag is no name; see `library.names`.
        """
        return self._change(checked_name(tag, longest=_LONGEST_TAG), "put", keys, who=who, note=note)

    def take_off(self, tag: str, keys: Iterable[str], *, who: str = "", note: str = "") -> TagOperation:
        """Take a tag off patents.

        Raises:
            NotFoundError: no patent has the tag.
        """
        tag = name_of(tag)
        if tag not in self.counts():
            raise self._not_found(tag)
        return self._change(tag, "off", keys, who=who, note=note)

    def undo(self, operation: int | None = None, *, who: str = "") -> TagOperation:
        """Change back what an operation changed; None is the newest that was not undone.

        Raises:
            NotFoundError: there is none, or it was undone before.
        """
        history = self.history()
        undone = {each.undoes for each in history}
        open_ = [each for each in history if each.id not in undone and each.undoes is None]
        found = next((each for each in open_ if operation in (None, each.id)), None)
        if found is None:
            if operation is None:
                raise NotFoundError("tag-nothing-to-undo")
            raise NotFoundError("tag-change-not-open", number=operation)
        query = select(tag_operation.c["keys"]).where(tag_operation.c.id == found.id)
        with self._store.reading() as connection:
            keys = unpack(connection.execute(query).scalar_one())
        action: Action = "off" if found.action == "put" else "put"
        note = text("tag-undoes", number=found.id)
        return self._change(found.tag, action, keys, who=who, note=note, undoes=found.id)

    def history(self, tag: str | None = None) -> list[TagOperation]:
        """Changes, the newest first."""
        query = select(*(tag_operation.c[name] for name in TagOperation.__slots__))
        query = query.order_by(tag_operation.c.id.desc())
        if tag is not None:
            query = query.where(tag_operation.c.tag == tag)
        with self._store.reading() as connection:
            return [_operation(row) for row in connection.execute(query)]

    def counts(self) -> dict[str, int]:
        """Patents of each tag, by tag."""
        query = select(tag_entry.c.tag, func.count()).group_by(tag_entry.c.tag).order_by(tag_entry.c.tag)
        with self._store.reading() as connection:
            return {tag: int(count) for tag, count in connection.execute(query)}

    def entries(self, tag: str | None = None) -> list[Tagging]:
        """Every tag on every patent, with keys as they are called today."""
        query = select(tag_entry.c.tag, tag_entry.c.key, tag_entry.c.who, tag_entry.c.at)
        if tag is not None:
            query = query.where(tag_entry.c.tag == tag)
        with self._store.reading() as connection:
            found = [
                Tagging(*row) for row in connection.execute(query.order_by(tag_entry.c.tag, tag_entry.c.key))
            ]
            moved = follow(connection, (each.key for each in found))
        return [each._replace(key=moved.get(each.key, each.key)) for each in found]

    def of(self, key: str) -> tuple[str, ...]:
        """Tags of one patent."""
        called = select(patent_number.c.number).where(patent_number.c.key == key)
        query = (
            select(tag_entry.c.tag).distinct().where(or_(tag_entry.c.key == key, tag_entry.c.key.in_(called)))
        )
        with self._store.reading() as connection:
            return tuple(sorted(connection.execute(query).scalars()))

    def rows(self, keys: Sequence[str]) -> dict[str, Rows]:
        """Rows of each tag; what `Environment.registered["tags"]` wants.

        Args:
            keys: keys of the snapshot, by row.
        """
        keyed = KeyedRows(keys)
        by_tag: dict[str, list[str]] = {}
        for each in self.entries():
            by_tag.setdefault(each.tag, []).append(each.key)
        return {tag: keyed.rows(tagged) for tag, tagged in by_tag.items()}

    def _change(
        self, tag: str, action: Action, keys: Iterable[str], *, who: str, note: str, undoes: int | None = None
    ) -> TagOperation:
        wanted = set(keys)
        with self._store.transaction() as connection:
            has = set(connection.execute(select(tag_entry.c.key).where(tag_entry.c.tag == tag)).scalars())
            changed = sorted(wanted - has if action == "put" else wanted & has)
            newest = connection.execute(select(func.max(tag_operation.c.id))).scalar() or 0
            operation = TagOperation(
                id=newest + 1, tag=tag, action=action, changed=len(changed), note=note, who=who, at=now(),
                undoes=undoes,
            )  # fmt: skip
            _write(connection, operation, changed)
        return operation

    def _not_found(self, tag: str) -> NotFoundError:
        known = ", ".join(list(self.counts())[:10])
        if not known:
            return NotFoundError("tag-none", tag=tag)
        return NotFoundError("tag-not-found", tag=tag, names=known)


def without_noise(selection: Selection, tags: dict[str, Rows]) -> tuple[Selection, int]:
    """Take the patents tagged 噪声 out of a selection; returns how many those were."""
    noise = tags.get(NOISE, EMPTY) & selection.rows
    if not noise:
        return selection, 0
    rest = Selection(
        rows=selection.rows - noise,
        text=joined_text(selection.text, "not", f"TAG={NOISE}"),
        snapshot=selection.snapshot,
        size=selection.size,
    )
    return rest, len(noise)


def _write(connection: Connection, operation: TagOperation, changed: Sequence[str]) -> None:
    values = {field: getattr(operation, field) for field in TagOperation.__slots__}
    connection.execute(insert(tag_operation).values(keys=pack(changed), **values))
    if operation.action == "put":
        rows = [(operation.tag, key, operation.who, operation.at) for key in changed]
        insert_rows(connection, tag_entry, rows)
        return
    for chunk in chunks(changed, _ROWS_AT_ONCE):
        gone = delete(tag_entry).where(tag_entry.c.tag == operation.tag, tag_entry.c.key.in_(chunk))
        connection.execute(gone)


def _operation(row: Row[tuple[object, ...]]) -> TagOperation:
    values = row._mapping
    return TagOperation(**{field: values[field] for field in TagOperation.__slots__})
