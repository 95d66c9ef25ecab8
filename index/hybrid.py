"""Meaning and words together: one list of patents, each with the parts of its score.

No fixed mix of the two serves every query (docs/search.md): words alone find the patent of a title,
the encoder alone finds the field of a whole abstract, and half an abstract needs both. So the encoder
gives the order, and words lift a patent above it as far as its BM25 stands out of the candidates'. How
far it must stand out, and how much that counts, depends on the query:

- its length: under a dozen words nearly every word counts, of sixty only an outlier says anything;
- how clearly the words single patents out (the lead of the best over the tenth);
- the share of its words that the library knows: what is unknown was not looked for.

A patent that repeats runs of the query's characters (`index.shared_runs`), more of them than the next ones
do, is lifted besides: twins, divisionals, an applicant's series, the abstract of a claim. That finds twins
which BM25 cannot tell from strangers who use the same words, and made two rules unnecessary: a lift for
BM25 near what the query itself would get, and one for the lead of the best by words over the second.

How much the two lists agree was tried as well (their overlap, their correlation, the cosine of the best by
words) and added nothing. The constants were fitted on records that no published figure rests on
(benchmarks/search/fit_fusion.py).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from index.exact import top_k
from index.hits import Vectors
from index.lexical import LexicalIndex, LexicalQuery
from index.patents import PatentIndex
from index.shared_runs import shared_runs

Rows = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float32]
Mode = Literal["hybrid", "dense", "lexical"]
# Rows of patents → their texts.
TextsOf = Callable[[Rows], Sequence[str]]

# Candidates of each list; deeper ones changed no figure by more than 0.001.
_CANDIDATES = 100
_TENTH = 10
# Candidates whose texts are compared with the query, the best of the fused: 0.4 ms. With a hundred no
# figure changed by more than 0.002.
_COMPARED = 60
# A patent repeats more than the next ones do when it does more than the one at this place.
_FOURTH = 4
_LARGEST_EXPONENT = 6.0


@dataclass(frozen=True, slots=True)
class FusionWeights:
    """Constants of the fusion; u is the natural logarithm of the number of words looked up, less 4.

    Attributes:
        floor, floor_by_length: words count from floor + floor_by_length · u standard deviations on.
        lift, lift_by_length, lift_by_lead: one standard deviation beyond counts
            exp(lift + lift_by_length · u + lift_by_lead · (lead − 4)).
        repeat: what a patent repeats of the query beyond what the fourth of them does counts so much;
            all of the query would be 1.
        copied: what repeats more than this share of the query is lifted however many others do so too.
    """

    floor: float = 1.97
    floor_by_length: float = 1.25
    lift: float = -0.34
    lift_by_length: float = -1.12
    lift_by_lead: float = 0.19
    repeat: float = 40.0
    copied: float = 0.2


@dataclass(frozen=True, slots=True)
class Fusion:
    """How the two lists of one query were put together; shown by `explain`.

    Attributes:
        words: distinct words that were looked up.
        distinct, ideal: of `LexicalQuery`.
        known: share of the query's words that the library knows, in [0, 1].
        lead: of the best BM25 over the tenth, in standard deviations of the candidates'.
        floor: standard deviations from which on words count.
        lift: what one more counts, in standard deviations of the cosine.
    """

    words: int
    distinct: int
    ideal: float
    known: float
    lead: float
    floor: float
    lift: float


class HybridHits(NamedTuple):
    """The k best patents, best first; there may be fewer.

    Attributes:
        rows: int64 of shape (k,).
        scores: float32 of shape (k,), fused; comparable within one query only.
        dense: float32 of shape (k,), cosine of the best passage.
        lexical: float32 of shape (k,), BM25 of the best passage, 0 without a shared word.
        repeated: float32 of shape (k,), share of the query's runs of characters that the patent's text
            repeats, in [0, 1]; 0 where it was not compared.
        dense_ranks, lexical_ranks: int64 of shape (k,), from 1; 0 for what is not among the candidates
            of that list.
        passages: int64 of shape (k,), the passage nearest in meaning.
        lexical_passages: int64 of shape (k,), the passage nearest in words, −1 without a shared word.
        fusion: how they were fused.
    """

    rows: Rows
    scores: Scores
    dense: Scores
    lexical: Scores
    repeated: Scores
    dense_ranks: Rows
    lexical_ranks: Rows
    passages: Rows
    lexical_passages: Rows
    fusion: Fusion


class HybridIndex:
    """Searches both indexes and fuses.

    Args:
        dense: over n patents.
        lexical: over the p passages.
        passage_rows: int64 of shape (p,), the patent of each passage, ascending.
        vectors: float32 of shape (p, dim), of the passages; may be memory-mapped.
        texts_of: texts of named patents, to compare with the query; None compares none.
        weights: of the fusion.
    """

    def __init__(
        self,
        dense: PatentIndex,
        lexical: LexicalIndex,
        passage_rows: Rows,
        vectors: Vectors,
        texts_of: TextsOf | None = None,
        weights: FusionWeights | None = None,
    ) -> None:
        if not lexical.count == len(passage_rows) == len(vectors):
            raise ValueError(
                f"{lexical.count} passages of words, {len(passage_rows)} rows and {len(vectors)} vectors"
            )
        self._dense = dense
        self._lexical = lexical
        self._passage_rows = passage_rows
        self._vectors = vectors
        self._texts_of = texts_of
        self._weights = weights or FusionWeights()

    @property
    def count(self) -> int:
        """Number of patents."""
        return self._dense.count

    @property
    def passages(self) -> int:
        """Number of passages."""
        return self._lexical.count

    def search(
        self,
        vectors: Vectors,
        words: Sequence[str],
        k: int,
        *,
        text: str = "",
        allowed: npt.NDArray[np.bool_] | None = None,
        mode: Mode = "hybrid",
    ) -> HybridHits:
        """Find the k best patents for one query.

        Args:
            vectors: float32 of shape (w, dim), the windows of the query; a patent scores its best.
            words: of the query, cut like the passages.
            k: at least 1.
            text: of the query, to see who repeats it; empty compares none.
            allowed: bool of shape (count,); False patents are never returned.
            mode: what orders them: both, the cosine alone, or BM25 alone (then `scores` are those, and
                by words only patents that share one are found). All hits carry all parts.

        Raises:
            ValueError: wrong shape or k < 1.
        """
        depth = max(_CANDIDATES, 2 * k)
        query = self._lexical.prepared(words)
        dense_rows = _ranked(self._dense.search(vectors, depth, allowed=allowed))
        lexical_rows = self._lexical_rows(query, depth, allowed)
        rows = _candidates(mode, dense_rows, lexical_rows)
        dense, passages, lexical, lexical_passages = self._parts(vectors, query, rows)
        fusion = fusion_of(query, lexical, self._weights)
        repeated = np.zeros(len(rows), dtype=np.float32)
        scores = {"dense": dense, "lexical": lexical}.get(mode)
        if scores is None:
            scores = fuse(dense, lexical, fusion)
            repeated = self._repeated(text, rows, scores)
            scores = scores + repeat_lift(repeated, self._weights)
        # Of equal scores the one nearer in words, then the lower row.
        order = np.lexsort((rows, -lexical, -scores))[:k]
        return HybridHits(
            rows[order],
            scores[order],
            dense[order],
            lexical[order],
            repeated[order],
            _ranks(rows[order], dense_rows),
            _ranks(rows[order], lexical_rows),
            passages[order],
            lexical_passages[order],
            fusion,
        )

    def _repeated(self, text: str, rows: Rows, scores: Scores) -> Scores:
        """What the best of the candidates repeat of the query; 0 for the others."""
        repeated = np.zeros(len(rows), dtype=np.float32)
        if self._texts_of is not None and text:
            best = top_k(scores, _COMPARED)
            repeated[best] = shared_runs(text, self._texts_of(rows[best]))
        return repeated

    def _lexical_rows(self, query: LexicalQuery, depth: int, allowed: npt.NDArray[np.bool_] | None) -> Rows:
        passages_allowed = None if allowed is None else allowed[self._passage_rows]
        # A patent has one to three passages; those that crowd a list are fewer than a third of it.
        hits = self._lexical.search(query, depth + depth // 2, allowed=passages_allowed)
        rows = self._passage_rows[hits.rows[0][hits.rows[0] >= 0]]
        return _first_of_each(rows)[:depth]

    def _parts(self, vectors: Vectors, query: LexicalQuery, rows: Rows) -> tuple[Scores, Rows, Scores, Rows]:
        """Both scores of every candidate, whichever list it came from, with the passages that earned them."""
        starts = np.searchsorted(self._passage_rows, rows, side="left")
        sizes = np.searchsorted(self._passage_rows, rows, side="right") - starts
        firsts = np.cumsum(sizes) - sizes
        owner = np.repeat(np.arange(len(rows)), sizes)
        passages = np.arange(len(owner)) + (starts - firsts)[owner]
        if len(rows) == 0:
            nothing = np.zeros(0, dtype=np.float32)
            return nothing, passages, nothing, passages
        cosines = (np.asarray(self._vectors[passages]) @ vectors.T).max(axis=1)
        bm25 = self._lexical.scores(query, passages)
        best_cosine, dense_at = _best(cosines, owner, firsts)
        best_bm25, lexical_at = _best(bm25, owner, firsts)
        lexical_passages = np.where(best_bm25 > 0, passages[lexical_at], -1)
        return best_cosine, passages[dense_at], best_bm25, lexical_passages


def _candidates(mode: Mode, dense: Rows, lexical: Rows) -> Rows:
    """The rows that a mode chooses from, ascending."""
    if mode == "hybrid":
        return np.union1d(dense, lexical)
    return np.sort(dense if mode == "dense" else lexical)


def fusion_of(query: LexicalQuery, lexical: Scores, weights: FusionWeights) -> Fusion:
    """How to fuse the candidates of a query.

    Args:
        query: its words.
        lexical: float32 of shape (m,), BM25 of the candidates.
        weights: constants.
    """
    best = np.sort(z_scores(lexical))[::-1]
    lead = float(best[0] - best[min(_TENTH, len(best)) - 1]) if len(best) else 0.0
    u = float(np.log(max(1, len(query.weights)))) - 4
    lift = weights.lift + weights.lift_by_length * u + weights.lift_by_lead * (lead - 4)
    return Fusion(
        words=len(query.weights),
        distinct=query.distinct,
        ideal=query.ideal,
        known=query.known,
        lead=lead,
        floor=weights.floor + weights.floor_by_length * u,
        lift=query.known * _exp(lift),
    )


def fuse(dense: Scores, lexical: Scores, fusion: Fusion) -> Scores:
    """Cosines in standard deviations, lifted by what of BM25 stands out.

    Args:
        dense: float32 of shape (m,), cosines of the candidates of both lists.
        lexical: float32 of shape (m,), BM25 of the same.
        fusion: of the query.

    Returns:
        float32 of shape (m,).
    """
    if len(dense) == 0 or dense.max() == dense.min():
        return z_scores(lexical)
    words = z_scores(lexical)
    fused: Scores = z_scores(dense) + np.float32(fusion.lift) * np.maximum(
        words - np.float32(fusion.floor), 0
    )
    return fused


def repeat_lift(repeated: Scores, weights: FusionWeights) -> Scores:
    """What repeating the query lifts candidates by.

    Args:
        repeated: float32 of shape (m,), share of the query's runs that each repeats.
        weights: constants.

    Returns:
        float32 of shape (m,), in standard deviations of the cosine; 0 for fewer than four candidates.
    """
    if len(repeated) < _FOURTH:
        return np.zeros_like(repeated)
    usual = min(float(np.sort(repeated)[-_FOURTH]), weights.copied)
    lifts: Scores = np.float32(weights.repeat) * np.maximum(repeated - np.float32(usual), 0)
    return lifts


def _exp(exponent: float) -> float:
    return float(np.exp(np.clip(exponent, -_LARGEST_EXPONENT, _LARGEST_EXPONENT)))


def z_scores(scores: Scores) -> Scores:
    """Bring scores of shape (m,) to mean 0 and standard deviation 1; equal scores become zeros."""
    if len(scores) == 0:
        return scores
    centred = scores - scores.mean()
    spread = float(centred.std())
    scaled: Scores = centred / np.float32(spread if spread > 0 else 1.0)
    return scaled


def _best(scores: Scores, owner: Rows, firsts: Rows) -> tuple[Scores, Rows]:
    """Highest score of each owner and the first place that has it."""
    best = np.maximum.reduceat(scores, firsts)
    places = np.flatnonzero(scores == best[owner])
    first = np.unique(owner[places], return_index=True)[1]
    return best, places[first]


def _ranked(hits: tuple[Rows, Scores, Rows]) -> Rows:
    """Rows found by any window of the query, best first, cut where the shortest list ends."""
    rows, scores, _ = hits
    found = rows >= 0
    flat, values = rows[found], scores[found]
    order = np.lexsort((flat, -values))
    return _first_of_each(flat[order])[: rows.shape[1]]


def _first_of_each(rows: Rows) -> Rows:
    """Rows in their order, each once."""
    first: Rows = np.sort(np.unique(rows, return_index=True)[1])
    return rows[first]


def _ranks(rows: Rows, ranked: Rows) -> Rows:
    """Place of each row in a list, from 1; 0 for what is not in it."""
    places = {row: place for place, row in enumerate(ranked.tolist(), start=1)}
    return np.array([places.get(row, 0) for row in rows.tolist()], dtype=np.int64)
