"""The same protocol on Milvus: for libraries that one machine cannot hold.

A URI that is a file name opens milvus-lite in this process, ``http://…`` a cluster. Rows are the
primary keys, so a Selection is known there by its rows: the vectors of a small one are fetched and scored
here, a middling one goes with the query (``row in […]``, in chunks), of a large one more hits are fetched
than asked for and checked here. Scores are computed here from the float32 vectors that Milvus returns, so
that hits equal those of every other index.
"""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np
import numpy.typing as npt

from index.exact import check_search, empty_hits
from index.hits import Hits, Vectors
from patents.errors import InputError, MissingExtraError, SnapshotError

if TYPE_CHECKING:
    from pymilvus import MilvusClient  # type: ignore[import-untyped]

_ROW, _VECTOR = "row", "vector"
ADDRESS_FILE = "milvus.json"
# Rows of one insert stay under the server's 64 MB a message.
_BLOCK = 5_000
# A server refuses more hits than this for one query.
_MOST_HITS = 16_384
# Ties at rank k are settled here by row; see `index.faiss_flat`. A tie longer than what one query may fetch
# keeps the order of the server.
_TIE_ROOM = 8
# Rows of one ``row in […]``: about 80 kB of expression.
_CHUNK = 10_000

Mask = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.int64]


class Address(msgspec.Struct, frozen=True):
    """Where an index lies; what `save` writes.

    Attributes:
        uri: of the server, or a file of milvus-lite.
        collection: its name there.
        count, dim: of the vectors.
        named: Selections of up to so many rows have their vectors fetched and scored here.
    """

    uri: str
    collection: str
    count: int
    dim: int
    named: int


class MilvusIndex:
    """A collection behind the `VectorIndex` protocol.

    Args:
        client: connected.
        address: of the collection.
    """

    def __init__(self, client: MilvusClient, address: Address) -> None:
        self._client = client
        self._address = address

    @classmethod
    def create(
        cls,
        vectors: Vectors,
        uri: str | None = None,
        *,
        alias: str | None = None,
        named: int = 1_000,
        token: str = "",
    ) -> MilvusIndex:
        """Fill a new collection; an alias is switched to it when it is complete, and the old one dropped.

        Args:
            vectors: float32 of shape (n, dim), unit L2 norm or zero.
            uri: server or file; None for a file in a temporary folder.
            alias: name that searches go by, the same over re-indexing; None for none.
            named: Selections of up to so many rows go with the query.
            token: user:password of a server.

        Raises:
            MissingExtraError: pymilvus is not installed.
            InputError: the server refuses.
        """
        if uri is None:
            uri = str(Path(tempfile.mkdtemp(prefix="patlas-milvus-")) / "vectors.db")
        client = _connect(uri, token)
        count, dim = vectors.shape
        address = Address(uri, f"patlas_{uuid.uuid4().hex[:12]}", count, dim, named)
        _make(client, address)
        for start in range(0, count, _BLOCK):
            block = vectors[start : start + _BLOCK]
            data = [{_ROW: start + at, _VECTOR: vector} for at, vector in enumerate(block)]
            client.insert(address.collection, data)
        client.flush(address.collection)
        client.load_collection(address.collection)
        if alias is not None:
            _switch(client, alias, address.collection)
        return cls(client, address)

    @property
    def count(self) -> int:
        """Number of vectors."""
        return self._address.count

    @property
    def dim(self) -> int:
        """Dimensions of a vector."""
        return self._address.dim

    @property
    def collection(self) -> str:
        """Name of the collection."""
        return self._address.collection

    def search(self, queries: Vectors, k: int, *, allowed: Mask | None = None) -> Hits:
        """Find the k nearest rows to each query; see `VectorIndex.search`."""
        check_search(self, queries, k, allowed)
        held = self.count if allowed is None else int(np.count_nonzero(allowed))
        if held == 0 or len(queries) == 0:
            return empty_hits(len(queries), k)
        if allowed is not None and held <= self._address.named:
            rows = np.flatnonzero(allowed)
            return _best(queries, rows, self._vectors(rows), k)
        if allowed is not None and held <= _CHUNK:
            return self._pushed_down(queries, k, np.flatnonzero(allowed))
        return self._checked(queries, k, allowed, held)

    def _pushed_down(self, queries: Vectors, k: int, rows: Rows) -> Hits:
        """Search within named rows, a chunk of them at a time."""
        chunks = [rows[start : start + _CHUNK] for start in range(0, len(rows), _CHUNK)]
        found = [self._within(queries, k + _TIE_ROOM, chunk) for chunk in chunks]
        return self._rescored(queries, k, np.concatenate(found, axis=1))[0]

    def _within(self, queries: Vectors, limit: int, rows: Rows) -> Rows:
        """The best of a chunk; all of it where the server gives fewer than it holds, as graphs may."""
        found = self._server_rows(queries, limit, rows)
        if (found >= 0).sum(axis=1).min() >= min(limit, len(rows)):
            return found
        return np.broadcast_to(rows, (len(queries), len(rows)))

    def _checked(self, queries: Vectors, k: int, allowed: Mask | None, held: int) -> Hits:
        """Ask for more than k until k allowed ones are among them for every query, and no tie is cut."""
        limit = 2 * k * self.count // held + _TIE_ROOM
        most = min(self.count, _MOST_HITS)
        while True:
            limit = min(limit, most)
            found = self._server_rows(queries, limit)
            if allowed is not None:
                found = np.where((found >= 0) & allowed[found], found, -1)
            enough = (found >= 0).sum(axis=1).min() >= min(k, held)
            hits, cut = self._rescored(queries, k, found) if enough else (None, True)
            if limit == most or not cut:
                break
            limit *= 4
        if hits is None:
            # The server does not reach so deep.
            rows = np.arange(self.count) if allowed is None else np.flatnonzero(allowed)
            return self._pushed_down(queries, k, rows)
        return hits

    def _rescored(self, queries: Vectors, k: int, found: Rows) -> tuple[Hits, bool]:
        """The k best of what was found, and whether the last of it ties with rank k."""
        hits = empty_hits(len(queries), k)
        cut = False
        for number, own in enumerate(found):
            rows = np.unique(own[own >= 0])
            best = _best(queries[number : number + 1], rows, self._vectors(rows), len(rows) or 1)
            hits.rows[number, : len(rows)] = best.rows[0][:k]
            hits.scores[number, : len(rows)] = best.scores[0][:k]
            cut |= len(rows) >= k and bool(best.scores[0, k - 1] == best.scores[0, -1])
        return hits, cut

    def _server_rows(self, queries: Vectors, limit: int, within: Rows | None = None) -> Rows:
        """int64 of shape (q, limit), −1 where the server gives fewer."""
        only = {} if within is None else {"filter": f"{_ROW} in {within.tolist()}"}
        answers = self._client.search(
            self.collection,
            data=list(np.asarray(queries, dtype=np.float32)),
            limit=max(1, min(limit, self.count)),
            search_params={"metric_type": "IP"},
            **only,
        )
        rows = np.full((len(queries), limit), -1, dtype=np.int64)
        for number, answer in enumerate(answers):
            found = [int(hit[_ROW]) for hit in answer]
            rows[number, : len(found)] = found
        return rows

    def _vectors(self, rows: Rows) -> Vectors:
        """float32 of shape (m, dim), fetched in chunks."""
        vectors = np.empty((len(rows), self.dim), dtype=np.float32)
        for start in range(0, len(rows), _BLOCK):
            chunk = rows[start : start + _BLOCK].tolist()
            answers = self._client.get(self.collection, ids=chunk, output_fields=[_ROW, _VECTOR])
            found = {int(answer[_ROW]): answer[_VECTOR] for answer in answers}
            for at, row in enumerate(chunk, start=start):
                vectors[at] = found[row]
        return vectors

    @property
    def address(self) -> Address:
        """Where it lies."""
        return self._address

    def save(self, folder: Path) -> None:
        """Write the address; the vectors stay where they are."""
        (folder / ADDRESS_FILE).write_bytes(msgspec.json.encode(self._address))

    @classmethod
    def load(cls, folder: Path, token: str = "") -> MilvusIndex:
        """Connect to what `save` named."""
        address = msgspec.json.decode((folder / ADDRESS_FILE).read_bytes(), type=Address)
        client = _connect(address.uri, token)
        if not client.has_collection(address.collection):
            raise SnapshotError(
                f"{address.uri} has no collection {address.collection}", help="patlas build --library DIR"
            )
        client.load_collection(address.collection)
        return cls(client, address)


