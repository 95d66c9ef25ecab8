"""Approximate search for large libraries: inverted lists name candidates, exact vectors score them.

A hit has the very score that the oracle gives it, and equal scores come in the order of rows. What the
lists are made of, and why, says `index.lists`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import faiss
import msgspec
import numpy as np
import numpy.typing as npt

from index.exact import ExactIndex, check_search, empty_hits, top_k
from index.hits import Hits, Vectors
from index.lists import Lists, Parameters
from patents.errors import SnapshotError

Mask = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float32]

# Candidates that are sorted at a time: 48 MB.
_BLOCK_CANDIDATES = 4_000_000
# To scan so many codes takes as long as to score the rows of `IvfPlan.gather`.
_SCANNED = 150_000
# For so few queries the rows are read where they lie; for more it pays to gather them once.
_FEW = 4
# Selections are fields rather than random rows, and a query may come from another field: its nearest
# allowed rows are then spread over more lists. Without it recall fell to .976 in a third of the library.
# Of long lists of hits only the head is looked for so widely: the rest are candidates for fusion.
_FIELD = 5
_HEAD = 20


class Effort(NamedTuple):
    """How many lists hold the `depth` nearest of all rows.

    Attributes:
        depth: of the search: k for a search of everything, k / share within a Selection.
        probes: lists to look into.
        recall: measured share of the true nearest that are found so.
    """

    depth: int
    probes: int
    recall: float


@dataclass(frozen=True, slots=True)
class IvfPlan:
    """Parameters of an index.

    Attributes:
        lists: number of inverted lists.
        efforts: ascending by depth.
        times, room: so many times k and a few more candidates are scored exactly.
        gather: up to so many allowed rows are scored exactly without any list: 5,000 × 256 floats take
            half a millisecond, no more than the lists would; more where more lists would be needed.
        seed: of the training sample and the first centroids.
    """

    lists: int
    efforts: tuple[Effort, ...] = ()
    times: int = 2
    room: int = 48
    gather: int = 5_000
    seed: int = 0

    def probes(self, depth: float) -> int:
        """Lists to look into for the `depth` nearest; all of them where nothing was measured."""
        if not self.efforts:
            return self.lists
        for effort in self.efforts:
            if depth <= effort.depth:
                return effort.probes
        last = self.efforts[-1]
        return min(self.lists, int(np.ceil(last.probes * depth / last.depth)))


def list_count(count: int, per_root: float = 3.0) -> int:
    """Number of lists for n vectors: the power of two next to so many times √n.

    Looking through the centroids and looking through the lists then cost about the same: 3 where a code
    has a byte a dimension, 1.5 where it has half a byte for two.
    """
    return 1 << max(0, round(float(np.log2(max(1.0, per_root * np.sqrt(count))))))


def depth_within(k: int, count: int, held: int) -> float:
    """How deep lists must be searched for the k nearest of the `held` allowed among `count` rows."""
    return k if held == count else max(k, _FIELD * min(k, _HEAD)) * count / held


class IvfIndex:
    """Inverted lists behind the `VectorIndex` protocol.

    Args:
        vectors: float32 of shape (n, dim), unit L2 norm or zero. Kept by reference where they lie row by
            row without a gap, may be memory-mapped.
        lists: of the same vectors.
        plan: parameters.
    """

    def __init__(self, vectors: Vectors, lists: Lists, plan: IvfPlan) -> None:
        self._oracle = ExactIndex(vectors)
        self._vectors = np.ascontiguousarray(vectors)
        self._lists = lists
        self.plan = plan

    @classmethod
    def build(cls, vectors: Vectors, plan: IvfPlan) -> IvfIndex:
        """Train centroids and codes on a sample, fill the lists.

        The same vectors and plan give the same index, byte for byte, whatever the threads.
        """
        plan = replace(plan, lists=min(plan.lists, max(1, len(vectors))))
        return cls(vectors, Lists.build(vectors, plan.lists, plan.seed), plan)

    def carried_over(self, vectors: Vectors, old_rows: Rows) -> IvfIndex | None:
        """The index of a changed library: the same centroids, only new vectors are assigned to lists.

        Args:
            vectors: float32 of shape (m, dim), the vectors of the new snapshot.
            old_rows: int64 of shape (m,), the row here of the same vector; −1 for a new one. Rows that
                it does not name are gone.

        Returns:
            None where the lists are of an earlier version, and must be built anew.
        """
        if not self._lists.current:
            return None
        return IvfIndex(vectors, self._lists.carried_over(vectors, old_rows), self.plan)

    def with_plan(self, plan: IvfPlan) -> IvfIndex:
        """The same lists, searched with other efforts."""
        return IvfIndex(self._vectors, self._lists, plan)

    @property
    def count(self) -> int:
        """Number of vectors."""
        return int(self._vectors.shape[0])

    @property
    def dim(self) -> int:
        """Dimensions of a vector."""
        return int(self._vectors.shape[1])

    @property
    def oracle(self) -> ExactIndex:
        """The exact index over the same vectors."""
        return self._oracle

    def search(self, queries: Vectors, k: int, *, allowed: Mask | None = None) -> Hits:
        """Find the k nearest rows to each query; see `VectorIndex.search`."""
        check_search(self, queries, k, allowed)
        held = self.count if allowed is None else int(np.count_nonzero(allowed))
        if held == 0 or len(queries) == 0:
            return empty_hits(len(queries), k)
        queries = np.ascontiguousarray(queries, dtype=np.float32)
        if 2 * k > held:
            return self._oracle.search(queries, k, allowed=allowed)
        probes = self.plan.probes(depth_within(k, self.count, held))
        if allowed is not None and held < self.count and held <= self._gather(probes):
            return self._search_rows(queries, k, allowed)
        parameters = self._lists.parameters(allowed if held < self.count else None, probes)
        return self._search_lists(queries, k, allowed, parameters)

    def _gather(self, probes: int) -> float:
        """Up to so many allowed rows are scored without looking into so many lists for them."""
        return self.plan.gather * max(1.0, self.count * probes / self.plan.lists / _SCANNED)

    def _search_rows(self, queries: Vectors, k: int, allowed: Mask) -> Hits:
        if len(queries) > _FEW:
            return self._oracle.search(queries, k, allowed=allowed)
        rows = np.flatnonzero(allowed)
        hits = empty_hits(len(queries), k)
        for number, query in enumerate(queries):
            scores = self._scores(query[None], rows[None])[0]
            best = top_k(scores, k)
            hits.rows[number], hits.scores[number] = rows[best], scores[best]
        return hits

    def search_lists(self, queries: Vectors, k: int, probes: int) -> Rows:
        """What so many lists alone find: int64 of shape (q, k), −1 where they hold fewer.

        `search` asks the oracle where lists fall short; what efforts are measured on must not.
        """
        found = [np.empty((0, k), dtype=np.int64)]
        parameters = self._lists.parameters(None, probes)
        queries = np.ascontiguousarray(queries, dtype=np.float32)
        step = self._step(k)
        for start in range(0, len(queries), step):
            found.append(self._best(queries[start : start + step], k, parameters)[0].rows)
        return np.concatenate(found)

    def _search_lists(self, queries: Vectors, k: int, allowed: Mask | None, parameters: Parameters) -> Hits:
        hits = []
        step = self._step(k)
        for start in range(0, len(queries), step):
            block = queries[start : start + step]
            best, open_ = self._best(block, k, parameters)
            if open_.any():
                exact = self._oracle.search(block[open_], k, allowed=allowed)
                best.rows[open_], best.scores[open_] = exact
            hits.append(best)
        if len(hits) == 1:
            return hits[0]
        return Hits(*(np.concatenate(parts) for parts in zip(*hits, strict=True)))

    def _best(self, queries: Vectors, k: int, parameters: Parameters) -> tuple[Hits, Mask]:
        """The k best by exact score, and which queries the lists left open.

        Open are those with fewer than k candidates, and those whose last candidate ties with rank k:
        of equal scores the lowest rows count, and one of them may lie beyond.
        """
        depth = min(self._depth(k), self.count)
        rows = self._lists.candidates(queries, depth, parameters)
        # In the order of rows, so that a stable sort by score keeps it among equal ones.
        rows.sort(axis=1)
        scores = self._scores(queries, rows)
        order = np.argsort(-scores, axis=1, kind="stable")
        if len(order) > 1:
            order += np.arange(len(order))[:, None] * depth
        places = order[:, :k]
        best = Hits(rows.reshape(-1)[places], scores.reshape(-1)[places])
        last = best.scores[:, -1]
        open_ = last == scores.reshape(-1)[order[:, -1]]
        if depth == self.count and open_.any():
            open_ &= last == -np.inf
        return best, open_

    def _scores(self, queries: Vectors, rows: Rows) -> Scores:
        """Exact scores of rows, float32 of shape (q, m); −inf where a row is −1.

        By FAISS, which reads the vectors where they lie; equal ones get equal scores wherever they stand.
        """
        scores = np.empty(rows.shape, dtype=np.float32)
        asked, vectors = faiss.swig_ptr(queries), faiss.swig_ptr(self._vectors)
        threads = faiss.omp_get_max_threads()
        if len(queries) == 1:
            # It would wake the other threads for nothing, and wait for them: milliseconds on a busy machine.
            # The setting is that of the calling thread alone.
            faiss.omp_set_num_threads(1)
        try:
            faiss.fvec_inner_products_by_idx(
                faiss.swig_ptr(scores), asked, vectors, faiss.swig_ptr(rows), self.dim, *rows.shape
            )
        finally:
            faiss.omp_set_num_threads(threads)
        return scores

    def _depth(self, k: int) -> int:
        return self.plan.times * k + self.plan.room

    def _step(self, k: int) -> int:
        return max(1, _BLOCK_CANDIDATES // self._depth(k))

    def save(self, folder: Path, *, vectors: bool = True) -> None:
        """Write the index into an existing folder.

        Args:
            folder: to write into.
            vectors: False where the caller keeps them; `load` is then given them.
        """
        self._oracle.save(folder, vectors=vectors)
        self._lists.save(folder)
        (folder / "plan.json").write_bytes(msgspec.json.encode(self.plan))

    @classmethod
    def load(cls, folder: Path, vectors: Vectors | None = None) -> IvfIndex:
        """Open what `save` wrote.

        Raises:
            SnapshotError: the lists are of other vectors.
        """
        if vectors is None:
            vectors = np.load(folder / "vectors.npy", mmap_mode="r", allow_pickle=False)
        plan = msgspec.json.decode((folder / "plan.json").read_bytes(), type=IvfPlan)
        lists = Lists.load(folder)
        if lists.count != len(vectors):
            # A row that is not there would be read all the same.
            raise SnapshotError(
                "lists-of-other-vectors", folder=folder, listed=lists.count, rows=len(vectors)
            )
        return cls(vectors, lists, plan)
