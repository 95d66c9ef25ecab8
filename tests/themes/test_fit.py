"""From vectors to themes, and placing others in them."""

from __future__ import annotations

import faiss
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score

from patents.errors import SnapshotError
from themes.clusters import ThemeSettings
from themes.density import dense_groups, grow, jaccard, linkage, spanning_tree
from themes.fit import fit_themes
from themes.graph import neighbour_count, neighbours
from themes.grid import on_grid
from themes.model import ThemeModel


@pytest.fixture(scope="module")
def model(world):
    return fit_themes(world.vectors, world.keys, settings=ThemeSettings(themes=6))


def same(one: ThemeModel, other: ThemeModel) -> bool:
    mine, theirs = one.clustering, other.clustering
    return (
        np.array_equal(mine.core_label, theirs.core_label)
        and np.array_equal(mine.assigned_label, theirs.assigned_label)
        and np.array_equal(mine.strength, theirs.strength)
    )


def with_threads(number, compute):
    """Compute something with so many threads in FAISS."""
    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(number)
    try:
        return compute()
    finally:
        faiss.omp_set_num_threads(before)


def test_the_known_themes_are_found(world, model):
    core = model.clustering.core_label
    assert model.themes == 6
    both = (core >= 0) & (world.topics >= 0)
    assert adjusted_mutual_info_score(world.topics[both], core[both]) > 0.99
    assert both.sum() > 0.5 * (world.topics >= 0).sum()
    assigned = model.clustering.assigned_label
    placed = (assigned >= 0) & (world.topics >= 0)
    assert placed.sum() > 0.8 * (world.topics >= 0).sum()
    assert adjusted_mutual_info_score(world.topics[placed], assigned[placed]) > 0.99


def test_patents_of_no_theme_are_left_out(world, model):
    stray = world.topics < 0
    assert (model.clustering.core_label[stray] < 0).mean() > 0.6
    assert model.clustering.unplaced > 0
    counted = model.clustering.core + model.clustering.assigned + model.clustering.unplaced
    assert counted == len(model.clustering)


def test_themes_are_numbered_by_size(model):
    sizes = model.clustering.sizes(model.themes)
    assert sizes.tolist() == sorted(sizes.tolist(), reverse=True)


def test_the_order_of_the_rows_changes_nothing(world, model):
    order = np.random.default_rng(1).permutation(len(world.keys))
    shuffled = fit_themes(
        world.vectors[order], [world.keys[row] for row in order], settings=ThemeSettings(themes=6)
    )
    back = np.argsort(order)
    assert np.array_equal(shuffled.clustering.core_label[back], model.clustering.core_label)
    assert np.array_equal(shuffled.clustering.assigned_label[back], model.clustering.assigned_label)
    assert np.array_equal(shuffled.clustering.strength[back], model.clustering.strength)


def test_the_number_of_threads_changes_nothing(world):
    fits = [with_threads(number, lambda: fit_themes(world.vectors, world.keys)) for number in (1, 3)]
    assert same(*fits)


def test_the_inverted_file_gives_the_same_graph_whatever_the_threads_and_nearly_the_exact_one(monkeypatch):
    rng = np.random.default_rng(2)
    centres = rng.normal(size=(40, 24))
    points = np.repeat(centres, 60, axis=0) + rng.normal(scale=0.4, size=(2400, 24))
    vectors = on_grid(points / np.linalg.norm(points, axis=1, keepdims=True))
    exact = neighbours(vectors, 10)
    monkeypatch.setattr("themes.graph.EXACT", 100)
    graphs = [with_threads(number, lambda: neighbours(vectors, 10)) for number in (1, 4)]
    assert np.array_equal(graphs[0].rows, graphs[1].rows)
    found = [len(set(ours) & set(true)) for ours, true in zip(graphs[0].rows, exact.rows, strict=True)]
    assert np.mean(found) > 9.5


