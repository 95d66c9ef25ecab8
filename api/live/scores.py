"""Hits of one query on the scale of a snapshot: the same for a search, prior art and R=."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from api.live.parts import scale_of, texts_of
from api.live.snapshot import LiveSnapshot
from index.hybrid import HybridHits
from index.score_scale import Answers
from index.shared_runs import RUN
from terms.words import fold


def scores_of(live: LiveSnapshot, text: str, hits: HybridHits, *, is_read: bool) -> npt.NDArray[np.float64]:
    """Scores of hits, best first, float64 of shape (k,) in [0, 100], not increasing.

    Args:
        live: the snapshot.
        text: that was asked for.
        hits: of it.
        is_read: False for a text that the encoder does not read: its cosines say nothing.
    """
    dense = hits.dense if is_read else np.zeros_like(hits.dense)
    fusion, lexical = hits.fusion, hits.lexical
    if 1 < len(text) < RUN:
        # A key word may stand within longer words: 电解 in 铝电解槽.
        held = [fold(text) in fold(found) for found in texts_of(live).of(hits.rows)]
        lexical = np.where(held, np.maximum(lexical, fusion.ideal), lexical)
    return scale_of(live).scores(Answers(dense, lexical, fusion.ideal, fusion.distinct))
