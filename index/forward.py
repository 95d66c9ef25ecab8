"""The words of every passage, so that named passages are scored without a look at any other.

The inverted index answers "which passages hold these words"; this one answers "what do these passages
score". Small Selections need it (asking the inverted index for 1,200 named passages of 120,000 took
30 ms, this takes less than one), and so does fusion, which must know the BM25 of hits that only the
encoder found. Scores equal those of the inverted index to float32.

The same counts lie here by word too (*postings*): within a Selection of some thousands of passages all that
hold a word of the query are scored in 2 ms, where the inverted index, which takes no Selection, would
have to give its best thousands until enough of them are allowed.

Source: BM25 as in tantivy and Lucene: k1 1.2, b .75, lengths rounded down to one byte (SmallFloat).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from hashlib import blake2b
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

K1 = 1.2
B = 0.75
# Passages that are counted at a time while building.
_BLOCK = 8_192
# Passages that are scored at a time: their words fit into the processor's cache, six times as fast as
# sixteen times as many.
_SCORED = 1_024
_MOST_COUNTED = 255
# The inverted index lies in the same folder.
FORWARD_PREFIX = "forward-"

Passages = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float32]


class _Facts(msgspec.Struct, frozen=True):
    """Numbers that BM25 needs of the whole collection."""

    passages: int
    words: int


class ForwardIndex:
    """Counted words of p passages, memory-mapped.

    Args:
        folder: written by `build`.
    """

    def __init__(self, folder: Path) -> None:
        def opened(name: str) -> npt.NDArray[Any]:
            mapped = np.load(folder / f"{FORWARD_PREFIX}{name}.npy", mmap_mode="r", allow_pickle=False)
            # A plain array over the same pages: indexing a memmap costs several times as much.
            array: npt.NDArray[Any] = mapped.view(np.ndarray)
            return array

        self._facts = msgspec.json.decode((folder / f"{FORWARD_PREFIX}facts.json").read_bytes(), type=_Facts)
        self._hashes = opened("hashes")
        self._holders = opened("holders")
        self._offsets = opened("offsets")
        self._terms = opened("terms")
        self._counts = opened("counts")
        self._lengths = opened("lengths")
        self._folder = folder
        average = self._facts.words / max(1, self._facts.passages)
        self._damping = (K1 * (1 - B + B * _LENGTHS / max(average, 1e-9))).astype(np.float32)

    @classmethod
    def build(cls, passages: Iterable[Sequence[str]], folder: Path) -> ForwardIndex:
        """Count passages, numbered from 0 in their order, into an existing folder.

        Args:
            passages: words of each passage.
            folder: to write into.
        """
        _save(_collected(passages), folder)
        return cls(folder)

    def extended(self, passages: Iterable[Sequence[str]], folder: Path) -> ForwardIndex:
        """Write an index of the same passages with more behind them; only the new ones are counted.

        Args:
            passages: words of each new passage, numbered from `count`.
            folder: to write into.
        """
        new = _collected(passages)
        hashes = np.union1d(self._hashes, new.hashes)
        places = [np.searchsorted(hashes, one).astype(np.uint32) for one in (self._hashes, new.hashes)]
        old = np.asarray(self._terms)
        both = _Collected(
            hashes=hashes,
            terms=np.concatenate([places[0][old] if len(old) else old, places[1][new.terms]]),
            counts=np.concatenate([self._counts, new.counts]),
            sizes=np.concatenate([np.diff(self._offsets), new.sizes]),
            lengths=np.concatenate([self._lengths, new.lengths]),
            words=self._facts.words + new.words,
        )
        _save(both, folder)
        return ForwardIndex(folder)

    @property
    def count(self) -> int:
        """Number of passages."""
        return self._facts.passages

    def holders(self, words: Iterable[str]) -> dict[str, int]:
        """Number of passages that hold each word; words that none holds are left out."""
        asked = list(dict.fromkeys(words))
        places = self._places(asked)
        return {
            word: int(self._holders[place]) for word, place in zip(asked, places, strict=True) if place >= 0
        }

    def pairs(self, weights: Mapping[str, int]) -> int:
        """How many pairs of a word and a passage that holds it `scores_within` looks at."""
        places = self._places(list(weights))
        return int(self._holders[places[places >= 0]].sum(dtype=np.int64))

    def scores_within(
        self, weights: Mapping[str, int], allowed: npt.NDArray[np.bool_]
    ) -> tuple[Passages, Scores]:
        """All allowed passages that hold one of some words, with their BM25.

        Args:
            weights: how often the query holds each word.
            allowed: bool of shape (count,).

        Returns:
            int64 of shape (m,), ascending, and float32 of shape (m,), above 0.
        """
        known, worth = self._worth(weights)
        if len(known) == 0:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        postings = self._postings
        slices = [slice(*postings.starts[place : place + 2].tolist()) for place in known.tolist()]
        passages = np.concatenate([postings.passages[own] for own in slices])
        kept = np.flatnonzero(allowed.take(passages))
        passages = passages.take(kept)
        counts = np.concatenate([postings.counts[own] for own in slices]).take(kept).astype(np.float32)
        ends = np.searchsorted(kept, np.cumsum(self._holders[known], dtype=np.int64))
        damping = self._damping.take(self._lengths.take(passages))
        parts = np.repeat(worth, np.diff(ends, prepend=0)) * counts / (counts + damping)
        totals = np.bincount(passages, parts).astype(np.float32)
        found = np.flatnonzero(totals)
        return found, totals[found]

    @cached_property
    def _postings(self) -> _Postings:
        """From its files; a snapshot of an earlier version has none, so they are made in memory."""
        path = self._folder / f"{FORWARD_PREFIX}posting-passages.npy"
        if not path.exists():
            return _by_word(self._terms, self._counts, self._offsets, len(self._hashes))
        passages, counts = (
            np.load(self._folder / f"{FORWARD_PREFIX}{name}.npy", mmap_mode="r", allow_pickle=False)
            for name in ("posting-passages", "posting-counts")
        )
        starts = np.concatenate([[0], np.cumsum(self._holders, dtype=np.int64)])
        return _Postings(passages.view(np.ndarray), counts.view(np.ndarray), starts)

    def scores(self, weights: Mapping[str, int], passages: Passages) -> Scores:
        """BM25 of named passages.

        Args:
            weights: how often the query holds each word.
            passages: int64 of shape (m,).

        Returns:
            float32 of shape (m,), 0 where no word is shared.
        """
        table = self._table(weights)
        scores = np.zeros(len(passages), dtype=np.float32)
        if not table.any():
            return scores
        for start in range(0, len(passages), _SCORED):
            block = passages[start : start + _SCORED]
            scores[start : start + _SCORED] = self._score(table, block)
        return scores

    def shared(self, words: Sequence[str], passage: int) -> dict[str, int]:
        """How often a passage holds each of some words; those that it lacks are left out."""
        own = slice(int(self._offsets[passage]), int(self._offsets[passage + 1]))
        counts = dict(zip(self._terms[own].tolist(), self._counts[own].tolist(), strict=True))
        asked = list(dict.fromkeys(words))
        places = self._places(asked).tolist()
        return {word: counts[place] for word, place in zip(asked, places, strict=True) if place in counts}

    def _score(self, table: Scores, passages: Passages) -> Scores:
        starts = self._offsets[passages]
        ends = np.cumsum(self._offsets[passages + 1] - starts)
        sizes = np.diff(ends, prepend=0)
        places = np.arange(ends[-1])
        places += np.repeat(starts - ends + sizes, sizes)
        weights = table.take(self._terms.take(places))
        # Few words of a passage are among the query's: what follows is for those.
        held = np.flatnonzero(weights != 0)
        owner = np.searchsorted(ends, held, side="right")
        counts = self._counts[places[held]].astype(np.float32)
        damping = self._damping[self._lengths[passages]][owner]
        parts = weights[held] * counts / (counts + damping)
        return np.bincount(owner, parts, minlength=len(passages)).astype(np.float32)

    def _table(self, weights: Mapping[str, int]) -> Scores:
        """Weight of each term of the vocabulary: rarity times how often the query holds it."""
        table = np.zeros(len(self._hashes), dtype=np.float32)
        known, worth = self._worth(weights)
        table[known] = worth
        return table

    def _worth(self, weights: Mapping[str, int]) -> tuple[npt.NDArray[np.int64], Scores]:
        """Places in the vocabulary of the words that are known, and the weight of each."""
        places = self._places(list(weights))
        known = places >= 0
        rarity = self.rarity(self._holders[places[known]].astype(np.float64))
        counts = np.array(list(weights.values()), dtype=np.float64)[known]
        return places[known], (rarity * counts * (K1 + 1)).astype(np.float32)

    def rarity(self, holders: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Inverse document frequency of words that so many passages hold: shape (m,), above 0."""
        rarity: npt.NDArray[np.float64] = np.log1p((self.count - holders + 0.5) / (holders + 0.5))
        return rarity

    def _places(self, words: Sequence[str]) -> npt.NDArray[np.int64]:
        """Place of each word in the vocabulary, −1 for unknown ones."""
        hashes = np.array([_hash(word) for word in words], dtype=np.uint64)
        if len(self._hashes) == 0 or len(hashes) == 0:
            return np.full(len(hashes), -1, dtype=np.int64)
        places = np.minimum(np.searchsorted(self._hashes, hashes), len(self._hashes) - 1)
        return np.where(self._hashes[places] == hashes, places, -1)