def test_saved_loaded_and_placed_again_changes_nothing(world, model, tmp_path):
    model.save(tmp_path)
    loaded = ThemeModel.load(tmp_path)
    assert same(loaded, model) and loaded.settings == model.settings and loaded.keys == model.keys
    rows = np.random.default_rng(3).permutation(len(world.keys))
    placed = loaded.place(world.vectors[rows], [world.keys[row] for row in rows])
    assert np.array_equal(placed.labels, model.clustering.assigned_label[rows])
    assert np.array_equal(placed.strength, model.clustering.strength[rows])
    alone = [loaded.place(world.vectors[row : row + 1], [world.keys[row]]).labels[0] for row in range(50)]
    assert alone == model.clustering.assigned_label[:50].tolist()


def test_a_damaged_model_names_the_command_that_mends_it(model, tmp_path):
    model.save(tmp_path)
    (tmp_path / "themes.npz").write_bytes(b"broken")
    with pytest.raises(SnapshotError, match="Build the library anew"):
        ThemeModel.load(tmp_path)


def test_new_patents_are_placed_by_centroid_and_threshold_alone(world, model):
    placed = model.place(world.vectors)
    scores = on_grid(world.vectors) @ model.centroids.T
    best = scores.argmax(axis=1)
    enough = scores.max(axis=1) >= model.thresholds[best]
    assert np.array_equal(placed.labels, np.where(enough, best, -1))
    others = model.clustering.core_label < 0
    assert np.array_equal(placed.labels[others], model.clustering.assigned_label[others])


def test_a_patent_without_text_is_unplaced_and_moves_nobody(world, model):
    vectors = np.concatenate([np.zeros((1, 32), np.float32), world.vectors])
    with_empty = fit_themes(vectors, ["CN0", *world.keys], settings=ThemeSettings(themes=6))
    assert with_empty.clustering.assigned_label[0] == -1
    assert np.array_equal(with_empty.clustering.core_label[1:], model.clustering.core_label)
    assert with_empty.place(vectors[:1]).labels.tolist() == [-1]


@pytest.mark.parametrize("themes", [1, 3, 6, 9])
def test_the_wanted_number_of_themes_is_given(world, themes):
    found = fit_themes(world.vectors, world.keys, settings=ThemeSettings(themes=themes))
    assert found.themes == themes
    assert (np.bincount(found.clustering.core_label[found.clustering.core_label >= 0]) > 0).all()


@pytest.mark.parametrize("count", [0, 1, 2, 9, 10, 11, 25])
def test_few_patents_are_no_error(world, count):
    model = fit_themes(world.vectors[:count], world.keys[:count])
    assert len(model.clustering) == count
    assert model.themes == (0 if count < 10 else model.themes)
    assert model.place(world.vectors[:count], world.keys[:count]).labels.tolist() == (
        model.clustering.assigned_label.tolist()
    )


def test_equal_vectors_are_one_theme():
    vectors = np.tile(np.eye(1, 8, dtype=np.float32), (40, 1))
    model = fit_themes(vectors, [str(number) for number in range(40)])
    assert model.themes == 1 and model.clustering.core == 40


def test_leaves_lie_inside_their_themes(world):
    model = fit_themes(world.vectors, world.keys, settings=ThemeSettings(themes=3))
    placed = model.place(world.vectors, world.keys)
    leaves = model.leaves_of(world.vectors, placed, world.keys).labels
    inside = leaves >= 0
    assert np.array_equal(inside, placed.labels >= 0)
    assert np.array_equal(model.leaf_theme[leaves[inside]], placed.labels[inside])


def test_a_key_given_twice_is_refused(world):
    with pytest.raises(ValueError, match="twice"):
        fit_themes(world.vectors[:3], ["a", "b", "a"])
    with pytest.raises(ValueError, match="2 keys"):
        fit_themes(world.vectors[:3], ["a", "b"])


