"""An index is chosen by size, measured at build, and keeps its recall within every Selection."""

from __future__ import annotations

import faiss
import msgspec
import numpy as np
import pytest

from index.choice import (
    AIM,
    FLOOR,
    BuiltIndex,
    IndexFigures,
    build_index,
    load_index,
    save_index,
    update_index,
)
from index.exact import ExactIndex
from index.faiss_flat import FaissFlatIndex
from index.ivf import IvfIndex, IvfPlan, list_count
from patents.errors import SnapshotError

COUNT, DIM = 12_000, 32


def fields(seed: int, count: int, spread: float = 0.6) -> np.ndarray:
    """Vectors in 60 fields, as patents lie."""
    rng = np.random.default_rng(seed)
    centres = np.random.default_rng(99).normal(size=(60, DIM))
    vectors = centres[rng.integers(0, 60, count)] + spread * rng.normal(size=(count, DIM))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="module")
def vectors():
    return fields(1, COUNT)


@pytest.fixture(scope="module")
def built(vectors):
    return build_index(vectors, flat_floats=0)


def recall(vectors, index, queries, allowed, k=10):
    truth = ExactIndex(vectors).search(queries, k, allowed=allowed).rows
    found = index.search(queries, k, allowed=allowed).rows
    pairs = zip(truth.tolist(), found.tolist(), strict=True)
    shares = [len(set(a) & set(b) - {-1}) / max(1, len(set(a) - {-1})) for a, b in pairs]
    return float(np.mean(shares))


def test_a_small_library_is_scanned(vectors):
    built = build_index(vectors[:500])
    index, figures = built.index, built.figures
    assert isinstance(index, FaissFlatIndex)
    assert (figures.kind, figures.recall) == ("flat", 1.0)


def test_a_large_library_gets_lists_that_reach_the_aim(built):
    assert isinstance(built.index, IvfIndex)
    assert built.figures.recall >= AIM
    assert built.figures.probes < built.figures.lists // 2
    assert f"{built.figures.recall:.1%}" in built.figures.reason


@pytest.mark.parametrize("share", [1.0, 0.6, 0.3, 0.1, 0.01, 0.0001])
def test_recall_holds_within_selections_of_every_size(vectors, built, share):
    allowed = np.random.default_rng(5).random(COUNT) < share
    queries = fields(7, 100)
    assert recall(vectors, built.index, queries, allowed) >= FLOOR
    found = built.index.search(queries, 10, allowed=allowed).rows
    assert allowed[found[found >= 0]].all()
    assert ((found >= 0).sum(axis=1) == min(10, allowed.sum())).all()


@pytest.mark.parametrize("held", [5_000, 2_400, 300])
def test_recall_holds_within_one_field_for_queries_from_all(vectors, built, held):
    """The hard case: the lists nearest to the query hold nothing that is allowed."""
    allowed = np.zeros(COUNT, dtype=bool)
    allowed[np.argsort(-(vectors @ vectors[3]))[:held]] = True
    assert recall(vectors, built.index, fields(8, 100), allowed) >= FLOOR


def test_long_lists_of_hits_keep_their_recall(vectors, built):
    assert recall(vectors, built.index, fields(9, 30), None, k=300) >= FLOOR


def test_vectors_without_structure_are_scanned_rather_than_missed():
    rng = np.random.default_rng(3)
    noise = rng.normal(size=(4_000, 128)).astype(np.float32)
    noise /= np.linalg.norm(noise, axis=1, keepdims=True)
    built = build_index(noise, flat_floats=0)
    index, figures = built.index, built.figures
    assert figures.kind == "flat" and isinstance(index, FaissFlatIndex)
    assert "is needed" in figures.reason


def files(index, folder) -> dict[str, bytes]:
    folder.mkdir()
    index.save(folder, vectors=False)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("dim", [DIM, 15])
def test_the_same_vectors_give_the_same_index_whatever_the_threads(vectors, dim, tmp_path):
    saved, before = [], faiss.omp_get_max_threads()
    for threads in (1, 2):
        faiss.omp_set_num_threads(threads)
        index = IvfIndex.build(vectors[:, :dim], IvfPlan(lists=64))
        saved.append(files(index, tmp_path / str(threads)))
    faiss.omp_set_num_threads(before)
    assert saved[0] == saved[1] and saved[0]["lists.faiss"]


def test_hits_do_not_depend_on_the_threads_or_on_the_queries_beside(vectors, built):
    queries, before = fields(10, 40), faiss.omp_get_max_threads()
    single = [built.index.search(query[None], 10) for query in queries]
    for threads in (1, 2):
        faiss.omp_set_num_threads(threads)
        together = built.index.search(queries, 10)
        np.testing.assert_array_equal(together.rows, np.concatenate([hits.rows for hits in single]))
        np.testing.assert_array_equal(together.scores, np.concatenate([hits.scores for hits in single]))
    faiss.omp_set_num_threads(before)


def test_an_odd_number_of_dimensions_loses_nothing(vectors):
    odd = np.ascontiguousarray(vectors[:, :31])
    odd /= np.linalg.norm(odd, axis=1, keepdims=True)
    built = build_index(odd, flat_floats=0)
    assert isinstance(built.index, IvfIndex) and built.figures.recall >= AIM