def read_address(folder: Path) -> Address | None:
    """What `save` wrote into a folder; None where it wrote nothing."""
    path = folder / ADDRESS_FILE
    return msgspec.json.decode(path.read_bytes(), type=Address) if path.exists() else None


def drop(address: Address, token: str = "") -> None:
    """Remove an index from its server.

    Raises:
        InputError: the server does not answer.
    """
    _connect(address.uri, token).drop_collection(address.collection)


def _connect(uri: str, token: str) -> MilvusClient:
    try:
        from pymilvus import MilvusClient, MilvusException
    except ImportError as error:
        raise MissingExtraError("pymilvus is not installed", help="pip install 'patlas[milvus]'") from error
    try:
        return MilvusClient(uri=uri, token=token)
    except (MilvusException, OSError, ValueError) as error:
        raise InputError(
            f"no Milvus answers at {uri}: {error}", help="check the URI, or start the server"
        ) from error


def _make(client: MilvusClient, address: Address) -> None:
    from pymilvus import DataType

    schema = client.create_schema(auto_id=False, enable_dynamic_field=False)
    schema.add_field(_ROW, DataType.INT64, is_primary=True)
    schema.add_field(_VECTOR, DataType.FLOAT_VECTOR, dim=address.dim)
    parameters = client.prepare_index_params()
    # AUTOINDEX: a cluster takes what it is tuned for (HNSW, DiskANN). The graph that milvus-lite takes for it
    # loses most rows behind a filter (version 3.2), so there everything is scanned.
    kind = "AUTOINDEX" if "://" in address.uri else "FLAT"
    parameters.add_index(_VECTOR, index_type=kind, metric_type="IP")
    client.create_collection(
        address.collection, schema=schema, index_params=parameters, consistency_level="Strong"
    )


def _switch(client: MilvusClient, alias: str, collection: str) -> None:
    """Point an alias at a collection, drop the one that it named before."""
    named = {one: client.describe_alias(one)["collection_name"] for one in _aliases(client)}
    if alias not in named:
        client.create_alias(collection, alias)
        return
    client.alter_alias(collection, alias)
    client.drop_collection(named[alias])


def _aliases(client: MilvusClient) -> Sequence[str]:
    names: list[str] = []
    for collection in client.list_collections():
        names += client.list_aliases(collection)["aliases"]
    return names


def _best(queries: Vectors, rows: Rows, vectors: Vectors, k: int) -> Hits:
    """The k best of some rows, int64 of shape (m,), by their vectors, float32 of shape (m, dim)."""
    hits = empty_hits(len(queries), k)
    # Row by row rather than as one product, which may give copies of a vector unequal scores.
    scores = np.einsum("md,qd->qm", vectors, queries)
    for number, own in enumerate(scores):
        order = np.lexsort((rows, -own))[:k]
        hits.rows[number, : len(order)] = rows[order]
        hits.scores[number, : len(order)] = own[order]
    return hits