class _Postings(NamedTuple):
    """Who holds each word.

    Attributes:
        passages: int32 of shape (e,), those of one word beside each other and ascending.
        counts: uint8 of shape (e,), how often each holds the word.
        starts: int64 of shape (v + 1,): the postings of word i are ``starts[i]:starts[i + 1]``.
    """

    passages: npt.NDArray[np.int32]
    counts: npt.NDArray[np.uint8]
    starts: npt.NDArray[np.int64]


def _by_word(
    terms: npt.NDArray[np.uint32],
    counts: npt.NDArray[np.uint8],
    offsets: npt.NDArray[np.int64],
    vocabulary: int,
) -> _Postings:
    """Turn the words of each passage into the passages of each word: 0.25 s for nine million pairs."""
    from scipy.sparse import csr_matrix

    shape = (len(offsets) - 1, vocabulary)
    turned = csr_matrix((counts, terms.astype(np.int32), offsets), shape=shape).tocsc()
    return _Postings(turned.indices.astype(np.int32), turned.data, turned.indptr.astype(np.int64))


class _Collected(msgspec.Struct, frozen=True):
    """Counted passages: what the files hold, terms being places in `hashes`."""

    hashes: npt.NDArray[np.uint64]
    terms: npt.NDArray[np.uint32]
    counts: npt.NDArray[np.uint8]
    sizes: npt.NDArray[np.int64]
    lengths: npt.NDArray[np.uint8]
    words: int


