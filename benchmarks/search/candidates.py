"""The vector indexes that are compared, behind one face; each imports its package when it is made."""

# ruff: noqa: D102 - `Candidate` says what the methods do.

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import faiss

Vectors = npt.NDArray[np.float32]
Search = Callable[[Vectors, int], Sequence[int]]

_GRAPH = 32
_CONSTRUCTION = 200
_BATCH = 5_000
# Steps of an eighth to a third: whoever needs a little more than a step must not pay for a doubled one.
_LISTS = (2, 3, 4, 6, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44, 48, 56, 64, 80, 96, 128, 192, 256, 384, 512)
_GRAPHS = (16, 24, 32, 40, 48, 56, 64, 72, 80, 88, 96, 104, 112, 128, 144, 160, 192, 224, 256, 384, 512, 768)


class Candidate(Protocol):
    """One index.

    Attributes:
        name: printed.
        package: distribution whose version is printed.
        efforts: ascending; what they mean is the candidate's own.
    """

    name: str
    package: str
    efforts: tuple[int, ...]

    def build(self, passages: Vectors, folder: Path) -> None:
        """Make the index; files go into the folder."""

    def threads(self, count: int) -> None:
        """Use so many threads from now on, as far as the package lets itself be told."""

    def searcher(self, effort: int) -> Search:
        """The function (query of shape (dim,), k) → rows."""

    def effort_text(self, effort: int) -> str:
        """The effort in its own words."""

    def version(self) -> str:
        """Of the package."""


class _Named:
    """What candidates have in common."""

    name = ""
    package = ""
    efforts: tuple[int, ...] = (0,)
    unit = ""

    def threads(self, count: int) -> None:
        """For those that have nothing of their own to be told; BLAS and OpenMP are told by `peers`."""

    def effort_text(self, effort: int) -> str:
        """The effort in its own words."""
        return f"{self.unit} {effort}".strip() if self.unit else "as built"

    def version(self) -> str:
        """Of the package."""
        return metadata.version(self.package)


class _Faiss(_Named):
    """What candidates made of FAISS have in common."""

    def threads(self, count: int) -> None:
        import faiss

        faiss.omp_set_num_threads(count)


class _Pinned(_Named):
    """Packages with threads of their own that nobody can be told about: one thread means one core."""

    def threads(self, count: int) -> None:
        if count == 1 and hasattr(os, "sched_setaffinity"):
            core = {min(os.sched_getaffinity(0))}
            for task in Path("/proc/self/task").iterdir():
                os.sched_setaffinity(int(task.name), core)


class Patlas(_Faiss):
    """`index.choice`: flat or inverted lists with exact scores, effort measured at build, then raised."""

    name, package = "Patlas", "patlas"
    efforts = (0, *_LISTS)

    def build(self, passages: Vectors, folder: Path) -> None:
        from index.choice import build_index, save_index

        self._built = build_index(passages)
        save_index(self._built, folder)

    def searcher(self, effort: int) -> Search:
        from index.ivf import Effort, IvfIndex

        index = self._built.index
        if effort and isinstance(index, IvfIndex):
            index = index.with_plan(replace(index.plan, efforts=(Effort(10, effort, 0.0),)))
        return lambda query, k: index.search(query[None], k).rows[0].tolist()

    def effort_text(self, effort: int) -> str:
        """The kind of index, and lists looked into."""
        figures = self._built.figures
        return f"{figures.kind}, nprobe {effort}" if effort else f"{figures.kind}, {figures.probes} chosen"


class _FaissLists(_Faiss):
    """Inverted lists of codes, refined by the float32 vectors."""

    unit = "nprobe"
    efforts = _LISTS

    def _refined(self, lists: faiss.IndexIVF, k_factor: float, passages: Vectors, folder: Path) -> None:
        """Train and fill the lists, so many candidates for each hit being scored exactly."""
        import faiss

        # As much training as Patlas spends; FAISS's own 25 rounds over 256 points a list take many times it.
        lists.cp.niter, lists.cp.max_points_per_centroid = 10, 96
        self._lists = lists
        self._index = faiss.IndexRefineFlat(lists)
        self._index.k_factor = k_factor
        self._index.train(passages)
        self._index.add(passages)
        faiss.write_index(self._index, str(folder / "faiss"))

    def searcher(self, effort: int) -> Search:
        self._lists.nprobe = effort
        return lambda query, k: self._index.search(query[None], k)[1][0].tolist()


