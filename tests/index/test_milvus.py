"""What Milvus adds to the contract: ways of filtering, measured effort, aliases, plain errors.

With PATLAS_TEST_MILVUS=http://HOST:19530 all of it also runs on that server.
"""

from __future__ import annotations

import os

import numpy as np
import pytest

from index import milvus
from index.choice import load_index, measured_on_server, save_index
from index.exact import ExactIndex
from index.milvus import MilvusIndex
from index.milvus_server import drop
from index.server_fields import ServerFields
from patents.errors import InputError, VectorServerError

pytest.importorskip("milvus_lite", reason="needs the `milvus` extra")

COUNT = 2_000


@pytest.fixture(scope="module", params=["file", "server"])
def uri(request, tmp_path_factory):
    if request.param == "file":
        return str(tmp_path_factory.mktemp("milvus") / "vectors.db")
    if "PATLAS_TEST_MILVUS" not in os.environ:
        pytest.skip("PATLAS_TEST_MILVUS names no Milvus server (http://HOST:19530)")
    return os.environ["PATLAS_TEST_MILVUS"]


@pytest.fixture(scope="module")
def vectors():
    generator = np.random.default_rng(0)
    centres = generator.normal(size=(40, 16))
    found = centres[generator.integers(0, 40, COUNT)] + 0.4 * generator.normal(size=(COUNT, 16))
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="module")
def fields():
    generator = np.random.default_rng(1)
    days, kinds = generator.integers(7_000, 19_000, COUNT), generator.integers(0, 3, COUNT)
    return ServerFields.of_columns({"filed": days.astype(np.int32), "kind": kinds.astype(np.int32)})


@pytest.fixture(scope="module")
def built(uri, vectors, fields):
    index = MilvusIndex.create(vectors, uri, fields=fields, gather=0)
    yield measured_on_server(index, vectors, start=0.0)
    drop(index.address)


def selections(fields, vectors):
    days, kinds = fields.values
    random = np.random.default_rng(2).random(COUNT)
    return {
        "dates": (days > 9_000) & (days < 15_000),
        "one kind": kinds == 1,
        "some of a box": (kinds == 1) & (days < 12_000) & (random < 0.6),
        "anywhere": random < 0.3,
        "one field": vectors @ vectors[5] > 0.1,
        "a few": random < 0.01,
    }


def test_within_every_selection_nearly_all_nearest_are_found_and_nothing_else(built, vectors, fields):
    for name, allowed in selections(fields, vectors).items():
        found = built.index.search(vectors[:60], 10, allowed=allowed)
        expected = ExactIndex(vectors).search(vectors[:60], 10, allowed=allowed)
        assert allowed[found.rows].all(), name
        shared = [len({*a} & {*b}) / 10 for a, b in zip(found.rows, expected.rows, strict=True)]
        assert np.mean(shared) >= 0.98, name
        exact = np.einsum("qkd,qd->qk", vectors[found.rows], vectors[:60])
        np.testing.assert_allclose(found.scores, exact, atol=1e-6)


def test_the_build_measures_what_the_server_finds(built, uri):
    assert built.figures.kind == "milvus" and built.figures.recall >= 0.98
    assert bool(built.figures.lists) == ("://" in uri)
    assert built.figures.probes <= built.figures.lists


def test_a_saved_index_keeps_its_effort_and_its_fields(built, vectors, fields, tmp_path):
    save_index(built, tmp_path, vectors=False)
    opened = load_index(tmp_path, vectors)
    assert opened.figures == built.figures and opened.index.plan == built.index.plan
    allowed = selections(fields, vectors)["dates"]
    before = built.index.search(vectors[:9], 5, allowed=allowed)
    np.testing.assert_array_equal(opened.index.search(vectors[:9], 5, allowed=allowed).rows, before.rows)


def test_where_the_server_reaches_less_deep_than_the_selection_this_machine_scores(
    built, vectors, monkeypatch
):
    monkeypatch.setattr(milvus, "_MOST_HITS", 20)
    far = np.zeros(COUNT, dtype=bool)
    far[np.argsort(vectors @ vectors[0])[:300]] = True
    found = built.index.search(vectors[:1], 5, allowed=far)
    expected = ExactIndex(vectors).search(vectors[:1], 5, allowed=far)
    np.testing.assert_array_equal(found.rows, expected.rows)


def test_an_alias_follows_the_newest_index_and_the_old_one_goes(uri, vectors):
    first = MilvusIndex.create(vectors[:100], uri, alias="patlas_test_live")
    second = MilvusIndex.create(vectors, uri, alias="patlas_test_live")
    from pymilvus import MilvusClient

    client = MilvusClient(uri=uri)
    collections = client.list_collections()
    assert second.address.collection in collections and first.address.collection not in collections
    named = client.describe_alias("patlas_test_live")["collection_name"]
    assert named == second.address.collection
    client.drop_alias("patlas_test_live")
    drop(second.address)


def test_the_address_is_known_before_anything_is_made(uri, vectors):
    from pymilvus import MilvusClient

    client = MilvusClient(uri=uri)
    seen = []
    index = MilvusIndex.create(
        vectors[:50], uri, announce=lambda one: seen.append((one, client.has_collection(one.collection)))
    )
    assert seen == [(index.address, False)]
    drop(index.address)
    assert not client.has_collection(index.address.collection)
    drop(index.address)


def test_a_server_that_does_not_answer_is_named(vectors):
    with pytest.raises(VectorServerError, match=r"No Milvus answers at http://127\.0\.0\.1:1") as raised:
        MilvusIndex.create(vectors, "http://127.0.0.1:1")
    assert "setting milvus" in raised.value.help


def test_what_is_no_address_is_said_to_be_none(vectors):
    with pytest.raises(InputError, match="is not the address of a Milvus server"):
        MilvusIndex.create(vectors, "ftp://somewhere")
