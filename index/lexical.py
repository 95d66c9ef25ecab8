"""Words → hits: BM25 over the same passages that the vectors stand for.

What is indexed are *documents*, numbered for good. A built index has one for each passage. An index that
was carried over to the next snapshot (`extended`) shares the files of the one before, has documents more
for what is new, and some that no passage stands for any longer; those are passed over by searches, and
count on in the rarity of words until the next build.

tantivy was taken over bm25s (benchmarks/search): it builds several times faster in a third of the
space, answers long queries faster, and a query of unknown words gives nothing instead of arbitrary
documents. Its BM25 has k1 1.2 and b .75, fixed. What it cannot do well, scoring named passages, the
forward index beside it does (`index.forward`), with the same scores.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import log
from pathlib import Path

import numpy as np
import numpy.typing as npt
import tantivy

from index.exact import empty_hits, top_k
from index.forward import FORWARD_PREFIX, ForwardIndex
from index.hits import Hits

_BODY = "words"
_ROW = "passage"
_TOKENIZER = "cut"
# Words of the longest queries (whole drafts) that are looked up: the rarest carry the weight, and
# query time grows with their number.
MOST_QUERY_WORDS = 128
# Words that more than half of all passages hold (一种, 包括) are looked up only when a query has no
# others: they make up half of the work and changed no figure of the evaluation by more than 0.0005.
_COMMON_SHARE = 0.5
# Up to this many allowed passages are scored one by one, by their words (0.6 ms); of more, all of them that
# hold a word, by its postings (1 to 4 ms). Where most passages are allowed, or words have too many
# postings, the best of all are fetched until enough of them are allowed, as long as that is cheaper.
_MOST_NAMED = 1_500
_MOST_ALLOWED = 0.4
_MOST_PAIRS = 2_000_000
_FETCH_PER_NAMED = 0.2
_WRITER_BYTES = 256_000_000
_PLACES = "documents.npy"
# Files that `extended` writes anew.
_OWN_PREFIXES = (FORWARD_PREFIX, _PLACES, ".tantivy")

Passages = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class LexicalQuery:
    """The words of a query as one index looks them up.

    Attributes:
        weights: how often the query holds each word that is looked up.
        known: share of the query's words that the index knows, in [0, 1].
        distinct: words that it asks for, repeated ones once.
        ideal: BM25 of a passage of mean length that holds each word which is looked up, and each unknown
            one as if it were the rarest, as often as the query does.
    """

    weights: dict[str, int]
    known: float
    distinct: int
    ideal: float


Words = Sequence[str] | LexicalQuery


class LexicalIndex:
    """An inverted index over words that terms/ has cut.

    Args:
        folder: written by `build`.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._index = tantivy.Index.open(str(folder))
        _register(self._index)
        self._searcher = self._index.searcher()
        self._schema = self._index.schema
        self._forward = ForwardIndex(folder)
        self._places = _Places.load(folder, self._forward.count)

    @classmethod
    def build(cls, passages: Iterable[Sequence[str]], folder: Path) -> LexicalIndex:
        """Index passages, numbered from 0 in their order, into an existing, empty folder.

        Args:
            passages: words of each passage; words with white space are refused.
            folder: to write into.
        """
        index = tantivy.Index(_schema(), path=str(folder))
        with _writing(index) as writer:
            ForwardIndex.build(_added(writer, passages, 0), folder)
        return cls(folder)

    def extended(
        self, old_passages: Passages, passages: Iterable[Sequence[str]], folder: Path
    ) -> LexicalIndex:
        """The index of the next snapshot, which shares the files of this one.

        Args:
            old_passages: int64 of shape (m,), the passage here of the same text, each at most once; −1
                for a new one. Passages that it does not name are gone.
            passages: words of the new passages, in their order.
            folder: existing and empty.
        """
        for path in self._folder.iterdir():
            if not path.name.startswith(_OWN_PREFIXES):
                _take_over(path, folder / path.name)
        start = self.documents
        with _writing(tantivy.Index.open(str(folder))) as writer:
            self._forward.extended(_added(writer, passages, start), folder)
        known = old_passages >= 0
        documents = np.empty(len(old_passages), dtype=np.int64)
        documents[known] = self._places.documents_of(old_passages[known])
        documents[~known] = np.arange(start, start + np.count_nonzero(~known))
        np.save(folder / _PLACES, documents, allow_pickle=False)
        return LexicalIndex(folder)

    @property
    def count(self) -> int:
        """Number of passages."""
        return self.documents if self._places.documents is None else len(self._places.documents)

    @property
    def documents(self) -> int:
        """Number of indexed documents; more than passages once some were deleted."""
        return int(self._searcher.num_docs)

    def known(self, words: Iterable[str]) -> dict[str, int]:
        """Number of passages that hold each word; words that none holds are left out."""
        return self._forward.holders(words)

    def prepared(self, words: Sequence[str]) -> LexicalQuery:
        """Look the words of a query up, once for all that is asked with them."""
        known = self.known(words)
        unknown = sum(word not in known for word in words)
        weights = self._weights(words, known)
        return LexicalQuery(
            weights,
            known=(len(words) - unknown) / max(1, len(words)),
            distinct=len(set(words)),
            ideal=self._ideal(weights, known, unknown),
        )

    def _ideal(self, weights: dict[str, int], known: dict[str, int], unknown: int) -> float:
        holders = np.array([0, *(known[word] for word in weights)], dtype=np.float64)
        counts = np.array([min(unknown, MOST_QUERY_WORDS), *weights.values()], dtype=np.float64)
        return float(self._forward.rarity(holders) @ counts)

    def scores(self, words: Words, passages: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        """BM25 of named passages, the very scores that `search` gives them.

        Args:
            words: of the query.
            passages: int64 of shape (m,).

        Returns:
            float32 of shape (m,), 0 where no word is shared.
        """
        return self._forward.scores(self._prepared(words).weights, self._places.documents_of(passages))

    def looked_up(self, words: Sequence[str]) -> dict[str, int]:
        """The words of a query that a search goes by, and how often it holds each."""
        return self.prepared(words).weights

    def shared(self, words: Sequence[str], passage: int) -> dict[str, int]:
        """How often a passage holds each of some words; those that it lacks are left out."""
        return self._forward.shared(words, int(self._places.documents_of(np.array([passage]))[0]))

    def search(self, words: Words, k: int, *, allowed: npt.NDArray[np.bool_] | None = None) -> Hits:
        """Find the k passages with the highest BM25.

        Args:
            words: of the query, cut like the passages; repeated words count as often. Or as prepared.
            k: at least 1.
            allowed: bool of shape (count,); False passages are never returned.

        Returns:
            Hits with q = 1; scores are BM25, above 0. Passages without any of the words are no hits,
            so there may be fewer than k. Words that more than half of all passages hold count only
            in queries without others.

        Raises:
            ValueError: k < 1 or a mask of another length.
        """
        if k < 1:
            raise ValueError(f"k must be at least 1, got {k}")
        if allowed is not None and allowed.shape != (self.count,):
            raise ValueError(f"allowed must have shape ({self.count},), got {allowed.shape}")
        weights = self._prepared(words).weights
        if not weights or (allowed is not None and not allowed.any()):
            return empty_hits(1, k)
        if allowed is None and self.documents == self.count:
            return self._hits(*self._run(self._query(weights), k), k)
        mask = np.ones(self.count, dtype=np.bool_) if allowed is None else allowed
        return self._within(weights, k, mask)

    def _within(self, weights: dict[str, int], k: int, allowed: npt.NDArray[np.bool_]) -> Hits:
        named = int(np.count_nonzero(allowed))
        if named <= _MOST_NAMED:
            passages = np.flatnonzero(allowed)
            scores = self._forward.scores(weights, self._places.documents_of(passages))
        else:
            many = named > _MOST_ALLOWED * self.count or self._forward.pairs(weights) > _MOST_PAIRS
            if many and (found := self._checked(weights, k, allowed, named)):
                return found
            documents, scores = self._forward.scores_within(weights, self._places.mask_of(allowed))
            passages = self._places.passages_of(documents)
            order = np.argsort(passages, kind="stable")
            passages, scores = passages[order], scores[order]
        best = top_k(scores, k)
        best = best[scores[best] > 0]
        return _hits(passages[best], scores[best], k)

    def _hits(self, documents: Passages, scores: npt.NDArray[np.float32], k: int) -> Hits:
        return _hits(self._places.passages_of(documents), scores, k)

    def _checked(
        self, weights: dict[str, int], k: int, allowed: npt.NDArray[np.bool_], named: int
    ) -> Hits | None:
        """Fetch more than k of all documents until k allowed passages are among them.

        What is fetched is the head of the whole ranking, so its allowed passages are the head of theirs.
        None when they lie so deep that scoring the allowed ones is cheaper.
        """
        query = self._query(weights)
        limit = 2 * k * self.documents // named + 16
        while limit <= max(_FETCH_PER_NAMED * named, 4 * k):
            documents, scores = self._run(query, limit)
            passages = self._places.passages_of(documents)
            kept = (passages >= 0) & allowed[passages]
            if np.count_nonzero(kept) >= k or len(documents) < limit:
                return _hits(passages[kept], scores[kept], k)
            limit *= 8
        return None

    def _prepared(self, words: Words) -> LexicalQuery:
        return words if isinstance(words, LexicalQuery) else self.prepared(words)

    def _weights(self, words: Sequence[str], known: dict[str, int]) -> dict[str, int]:
        """Count the known words, less the commonest; of very long queries the most telling ones."""
        telling = {word for word, held in known.items() if held <= _COMMON_SHARE * self.documents} or set(
            known
        )
        counts = {word: number for word, number in Counter(words).items() if word in telling}
        if len(counts) <= MOST_QUERY_WORDS:
            return counts
        best = sorted(counts, key=lambda word: (-counts[word] * log(self.documents / known[word] + 1), word))
        return {word: counts[word] for word in best[:MOST_QUERY_WORDS]}

    def _query(self, weights: dict[str, int]) -> tantivy.Query:
        terms = []
        for word, number in weights.items():
            term = tantivy.Query.term_query(self._schema, _BODY, word, "freq")
            terms.append(term if number == 1 else tantivy.Query.boost_query(term, float(number)))
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])

    def _run(self, query: tantivy.Query, limit: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
        found = self._searcher.search(query, limit=max(1, min(limit, self.documents)), count=False).hits
        addresses = [address for _, address in found]
        rows = np.array(self._searcher.fast_field_values(_ROW, addresses), dtype=np.int64)
        return rows, np.array([score for score, _ in found], dtype=np.float32)


@dataclass(frozen=True, slots=True)
class _Places:
    """Which document stands for which passage.

    Attributes:
        documents: int64 of shape (p,), document of each passage; None where they have the same numbers.
        passages: int64 of shape (d,), passage of each document, −1 for what was deleted; None likewise.
    """

    documents: Passages | None = None
    passages: Passages | None = None

    @classmethod
    def load(cls, folder: Path, total: int) -> _Places:
        """Read what `extended` wrote; nothing is written by `build`."""
        if not (folder / _PLACES).exists():
            return cls()
        documents = np.load(folder / _PLACES, allow_pickle=False)
        passages = np.full(total, -1, dtype=np.int64)
        passages[documents] = np.arange(len(documents))
        return cls(documents, passages)

    def documents_of(self, passages: Passages) -> Passages:
        return passages if self.documents is None else self.documents[passages]

    def mask_of(self, passages: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        """The documents of allowed passages, bool of shape (d,)."""
        if self.documents is None or self.passages is None:
            return passages
        allowed = np.zeros(len(self.passages), dtype=np.bool_)
        allowed[self.documents[passages]] = True
        return allowed

    def passages_of(self, documents: Passages) -> Passages:
        return documents if self.passages is None else self.passages[documents]


def _hits(passages: npt.NDArray[np.int64], scores: npt.NDArray[np.float32], k: int) -> Hits:
    hits = empty_hits(1, k)
    order = np.lexsort((passages, -scores))[:k]
    hits.rows[0, : len(order)] = passages[order]
    hits.scores[0, : len(order)] = scores[order]
    return hits


def _added(
    writer: tantivy.IndexWriter, passages: Iterable[Sequence[str]], first: int
) -> Iterator[Sequence[str]]:
    """Add each passage to the inverted index as the document of the next number, and hand it on."""
    for number, words in enumerate(passages, start=first):
        document = tantivy.Document()
        document.add_text(_BODY, " ".join(words))
        document.add_unsigned(_ROW, number)
        writer.add_document(document)
        yield words


@contextmanager
def _writing(index: tantivy.Index) -> Iterator[tantivy.IndexWriter]:
    """Take documents in; they are in the files when the block ends."""
    _register(index)
    # One thread: segments, and with them the order of equal scores, come out the same every time.
    writer = index.writer(_WRITER_BYTES, 1)
    yield writer
    writer.commit()
    writer.wait_merging_threads()


def _take_over(path: Path, place: Path) -> None:
    """Segments never change, so they are linked; lists of segments do, so they are copied."""
    if path.suffix in (".json", ".lock"):
        shutil.copyfile(path, place)
        return
    try:
        place.hardlink_to(path)
    except OSError:
        shutil.copyfile(path, place)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(_BODY, tokenizer_name=_TOKENIZER, index_option="freq")
    builder.add_unsigned_field(_ROW, fast=True)
    return builder.build()


def _register(index: tantivy.Index) -> None:
    """Name the tokenizer: the words are cut already; it must be registered anew on every opening."""
    index.register_tokenizer(_TOKENIZER, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