class FaissIvf(_FaissLists):
    """Raw FAISS: inverted lists of 8-bit codes, refined by the float32 vectors."""

    name, package = "FAISS IVF-SQ8 + refine", "faiss-cpu"

    def build(self, passages: Vectors, folder: Path) -> None:
        import faiss

        from index.ivf import list_count

        dim = passages.shape[1]
        lists = faiss.IndexIVFScalarQuantizer(
            faiss.IndexFlatIP(dim), dim, list_count(len(passages)), faiss.ScalarQuantizer.QT_8bit,
            faiss.METRIC_INNER_PRODUCT,
        )  # fmt: skip
        self._refined(lists, 4.0, passages, folder)


class FaissFastScan(_FaissLists):
    """Raw FAISS: inverted lists of 4-bit codes of pairs of dimensions, refined by the float32 vectors."""

    name, package = "FAISS IVF-PQ4 fast scan + refine", "faiss-cpu"

    def build(self, passages: Vectors, folder: Path) -> None:
        import faiss

        from index.ivf import list_count

        dim = passages.shape[1]
        lists = faiss.IndexIVFPQFastScan(
            faiss.IndexFlatIP(dim), dim, list_count(len(passages), 1.5), dim // 2, 4,
            faiss.METRIC_INNER_PRODUCT,
        )  # fmt: skip
        # As Patlas: without the residual no effort reaches .99.
        lists.by_residual = True
        self._refined(lists, 8.0, passages, folder)


class FaissFlat(_Faiss):
    """Raw FAISS: everything is scored."""

    name, package = "FAISS flat", "faiss-cpu"

    def build(self, passages: Vectors, folder: Path) -> None:
        import faiss

        self._index = faiss.IndexFlatIP(passages.shape[1])
        self._index.add(passages)
        faiss.write_index(self._index, str(folder / "faiss"))

    def searcher(self, effort: int) -> Search:
        return lambda query, k: self._index.search(query[None], k)[1][0].tolist()


class FaissHnsw(_Faiss):
    """Raw FAISS: a graph."""

    name, package, unit = "FAISS HNSW32", "faiss-cpu", "efSearch"
    efforts = _GRAPHS

    def build(self, passages: Vectors, folder: Path) -> None:
        import faiss

        self._index = faiss.IndexHNSWFlat(passages.shape[1], _GRAPH, faiss.METRIC_INNER_PRODUCT)
        self._index.hnsw.efConstruction = _CONSTRUCTION
        self._index.add(passages)
        faiss.write_index(self._index, str(folder / "faiss"))

    def searcher(self, effort: int) -> Search:
        self._index.hnsw.efSearch = effort
        return lambda query, k: self._index.search(query[None], k)[1][0].tolist()


class Hnswlib(_Named):
    """hnswlib, M 32."""

    name, package, unit = "hnswlib", "hnswlib", "ef"
    efforts = _GRAPHS

    def threads(self, count: int) -> None:
        self._threads = count
        if hasattr(self, "_index"):
            self._index.set_num_threads(count)

    def build(self, passages: Vectors, folder: Path) -> None:
        import hnswlib

        self._index = hnswlib.Index(space="ip", dim=passages.shape[1])
        self._index.init_index(len(passages), M=_GRAPH, ef_construction=_CONSTRUCTION, random_seed=0)
        self._index.set_num_threads(self._threads)
        self._index.add_items(passages)
        self._index.save_index(str(folder / "hnswlib"))

    def searcher(self, effort: int) -> Search:
        self._index.set_ef(effort)
        return lambda query, k: self._index.knn_query(query, k)[0][0].tolist()


class Usearch(_Named):
    """usearch, connectivity 32, float16 as its own default suggests."""

    name, package, unit = "usearch (f16)", "usearch", "expansion"
    efforts = _GRAPHS

    def threads(self, count: int) -> None:
        self._threads = count

    def build(self, passages: Vectors, folder: Path) -> None:
        from usearch.index import Index

        self._index = Index(
            ndim=passages.shape[1], metric="ip", dtype="f16", connectivity=_GRAPH,
            expansion_add=_CONSTRUCTION,
        )  # fmt: skip
        self._index.add(np.arange(len(passages)), passages, threads=self._threads)
        self._index.save(str(folder / "usearch"))

    def searcher(self, effort: int) -> Search:
        self._index.expansion_search = effort
        return lambda query, k: self._index.search(query, k, threads=self._threads).keys.tolist()


