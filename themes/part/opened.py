"""The themes of the live snapshot, opened when first asked for and kept while it is served."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import numpy.typing as npt

from library.once import Once
from patents.errors import NotFoundError, SnapshotError
from themes.part.format import (
    KeywordFacts,
    LayerNode,
    Scope,
    ThemeFacts,
    ThemesPart,
    base_model,
    edited_model,
    read_details,
    read_layers,
    read_map,
    read_part,
)
from themes.part.seats import COLUMNS, Members, members_of

if TYPE_CHECKING:
    from library.folder import Library
    from library.snapshot import Snapshot
    from selection.bitmaps import Rows as RowSet
    from themes.map import ThemeMap
    from themes.model import ThemeModel
    from themes.part.source import Rows, ThemeSource

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Seats:
    """The m patents of a scope and where they sit in it.

    Attributes:
        rows: int64 of shape (m,), ascending.
        theme: int64 of shape (m,): number of the theme in the scope, −1 for unplaced.
        core: bool of shape (m,).
        leaf: int64 of shape (m,), −1 for none.
        strength: float32 of shape (m,): cosine to the theme's centroid, 0 for unplaced.
    """

    rows: Rows
    theme: Rows
    core: npt.NDArray[np.bool_]
    leaf: Rows
    strength: npt.NDArray[np.float32]

    def within(self, mask: npt.NDArray[np.bool_]) -> Seats:
        """The seats of the patents of a selection.

        Args:
            mask: bool of shape (n,), over the rows of the snapshot.
        """
        kept = mask[self.rows]
        return Seats(self.rows[kept], self.theme[kept], self.core[kept], self.leaf[kept], self.strength[kept])

    def placed(self) -> Seats:
        """The seats of the patents that are in a theme."""
        mask = np.zeros(int(self.rows.max(initial=-1)) + 1, dtype=np.bool_)
        mask[self.rows[self.theme >= 0]] = True
        return self.within(mask)


class SnapshotThemes:
    """All that a snapshot knows of its themes.

    Args:
        library: that it belongs to.
        snapshot: opened and held by the caller.
    """

    def __init__(self, library: Library, snapshot: Snapshot) -> None:
        self._library = library
        self._snapshot = snapshot
        self._once = Once()

    @property
    def folder(self) -> Path:
        """The part `themes`."""
        return self._snapshot.part("themes")

    @cached_property
    def part(self) -> ThemesPart:
        """`scopes.json`."""
        return read_part(self.folder)

    @cached_property
    def scopes(self) -> dict[str, Scope]:
        """Scopes by id."""
        return {scope.id: scope for scope in self.part.scopes}

    @cached_property
    def by_id(self) -> dict[str, tuple[Scope, int]]:
        """Scope and number of each theme."""
        return {
            theme.id: (scope, number)
            for scope in self.part.scopes
            for number, theme in enumerate(scope.themes)
        }

    def find(self, theme_id: str) -> tuple[Scope, int, ThemeFacts]:
        """Find a theme by its id, or by its name where only one theme is called so.

        Raises:
            NotFoundError: there is none; the help says where it went, or what is called alike.
        """
        wanted = theme_id.strip()
        if wanted in self.by_id:
            scope, number = self.by_id[wanted]
            return scope, number, scope.themes[number]
        named = [id_ for id_, (scope, number) in self.by_id.items() if scope.themes[number].name == wanted]
        if len(named) == 1:
            return self.find(named[0])
        if named:
            raise NotFoundError("theme-name-of-several", name=wanted, ids=", ".join(named))
        gone = [event for scope in self.part.scopes for event in scope.events if event.id == wanted]
        if gone:
            raise NotFoundError("theme-gone", id=wanted, kind=gone[0].kind, other=gone[0].other)
        raise NotFoundError("theme-not-found", name=wanted)

    @cached_property
    def source(self) -> ThemeSource:
        """What the themes are made of."""
        from themes.part.writing import source_of

        return source_of(self._library, self._snapshot)

    @cached_property
    def members(self) -> Members:
        """Who sits where.

        Raises:
            SnapshotError: the snapshot was made by an earlier version.
        """
        table = self._snapshot.table
        if not set(COLUMNS) <= set(table.column_names):
            raise SnapshotError(
                "snapshot-without-theme-members", number=self._snapshot.number, library=self._library.path
            )
        return members_of(table)

    def seats(self, scope: Scope) -> Seats:
        """Where the patents of a scope sit."""
        return self.once(("seats", scope.id), lambda: self._seats(scope))

    def _seats(self, scope: Scope) -> Seats:
        members, rows = self.members, self.source.scopes.get(scope.id, np.empty(0, dtype=np.int64))
        numbers = {theme.id: number for number, theme in enumerate(scope.themes)}
        number = np.array([numbers.get(id_, -1) for id_ in members.ids], dtype=np.int64)[members.theme]
        own = np.flatnonzero(number >= 0)
        entry = np.full(self._snapshot.count, -1, dtype=np.int64)
        entry[members.row[own]] = own
        place = entry[rows]
        return Seats(
            rows,
            np.append(number, -1)[place],
            np.append(members.core, False)[place],
            np.append(members.leaf, -1)[place],
            np.append(members.strength, np.float32(0))[place].astype(np.float32),
        )

    @cached_property
    def years(self) -> npt.NDArray[np.int64]:
        """Filing year of each row, −1 where unknown; int64 of shape (n,)."""
        import polars as pl

        column = pl.Series("year", pl.from_arrow(self._snapshot.table.column("filing_year")))
        return column.fill_null(-1).cast(pl.Int64).to_numpy()

    def base(self, scope: Scope) -> ThemeModel:
        """The themes of a scope as they were found."""
        return self.once(("base", scope.id), lambda: base_model(self.folder / scope.folder))

    def edited(self, scope: Scope) -> ThemeModel:
        """The themes of a scope as users want them."""
        return self.once(("edited", scope.id), lambda: edited_model(self.folder / scope.folder))

    def details(self, scope: Scope) -> tuple[tuple[KeywordFacts, ...], ...]:
        """Keywords of every theme with figures and evidence."""
        return self.once(("details", scope.id), lambda: read_details(self.folder / scope.folder))

    def layers(self, scope: Scope) -> tuple[LayerNode, ...]:
        """Coarser and finer themes."""
        return self.once(("layers", scope.id), lambda: read_layers(self.folder / scope.folder))

    def drawn(self, scope: Scope) -> ThemeMap:
        """Labels and outlines of the map."""
        return self.once(("map", scope.id), lambda: read_map(self.folder / scope.folder))

    def places(self, scope: Scope) -> npt.NDArray[np.float32]:
        """Where the patents of a scope stand on its map, float32 of shape (m, 2) in the order of its rows."""

        def load() -> npt.NDArray[np.float32]:
            found: npt.NDArray[np.float32] = np.load(
                self._snapshot.part("maps") / f"{scope.folder}.npy", mmap_mode="r"
            )
            return found

        return self.once(("places", scope.id), load)

    def once(self, name: Hashable, make: Callable[[], _T]) -> _T:
        """What is made of the themes when first asked for, and kept while the snapshot is open."""
        return self._once.get(name, make)

    @cached_property
    def registered(self) -> dict[str, Callable[[], Mapping[str, RowSet]]]:
        """What THEME=, THEME-CORE= and UNPLACED= mean in queries."""
        return {
            "theme": lambda: _theme_rows(self, core=False),
            "theme_core": lambda: _theme_rows(self, core=True),
            "unplaced": lambda: _unplaced_rows(self),
        }


class _Named(Mapping[str, "RowSet"]):
    """Rows by name, made when asked for."""

    def __init__(self, names: Iterable[str], rows_of: Callable[[str], Rows]) -> None:
        self._names = dict.fromkeys(names)
        self._rows_of = rows_of

    def __getitem__(self, name: str) -> RowSet:
        from selection.bitmaps import rows_from_array

        if name not in self._names:
            raise KeyError(name)
        return rows_from_array(self._rows_of(name))

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def _theme_rows(shelf: SnapshotThemes, *, core: bool) -> _Named:
    """Rows of each theme by id and by name, all of them or those in the core."""
    names: dict[str, list[str]] = {}
    for id_, (scope, number) in shelf.by_id.items():
        names.setdefault(id_, []).append(id_)
        names.setdefault(scope.themes[number].name, []).append(id_)

    def by_theme() -> tuple[Rows, Rows]:
        members = shelf.members
        entries = np.flatnonzero(members.core) if core else np.arange(len(members.row))
        order = np.argsort(members.theme[entries], kind="stable")
        bounds = np.searchsorted(members.theme[entries][order], np.arange(len(members.ids) + 1))
        return members.row[entries][order], bounds

    def rows_of(name: str) -> Rows:
        rows, bounds = shelf.once(("by theme", core), by_theme)
        places = [place for place, id_ in enumerate(shelf.members.ids) if id_ in names[name]]
        found = [rows[bounds[place] : bounds[place + 1]] for place in places]
        return np.concatenate([*found, np.empty(0, dtype=np.int64)])

    return _Named(names, rows_of)


def _unplaced_rows(shelf: SnapshotThemes) -> _Named:
    """Rows of each scope that are in none of its themes; the whole library is called 全库."""
    scopes = {scope.id or "全库": scope for scope in shelf.part.scopes}

    def rows_of(name: str) -> Rows:
        seats = shelf.seats(scopes[name])
        return seats.rows[seats.theme < 0]

    return _Named(scopes, rows_of)


def themes_in(scope: Scope, *, hidden: bool = False) -> Iterator[tuple[int, ThemeFacts]]:
    """Numbers and facts of the themes of a scope, without those that users hid unless asked for."""
    return ((number, theme) for number, theme in enumerate(scope.themes) if hidden or not theme.hidden)
