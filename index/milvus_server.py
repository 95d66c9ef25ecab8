"""Talking to Milvus: connect, make a collection, wait for its index, drop it; errors in Patlas's words."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import msgspec

from index.hits import Vectors
from index.ivf import list_count
from index.server_fields import ServerFields
from patents.errors import InputError, MissingExtraError, VectorServerError

if TYPE_CHECKING:
    from pymilvus import MilvusClient  # type: ignore[import-untyped]

ROW, VECTOR = "row", "vector"
# Rows of one insert stay under the server's 64 MB a message.
_BLOCK = 5_000
# A server keeps so many rows of 256 floats in a segment (512 MB), and makes lists for each segment.
_SEGMENT = 500_000
_TIMEOUT_S = 30.0
# The index of ten million rows takes a server minutes; one that does not move for so long is stuck.
_STUCK_S = 600.0
_POLL_S = 0.2
# Rows never change once a collection is complete, so no search has to wait for the newest state of the
# server: that wait is 0.2 to 0.3 s (measured on Milvus 2.3.5), the search itself a few milliseconds.
AS_IT_IS = "Eventually"


class Address(msgspec.Struct, frozen=True):
    """Where the rows lie.

    Attributes:
        uri: of the server, or a file of milvus-lite.
        collection: its name there.
        count, dim: of the vectors.
        lists: inverted lists of a full segment; 0 where everything is scanned.
    """

    uri: str
    collection: str
    count: int
    dim: int
    lists: int


def address_of(vectors: Vectors, uri: str, collection: str) -> Address:
    """The address of a collection that is to be made.

    milvus-lite scans: of its other indexes version 3.2 loses most rows behind a filter.
    """
    count, dim = vectors.shape
    lists = list_count(min(count, _SEGMENT)) if "://" in uri else 0
    return Address(uri, collection, count, dim, lists)


def connect(uri: str, token: str) -> MilvusClient:
    """Open a server or a file.

    Raises:
        MissingExtraError: pymilvus is not installed.
        VectorServerError: nothing answers.
    """
    try:
        from pymilvus import MilvusClient, MilvusException
        from pymilvus.exceptions import ConnectionConfigException  # type: ignore[import-untyped]
    except ImportError as error:
        raise MissingExtraError("milvus-not-installed") from error
    try:
        return MilvusClient(uri=uri, token=token, timeout=_TIMEOUT_S)
    except (ValueError, ConnectionConfigException) as error:
        raise InputError("milvus-address-wrong", uri=uri, reason=error) from error
    except (MilvusException, OSError) as error:
        raise VectorServerError("milvus-not-answering", uri=uri, reason=error) from error


@contextmanager
def as_patlas_errors(uri: str) -> Iterator[None]:
    """Errors of the client as those of Patlas.

    Raises:
        VectorServerError: the server does not answer, or refuses.
    """
    from pymilvus import MilvusException

    try:
        yield
    except MilvusException as error:
        raise VectorServerError("milvus-fails", uri=uri, reason=error) from error


def fill(
    client: MilvusClient,
    address: Address,
    vectors: Vectors,
    fields: ServerFields,
    progress: Callable[[int], object] | None = None,
) -> None:
    """Make the collection, send all rows, and come back when all of them are indexed and loaded.

    Raises:
        VectorServerError: the server refuses, or its index does not get ready.
    """
    with as_patlas_errors(address.uri):
        _make(client, address, fields)
        for start in range(0, address.count, _BLOCK):
            block = range(start, min(start + _BLOCK, address.count))
            rows = [{ROW: row, VECTOR: vectors[row], **fields.of(row)} for row in block]
            client.insert(address.collection, rows)
            if progress is not None:
                progress(block.stop)
        client.flush(address.collection)
        _index(client, address)
        if address.lists and address.count:
            _wait_for_index(client, address)
        client.load_collection(address.collection)
        _check_count(client, address)


def _make(client: MilvusClient, address: Address, fields: ServerFields) -> None:
    from pymilvus import DataType

    schema = client.create_schema(auto_id=False, enable_dynamic_field=False)
    schema.add_field(ROW, DataType.INT64, is_primary=True)
    schema.add_field(VECTOR, DataType.FLOAT_VECTOR, dim=address.dim)
    for name in fields.names:
        schema.add_field(name, DataType.INT32)
    client.create_collection(address.collection, schema=schema, consistency_level="Strong")


def _index(client: MilvusClient, address: Address) -> None:
    """Ask for the index once all rows are there, as its centroids are trained on them."""
    parameters = client.prepare_index_params()
    # Lists for the reasons of `index.ivf`: a server's graph (HNSW, AUTOINDEX) found 75 to 97 % of the ten
    # nearest within a tenth of the rows, its lists find what their effort was measured to find.
    if address.lists:
        parameters.add_index(VECTOR, index_type="IVF_SQ8", metric_type="IP", params={"nlist": address.lists})
    else:
        parameters.add_index(VECTOR, index_type="FLAT", metric_type="IP")
    client.create_index(address.collection, parameters, sync=False)


def _wait_for_index(client: MilvusClient, address: Address) -> None:
    last, moved = -1, time.monotonic()
    while True:
        state = client.describe_index(address.collection, VECTOR)
        waiting = int(state.get("pending_index_rows", 0))
        if waiting == 0 and int(state.get("total_rows", 0)) >= address.count:
            return
        if waiting != last:
            last, moved = waiting, time.monotonic()
        if time.monotonic() - moved > _STUCK_S:
            raise VectorServerError(
                "milvus-not-indexed",
                uri=address.uri,
                waiting=waiting,
                rows=address.count,
                collection=address.collection,
                minutes=_STUCK_S / 60,
            )
        time.sleep(_POLL_S)


def _check_count(client: MilvusClient, address: Address) -> None:
    """Counted as of now, so that every node has seen all rows before the first search comes."""
    answer = client.query(
        address.collection, filter="", output_fields=["count(*)"], consistency_level="Strong"
    )
    found = int(answer[0]["count(*)"])
    if found != address.count:
        raise VectorServerError(
            "milvus-rows-missing",
            uri=address.uri,
            held=found,
            rows=address.count,
            collection=address.collection,
        )


def opened(address: Address, token: str) -> MilvusClient:
    """Connect to the server of a collection, and load it there.

    Raises:
        VectorServerError: the server does not answer, or does not have the collection.
    """
    client = connect(address.uri, token)
    with as_patlas_errors(address.uri):
        if not client.has_collection(address.collection):
            raise VectorServerError(
                "milvus-collection-missing", uri=address.uri, collection=address.collection
            )
        client.load_collection(address.collection)
    return client


def drop(address: Address, token: str = "") -> None:
    """Remove a collection from its server; one that is not there is no error.

    Raises:
        VectorServerError: the server does not answer.
    """
    client = connect(address.uri, token)
    with as_patlas_errors(address.uri):
        client.drop_collection(address.collection)


def switch(client: MilvusClient, alias: str, address: Address) -> None:
    """Point an alias at a collection, and drop the one that it named before."""
    with as_patlas_errors(address.uri):
        named = {one: client.describe_alias(one)["collection_name"] for one in _aliases(client)}
        if alias not in named:
            client.create_alias(address.collection, alias)
            return
        client.alter_alias(address.collection, alias)
        client.drop_collection(named[alias])


def _aliases(client: MilvusClient) -> Sequence[str]:
    names: list[str] = []
    for collection in client.list_collections():
        names += client.list_aliases(collection)["aliases"]
    return names
