"""Which index a library gets: decided by its size, then by what is measured on it.

Up to `FLAT_FLOATS` every vector is scored: nothing is lost, nothing is built. Beyond, inverted lists are
built, and the number of lists that a search looks into is raised until the sampled queries find 99 % of
their true nearest. Lists that cannot reach 98 % are not used at all.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from index.exact import ExactIndex
from index.faiss_flat import FaissFlatIndex
from index.hits import VectorIndex, Vectors
from index.ivf import Effort, IvfIndex, IvfPlan, list_count
from patents.errors import SnapshotError

if TYPE_CHECKING:
    from index.milvus import MilvusIndex

# A scan reads every float once. Eight million (31,250 vectors of 256) take 1 to 2 ms on an idle core and
# 7 ms on a busy one, a fifth of what a search may take in all; 120,000 x 256 take 10 to 28 ms.
FLAT_FLOATS = 8_000_000
# What a build aims at, and what it must reach: sampled rows are easier queries than texts from outside.
AIM = 0.99
FLOOR = 0.98
# Depths that efforts are measured for: 10 hits of everything, of a tenth, of a hundredth.
_DEPTHS = (10, 100, 1_000)
_SAMPLED = 200
_FIRST_PROBES = 4
_LISTS_PER_ROOT = 1.5
# Lists that the room for candidates is measured on, how often it may double, and the recall that must gain
# for ten hits and for a thousand.
_ROOM_PROBES = 64
_DOUBLINGS = 4
_WORTH, _WORTH_LONG = 0.001, 0.002
# Once so much is new since the centroids were trained, they are trained again.
_MOST_NEW_SHARE = 0.3
# While no larger share is new since the recall was measured, it is taken to hold.
_AS_MEASURED = 0.02

Rows = npt.NDArray[np.int64]


class IndexFigures(msgspec.Struct, frozen=True, kw_only=True):
    """What a build says about its index; a part of the manifest.

    Attributes:
        kind: flat scores everything; ivf looks into some lists; milvus asks a server.
        count, dim: of the vectors.
        recall: measured recall@10 against the exact oracle; 1 for flat.
        sampled: queries that it was measured on.
        lists, probes: of ivf: number of lists, and how many a search for 10 hits looks into.
        efforts: (depth, probes, recall) for each measured depth.
        trained_on: vectors that there were when the centroids were trained.
        unmeasured: vectors that came since the recall was measured.
        seconds: the build took.
        reason: one sentence for whoever asks why.
    """

    kind: Literal["flat", "ivf", "milvus"]
    count: int
    dim: int
    recall: float
    sampled: int = 0
    lists: int = 0
    probes: int = 0
    efforts: tuple[Effort, ...] = ()
    trained_on: int = 0
    unmeasured: int = 0
    seconds: float = 0.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class BuiltIndex:
    """An index and what was measured of it."""

    index: VectorIndex
    figures: IndexFigures


class _Sample(NamedTuple):
    """Queries with their true nearest; `own` is the row that a query was taken from, or −1."""

    queries: Vectors
    own: Rows
    truth: Rows


def build_index(
    vectors: Vectors, *, queries: Vectors | None = None, flat_floats: int = FLAT_FLOATS, seed: int = 0
) -> BuiltIndex:
    """Choose, build and measure the index for some vectors.

    Args:
        vectors: float32 of shape (n, dim), unit L2 norm or zero; kept by reference.
        queries: float32 of shape (q, dim): queries as users ask them, titles for instance. Half of the
            sample is taken from them; they are harder than rows of the index.
        flat_floats: largest n x dim that is scanned.
        seed: of the sample and the training.

    Returns:
        The same index and figures (seconds aside) for the same arguments, whatever the threads.
    """
    start = time.perf_counter()
    if vectors.size <= flat_floats:
        return _flat(vectors, start, f"{vectors.shape[0]:,} vectors are scanned within milliseconds")
    index = IvfIndex.build(vectors, IvfPlan(lists=list_count(len(vectors), _LISTS_PER_ROOT), seed=seed))
    return _measured(index, vectors, queries, seed, start, trained_on=len(vectors))


def update_index(
    built: BuiltIndex,
    vectors: Vectors,
    old_rows: Rows,
    *,
    queries: Vectors | None = None,
    flat_floats: int = FLAT_FLOATS,
    seed: int = 0,
) -> BuiltIndex:
    """The index of the next snapshot: centroids stay while most of what they were trained on is there.

    Args:
        built: index and figures of the snapshot before.
        vectors: float32 of shape (m, dim), of the new snapshot.
        old_rows: int64 of shape (m,), the row of the same vector before, −1 for a new one.
        queries: see `build_index`.
        flat_floats: see `build_index`.
        seed: see `build_index`.
    """
    start = time.perf_counter()
    index, figures = built.index, built.figures
    changed = max(int(np.count_nonzero(old_rows < 0)), abs(len(vectors) - figures.trained_on))
    if (
        not isinstance(index, IvfIndex)
        or vectors.size <= flat_floats
        or changed > _MOST_NEW_SHARE * figures.trained_on
    ):
        return build_index(vectors, queries=queries, flat_floats=flat_floats, seed=seed)
    carried = index.carried_over(vectors, old_rows)
    if carried is None:
        return build_index(vectors, queries=queries, flat_floats=flat_floats, seed=seed)
    unmeasured = figures.unmeasured + int(np.count_nonzero(old_rows < 0))
    if unmeasured <= _AS_MEASURED * len(vectors):
        figures = msgspec.structs.replace(figures, count=len(vectors), unmeasured=unmeasured)
        return BuiltIndex(carried, figures)
    return _measured(carried, vectors, queries, seed, start, trained_on=figures.trained_on)


def measured_on_server(
    index: MilvusIndex, vectors: Vectors, *, queries: Vectors | None = None, seed: int = 0, start: float
) -> BuiltIndex:
    """Raise the lists that a server looks into until it finds enough, as for lists of our own.

    A server that reaches no recall of .98 even so is used all the same, since it was asked for: the figures
    say what it finds.

    Args:
        index: complete.
        vectors: float32 of shape (n, dim), those of the index.
        queries: see `build_index`.
        seed: of the sample.
        start: when the build began, by `time.perf_counter`.
    """
    sample = _sample(index.oracle, vectors, queries, seed)
    if index.plan.lists:
        index = index.with_plan(replace(index.plan, efforts=_efforts(index, sample)))
    efforts = index.plan.efforts
    if not efforts:
        depth = min(_DEPTHS[0], len(vectors))
        found = index.search(sample.queries, depth + 1).rows
        efforts = (Effort(depth, 0, round(_mean_recall(sample, found, depth), 4)),)
    reason = f"the library's setting names {index.address.uri}"
    return _reported("milvus", index, efforts, sample, start, reason, trained_on=index.count)


def save_index(built: BuiltIndex, folder: Path, *, vectors: bool = True) -> None:
    """Write an index with its figures into an existing folder.

    Args:
        built: what to write.
        folder: to write into.
        vectors: False where the caller keeps them itself; `load_index` is then given them.
    """
    built.index.save(folder, vectors=vectors)
    (folder / "figures.json").write_bytes(msgspec.json.encode(built.figures))


def load_index(folder: Path, vectors: Vectors | None = None, *, token: str = "") -> BuiltIndex:
    """Open what `save_index` wrote.

    Args:
        folder: to read.
        token: user:password of the server that the index lies on, if any.
        vectors: float32 of shape (n, dim), those that the index was built from; None to read them from
            the folder.

    Raises:
        SnapshotError: the vectors are not those of the index.
        VectorServerError: the server does not answer, or has lost it.
    """
    figures = msgspec.json.decode((folder / "figures.json").read_bytes(), type=IndexFigures)
    if vectors is None:
        vectors = np.load(folder / "vectors.npy", mmap_mode="r", allow_pickle=False)
    if vectors.shape != (figures.count, figures.dim):
        raise SnapshotError(
            "index-of-other-vectors",
            folder=folder,
            indexed=figures.count,
            dim=figures.dim,
            rows=vectors.shape[0],
            columns=vectors.shape[1],
        )
    if figures.kind == "milvus":
        from index.milvus import MilvusIndex

        return BuiltIndex(MilvusIndex.load(folder, vectors, token), figures)
    if figures.kind == "flat":
        return BuiltIndex(FaissFlatIndex(vectors), figures)
    return BuiltIndex(IvfIndex.load(folder, vectors), figures)


def _flat(vectors: Vectors, start: float, reason: str) -> BuiltIndex:
    count, dim = vectors.shape
    index = FaissFlatIndex(vectors)
    seconds = round(time.perf_counter() - start, 3)
    return BuiltIndex(
        index, IndexFigures(kind="flat", count=count, dim=dim, recall=1.0, seconds=seconds, reason=reason)
    )


def _measured(
    index: IvfIndex, vectors: Vectors, queries: Vectors | None, seed: int, start: float, *, trained_on: int
) -> BuiltIndex:
    """Raise the efforts until the recall is reached, or give the lists up."""
    sample = _sample(index.oracle, vectors, queries, seed)
    index = _with_room(index, sample)
    efforts = _efforts(index, sample)
    if min(effort.recall for effort in efforts) < FLOOR:
        best = min(effort.recall for effort in efforts)
        return _flat(vectors, start, f"lists reach a recall of {best:.3f} only, {FLOOR} is needed: scanned")
    index = index.with_plan(replace(index.plan, efforts=efforts))
    reason = (
        f"{index.count:,} vectors are too many to scan; "
        f"{efforts[0].probes} of {index.plan.lists} lists hold {efforts[0].recall:.1%} of the ten nearest"
    )
    return _reported("ivf", index, efforts, sample, start, reason, trained_on=trained_on)


def _reported(
    kind: Literal["ivf", "milvus"],
    index: IvfIndex | MilvusIndex,
    efforts: tuple[Effort, ...],
    sample: _Sample,
    start: float,
    reason: str,
    *,
    trained_on: int,
) -> BuiltIndex:
    """An index with lists, and what the build measured of it."""
    figures = IndexFigures(
        kind=kind,
        count=index.count,
        dim=index.dim,
        recall=efforts[0].recall,
        sampled=len(sample.queries),
        lists=index.plan.lists,
        probes=efforts[0].probes,
        efforts=efforts,
        trained_on=trained_on,
        seconds=round(time.perf_counter() - start, 3),
        reason=reason,
    )
    return BuiltIndex(index, figures)


def _sample(oracle: ExactIndex, vectors: Vectors, queries: Vectors | None, seed: int) -> _Sample:
    generator = np.random.default_rng(seed)
    given = np.zeros((0, oracle.dim), dtype=np.float32) if queries is None else queries
    given = given[np.sort(generator.permutation(len(given))[: _SAMPLED // 2])]
    rows = np.sort(generator.permutation(oracle.count)[: _SAMPLED - len(given)]).astype(np.int64)
    asked = np.concatenate([np.asarray(vectors[rows]), given])
    own = np.concatenate([rows, np.full(len(given), -1, dtype=np.int64)])
    deepest = min(_DEPTHS[-1] + 1, oracle.count)
    return _Sample(asked, own, oracle.search(asked, deepest).rows)


def _with_room(index: IvfIndex, sample: _Sample) -> IvfIndex:
    """Double the candidates that are scored exactly while that gains enough, for long lists and for short.

    How well codes order them depends on the encoder: more lists do not find what codes have lost.
    """
    depths = [depth for depth in _DEPTHS if 2 * depth <= index.count]
    if depths:
        index = _widened(index, sample, depths[-1], _WORTH_LONG, times=2)
        index = _widened(index, sample, depths[0], _WORTH, room=2)
    return index


def _widened(
    index: IvfIndex, sample: _Sample, depth: int, worth: float, *, times: int = 1, room: int = 1
) -> IvfIndex:
    """Multiply the candidates a few times over, while each time gains more than it is worth."""
    probes = min(_ROOM_PROBES, max(1, index.plan.lists // 2))
    found = _recall(index, sample, depth, probes)
    for _ in range(_DOUBLINGS):
        plan = replace(index.plan, times=times * index.plan.times, room=room * index.plan.room)
        wider = index.with_plan(plan)
        more = _recall(wider, sample, depth, probes)
        if more - found <= worth:
            break
        index, found = wider, more
    return index


def _efforts(index: IvfIndex | MilvusIndex, sample: _Sample) -> tuple[Effort, ...]:
    """For each depth the fewest lists, in steps of a half, that reach the aim; else all lists."""
    efforts: list[Effort] = []
    probes = min(_FIRST_PROBES, index.plan.lists)
    for depth in (depth for depth in _DEPTHS if 2 * depth <= index.count):
        while True:
            found = _recall(index, sample, depth, probes)
            if found >= AIM or probes >= index.plan.lists // 2:
                break
            probes = min(index.plan.lists // 2, probes + max(1, probes // 2))
        efforts.append(Effort(depth, probes, round(found, 4)))
    return tuple(efforts)


def _recall(index: IvfIndex | MilvusIndex, sample: _Sample, depth: int, probes: int) -> float:
    return _mean_recall(sample, index.search_lists(sample.queries, depth + 1, probes), depth)


def _mean_recall(sample: _Sample, found: Rows, depth: int) -> float:
    """Recall of what was found, the rows that queries were taken from left out; 1 without a query."""
    shares = [
        recall(_without(truth, own)[:depth], _without(rows, own)[:depth])
        for truth, rows, own in zip(sample.truth.tolist(), found.tolist(), sample.own.tolist(), strict=True)
    ]
    return float(np.mean(shares)) if shares else 1.0


def recall(truth: Sequence[int], found: Sequence[int]) -> float:
    """Share of the true rows that were found; 1 where there are none."""
    return len(set(truth) & set(found)) / len(truth) if truth else 1.0


def _without(rows: list[int], own: int) -> list[int]:
    return [row for row in rows if row not in (own, -1)]
