"""Inverted lists of codes of four bits a pair of dimensions: they name candidates, exact scores decide.

Why these, measured on 120,404 abstracts of patents, 256 dimensions, one thread (docs/benchmarks.md):

- Lists over a graph (HNSW): built many times faster, keep their recall within a Selection, take additions
  and deletions, and come out the same whatever the threads.
- Codes that a processor looks up sixty-four at a time (FAISS's fast scan): a quarter of the memory of a byte
  a dimension, and scanned three times as fast. One bit a dimension (RaBitQ) took twice the time for less
  recall.
- A code stands for a vector's way from the centroid of its list, and a wide dimension shares its code with
  a narrow one: of the ten nearest 99 % are then among the first 36 candidates; 98 % with neighbouring
  dimensions, 94 % without the centroid.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import faiss
import numpy as np
import numpy.typing as npt

from index.hits import Vectors

Mask = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.int64]
Places = npt.NDArray[np.int32]

# Points a centroid is trained on; more changed recall by less than 0.001.
_POINTS_PER_LIST = 48
_LEAST_SAMPLE = 10_000
_ROUNDS = 10
# Points that the order of dimensions and the codes are trained on.
_CODE_SAMPLE = 16_384
_BITS = 4
_BLOCK_CODES = 64
# Of FAISS's ways to scan that which is fastest for a single query, and no slower for many.
_SCAN = 11
# Vectors that are encoded at a time, in floats: 32 MB.
_BLOCK_FLOATS = 8_000_000


class Parameters(NamedTuple):
    """FAISS keeps bare pointers to selectors: what they point to must live as long."""

    search: faiss.SearchParametersIVF
    kept: tuple[object, ...] = ()


class Lists:
    """Rows in lists around centroids.

    Args:
        index: FAISS's, ids being rows; over dimensions in another order.
        order: int64 of shape (width,), the dimension that comes at each place; one that the vectors do not
            have is zero.
        assigned: int32 of shape (n,), the list of each row.
    """

    def __init__(self, index: faiss.IndexIVF, order: Rows, assigned: Places) -> None:
        self._index = index
        self._order = order
        self._assigned = assigned
        self._everything: dict[int, Parameters] = {}

    @classmethod
    def build(cls, vectors: Vectors, lists: int, seed: int) -> Lists:
        """Train centroids and codes on a sample, fill the lists.

        Args:
            vectors: float32 of shape (n, dim), may be memory-mapped.
            lists: their number, at most n and at least 1.
            seed: of the sample and the first centroids.
        """
        sample = np.ascontiguousarray(vectors[_training_rows(len(vectors), lists, seed)], dtype=np.float32)
        if not len(sample):
            sample = np.zeros((1, vectors.shape[1]), dtype=np.float32)
        coarse = _centroids(sample, lists, seed)
        some = sample[:: max(1, len(sample) // _CODE_SAMPLE)]
        centroids = coarse.reconstruct_n(0, lists)
        order = _order(some - centroids[coarse.search(some, 1)[1][:, 0]])
        arranged = faiss.IndexFlatIP(len(order))
        arranged.add(_arranged(centroids, order))
        encoder = _encoder(arranged)
        # Sixteen values need sixteen points.
        points = np.resize(some, (max(len(some), 1 << _BITS), some.shape[1]))
        threads = faiss.omp_get_max_threads()
        # Thousands of tiny steps: two threads that wait for each other took ten times as long as one.
        faiss.omp_set_num_threads(1)
        try:
            encoder.train(_arranged(points, order))
        finally:
            faiss.omp_set_num_threads(threads)
        return cls._filled(encoder, arranged, order, vectors, np.full(len(vectors), -1, dtype=np.int32))

    def carried_over(self, vectors: Vectors, old_rows: Rows) -> Lists:
        """The lists of a changed library: the same centroids and codes.

        Args:
            vectors: float32 of shape (m, dim).
            old_rows: int64 of shape (m,), the row here of the same vector; −1 for a new one.
        """
        # Filled lists point to their centroids: these must not go with the lists of the snapshot before.
        coarse = faiss.clone_index(faiss.downcast_index(self._index.quantizer))
        encoder = _encoder(coarse)
        encoder.pq, encoder.is_trained = self._index.pq, True
        assigned = np.where(old_rows >= 0, self._assigned[old_rows], -1).astype(np.int32)
        return self._filled(encoder, coarse, self._order, vectors, assigned)

    @classmethod
    def _filled(
        cls,
        encoder: faiss.IndexIVFPQ,
        coarse: faiss.IndexFlatIP,
        order: Rows,
        vectors: Vectors,
        assigned: Places,
    ) -> Lists:
        """Encode all vectors; those without a list get the nearest one."""
        step = max(1, _BLOCK_FLOATS // len(order))
        for start in range(0, len(vectors), step):
            block = _arranged(vectors[start : start + step], order)
            places = assigned[start : start + step].astype(np.int64)
            new = places < 0
            if new.any():
                places[new] = coarse.search(block[new], 1)[1][:, 0]
            ids = np.arange(start, start + len(block))
            encoder.add_core(len(block), faiss.swig_ptr(block), faiss.swig_ptr(ids), faiss.swig_ptr(places))
            encoder.ntotal = start + len(block)
            assigned[start : start + step] = places
        index = faiss.IndexIVFPQFastScan(encoder, _BLOCK_CODES)
        index.implem = _SCAN
        # All that the packed lists still need of the encoder; it goes, with its unpacked codes.
        index.referenced_objects = [coarse]
        return cls(index, order, assigned)

    @property
    def count(self) -> int:
        """Number of rows in all lists."""
        return int(self._index.ntotal)

    @property
    def current(self) -> bool:
        """Whether the codes are of the kind that is built today; others are searched, not carried over."""
        return isinstance(self._index, faiss.IndexIVFPQFastScan)

    def parameters(self, allowed: Mask | None, probes: int) -> Parameters:
        """How to look for candidates.

        Args:
            allowed: bool of shape (n,), or None for all rows.
            probes: lists to look into.
        """
        if allowed is None:
            if probes not in self._everything:
                self._everything[probes] = Parameters(faiss.SearchParametersIVF(nprobe=probes))
            return self._everything[probes]
        # FAISS reads bitmaps from the lowest bit; numpy's default order would be ignored silently.
        bits = np.packbits(allowed, bitorder="little")
        rows = faiss.IDSelectorBitmap(bits)
        if 2 * int(np.count_nonzero(allowed)) > len(allowed):
            return Parameters(faiss.SearchParametersIVF(nprobe=probes, sel=rows), (bits, rows))
        # A Selection is often one field, and a query may lie outside it: lists without any allowed row
        # are not worth looking into, so that all probes are spent where there is something to find.
        held = self._assigned.take(np.flatnonzero(allowed))
        holding = np.bincount(held, minlength=self._index.nlist) > 0
        list_bits = np.packbits(holding, bitorder="little")
        only = faiss.IDSelectorBitmap(list_bits)
        coarse = faiss.SearchParameters(sel=only)
        search = faiss.SearchParametersIVF(
            nprobe=min(probes, int(np.count_nonzero(holding))), sel=rows, quantizer_params=coarse
        )
        return Parameters(search, (bits, rows, list_bits, only, coarse))

    def candidates(self, queries: Vectors, depth: int, parameters: Parameters) -> Rows:
        """The nearest by their codes: int64 of shape (q, depth), −1 where the lists hold fewer."""
        asked = _arranged(queries, self._order)
        rows = np.empty((len(asked), depth), dtype=np.int64)
        nearness = np.empty((len(asked), depth), dtype=np.float32)
        pointers = faiss.swig_ptr(asked), depth, faiss.swig_ptr(nearness), faiss.swig_ptr(rows)
        # FAISS's own function: the one in front of it would check what is right by construction.
        self._index.search_c(len(asked), *pointers, parameters.search)
        return rows

    def save(self, folder: Path) -> None:
        """Write the lists into an existing folder."""
        faiss.write_index(self._index, str(folder / "lists.faiss"))
        np.save(folder / "assigned.npy", self._assigned, allow_pickle=False)
        np.save(folder / "order.npy", self._order, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> Lists:
        """Open what `save` wrote, also lists of 8-bit codes, which earlier versions built."""
        index = faiss.read_index(str(folder / "lists.faiss"))
        assigned = np.load(folder / "assigned.npy", allow_pickle=False)
        order = folder / "order.npy"
        places = np.load(order, allow_pickle=False) if order.exists() else np.arange(index.d)
        return cls(index, places, assigned)


def _training_rows(count: int, lists: int, seed: int) -> Rows:
    wanted = max(lists * _POINTS_PER_LIST, _LEAST_SAMPLE)
    if count <= wanted:
        return np.arange(count)
    return np.sort(np.random.default_rng(seed).choice(count, size=wanted, replace=False))


def _centroids(sample: Vectors, lists: int, seed: int) -> faiss.IndexFlatIP:
    means = faiss.Clustering(sample.shape[1], lists)
    means.spherical = True
    means.seed = seed + 1
    means.niter = _ROUNDS
    means.min_points_per_centroid = 1
    means.max_points_per_centroid = 2 * _POINTS_PER_LIST
    coarse = faiss.IndexFlatIP(sample.shape[1])
    means.train(sample, coarse)
    return coarse


def _order(ways: Vectors) -> Rows:
    """Dimensions so that the widest comes before the narrowest, the next but widest before the next."""
    dim = ways.shape[1]
    width = dim + dim % 2
    # A dimension that is not there has no width at all.
    widths = np.append(ways.var(axis=0, dtype=np.float64), np.full(width - dim, -1.0))
    sorted_ = np.argsort(-widths, kind="stable")
    order = np.empty(width, dtype=np.int64)
    order[0::2], order[1::2] = sorted_[: width // 2], sorted_[: width // 2 - 1 : -1]
    return order


def _arranged(vectors: Vectors, order: Rows) -> Vectors:
    """The vectors' dimensions in another order: float32 of shape (n, width), contiguous."""
    if len(order) > vectors.shape[1]:
        vectors = np.pad(vectors, ((0, 0), (0, len(order) - vectors.shape[1])))
    return vectors.take(order, axis=1).astype(np.float32, copy=False)


def _encoder(coarse: faiss.IndexFlatIP) -> faiss.IndexIVFPQ:
    """Unpacked, empty lists, to be trained and filled before they are packed."""
    shape = coarse.d, coarse.ntotal, coarse.d // 2
    encoder = faiss.IndexIVFPQ(coarse, *shape, _BITS, faiss.METRIC_INNER_PRODUCT)
    encoder.by_residual = True
    encoder.pq.cp.min_points_per_centroid = 1
    encoder.pq.cp.niter = _ROUNDS
    return encoder