def test_lists_of_an_earlier_version_are_searched_and_replaced_by_the_next_import(vectors, tmp_path):
    """Codes of a byte a dimension, as snapshots had them; there is no order of dimensions beside them."""
    old = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(DIM), DIM, 64, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT, False
    )
    old.train(vectors)
    old.add(vectors)
    faiss.write_index(old, str(tmp_path / "lists.faiss"))
    assigned = old.quantizer.search(vectors, 1)[1][:, 0].astype(np.int32)
    np.save(tmp_path / "assigned.npy", assigned)
    (tmp_path / "plan.json").write_bytes(msgspec.json.encode(IvfPlan(lists=64)))
    index = IvfIndex.load(tmp_path, vectors)
    allowed = np.random.default_rng(5).random(COUNT) < 0.5
    assert recall(vectors, index, fields(7, 30), allowed) == 1.0
    figures = IndexFigures(kind="ivf", count=COUNT, dim=DIM, recall=1.0, trained_on=COUNT)
    updated = update_index(BuiltIndex(index, figures), vectors, np.arange(COUNT), flat_floats=0).index
    assert isinstance(updated, IvfIndex) and updated.carried_over(vectors, np.arange(COUNT)) is not None


def test_figures_do_not_depend_on_the_run(vectors, built):
    again = build_index(vectors, flat_floats=0).figures
    assert again.efforts == built.figures.efforts


@pytest.mark.parametrize("kept", [True, False])
def test_a_saved_index_comes_back_with_its_figures(vectors, built, tmp_path, kept):
    save_index(built, tmp_path, vectors=kept)
    again = load_index(tmp_path, None if kept else vectors)
    assert again.figures == built.figures
    assert (tmp_path / "vectors.npy").exists() is kept
    queries = fields(2, 20)
    np.testing.assert_array_equal(again.index.search(queries, 10).rows, built.index.search(queries, 10).rows)


def test_vectors_of_another_snapshot_are_refused(vectors, built, tmp_path):
    save_index(built, tmp_path, vectors=False)
    with pytest.raises(SnapshotError, match="12,000 vectors of 32 dimensions"):
        load_index(tmp_path, vectors[:-1])


def test_lists_of_other_vectors_are_refused(vectors, built, tmp_path):
    files(built.index, tmp_path / "lists")
    with pytest.raises(SnapshotError, match="12,000 vectors, but there are 11,999"):
        IvfIndex.load(tmp_path / "lists", vectors[:-1])


def test_an_import_keeps_the_centroids_and_finds_what_is_new(vectors, built):
    added = fields(4, 1_000)
    kept = np.delete(np.arange(COUNT), np.arange(0, 1_000))
    rows = np.concatenate([kept[:5_000], np.full(len(added), -1), kept[5_000:]])
    changed = np.where((rows >= 0)[:, None], vectors[rows], 0).astype(np.float32)
    changed[rows < 0] = added
    updated = update_index(built, changed, rows, flat_floats=0)
    index, figures = updated.index, updated.figures
    assert figures.trained_on == COUNT and figures.count == len(changed)
    assert figures.recall >= AIM
    assert recall(changed, index, fields(6, 100), None) >= FLOOR
    np.testing.assert_array_equal(index.search(added[:50], 1).rows[:, 0], np.flatnonzero(rows < 0)[:50])


def test_a_few_new_vectors_are_found_and_the_recall_is_measured_again_when_they_are_more(vectors, built):
    added = fields(4, 150)
    index, rows = built, np.arange(COUNT)
    held = vectors
    for first in (0, 50, 100):
        held = np.concatenate([held, added[first : first + 50]])
        rows = np.concatenate([np.arange(len(held) - 50), np.full(50, -1)])
        index = update_index(index, held, rows, flat_floats=0)
        assert index.figures.efforts == built.figures.efforts
        assert (index.figures.count, index.figures.unmeasured) == (len(held), first + 50)
        np.testing.assert_array_equal(
            index.index.search(added[first : first + 50], 1).rows[:, 0], np.flatnonzero(rows < 0)
        )
    more = np.concatenate([held, fields(5, 200)])
    rows = np.concatenate([np.arange(len(held)), np.full(200, -1)])
    assert update_index(index, more, rows, flat_floats=0).figures.unmeasured == 0


def test_a_library_that_doubled_is_trained_anew(vectors, built):
    doubled = np.concatenate([vectors, fields(4, COUNT)])
    rows = np.concatenate([np.arange(COUNT), np.full(COUNT, -1)])
    assert update_index(built, doubled, rows, flat_floats=0).figures.trained_on == 2 * COUNT


def test_a_carried_index_is_byte_for_byte_the_one_filled_anew(vectors, built, tmp_path):
    same = built.index.carried_over(vectors, np.arange(COUNT))
    assert files(same, tmp_path / "same") == files(built.index, tmp_path / "anew")


def test_a_saved_index_is_carried_over_as_the_one_it_was_saved_from(vectors, built, tmp_path):
    files(built.index, tmp_path / "saved")
    opened = IvfIndex.load(tmp_path / "saved", vectors)
    rows = np.delete(np.arange(COUNT), np.arange(0, 3_000, 3))
    here, there = built.index.carried_over(vectors[rows], rows), opened.carried_over(vectors[rows], rows)
    del opened
    assert files(here, tmp_path / "here") == files(there, tmp_path / "there")


def test_the_number_of_lists_grows_with_the_root_of_the_size():
    assert [list_count(n) for n in (1, 30_000, 120_000, 1_000_000)] == [4, 512, 1024, 4096]
    assert [list_count(n, 1.5) for n in (1, 30_000, 120_000, 1_000_000)] == [2, 256, 512, 2048]
