"""Whether new patents still fit the themes, and what is new among those that do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy import special

from patents.messages import N_, Message, message
from themes.clusters import ThemeSettings
from themes.fit import fit_themes
from themes.grid import Vectors
from themes.model import ThemeModel
from themes.placement import Placed

__all__ = ["Drift", "drift", "emerging"]

# A rebuild is worthwhile when the library grew by so much, or so many more than expected do not fit.
_GROWN = 0.25
_UNPLACED_MORE = 1.5
_CHANCE = 0.01
_FEWEST = 30


@dataclass(frozen=True, slots=True)
class Drift:
    """How the patents that came after a build compare with those it was made of.

    Attributes:
        patents: how many came.
        grown: share of the build's patents that they make.
        unplaced: share of them that no theme takes.
        expected: share of the build's own patents outside the cores that no theme took.
        rebuild: whether a rebuild is worthwhile.
        reason: why, or why not, in a sentence.
    """

    patents: int
    grown: float
    unplaced: float
    expected: float
    rebuild: bool
    reason: Message


def drift(model: ThemeModel, placed: npt.NDArray[np.bool_]) -> Drift:
    """Compare patents placed since a build with the build's own.

    New patents have no core to be in, so the fair comparison is with how the rule of placing alone
    treats the build's patents: a tenth of each core falls below the threshold by definition.

    Args:
        model: the build.
        placed: bool of shape (m,): whether a theme takes each of the m patents that came after it.
    """
    patents, build = len(placed), max(len(model.clustering), 1)
    below = model.clustering.strength < np.append(model.thresholds, np.inf)[_nearest(model)]
    expected = float(below.mean()) if len(below) else 0.0
    misfits = int(np.count_nonzero(~placed))
    unplaced = misfits / patents if patents else 0.0
    grown = patents / build
    # Chance of so many misfits or more: a binomial tail; 1 where there are none.
    chance = float(special.bdtrc(misfits - 1, patents, min(max(expected, 0.01), 0.99)))
    if patents >= _FEWEST and unplaced > _UNPLACED_MORE * expected and chance < _CHANCE:
        rebuild, code = True, N_("drift-misfits")
    elif grown > _GROWN:
        rebuild, code = True, N_("drift-grown")
    else:
        rebuild, code = False, N_("drift-none")
    reason = message(code, count=patents, unplaced=unplaced, expected=expected, grown=grown)
    return Drift(patents, grown, unplaced, expected, rebuild, reason)


def _nearest(model: ThemeModel) -> npt.NDArray[np.int64]:
    """Theme whose threshold each patent of the build is held against; −1 (infinite) for unplaced."""
    clustering = model.clustering
    return np.where(clustering.core_label >= 0, clustering.core_label, clustering.assigned_label)


def emerging(
    vectors: Vectors, keys: Sequence[str], placed: Placed, *, settings: ThemeSettings | None = None
) -> ThemeModel:
    """Look for new clusters among the unplaced patents.

    Args:
        vectors: float32 of shape (m, d).
        keys: m keys.
        placed: where the build places them.
        settings: of the clustering; None for the defaults, the number of themes by their number.

    Returns:
        Themes of the unplaced patents alone; none where there are fewer than ten.
    """
    rows = np.flatnonzero((placed.labels < 0) & vectors.any(axis=1))
    settings = replace(settings or ThemeSettings(), themes=None)
    return fit_themes(vectors[rows], [keys[row] for row in rows.tolist()], settings=settings)
