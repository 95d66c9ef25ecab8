"""A library whose vectors lie on Milvus answers as one that keeps them itself."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import date

import msgspec
import numpy as np
import pytest
from typer.testing import CliRunner

from api.cli import app
from api.libraries.importing import import_exports
from api.libraries.publishing import build
from api.live.library import open_live
from api.search.ranking import query_of_text, rank
from index.milvus_server import Address
from index.part.server import LEDGER, collections
from library.folder import Library
from patents.errors import PatlasError, VectorServerError

pytest.importorskip("milvus_lite", reason="needs the `milvus` extra")


@pytest.fixture
def library(library_path, tmp_path):
    return shutil.copytree(library_path, tmp_path / "library")


def found(path, text="铝电解槽阴极结构", allowed=None):
    with open_live(path) as live:
        allowed = np.ones(live.count, dtype=bool) if allowed is None else allowed
        return [(one.row, round(one.dense, 5)) for one in rank(live, query_of_text(live, text), 8, allowed)]


def put(path, uri):
    with Library.open(path) as opened, opened.lock():
        opened.settings.set("milvus", str(uri))


def named(path):
    with Library.open(path) as opened:
        return {address.collection for address in collections(opened)}


def on_server(uri):
    from pymilvus import MilvusClient

    return set(MilvusClient(uri=str(uri)).list_collections())


def test_the_same_patents_are_found_and_the_manifest_says_where_they_lie(library, tmp_path):
    local = found(library)
    put(library, tmp_path / "vectors.db")
    build(library)
    assert found(library) == local
    with open_live(library) as live:
        some = np.arange(live.count) % 3 == 0
        facts = live.snapshot.manifest.facts["dense_index"]
    assert {row % 3 for row, _ in found(library, allowed=some)} == {0}
    assert facts["kind"] == "milvus" and facts["recall_at_10"] == 1.0
    told = CliRunner().invoke(app, ["info", "--library", str(library)])
    assert told.exit_code == 0 and "Search by meaning: milvus" in told.stdout
    put(library, "")
    build(library)
    assert found(library) == local


def test_an_import_without_new_texts_shares_the_collection(library, export_file, tmp_path):
    put(library, tmp_path / "vectors.db")
    build(library)
    before = named(library)
    import_exports(library, [export_file], as_of=date(2022, 9, 1))
    assert named(library) == before and len(before) == 1


def test_collections_go_with_their_last_snapshot(library, tmp_path):
    uri = tmp_path / "vectors.db"
    put(library, uri)
    for _ in range(4):
        build(library)
    assert on_server(uri) == named(library)
    assert len(named(library)) <= 4


def test_a_build_that_fails_leaves_no_collection(library, tmp_path, monkeypatch):
    uri = tmp_path / "vectors.db"
    put(library, uri)
    build(library)
    before = named(library)

    def full(*_, **__):
        raise OSError("disk full")

    monkeypatch.setattr("api.libraries.publishing.write_themes", full)
    with pytest.raises(OSError, match="disk full"):
        build(library)
    assert on_server(uri) == named(library) == before


def test_a_server_that_is_gone_or_has_lost_the_vectors_is_named(library, tmp_path):
    put(library, "http://127.0.0.1:1")
    with pytest.raises(PatlasError, match=r"No Milvus answers at http://127\.0\.0\.1:1"):
        build(library)
    assert found(library)
    uri = tmp_path / "vectors.db"
    put(library, uri)
    build(library)
    with Library.open(library) as opened:
        path = opened.current().part("faiss") / "milvus.json"
    address = json.loads(path.read_text(encoding="utf-8"))["address"]
    from pymilvus import MilvusClient

    MilvusClient(uri=str(uri)).drop_collection(address["collection"])
    with pytest.raises(VectorServerError, match="has no collection"):
        found(library)


KILLED = """
import os, sys
from api.libraries.publishing import build
from index import choice
choice.measured_on_server = lambda *_, **__: os._exit(9)
build(sys.argv[1])
"""


def test_what_a_killed_build_left_behind_goes_with_the_next(library, tmp_path):
    uri = tmp_path / "vectors.db"
    put(library, uri)
    ended = subprocess.run([sys.executable, "-c", KILLED, library], check=False, capture_output=True)
    assert ended.returncode == 9, ended.stderr.decode()
    (left,) = on_server(uri)
    assert left not in named(library)
    build(library)
    assert on_server(uri) == named(library) and left not in named(library)


def test_a_collection_that_cannot_be_dropped_is_told_of_and_tried_again(library, tmp_path):
    uri = tmp_path / "vectors.db"
    put(library, uri)
    build(library)
    gone = Address("http://127.0.0.1:1", "patlas_elsewhere", 1, 8, 0)
    ledger = library / LEDGER
    kept = msgspec.json.decode(ledger.read_bytes(), type=list[Address])
    assert {address.collection for address in kept} == named(library)
    ledger.write_bytes(msgspec.json.encode([*kept, gone]))
    published = build(library)
    (note,) = [note for note in published.notes if "patlas_elsewhere" in note]
    assert "127.0.0.1:1 does not drop it" in note and "tries again" in note
    assert gone in msgspec.json.decode(ledger.read_bytes(), type=list[Address])
