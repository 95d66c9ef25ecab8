"""What clustering says of each patent, and the settings it was made with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Clustering", "ThemeSettings", "default_themes"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeSettings:
    """How themes are made; None means by the number of patents.

    Attributes:
        themes: how many themes the default layer has.
        neighbours: length of the neighbour lists.
        smallest: least patents in the dense core of a leaf.
        grow_share: share of its neighbours in one core that takes a patent into it, in (0, 1].
        threshold: quantile of the cosines of a theme's core members that a patent must reach to be
            assigned to it, in [0, 1]: .1 places 9 of 10 patents.
        layers: numbers of themes of the layers shown.
    """

    themes: int | None = None
    neighbours: int | None = None
    smallest: int | None = None
    grow_share: float | None = None
    threshold: float = 0.1
    layers: tuple[int, ...] = (8, 40, 200)


def default_themes(patents: int) -> int:
    """Themes of the default layer: 12 for 300 patents, 38 for 3,000, 115 for 27,000."""
    return max(1, int(np.rint(0.7 * np.sqrt(patents))))


@dataclass(frozen=True, slots=True)
class Clustering:
    """Where each of n patents sits; all three are always reported.

    Attributes:
        core_label: int64 of shape (n,): theme whose dense core holds the patent, −1 = noise.
        assigned_label: int64 of shape (n,): core members and those near enough to a theme,
            −1 = unplaced.
        strength: float32 of shape (n,): cosine to the centroid of its theme; of an unplaced patent
            to the nearest.
    """

    core_label: npt.NDArray[np.int64]
    assigned_label: npt.NDArray[np.int64]
    strength: npt.NDArray[np.float32]

    def __len__(self) -> int:
        """Number of patents."""
        return len(self.core_label)

    @property
    def core(self) -> int:
        """Patents in a core."""
        return int((self.core_label >= 0).sum())

    @property
    def unplaced(self) -> int:
        """Patents in no theme."""
        return int((self.assigned_label < 0).sum())

    @property
    def assigned(self) -> int:
        """Patents placed in a theme without being in its core."""
        return len(self) - self.core - self.unplaced

    def sizes(self, themes: int) -> npt.NDArray[np.int64]:
        """Placed patents of each theme; int64 of shape (themes,)."""
        placed = self.assigned_label[self.assigned_label >= 0]
        return np.bincount(placed, minlength=themes).astype(np.int64)
