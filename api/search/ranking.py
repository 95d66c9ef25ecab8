"""What is asked → the k best patents within a mask: the one way to rank for every capability."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from api.live.parts import encoder_of, hybrid_of, passages_of, technologies_of
from api.live.scores import scores_of
from api.live.snapshot import LiveSnapshot
from api.patents.record import row_of
from embed.encoder import unread_script
from embed.passages import character_limit, windows
from index.hybrid import HybridHits
from patents.errors import InputError
from terms.scripts import Script
from terms.words import words

Mode = Literal["hybrid", "dense", "lexical"]
Vectors = npt.NDArray[np.float32]

# Facets count so many of the nearest; no more are scored for it, for candidates are.
NEAR = 50
# Of a list of hits what is not of each hit.
_OF_THE_LIST = ("fusion",)
# Of a step towards what is liked, this much is a step away from what is not. Three patents of a main group
# find ten of which 71 % are of it; with three of a neighbouring group to be unlike, 69 % at .3 and 63 % at
# .5, while the other group falls from 5.4 % to 2.6 and 1.8 % (benchmarks/search/several.py).
# Source: Rocchio, Relevance Feedback in Information Retrieval, 1971.
AWAY = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedQuery:
    """What to rank by; made by `query_of_text`, `query_of_patent` or `query_of_patents`.

    Attributes:
        text: what was asked, in words; of patents their titles and abstracts.
        vectors: float32 of shape (w, dim), w ≥ 1: windows of a long text or passages of a patent. A
            patent scores its best.
        words: as terms/ cuts them; repeated ones count as often.
        left_out: rows that are the query itself, with the others of the same technology.
        unread: script of the text where the encoder does not read it; then only words rank.
    """

    text: str
    vectors: Vectors
    words: tuple[str, ...]
    left_out: frozenset[int] = frozenset()
    unread: Script | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """One patent and the parts of its score.

    Attributes:
        row: of the snapshot.
        score: 0 … 100, comparable across queries; see `index.score_scale`.
        fused: what the order is by: fused (comparable within one query only), cosine or BM25 by mode.
        dense: cosine of its passage nearest in meaning, −1 … 1.
        lexical: BM25 of its passage nearest in words, 0 without a shared word.
        repeated: share of the query's runs of six characters that its texts repeat, 0 … 1; compared only
            where both order, and of the best sixty.
        dense_rank, lexical_rank: place by meaning or words alone, from 1; 0 below the candidates.
        passage: nearest in meaning.
        lexical_passage: nearest in words; −1 without a shared word.
        others: rows of the same technology (一案双申) that ranked behind and are collapsed into this.
    """

    row: int
    score: float
    fused: float
    dense: float
    lexical: float
    repeated: float
    dense_rank: int
    lexical_rank: int
    passage: int
    lexical_passage: int
    others: tuple[int, ...] = ()


def query_of_text(live: LiveSnapshot, text: str) -> RankedQuery:
    """Ask by a text of any length.

    Raises:
        InputError: it is empty.
    """
    text = text.strip()
    if not text:
        raise InputError("search-empty")
    encoder = encoder_of(live)
    vectors = encoder.encode(windows(text, character_limit(encoder)), role="query")
    unread = unread_script(encoder, text)
    return RankedQuery(text=text, vectors=vectors, words=tuple(words(text)), unread=unread)


def query_of_patent(live: LiveSnapshot, number: str) -> RankedQuery:
    """Ask by a patent of the library: all its passages; it is left out with its technology.

    Raises:
        NotFoundError: the library has no such patent.
        InputError: it has no text.
    """
    row = _row_with_text(live, number)
    text, passages = text_of(live, row), passages_of(live)
    return RankedQuery(
        text=text,
        vectors=passages.vectors[passages.of(row)],
        words=tuple(words(text)),
        left_out=same_technologies(live, [row]),
    )


def query_of_patents(
    live: LiveSnapshot, like: Sequence[str], unlike: Sequence[str] = (), *, text: str = "", away: float = AWAY
) -> RankedQuery:
    """Ask for patents like several ones (and a text), and unlike others; all of them are left out.

    Args:
        live: the snapshot.
        like: numbers in any spelling; may be empty when there is a text.
        unlike: numbers likewise.
        text: asked for besides.
        away: weight of what hits should not be like.

    Raises:
        NotFoundError: the library lacks one of them.
        InputError: one has no text, or there is nothing to be like.
    """
    if not like and not text.strip():
        raise InputError("search-nothing-to-be-like")
    if len(like) == 1 and not unlike and not text.strip():
        return query_of_patent(live, like[0])
    wanted = [_row_with_text(live, number) for number in like]
    unwanted = [_row_with_text(live, number) for number in unlike]
    asked = query_of_text(live, text) if text.strip() else None
    parts = [*([asked.text] if asked else []), *(text_of(live, row) for row in wanted)]
    return RankedQuery(
        text="\n".join(parts),
        vectors=_moved(live, None if asked is None else asked.vectors, wanted, unwanted, away),
        words=_words_without(parts, [text_of(live, row) for row in unwanted]),
        left_out=same_technologies(live, [*wanted, *unwanted]),
        unread=asked.unread if asked and not like else None,
    )


@dataclass(frozen=True, slots=True)
class Ranking:
    """The k best patents, rows of the nearest (`NEAR`) with their scores, and what ordered them."""

    hits: list[Ranked]
    near: npt.NDArray[np.int64]
    scores: npt.NDArray[np.float64]
    mode: Mode


def rank(
    live: LiveSnapshot, query: RankedQuery, k: int, allowed: npt.NDArray[np.bool_], *, mode: Mode = "hybrid"
) -> list[Ranked]:
    """Find the k best patents, one of each technology; see `ranking`."""
    return ranking(live, query, k, allowed, mode=mode).hits


def ranking(
    live: LiveSnapshot, query: RankedQuery, k: int, allowed: npt.NDArray[np.bool_], *, mode: Mode = "hybrid"
) -> Ranking:
    """Find the k best patents, one of each technology, and the nearest ones.

    Args:
        live: the snapshot.
        query: what is asked.
        k: at least 1.
        allowed: bool of shape (live.count,); False patents are never returned, nor is what the query
            leaves out. It is not changed.
        mode: which score orders them. By words alone, and for a text that the encoder does not read, only
            patents that share a word are hits; else there are k whenever so many technologies with a text
            are allowed.

    Raises:
        ValueError: a mask of another length, or k < 1.
    """
    if query.unread and mode == "hybrid":
        mode = "lexical"
    if not _without(allowed, query.left_out).any():
        return Ranking([], np.empty(0, dtype=np.int64), np.empty(0), mode)
    # What is asked takes part until the scores are fused: beside it the words of others stand out as much
    # as they should (neighbours nDCG@10 .230 instead of .227, the encoder alone .231).
    allowed = allowed.copy()
    allowed[list(query.left_out)] = True
    within = None if allowed.all() else allowed
    wanted = max(NEAR, k + 4) + len(query.left_out)
    while True:
        found = hybrid_of(live).search(
            query.vectors, query.words, wanted, text=query.text, allowed=within, mode=mode
        )
        hits = _others(found, query.left_out)
        scores = scores_of(live, query.text, hits, is_read=query.unread is None)
        ranked = _collapsed(live, hits, scores, k)
        if len(ranked) == k or len(found.rows) < wanted:
            return Ranking(ranked, hits.rows[:NEAR], scores[:NEAR], mode)
        wanted *= 4


def _without(allowed: npt.NDArray[np.bool_], rows: Iterable[int]) -> npt.NDArray[np.bool_]:
    rest = allowed.copy()
    rest[list(rows)] = False
    return rest


def _others(hits: HybridHits, left_out: frozenset[int]) -> HybridHits:
    """Hits less some rows; ranks close up."""
    if not left_out:
        return hits
    gone = np.isin(hits.rows, list(left_out))

    def closed(ranks: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        before = np.sort(ranks[gone & (ranks > 0)])
        rest = ranks[~gone]
        return np.where(rest > 0, rest - np.searchsorted(before, rest), 0)

    kept = {name: getattr(hits, name)[~gone] for name in hits._fields if name not in _OF_THE_LIST}
    ranks = {"dense_ranks": closed(hits.dense_ranks), "lexical_ranks": closed(hits.lexical_ranks)}
    return hits._replace(**kept | ranks)


def text_of(live: LiveSnapshot, row: int) -> str:
    """Title and abstract of a patent; its first claim where both are missing."""
    title, abstract, claim = (
        live.table.column(name)[row].as_py() or "" for name in ("title", "abstract", "first_claim")
    )
    return "。".join(part.strip() for part in (title, abstract) if part.strip()) or claim.strip()


def same_technologies(live: LiveSnapshot, rows: Iterable[int]) -> frozenset[int]:
    """These rows and all others of their technologies."""
    technologies = technologies_of(live)
    return frozenset(np.flatnonzero(np.isin(technologies, technologies[list(rows)])).tolist())


def _row_with_text(live: LiveSnapshot, number: str) -> int:
    row = row_of(live, number)
    if len(passages_of(live).of(row)) == 0:
        raise InputError("patent-without-text", number=number)
    return row


def _moved(
    live: LiveSnapshot, asked: Vectors | None, like: Sequence[int], unlike: Sequence[int], away: float
) -> Vectors:
    """Windows of the text, moved to the middle of what is liked and away from what is not.

    The middle finds more of the same than the patents do one by one: 72 against 55 of a hundred hits.
    """
    vectors = np.zeros((1, passages_of(live).vectors.shape[1]), dtype=np.float32) if asked is None else asked
    if like:
        vectors = vectors + _middle(live, like)
    if unlike:
        vectors = _unit(vectors) - np.float32(away) * _middle(live, unlike)
    return _unit(vectors)


def _middle(live: LiveSnapshot, rows: Sequence[int]) -> Vectors:
    passages = passages_of(live)
    firsts = [int(passages.of(row)[0]) for row in rows]
    return _unit(np.asarray(passages.vectors[firsts]).mean(axis=0, keepdims=True))


def _unit(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = vectors / np.maximum(lengths, np.float32(1e-12))
    return unit


def _words_without(texts: Sequence[str], unlike: Sequence[str]) -> tuple[str, ...]:
    """Words of some texts, less as often as the others hold them."""
    counts = Counter(word for text in texts for word in words(text))
    counts -= Counter(word for text in unlike for word in words(text))
    return tuple(counts.elements())


def _collapsed(live: LiveSnapshot, hits: HybridHits, scores: npt.NDArray[np.float64], k: int) -> list[Ranked]:
    """The best patent of each technology; the others of it are listed behind it."""
    places: dict[int, int] = {}
    others: dict[int, list[int]] = {}
    for place, row in enumerate(hits.rows.tolist()):
        technology = int(technologies_of(live)[row])
        if technology in places:
            others[technology].append(row)
        elif len(places) < k:
            places[technology], others[technology] = place, []
    return [
        _ranked(hits, place, float(scores[place]), tuple(others[technology]))
        for technology, place in places.items()
    ]


def _ranked(hits: HybridHits, place: int, score: float, others: tuple[int, ...]) -> Ranked:
    return Ranked(
        row=int(hits.rows[place]),
        score=score,
        fused=float(hits.scores[place]),
        dense=float(hits.dense[place]),
        lexical=float(hits.lexical[place]),
        repeated=float(hits.repeated[place]),
        dense_rank=int(hits.dense_ranks[place]),
        lexical_rank=int(hits.lexical_ranks[place]),
        passage=int(hits.passages[place]),
        lexical_passage=int(hits.lexical_passages[place]),
        others=others,
    )
