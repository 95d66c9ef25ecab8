"""Hits of one query on the scale of a snapshot: the same for a search, prior art and R=."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from api.live.parts import scale_of
from api.live.snapshot import LiveSnapshot
from index.hybrid import HybridHits
from index.score_scale import Answers


def scores_of(live: LiveSnapshot, hits: HybridHits, *, is_read: bool) -> npt.NDArray[np.float64]:
    """Scores of hits, best first, float64 of shape (k,) in [0, 100], not increasing.

    Args:
        live: the snapshot.
        hits: of one query.
        is_read: False for a text that the encoder does not read: its cosines say nothing.
    """
    dense = hits.dense if is_read else np.zeros_like(hits.dense)
    return scale_of(live).scores(Answers(dense, hits.lexical, hits.fusion.ideal, hits.fusion.distinct))
