"""The terms of a library as they are kept: counted once at a build, added to at an import.

terms.json      the terms in the order of their columns, and the stop words among them
indptr.npy, indices.npy, counts.npy   CSR matrix of shape (patents, terms), int32 and uint16
digests.npy     uint64 of shape (patents,): hash of each text, by which rows are found again
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import sparse

from patents.errors import SnapshotError
from terms.corpus import corpus_terms
from terms.informative import uninformative
from terms.ngrams import TermCounts, count_terms
from terms.stopwords import roles
from terms.tokens import tokenize

__all__ = ["LibraryTerms"]

FORMAT = 1
_FACTS = "terms.json"
_MOST = np.iinfo(np.uint16).max
Digests = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class LibraryTerms:
    """Terms of the n patents of a snapshot.

    Attributes:
        counts: terms per patent, in the order of the rows.
        stop: bool of shape (m,): terms that are spread over all technologies and name none.
        digests: uint64 of shape (n,): hash of the text that each row was counted from.
    """

    counts: TermCounts
    stop: npt.NDArray[np.bool_]
    digests: Digests

    @classmethod
    def of(cls, texts: Iterable[str], classes: npt.NDArray[np.int64]) -> LibraryTerms:
        """Cut, mine and count; the texts are read once and not kept.

        Args:
            texts: n texts, title and abstract of each patent.
            classes: int64 of shape (n,): main IPC subclass of each, −1 for none.
        """
        digests: list[int] = []
        counts = _compact(corpus_terms(_hashed(texts, digests)).counts)
        return cls(counts, uninformative(counts.matrix, classes), np.array(digests, dtype=np.uint64))

    def extended(self, texts: Iterable[str]) -> LibraryTerms:
        """The same terms over the rows of a later snapshot.

        Args:
            texts: of its rows. Those that are known keep their counts; others are counted by the
                terms that exist, so that no column moves.

        Returns:
            These very terms when no text has changed.
        """
        digests: list[int] = []
        known = {int(digest): row for row, digest in enumerate(self.digests.tolist())}
        fresh: list[str] = []
        rows: list[int] = []
        for text in _hashed(texts, digests):
            place = known.get(digests[-1])
            rows.append(len(self.digests) + len(fresh) if place is None else place)
            if place is None:
                fresh.append(text)
        hashes = np.array(digests, dtype=np.uint64)
        if np.array_equal(hashes, self.digests):
            return self
        matrix = sparse.vstack([self.counts.matrix, self._counted(fresh)], format="csr")
        counts = TermCounts(self.counts.terms, matrix[np.array(rows, dtype=np.int64)])
        return LibraryTerms(_compact(counts), self.stop, hashes)

    def _counted(self, texts: list[str]) -> sparse.csr_matrix:
        """Count known terms in new texts; CSR of shape (texts, m)."""
        if not texts:
            return sparse.csr_matrix((0, len(self.counts.terms)), dtype=np.uint16)
        tokens = tokenize(texts)
        found = count_terms(tokens, roles(tokens.vocabulary), allowed=frozenset(self.counts.terms), fewest=1)
        column = {term: place for place, term in enumerate(self.counts.terms)}
        places = np.array([column.get(term, -1) for term in found.terms], dtype=np.int64)
        held = found.matrix.tocoo()
        to = places[held.col]
        kept = to >= 0
        entries = (held.data[kept], (held.row[kept], to[kept]))
        return sparse.csr_matrix(entries, shape=(len(texts), len(self.counts.terms)))

    def save(self, folder: Path) -> None:
        """Write the files into an existing folder."""
        matrix = self.counts.matrix
        np.save(folder / "indptr.npy", matrix.indptr)
        np.save(folder / "indices.npy", matrix.indices)
        np.save(folder / "counts.npy", matrix.data)
        np.save(folder / "digests.npy", self.digests)
        stop = np.flatnonzero(self.stop).tolist()
        facts = {"format": FORMAT, "terms": self.counts.terms, "stop": stop}
        (folder / _FACTS).write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> LibraryTerms:
        """Read what `save` wrote; the matrix stays on disk until it is used.

        Raises:
            SnapshotError: it is not there, or was written by another version.
        """
        try:
            facts = json.loads((folder / _FACTS).read_text(encoding="utf-8"))
            indptr, digests = np.load(folder / "indptr.npy"), np.load(folder / "digests.npy")
            indices = np.load(folder / "indices.npy", mmap_mode="r")
            counts = np.load(folder / "counts.npy", mmap_mode="r")
        except (OSError, ValueError) as error:
            raise SnapshotError("terms-unreadable", folder=folder, reason=error) from error
        if facts["format"] != FORMAT:
            raise SnapshotError("terms-of-other-format", folder=folder, format=facts["format"])
        terms = tuple(facts["terms"])
        matrix = sparse.csr_matrix((counts, indices, indptr), shape=(len(digests), len(terms)), copy=False)
        stop = np.zeros(len(terms), dtype=np.bool_)
        stop[facts["stop"]] = True
        return cls(TermCounts(terms, matrix), stop, digests)


def _hashed(texts: Iterable[str], digests: list[int]) -> Iterator[str]:
    """Hand texts on, and note the hash of each."""
    for text in texts:
        digests.append(int.from_bytes(blake2b(text.encode("utf-8"), digest_size=8).digest(), "little"))
        yield text


def _compact(counts: TermCounts) -> TermCounts:
    """The same with the smallest numbers that hold it: six bytes an entry."""
    matrix = counts.matrix
    data = np.minimum(matrix.data, _MOST).astype(np.uint16)
    parts = (data, matrix.indices.astype(np.int32, copy=False), matrix.indptr.astype(np.int32, copy=False))
    return TermCounts(counts.terms, sparse.csr_matrix(parts, shape=matrix.shape, copy=False))
