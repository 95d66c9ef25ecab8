"""The parts of an open snapshot, each opened when first asked for: encoder, vectors, indexes, themes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from api.live.snapshot import LiveSnapshot, once
from embed.encoder import Encoder
from embed.passages import PASSAGE_KINDS
from index.hybrid import HybridIndex
from index.lexical import LexicalIndex
from index.part.server import token
from index.part.writing import SCALE
from index.patents import PatentIndex
from index.score_scale import ScoreScale
from index.twins import technologies
from library.texts import PatentTexts
from selection.evaluation.corpus import Corpus
from themes.part.opened import SnapshotThemes

if TYPE_CHECKING:
    from index.choice import BuiltIndex

Rows = npt.NDArray[np.int64]


@once
def encoder_of(live: LiveSnapshot) -> Encoder:
    """The library's encoder, checked against the snapshot.

    Raises:
        SnapshotError: the vectors were made by another one.
    """
    encoder = live.encoders.of(live.library)
    live.snapshot.require_encoder(encoder)
    return encoder


@dataclass(frozen=True, slots=True)
class Passages:
    """The p texts that got a vector.

    Attributes:
        vectors: float32 of shape (p, dim), unit length, mapped from disk.
        rows: the patent of each passage, int64 of shape (p,), ascending.
        kinds: of each passage, places in `PASSAGE_KINDS`, int8 of shape (p,).
        starts: first passage of each of the n patents, and p: int64 of shape (n + 1,).
    """

    vectors: npt.NDArray[np.float32]
    rows: Rows
    kinds: npt.NDArray[np.int8]
    starts: Rows

    def of(self, row: int) -> Rows:
        """Numbers of the passages of a patent, title with abstract first; none when it has no text."""
        return np.arange(self.starts[row], self.starts[row + 1])

    def kind(self, passage: int) -> str:
        """Which text of its patent a passage is: 标题摘要 or 权利要求."""
        return PASSAGE_KINDS[int(self.kinds[passage])]


@once
def passages_of(live: LiveSnapshot) -> Passages:
    """The passages with their vectors."""
    folder = live.snapshot.part("dense")
    mapped = np.load(folder / "vectors.npy", mmap_mode="r", allow_pickle=False)
    rows = np.load(folder / "passage_rows.npy", allow_pickle=False)
    return Passages(
        # A plain array over the same pages: indexing a memmap costs several times as much.
        vectors=mapped.view(np.ndarray),
        rows=rows,
        kinds=np.load(folder / "passage_kinds.npy", allow_pickle=False),
        starts=np.searchsorted(rows, np.arange(live.count + 1)),
    )


@once
def technologies_of(live: LiveSnapshot) -> Rows:
    """The first row of each patent's technology, int64 of shape (n,); twins (一案双申) share one."""
    return technologies(live.table)


@once
def built_index_of(live: LiveSnapshot) -> BuiltIndex:
    """The index over passages as the build chose it, with what was measured of it."""
    from index.choice import load_index

    return load_index(live.snapshot.part("faiss"), passages_of(live).vectors, token=token())


@once
def index_of(live: LiveSnapshot) -> PatentIndex:
    """The vector index over patents."""
    return PatentIndex(built_index_of(live).index, passages_of(live).rows, live.count)


@once
def lexical_of(live: LiveSnapshot) -> LexicalIndex:
    """The inverted index over the words of the same passages."""
    return LexicalIndex(live.snapshot.part("lexical"))


@once
def texts_of(live: LiveSnapshot) -> PatentTexts:
    """Title, abstract and first claim of each patent."""
    return PatentTexts(live.table)


@once
def hybrid_of(live: LiveSnapshot) -> HybridIndex:
    """Meaning and words in one list."""
    passages = passages_of(live)
    return HybridIndex(index_of(live), lexical_of(live), passages.rows, passages.vectors, texts_of(live).of)


@once
def scale_of(live: LiveSnapshot) -> ScoreScale:
    """What a score means; measured here where the snapshot was built by an earlier version."""
    if live.snapshot.has(SCALE):
        return ScoreScale.load(live.snapshot.part(SCALE))
    from index.part.calibration import measure_scale

    return measure_scale(hybrid_of(live), live.table, encoder_of(live))


@once
def corpus_of(live: LiveSnapshot) -> Corpus:
    """What queries (检索式) are evaluated on."""
    folder = live.snapshot.part("text") if live.snapshot.has("text") else None
    return Corpus(live.table, snapshot=live.number, text=folder)


@once
def themes_of(live: LiveSnapshot) -> SnapshotThemes:
    """The themes."""
    return SnapshotThemes(live.library, live.snapshot)
