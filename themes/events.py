"""What becomes of a theme when its library is built anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["kept", "birth", "death", "merge", "split"]


@dataclass(frozen=True, slots=True)
class ThemeEvent:
    """One line of the log.

    Attributes:
        kind: what happened.
        id: the theme: that lives on, was born, died, was merged away, or split off.
        other: the theme it was merged into or split off from; empty otherwise.
        shared: patents in both builds that the two have in common (kept: old and new self).
        before: patents of the old theme that are in both builds; 0 for a birth.
        after: patents of the new theme that are in both builds; 0 for a death.
    """

    kind: Kind
    id: str
    other: str = ""
    shared: int = 0
    before: int = 0
    after: int = 0
