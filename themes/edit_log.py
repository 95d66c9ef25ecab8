"""The log of users' changes to themes: who changed what when, and what was undone.

Edits are kept in the library by theme id and applied anew to every build. Nothing is ever removed:
undoing is a line of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from weakref import WeakSet

from sqlalchemy import Column, Integer, Table, Text, func, insert, inspect, select

from library.schema import KEY, METADATA
from library.store import Store
from patents.errors import NotFoundError
from themes.edits import Edit, edits_from_json, edits_to_json

__all__ = ["EditLog", "LoggedEdit"]

theme_edit = Table(
    "theme_edit",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("scope", KEY, nullable=False),
    Column("edit", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("undoes", Integer),
)
_ready: WeakSet[Store] = WeakSet()


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedEdit:
    """One line of the log.

    Attributes:
        number: counts from 1.
        scope: whose theme was changed: `scheme:industry`, or empty for the whole library.
        edit: what was changed; of an undoing, what was undone.
        note, who, at: why, who, and when (UTC, ISO 8601).
        undoes: number of the line that this one undid.
        undone: whether a later line undid this one.
    """

    number: int
    scope: str
    edit: Edit
    note: str
    who: str
    at: str
    undoes: int | None
    undone: bool


class EditLog:
    """The theme edits of a library; its table is made when first written to."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def lines(self) -> tuple[LoggedEdit, ...]:
        """All lines, the oldest first."""
        with self._store.reading() as connection:
            if not inspect(connection).has_table(theme_edit.name):
                return ()
            rows = connection.execute(select(theme_edit).order_by(theme_edit.c.number)).all()
        undone = {row.undoes for row in rows}
        return tuple(
            LoggedEdit(
                number=row.number,
                scope=row.scope,
                edit=edits_from_json(row.edit)[0],
                note=row.note,
                who=row.who,
                at=row.at,
                undoes=row.undoes,
                undone=row.number in undone,
            )
            for row in rows
        )

    def standing(self) -> tuple[LoggedEdit, ...]:
        """What is in force: neither undone nor an undoing, the oldest first."""
        return tuple(line for line in self.lines() if not line.undone and line.undoes is None)

    def add(self, scope: str, edit: Edit, *, who: str = "", note: str = "") -> LoggedEdit:
        """Write down a change."""
        return self._write(scope, edit, who, note, None)

    def undo(self, number: int | None = None, *, who: str = "", note: str = "") -> LoggedEdit:
        """Undo a change; None is the newest that stands.

        Raises:
            NotFoundError: there is none of that number, or it was undone before.
        """
        found = self.last(number)
        return self._write(found.scope, found.edit, who, note, found.number)

    def last(self, number: int | None = None) -> LoggedEdit:
        """The change of that number, or the newest, that stands.

        Raises:
            NotFoundError: there is none of that number, or it was undone before.
        """
        for line in reversed(self.standing()):
            if number in (None, line.number):
                return line
        if number is None:
            raise NotFoundError("theme-change-none-to-undo")
        raise NotFoundError("theme-change-not-standing", number=number)

    def next_id(self, prefix: str = "T") -> int:
        """One more than the highest number of a theme id that any edit names; 1 without one."""
        texts = (edits_to_json([line.edit]) for line in self.lines())
        numbers = (
            int(number) for text in texts for number in re.findall(rf'"id": "{prefix}(\d{{6,}})"', text)
        )
        return max(numbers, default=0) + 1

    def _write(self, scope: str, edit: Edit, who: str, note: str, undoes: int | None) -> LoggedEdit:
        self._ensure()
        at = datetime.now(UTC).isoformat(timespec="seconds")
        with self._store.transaction() as connection:
            number = int(connection.execute(select(func.max(theme_edit.c.number))).scalar() or 0) + 1
            row = {"number": number, "scope": scope, "edit": edits_to_json([edit]), "note": note, "who": who}
            connection.execute(insert(theme_edit).values(**row, at=at, undoes=undoes))
        return LoggedEdit(
            number=number, scope=scope, edit=edit, note=note, who=who, at=at, undoes=undoes, undone=False
        )

    def _ensure(self) -> None:
        if self._store not in _ready:
            with self._store.transaction() as connection:
                METADATA.create_all(connection, tables=[theme_edit])
            _ready.add(self._store)
