"""Approximate search for large libraries: inverted lists of 8-bit codes, refined with exact vectors.

Why these, measured on 120,404 abstracts of patents, 256 dimensions, one thread (docs/benchmarks.md):

- Lists over a graph (HNSW): built five to nine times faster, keep their recall within a Selection, take
  additions and deletions, and come out the same whatever the threads. A graph answers up to a third faster.
- 8 bits a dimension: a quarter of the memory of float32 at no loss, since the best candidates are scored
  again with the exact vectors; one bit (RaBitQ) loses two points of recall on short queries.
- Exact scores at the end: a hit has the very score that the oracle gives it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import faiss
import msgspec
import numpy as np
import numpy.typing as npt

from index.exact import ExactIndex, check_search, empty_hits
from index.hits import Hits, Vectors

Mask = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.int64]

# Exact vectors that are scored again at a time, in floats: 32 MB.
_BLOCK_FLOATS = 8_000_000
# Points a centroid is trained on; more changed recall by less than 0.001.
_POINTS_PER_LIST = 48
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
        room: candidates fetched beyond twice k, to be scored exactly.
        gather: up to so many allowed rows are scored exactly without any list: 5,000 × 256 floats take
            about a millisecond, no more than the lists would.
        seed: of the training sample and the first centroids.
    """

    lists: int
    efforts: tuple[Effort, ...] = ()
    room: int = 16
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


def list_count(count: int) -> int:
    """Number of lists for n vectors: the power of two next to 3 √n.

    Looking through the centroids and looking through the lists then cost about the same.
    """
    return 1 << max(0, round(float(np.log2(max(1.0, 3 * np.sqrt(count))))))


def depth_within(k: int, count: int, held: int) -> float:
    """How deep lists must be searched for the k nearest of the `held` allowed among `count` rows."""
    return k if held == count else max(k, _FIELD * min(k, _HEAD)) * count / held


