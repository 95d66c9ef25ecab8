"""Words → hits: BM25 over the same passages that the vectors stand for.

tantivy was taken over bm25s (benchmarks/search): it builds several times faster in a third of the
space, answers long queries faster, and a query of unknown words gives nothing instead of arbitrary
documents. Its BM25 has k1 1.2 and b .75, fixed. What it cannot do well, scoring named passages, the
forward index beside it does (`index.forward`), with the same scores.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from math import log
from pathlib import Path

import numpy as np
import numpy.typing as npt
import tantivy

from index.exact import empty_hits, top_k
from index.forward import ForwardIndex
from index.hits import Hits

_BODY = "words"
_ROW = "passage"
_TOKENIZER = "cut"
# Words of the longest queries (whole drafts) that are looked up: the rarest carry the weight, and
# query time grows with their number.
MOST_QUERY_WORDS = 128
# Words that more than half of all passages hold (一种, 包括) are looked up only when a query has no
# others: they make up half of the work and changed no figure of the ruler by more than 0.0005.
_COMMON_SHARE = 0.5
# Up to this many allowed passages are scored one by one (3 ms); of more, the best of all are fetched
# until enough of them are allowed, as long as that costs less than scoring the allowed ones.
_MOST_NAMED = 4_000
_FETCH_PER_NAMED = 0.2
_WRITER_BYTES = 256_000_000


class LexicalIndex:
    """An inverted index over words that terms/ has cut.

    Args:
        folder: written by `build`.
    """

    def __init__(self, folder: Path) -> None:
        self._index = tantivy.Index.open(str(folder))
        _register(self._index)
        self._searcher = self._index.searcher()
        self._schema = self._index.schema
        self._forward = ForwardIndex(folder)

    @classmethod
    def build(cls, passages: Iterable[Sequence[str]], folder: Path) -> LexicalIndex:
        """Index passages, numbered from 0 in their order, into an existing, empty folder.

        Args:
            passages: words of each passage; words with white space are refused.
            folder: to write into.
        """
        index = tantivy.Index(_schema(), path=str(folder))
        _register(index)
        # One thread: segments, and with them the order of equal scores, come out the same every time.
        writer = index.writer(_WRITER_BYTES, 1)
        ForwardIndex.build(_added(writer, passages), folder)
        writer.commit()
        writer.wait_merging_threads()
        return cls(folder)

    @property
    def count(self) -> int:
        """Number of passages."""
        return int(self._searcher.num_docs)

    def known(self, words: Iterable[str]) -> dict[str, int]:
        """Number of passages that hold each word; words that none holds are left out."""
        return self._forward.holders(words)

    def scores(self, words: Sequence[str], passages: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        """BM25 of named passages, the very scores that `search` gives them.

        Args:
            words: of the query.
            passages: int64 of shape (m,).

        Returns:
            float32 of shape (m,), 0 where no word is shared.
        """
        return self._forward.scores(self._weights(words), passages)

    def looked_up(self, words: Sequence[str]) -> dict[str, int]:
        """The words of a query that a search goes by, and how often it holds each."""
        return self._weights(words)

    def shared(self, words: Sequence[str], passage: int) -> dict[str, int]:
        """How often a passage holds each of some words; those that it lacks are left out."""
        return self._forward.shared(words, passage)

    def search(self, words: Sequence[str], k: int, *, allowed: npt.NDArray[np.bool_] | None = None) -> Hits:
        """Find the k passages with the highest BM25.

        Args:
            words: of the query, cut like the passages; repeated words count as often.
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
        weights = self._weights(words)
        if not weights or (allowed is not None and not allowed.any()):
            return empty_hits(1, k)
        if allowed is None:
            return _hits(*self._run(self._query(weights), k), k)
        named = np.flatnonzero(allowed)
        if len(named) > _MOST_NAMED and (found := self._checked(weights, k, allowed, len(named))):
            return found
        scores = self._forward.scores(weights, named)
        best = top_k(scores, k)
        best = best[scores[best] > 0]
        return _hits(named[best], scores[best], k)

    def _checked(
        self, weights: dict[str, int], k: int, allowed: npt.NDArray[np.bool_], named: int
    ) -> Hits | None:
        """Fetch more than k of all passages until k allowed ones are among them.

        What is fetched is the head of the whole ranking, so its allowed passages are the head of theirs.
        None when they lie so deep that scoring the allowed ones is cheaper.
        """
        query = self._query(weights)
        limit = 2 * k * self.count // named + 16
        while limit <= max(_FETCH_PER_NAMED * named, 4 * k):
            passages, scores = self._run(query, limit)
            kept = allowed[passages]
            if np.count_nonzero(kept) >= k or len(passages) < limit:
                return _hits(passages[kept], scores[kept], k)
            limit *= 8
        return None

    def _weights(self, words: Sequence[str]) -> dict[str, int]:
        """Count the known words, less the commonest; of very long queries the most telling ones."""
        known = self.known(words)
        telling = {word for word, held in known.items() if held <= _COMMON_SHARE * self.count} or set(known)
        counts = {word: number for word, number in Counter(words).items() if word in telling}
        if len(counts) <= MOST_QUERY_WORDS:
            return counts
        best = sorted(counts, key=lambda word: (-counts[word] * log(self.count / known[word] + 1), word))
        return {word: counts[word] for word in best[:MOST_QUERY_WORDS]}

    def _query(self, weights: dict[str, int]) -> tantivy.Query:
        terms = []
        for word, number in weights.items():
            term = tantivy.Query.term_query(self._schema, _BODY, word, "freq")
            terms.append(term if number == 1 else tantivy.Query.boost_query(term, float(number)))
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])

    def _run(self, query: tantivy.Query, limit: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
        found = self._searcher.search(query, limit=max(1, min(limit, self.count)), count=False).hits
        addresses = [address for _, address in found]
        rows = np.array(self._searcher.fast_field_values(_ROW, addresses), dtype=np.int64)
        return rows, np.array([score for score, _ in found], dtype=np.float32)


def _hits(passages: npt.NDArray[np.int64], scores: npt.NDArray[np.float32], k: int) -> Hits:
    hits = empty_hits(1, k)
    order = np.lexsort((passages, -scores))[:k]
    hits.rows[0, : len(order)] = passages[order]
    hits.scores[0, : len(order)] = scores[order]
    return hits


def _added(writer: tantivy.IndexWriter, passages: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
    """Add each passage to the inverted index and hand it on."""
    for number, words in enumerate(passages):
        document = tantivy.Document()
        document.add_text(_BODY, " ".join(words))
        document.add_unsigned(_ROW, number)
        writer.add_document(document)
        yield words


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(_BODY, tokenizer_name=_TOKENIZER, index_option="freq")
    builder.add_unsigned_field(_ROW, fast=True)
    return builder.build()


def _register(index: tantivy.Index) -> None:
    """Name the tokenizer: the words are cut already; it must be registered anew on every opening."""
    index.register_tokenizer(_TOKENIZER, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
