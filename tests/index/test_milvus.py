"""What Milvus adds to the contract: aliases, ways of filtering, plain errors."""

from __future__ import annotations

import numpy as np
import pytest

from index import milvus
from index.exact import ExactIndex
from index.milvus import MilvusIndex
from patents.errors import InputError

pytest.importorskip("milvus_lite", reason="needs the `milvus` extra")


@pytest.fixture(scope="module")
def vectors():
    found = np.random.default_rng(0).normal(size=(400, 8)).astype(np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


@pytest.mark.parametrize(
    "way",
    [{"named": 400}, {"named": 0}, {"named": 0, "chunk": 50}],
    ids=["fetched", "pushed down", "checked"],
)
@pytest.mark.parametrize("share", [0.9, 0.3, 0.03])
def test_every_way_of_filtering_agrees_with_the_oracle(vectors, way, share, monkeypatch):
    monkeypatch.setattr(milvus, "_CHUNK", way.get("chunk", 10_000))
    index = MilvusIndex.create(vectors, named=way["named"])
    allowed = np.random.default_rng(1).random(400) < share
    found = index.search(vectors[:5], 6, allowed=allowed)
    expected = ExactIndex(vectors).search(vectors[:5], 6, allowed=allowed)
    np.testing.assert_array_equal(found.rows, expected.rows)
    np.testing.assert_allclose(found.scores, expected.scores, atol=1e-6)


def test_a_server_that_reaches_less_deep_than_the_selection_is_asked_in_chunks(vectors, monkeypatch):
    monkeypatch.setattr(milvus, "_MOST_HITS", 20)
    monkeypatch.setattr(milvus, "_CHUNK", 30)
    index = MilvusIndex.create(vectors, named=0)
    allowed = np.zeros(400, dtype=bool)
    allowed[np.argsort(vectors @ vectors[0])[:100]] = True
    found = index.search(vectors[:1], 5, allowed=allowed)
    expected = ExactIndex(vectors).search(vectors[:1], 5, allowed=allowed)
    np.testing.assert_array_equal(found.rows, expected.rows)


def test_an_alias_follows_the_newest_index_and_the_old_one_goes(vectors, tmp_path):
    uri = str(tmp_path / "one.db")
    first = MilvusIndex.create(vectors[:100], uri, alias="patlas_live")
    second = MilvusIndex.create(vectors, uri, alias="patlas_live")
    collections = second._client.list_collections()
    assert second.collection in collections and first.collection not in collections
    assert second._client.describe_alias("patlas_live")["collection_name"] == second.collection


def test_a_server_that_does_not_answer_is_named(vectors):
    with pytest.raises(InputError, match=r"no Milvus answers at http://127\.0\.0\.1:1"):
        MilvusIndex.create(vectors, "http://127.0.0.1:1")