@pytest.mark.parametrize(
    ("patents", "wanted"), [(0, 0), (1, 0), (5, 4), (300, 12), (3000, 32), (75_000, 60), (10**6, 60)]
)
def test_the_number_of_neighbours_follows_the_number_of_patents(patents, wanted):
    assert neighbour_count(patents) == wanted


@settings(max_examples=40)
@given(arrays(np.float32, st.tuples(st.integers(2, 40), st.just(6)), elements=st.floats(-1, 1, width=32)))
def test_a_patent_is_never_its_own_neighbour_and_nearer_ones_come_first(points):
    norms = np.linalg.norm(points, axis=1, keepdims=True)
    vectors = on_grid(points / np.where(norms > 0, norms, 1))
    k = min(5, len(vectors) - 1)
    graph = neighbours(vectors, k)
    assert graph.rows.shape == (len(vectors), k)
    assert not (graph.rows == np.arange(len(vectors))[:, None]).any()
    assert all(len(set(row)) == k for row in graph.rows.tolist())
    assert (np.diff(graph.scores, axis=1) <= 0).all()
    best = np.sort((vectors @ vectors.T + np.diag(np.full(len(vectors), -9.0))), axis=1)[:, ::-1][:, :k]
    np.testing.assert_allclose(graph.scores, best, atol=1e-6)


def test_grid_products_do_not_depend_on_the_order_of_summation():
    rng = np.random.default_rng(4)
    points = rng.normal(size=(50, 300))
    vectors = on_grid(points / np.linalg.norm(points, axis=1, keepdims=True))
    order = rng.permutation(300)
    assert np.array_equal(vectors @ vectors.T, vectors[:, order] @ vectors[:, order].T)
    assert np.array_equal((vectors.astype(np.float64) @ vectors.T.astype(np.float64)), vectors @ vectors.T)


def test_jaccard_lengths_are_those_of_sets():
    rows = np.array([[1, 2], [0, 2], [1, 0], [2, 1]], dtype=np.int32)
    edges = jaccard(rows)
    lists = [{number, *row} for number, row in enumerate(rows.tolist())]
    assert len(edges.first) == rows.size
    for first, second, length in zip(*edges, strict=True):
        both, either = lists[first] & lists[second], lists[first] | lists[second]
        assert length == pytest.approx(1 - len(both) / len(either))


def test_the_spanning_tree_joins_parts_that_no_edge_joins():
    rows = np.array([[1], [0], [3], [2], [2]], dtype=np.int32)
    tree = spanning_tree(jaccard(rows), 5)
    assert len(tree.first) == 4
    assert tree.lengths.max() == 1.0
    assert (np.diff(tree.lengths) >= 0).all()


def test_dense_groups_of_two_far_clouds_are_the_clouds():
    rng = np.random.default_rng(5)
    side = np.repeat([[9.0, 0, 0], [-9.0, 0, 0]], 40, axis=0)
    points = rng.normal(size=(80, 3)) + side
    vectors = on_grid(points / np.linalg.norm(points, axis=1, keepdims=True))
    graph = neighbours(vectors, 10)
    labels = dense_groups(linkage(spanning_tree(jaccard(graph.rows), 80)), 25)
    core = labels >= 0
    assert core.sum() > 60
    assert adjusted_rand_score(side[core, 0], labels[core]) == 1.0


def test_growing_takes_in_those_among_one_group_and_nobody_else():
    labels = np.array([0, 0, 1, 1, -1, -1, -1])
    rows = np.array([[1, 2], [0, 2], [3, 0], [2, 0], [0, 1], [0, 2], [5, 6]], dtype=np.int32)
    grown = grow(labels, rows, share=1.0, nearest=2, rounds=1)
    assert grown.tolist() == [0, 0, 1, 1, 0, -1, -1]
    assert labels.tolist() == [0, 0, 1, 1, -1, -1, -1]
