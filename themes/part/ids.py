"""Ids that themes keep from build to build."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from themes.part.format import ThemesPart, base_model, read_part

if TYPE_CHECKING:
    from themes.identity import CarriedOver, Membership
    from themes.model import ThemeModel


class Identities:
    """Theme ids, unique in the library: carried over where a theme of the scope lives on, else new."""

    def __init__(self, before: Path | None, next_id: int) -> None:
        self._before = before
        part = read_part(before) if before else ThemesPart(scopes=(), next_id=1)
        self._scopes = {scope.id: scope for scope in part.scopes}
        self.next = max(part.next_id, next_id)

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
        if old is None or self._before is None:
            return None
        model = base_model(self._before / old.folder)
        ids = old.base_ids or tuple(theme.id for theme in old.themes)
        return Membership(model.keys, model.clustering.assigned_label, ids)