class IvfIndex:
    """Inverted lists behind the `VectorIndex` protocol.

    Args:
        vectors: float32 of shape (n, dim), unit L2 norm or zero. Kept by reference, may be memory-mapped.
        lists: FAISS's index of the same vectors, ids being rows.
        assigned: int32 of shape (n,), the list of each row.
        plan: parameters.
    """

    def __init__(
        self,
        vectors: Vectors,
        lists: faiss.IndexIVFScalarQuantizer,
        assigned: npt.NDArray[np.int32],
        plan: IvfPlan,
    ) -> None:
        self._oracle = ExactIndex(vectors)
        self._vectors = vectors
        self._lists = lists
        self._assigned = assigned
        self.plan = plan

    @classmethod
    def build(cls, vectors: Vectors, plan: IvfPlan) -> IvfIndex:
        """Train centroids and ranges on a sample, fill the lists.

        The same vectors and plan give the same index, byte for byte, whatever the threads.
        """
        plan = replace(plan, lists=min(plan.lists, max(1, len(vectors))))
        lists = _empty_lists(vectors.shape[1], plan)
        sample = vectors[_training_rows(len(vectors), plan)]
        lists.train(np.ascontiguousarray(sample) if len(sample) else np.zeros((1, lists.d), np.float32))
        return cls(vectors, lists, _fill(lists, vectors, None), plan)

    def carried_over(self, vectors: Vectors, old_rows: Rows) -> IvfIndex:
        """The index of a changed library: the same centroids, only new vectors are assigned to lists.

        Args:
            vectors: float32 of shape (m, dim), the vectors of the new snapshot.
            old_rows: int64 of shape (m,), the row here of the same vector; −1 for a new one. Rows that
                it does not name are gone.
        """
        lists = faiss.clone_index(self._lists)
        lists.reset()
        assigned = np.where(old_rows >= 0, self._assigned[old_rows], -1).astype(np.int32)
        return IvfIndex(vectors, lists, _fill(lists, vectors, assigned), self.plan)

    def with_plan(self, plan: IvfPlan) -> IvfIndex:
        """The same lists, searched with other efforts."""
        return IvfIndex(self._vectors, self._lists, self._assigned, plan)

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
        probes = self.plan.probes(depth_within(k, self.count, held))
        if (held < self.count and held <= self.plan.gather) or 2 * k > held:
            return self._oracle.search(queries, k, allowed=allowed)
        parameters = self._parameters(allowed, held, probes)
        return self._search_lists(np.ascontiguousarray(queries, dtype=np.float32), k, allowed, parameters)

    def search_lists(self, queries: Vectors, k: int, probes: int) -> Rows:
        """What so many lists alone find: int64 of shape (q, k), −1 where they hold fewer.

        `search` asks the oracle where lists fall short; what efforts are measured on must not.
        """
        found = [np.empty((0, k), dtype=np.int64)]
        parameters = self._parameters(None, self.count, probes)
        depth = 2 * k + self.plan.room
        step = max(1, _BLOCK_FLOATS // (depth * self.dim))
        for start in range(0, len(queries), step):
            rows, scores, _ = self._candidates(queries[start : start + step], k, depth, parameters)
            found.append(np.where(np.isneginf(scores), -1, rows))
        return np.concatenate(found)

    def _search_lists(self, queries: Vectors, k: int, allowed: Mask | None, parameters: _Parameters) -> Hits:
        hits = empty_hits(len(queries), k)
        depth = 2 * k + self.plan.room
        step = max(1, _BLOCK_FLOATS // (depth * self.dim))
        for start in range(0, len(queries), step):
            block = queries[start : start + step]
            rows, scores, open_ = self._candidates(block, k, depth, parameters)
            for number in np.flatnonzero(open_):
                exact = self._oracle.search(block[number : number + 1], k, allowed=allowed)
                rows[number], scores[number] = exact.rows[0], exact.scores[0]
            hits.rows[start : start + step], hits.scores[start : start + step] = rows, scores
        return hits

    def _candidates(
        self, queries: Vectors, k: int, depth: int, parameters: _Parameters
    ) -> tuple[Rows, npt.NDArray[np.float32], npt.NDArray[np.bool_]]:
        """The k best by exact score, and which queries the lists left open.

        Open are those with fewer than k candidates, and those whose last candidate ties with rank k:
        of equal scores the lowest rows count, and one of them may lie beyond.
        """
        _, rows = self._lists.search(queries, min(depth, self.count), params=parameters.search)
        scores = np.einsum("qcd,qd->qc", self._vectors[rows], queries)
        scores[rows < 0] = -np.inf
        rows = rows.astype(np.int64, copy=False)
        order = np.lexsort((rows, -scores), axis=-1)
        kept = order[:, :k]
        best_scores = np.take_along_axis(scores, kept, axis=1)
        lowest = np.take_along_axis(scores, order[:, -1:], axis=1)[:, 0]
        last = best_scores[:, -1]
        open_ = (last == lowest) & ((rows.shape[1] < self.count) | np.isneginf(last))
        return np.take_along_axis(rows, kept, axis=1), best_scores, open_

    def _parameters(self, allowed: Mask | None, held: int, probes: int) -> _Parameters:
        if allowed is None:
            return _Parameters(faiss.SearchParametersIVF(nprobe=probes), ())
        # FAISS reads bitmaps from the lowest bit; numpy's default order would be ignored silently.
        bits = np.packbits(allowed, bitorder="little")
        rows = faiss.IDSelectorBitmap(bits)
        if 2 * held > self.count:
            return _Parameters(faiss.SearchParametersIVF(nprobe=probes, sel=rows), (bits, rows))
        # A Selection is often one field, and a query may lie outside it: lists without any allowed row
        # are not worth looking into, so that all probes are spent where there is something to find.
        holding = np.bincount(self._assigned[allowed], minlength=self.plan.lists) > 0
        list_bits = np.packbits(holding, bitorder="little")
        only = faiss.IDSelectorBitmap(list_bits)
        coarse = faiss.SearchParameters(sel=only)
        search = faiss.SearchParametersIVF(
            nprobe=min(probes, int(np.count_nonzero(holding))), sel=rows, quantizer_params=coarse
        )
        return _Parameters(search, (bits, rows, list_bits, only, coarse))

    def save(self, folder: Path, *, vectors: bool = True) -> None:
        """Write the index into an existing folder.

        Args:
            folder: to write into.
            vectors: False where the caller keeps them; `load` is then given them.
        """
        if vectors:
            self._oracle.save(folder)
        faiss.write_index(self._lists, str(folder / "lists.faiss"))
        np.save(folder / "assigned.npy", self._assigned, allow_pickle=False)
        (folder / "plan.json").write_bytes(msgspec.json.encode(self.plan))

    @classmethod
    def load(cls, folder: Path, vectors: Vectors | None = None) -> IvfIndex:
        """Open what `save` wrote."""
        if vectors is None:
            vectors = np.load(folder / "vectors.npy", mmap_mode="r", allow_pickle=False)
        plan = msgspec.json.decode((folder / "plan.json").read_bytes(), type=IvfPlan)
        assigned = np.load(folder / "assigned.npy", allow_pickle=False)
        return cls(vectors, faiss.read_index(str(folder / "lists.faiss")), assigned, plan)


class _Parameters(NamedTuple):
    """FAISS keeps bare pointers to selectors: what they point to must live as long."""

    search: faiss.SearchParametersIVF
    kept: tuple[object, ...]


def _empty_lists(dim: int, plan: IvfPlan) -> faiss.IndexIVFScalarQuantizer:
    coarse = faiss.IndexFlatIP(dim)
    # Codes of the vector itself, not of its distance to the centroid: one table serves all lists.
    lists = faiss.IndexIVFScalarQuantizer(
        coarse, dim, plan.lists, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT, False
    )
    lists.cp.spherical = True
    lists.cp.seed = plan.seed + 1
    lists.cp.niter = 10
    lists.cp.min_points_per_centroid = 1
    lists.cp.max_points_per_centroid = 2 * _POINTS_PER_LIST
    return lists


def _training_rows(count: int, plan: IvfPlan) -> Rows:
    wanted = max(plan.lists * _POINTS_PER_LIST, 10_000)
    if count <= wanted:
        return np.arange(count)
    return np.sort(np.random.default_rng(plan.seed).choice(count, size=wanted, replace=False))


def _fill(
    lists: faiss.IndexIVFScalarQuantizer, vectors: Vectors, known: npt.NDArray[np.int32] | None
) -> npt.NDArray[np.int32]:
    """Add all vectors, in blocks; returns the list of each."""
    count, dim = vectors.shape
    assigned = np.full(count, -1, dtype=np.int32) if known is None else known
    step = max(1, _BLOCK_FLOATS // dim)
    for start in range(0, count, step):
        block = np.ascontiguousarray(vectors[start : start + step], dtype=np.float32)
        places = assigned[start : start + step].astype(np.int64)
        new = places < 0
        if new.any():
            places[new] = lists.quantizer.search(block[new], 1)[1][:, 0]
        ids = np.arange(start, start + len(block))
        pointers = (faiss.swig_ptr(block), faiss.swig_ptr(ids), faiss.swig_ptr(places))
        lists.add_core(len(block), *pointers)
        lists.ntotal = start + len(block)
        assigned[start : start + step] = places
    return assigned
