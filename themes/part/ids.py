"""Ids that themes keep from build to build.

A part of its own, `theme-ids/ids.json`: which patents every theme was made of, without users' edits. A build
carries ids over by it, also where the part `themes` is damaged.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from library.snapshot import Snapshot
from patents.errors import SnapshotError
from themes.part.format import base_model, read_part

if TYPE_CHECKING:
    from collections.abc import Iterable

    from themes.identity import CarriedOver, Membership
    from themes.model import ThemeModel

PART = "theme-ids"
_FILE = "ids.json"


@dataclass(frozen=True, slots=True)
class _ScopeIds:
    """The patents of a scope, the number of each one's theme (−1 for none), and the id of each number."""

    keys: tuple[str, ...]
    labels: tuple[int, ...]
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ThemeIds:
    """All theme ids of a build.

    Attributes:
        next_id: number of the next new id.
        scopes: by the id of the scope.
    """

    next_id: int = 1
    scopes: dict[str, _ScopeIds] = field(default_factory=dict)

    @classmethod
    def of_part(cls, themes: Path) -> ThemeIds:
        """Read them off a part `themes`."""
        part = read_part(themes)
        scopes: dict[str, _ScopeIds] = {}
        for scope in part.scopes:
            model = base_model(themes / scope.folder)
            ids = scope.base_ids or tuple(theme.id for theme in scope.themes)
            labels = tuple(model.clustering.assigned_label.tolist())
            scopes[scope.id] = _ScopeIds(model.keys, labels, ids)
        return cls(part.next_id, scopes)

    @classmethod
    def of_snapshots(cls, snapshots: Iterable[Snapshot]) -> ThemeIds:
        """Those of the first snapshot that has them whole; none where no snapshot has."""
        for snapshot in snapshots:
            for name, read in ((PART, _read), ("themes", cls.of_part)):
                if snapshot.has(name) and snapshot.misfit(name) is None:
                    return read(snapshot.part(name))
        return cls()

    def write(self, folder: Path) -> None:
        """Write the part."""
        (folder / _FILE).write_bytes(msgspec.json.encode(self))


def _read(folder: Path) -> ThemeIds:
    try:
        return msgspec.json.decode((folder / _FILE).read_bytes(), type=ThemeIds)
    except msgspec.DecodeError as error:
        raise SnapshotError("theme-file-unreadable", path=folder / _FILE, reason=error) from error


class Identities:
    """Theme ids, unique in the library: carried over where a theme of the scope lives on, else new."""

    def __init__(self, before: ThemeIds, next_id: int) -> None:
        self._scopes = before.scopes
        self.next = max(before.next_id, next_id)

    def carried_over(self, scope: str, model: ThemeModel) -> CarriedOver:
        """Ids of the themes of a model, and what became of those before."""
        from themes.identity import Membership, carry_over

        new = Membership(model.keys, model.clustering.assigned_label)
        carried = carry_over(self._membership(scope), new, model.themes, next_number=self.next)
        self.next = carried.next_number
        return carried

    def _membership(self, scope: str) -> Membership | None:
        """What the build before found, without users' edits: they are applied to every build anew."""
        from themes.identity import Membership

        old = self._scopes.get(scope)
        return None if old is None else Membership(old.keys, np.array(old.labels, dtype=np.int64), old.ids)
