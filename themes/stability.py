"""How firm a theme is: is it found again when a tenth of the patents is left out?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from themes.fit import fit_themes
from themes.grid import Vectors
from themes.model import ThemeModel

__all__ = ["Stability", "stability"]

Labels = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Stability:
    """Agreement of a build with builds on subsamples.

    Attributes:
        themes: float64 of shape (K,): mean over the subsamples of the largest Jaccard agreement of
            the theme's core with a core found there, on the patents that both know, in [0, 1].
        core_rand: adjusted Rand index between pairs of subsamples on the patents in both cores.
        core_share: share of the common patents that are in both cores.
        all_rand: the same of all patents at their nearest theme, in [−1, 1].
    """

    themes: npt.NDArray[np.float64]
    core_rand: float
    core_share: float
    all_rand: float


def stability(
    model: ThemeModel, vectors: Vectors, *, subsamples: int = 4, share: float = 0.9, seed: int = 0
) -> Stability:
    """Fit again on random subsamples and compare.

    Args:
        model: the build.
        vectors: float32 of shape (n, d): what it was made of, in its order.
        subsamples: how many, at least 2; each costs as much as the build. One pair alone may be off by .03.
        share: of the patents in each.
        seed: of the draw.

    Returns:
        Agreement. The number of themes is that of the build.

    Raises:
        ValueError: fewer than two subsamples.
    """
    if subsamples < 2:
        raise ValueError(f"two subsamples are compared with each other, got {subsamples}")
    rng = np.random.default_rng(seed)
    order = sorted(range(len(model.keys)), key=model.keys.__getitem__)  # the draw follows the keys
    settings = replace(model.settings, themes=max(model.themes, 1))
    cores, everywhere = [], []
    for _ in range(subsamples):
        drawn = rng.random(len(order)) < share
        rows = np.array(order, dtype=np.int64)[drawn]
        part = fit_themes(vectors[rows], [model.keys[row] for row in rows.tolist()], settings=settings)
        cores.append(_spread(part.clustering.core_label, rows, len(order)))
        open_doors = replace(part, thresholds=np.full_like(part.thresholds, -2.0))
        placed = open_doors.place(vectors[rows], part.keys).labels
        everywhere.append(_spread(placed, rows, len(order)))
    core = model.clustering.core_label
    firm = np.mean([_agreement(core, other, model.themes) for other in cores], axis=0)
    return Stability(firm, *_pairs(cores, everywhere))


def _spread(labels: Labels, rows: Labels, count: int) -> Labels:
    """Labels of a subsample over all rows; −2 for patents that were left out."""
    spread = np.full(count, -2, dtype=np.int64)
    spread[rows] = labels
    return spread


def _agreement(core: Labels, other: Labels, themes: int) -> npt.NDArray[np.float64]:
    """For each theme the best Jaccard agreement with a core of the subsample."""
    drawn = other > -2
    mine, theirs = core[drawn], other[drawn]
    groups = int(theirs.max(initial=-1)) + 1
    if not groups:
        return np.zeros(themes)
    both = (mine >= 0) & (theirs >= 0)
    shared = np.bincount(mine[both] * groups + theirs[both], minlength=themes * groups)
    table = shared.reshape(themes, groups)
    sizes = np.bincount(mine[mine >= 0], minlength=themes)
    others = np.bincount(theirs[theirs >= 0], minlength=groups)
    either = sizes[:, None] + others[None, :] - table
    return np.asarray((table / np.maximum(either, 1)).max(axis=1), dtype=np.float64)


def _pairs(cores: Sequence[Labels], everywhere: Sequence[Labels]) -> tuple[float, float, float]:
    """Mean over pairs of subsamples: Rand index of the cores, their share, Rand index of all."""
    from sklearn.metrics import adjusted_rand_score

    figures = []
    for one in range(len(cores)):
        for other in range(one):
            common = (cores[one] > -2) & (cores[other] > -2)
            both = (cores[one] >= 0) & (cores[other] >= 0)
            figures.append(
                (
                    adjusted_rand_score(cores[one][both], cores[other][both]),
                    both.sum() / max(int(common.sum()), 1),
                    adjusted_rand_score(everywhere[one][common], everywhere[other][common]),
                )
            )
    core_rand, core_share, all_rand = np.mean(figures, axis=0).tolist()
    return core_rand, core_share, all_rand