class LanceDb(_Pinned):
    """LanceDB: IVF_HNSW_SQ, refined."""

    name, package, unit = "LanceDB IVF_HNSW_SQ", "lancedb", "nprobes"
    efforts = (4, 8, 16, 24, 32, 64)

    def build(self, passages: Vectors, folder: Path) -> None:
        import lancedb
        import pyarrow as pa

        vectors = pa.FixedSizeListArray.from_arrays(pa.array(passages.reshape(-1)), passages.shape[1])
        data = pa.table({"row": pa.array(np.arange(len(passages))), "vector": vectors})
        self._table = lancedb.connect(folder).create_table("passages", data)
        self._table.create_index(
            metric="dot", index_type="IVF_HNSW_SQ", num_partitions=max(1, len(passages) // 16_384),
            m=_GRAPH, ef_construction=_CONSTRUCTION,
        )  # fmt: skip

    def searcher(self, effort: int) -> Search:
        def search(query: Vectors, k: int) -> list[int]:
            asked = self._table.search(query).metric("dot").nprobes(effort).ef(20 * effort).refine_factor(4)
            return list(asked.select(["row", "_distance"]).limit(k).to_arrow()["row"].to_pylist())

        return search


class QdrantLocal(_Named):
    """Qdrant's client in local mode: numpy, everything is scored."""

    name, package = "Qdrant (local mode)", "qdrant-client"

    def build(self, passages: Vectors, folder: Path) -> None:
        from qdrant_client import QdrantClient, models

        self._client = QdrantClient(path=str(folder / "qdrant"))
        self._client.create_collection(
            "passages",
            vectors_config=models.VectorParams(size=passages.shape[1], distance=models.Distance.DOT),
        )
        for start in range(0, len(passages), _BATCH):
            rows = list(range(start, min(start + _BATCH, len(passages))))
            self._client.upsert("passages", points=models.Batch(ids=rows, vectors=passages[rows].tolist()))

    def searcher(self, effort: int) -> Search:
        def search(query: Vectors, k: int) -> list[int]:
            found = self._client.query_points("passages", query=query.tolist(), limit=k)
            return [int(point.id) for point in found.points]

        return search


class MilvusLite(_Pinned):
    """milvus-lite, the index that Patlas's Milvus backend asks for."""

    name, package = "milvus-lite", "milvus-lite"

    def build(self, passages: Vectors, folder: Path) -> None:
        from pymilvus import DataType, MilvusClient

        self._client = MilvusClient(str(folder / "milvus.db"))
        schema = self._client.create_schema(auto_id=False)
        schema.add_field("id", DataType.INT64, is_primary=True)
        schema.add_field("vector", DataType.FLOAT_VECTOR, dim=passages.shape[1])
        indexes = self._client.prepare_index_params()
        indexes.add_index("vector", index_type="FLAT", metric_type="IP")
        self._client.create_collection("passages", schema=schema, index_params=indexes)
        for start in range(0, len(passages), _BATCH):
            block = passages[start : start + _BATCH]
            self._client.insert(
                "passages", [{"id": start + place, "vector": vector} for place, vector in enumerate(block)]
            )
        self._client.flush("passages")
        self._client.load_collection("passages")

    def searcher(self, effort: int) -> Search:
        def search(query: Vectors, k: int) -> list[int]:
            found = self._client.search("passages", [query], limit=k, output_fields=["id"])
            return [int(hit["id"]) for hit in found[0]]

        return search


CANDIDATES: dict[str, Callable[[], Candidate]] = {
    "patlas": Patlas,
    "faiss-ivf": FaissIvf,
    "faiss-fast-scan": FaissFastScan,
    "faiss-flat": FaissFlat,
    "faiss-hnsw": FaissHnsw,
    "hnswlib": Hnswlib,
    "usearch": Usearch,
    "lancedb": LanceDb,
    "qdrant": QdrantLocal,
    "milvus-lite": MilvusLite,
}