def _collected(passages: Iterable[Sequence[str]]) -> _Collected:
    numbers = _Numbers()
    blocks = [_counted(block, numbers) for block in _blocks(passages)]
    places, hashes = _sorted_hashes(numbers)
    terms = _joined([block.terms for block in blocks], np.uint32)
    lengths = _joined([block.lengths for block in blocks], np.int64)
    return _Collected(
        hashes=hashes,
        terms=places[terms] if len(terms) else terms,
        counts=_joined([block.counts for block in blocks], np.uint8),
        sizes=_joined([block.sizes for block in blocks], np.int64),
        lengths=length_codes(lengths),
        words=int(lengths.sum()),
    )


def _save(collected: _Collected, folder: Path) -> None:
    offsets = np.concatenate([[0], np.cumsum(collected.sizes)]).astype(np.int64)
    postings = _by_word(collected.terms, collected.counts, offsets, len(collected.hashes))
    arrays: dict[str, npt.NDArray[Any]] = {
        "hashes": collected.hashes,
        "holders": np.diff(postings.starts).astype(np.uint32),
        "offsets": offsets,
        "posting-passages": postings.passages,
        "posting-counts": postings.counts,
        "terms": collected.terms,
        "counts": collected.counts,
        "lengths": collected.lengths,
    }
    for name, array in arrays.items():
        np.save(folder / f"{FORWARD_PREFIX}{name}.npy", array, allow_pickle=False)
    facts = _Facts(passages=len(collected.sizes), words=collected.words)
    (folder / f"{FORWARD_PREFIX}facts.json").write_bytes(msgspec.json.encode(facts))


class _Block(msgspec.Struct, frozen=True):
    terms: npt.NDArray[np.uint32]
    counts: npt.NDArray[np.uint8]
    sizes: npt.NDArray[np.int64]
    lengths: npt.NDArray[np.int64]


def _blocks(passages: Iterable[Sequence[str]]) -> Iterator[list[Sequence[str]]]:
    rest = iter(passages)
    while block := list(islice(rest, _BLOCK)):
        yield block


class _Numbers(dict[str, int]):
    """A number for each word, in the order of their first use."""

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self)
        return number


def _counted(block: list[Sequence[str]], numbers: _Numbers) -> _Block:
    lengths = np.array([len(words) for words in block], dtype=np.int64)
    flat = chain.from_iterable(block)
    terms = np.fromiter(map(numbers.__getitem__, flat), dtype=np.int64, count=int(lengths.sum()))
    owners = np.repeat(np.arange(len(block)), lengths)
    pairs, counts = np.unique((owners << 32) | terms, return_counts=True)
    return _Block(
        terms=(pairs & 0xFFFFFFFF).astype(np.uint32),
        counts=np.minimum(counts, _MOST_COUNTED).astype(np.uint8),
        sizes=np.bincount(pairs >> 32, minlength=len(block)),
        lengths=lengths,
    )


def _sorted_hashes(numbers: Mapping[str, int]) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint64]]:
    """Place of each number in the order of hashes, and the hashes in order."""
    hashes = np.array([_hash(word) for word in numbers], dtype=np.uint64)
    order = np.argsort(hashes, kind="stable")
    places = np.empty(len(hashes), dtype=np.uint32)
    places[order] = np.arange(len(hashes), dtype=np.uint32)
    in_order = hashes[order]
    if (in_order[1:] == in_order[:-1]).any():  # one chance in 10^7 for a million words
        twice = [word for word, number in Counter(map(_hash, numbers)).items() if number > 1]
        raise ValueError(f"two words share the hash {twice[0]}")
    return places, in_order


@lru_cache(maxsize=65_536)
def _hash(word: str) -> int:
    digest = blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little")


def _joined(arrays: list[npt.NDArray[Any]], kind: type[np.generic]) -> npt.NDArray[Any]:
    return np.concatenate([np.empty(0, dtype=kind), *arrays]).astype(kind, copy=False)


def _length_of(code: int) -> int:
    """Length that a byte stands for: exact to 40, then four significant bits."""
    if code < 24:
        return code
    bits, shift = (code - 24) & 7, ((code - 24) >> 3) - 1
    return 24 + (bits if shift == -1 else (bits | 8) << shift)


_LENGTHS = np.array([_length_of(code) for code in range(256)], dtype=np.float64)


def length_codes(lengths: npt.NDArray[np.int64]) -> npt.NDArray[np.uint8]:
    """The byte of each length: that of the longest length which is not longer."""
    return (np.searchsorted(_LENGTHS, lengths, side="right") - 1).astype(np.uint8)
