"""The same protocol on Milvus: for libraries whose codes one machine cannot hold.

A URI that is a file name opens milvus-lite in this process, ``http://…`` a server or a cluster. The server
names candidates; they are scored here with the exact vectors, which a snapshot has on disk anyway, so that
hits equal those of every other index. A Selection of some tens of thousands of rows is scored here
altogether. For a larger one the server gets the box around it (`index.server_fields`) and is asked for so
many more hits that enough of them lie inside.
"""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np
import numpy.typing as npt

from index.exact import ExactIndex, check_search, empty_hits
from index.hits import Hits, Vectors
from index.ivf import IvfPlan, depth_within
from index.milvus_server import (
    AS_IT_IS,
    ROW,
    Address,
    address_of,
    as_patlas_errors,
    connect,
    fill,
    opened,
    switch,
)
from index.server_fields import Box, ServerFields

if TYPE_CHECKING:
    from pymilvus import MilvusClient  # type: ignore[import-untyped]

# A server refuses more hits than this for one query.
_MOST_HITS = 16_384
# Candidates beyond twice k: codes of 8 bits order them nearly, and ties at rank k are settled among them.
_ROOM = 16
# Selections of up to so many rows are scored here: 20 to 40 ms, no more than a server that has to look
# through most of its lists for them.
_GATHER = 50_000
_MORE = 4
_SEARCH_S = 30.0
_ADDRESS = "milvus.json"
_EVERYTHING = Box("", 1.0)

Mask = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.int64]


class _Saved(msgspec.Struct, frozen=True):
    """What `save` writes beside the fields."""

    address: Address
    fields: tuple[str, ...]
    plan: IvfPlan


class MilvusIndex:
    """A collection behind the `VectorIndex` protocol.

    Args:
        client: connected to the server of the collection, which is loaded there.
        address: of the collection.
        vectors: float32 of shape (n, dim), those of the collection; may be memory-mapped.
        fields: of the same rows.
        plan: how many lists of each segment the server looks into.
        gather: see `create`.
    """

    def __init__(
        self,
        client: MilvusClient,
        address: Address,
        vectors: Vectors,
        fields: ServerFields,
        plan: IvfPlan,
        gather: int = _GATHER,
    ) -> None:
        self._client = client
        self._oracle = ExactIndex(vectors)
        self._vectors = vectors
        self._fields = fields
        self._gather = gather
        self.address = address
        self.plan = plan

    @classmethod
    def create(
        cls,
        vectors: Vectors,
        uri: str | None = None,
        *,
        fields: ServerFields | None = None,
        alias: str | None = None,
        token: str = "",
        gather: int = _GATHER,
        announce: Callable[[Address], object] | None = None,
        progress: Callable[[int], object] | None = None,
    ) -> MilvusIndex:
        """Fill a new collection.

        Args:
            vectors: float32 of shape (n, dim), unit L2 norm or zero.
            uri: server or file; None for a file in a temporary folder.
            fields: of the same rows, for the server to filter by; None for none.
            alias: name that is switched to the collection once it is complete; the collection that it
                named before is dropped.
            token: user:password of a server.
            gather: Selections of up to so many rows are scored here.
            announce: gets the address before anything is made there.
            progress: gets how many rows were sent.

        Raises:
            MissingExtraError: pymilvus is not installed.
            InputError: the URI is none.
            VectorServerError: the server does not answer or refuses.
        """
        if uri is None:
            uri = str(Path(tempfile.mkdtemp(prefix="patlas-milvus-")) / "vectors.db")
        address = address_of(vectors, uri, f"patlas_{uuid.uuid4().hex[:12]}")
        fields = fields or ServerFields.none(address.count)
        client = connect(uri, token)
        if announce is not None:
            announce(address)
        fill(client, address, vectors, fields, progress)
        if alias is not None:
            switch(client, alias, address)
        return cls(client, address, vectors, fields, IvfPlan(lists=address.lists), gather)

    @property
    def count(self) -> int:
        """Number of vectors."""
        return self.address.count

    @property
    def dim(self) -> int:
        """Dimensions of a vector."""
        return self.address.dim

    @property
    def oracle(self) -> ExactIndex:
        """The exact index over the same vectors."""
        return self._oracle

    def with_plan(self, plan: IvfPlan) -> MilvusIndex:
        """The same collection, searched with other efforts."""
        parts = self._client, self.address, self._vectors, self._fields
        return MilvusIndex(*parts, plan, self._gather)

    def search(self, queries: Vectors, k: int, *, allowed: Mask | None = None) -> Hits:
        """Find the k nearest rows to each query; see `VectorIndex.search`.

        Raises:
            ValueError: wrong shape or k < 1.
            VectorServerError: the server does not answer.
        """
        check_search(self, queries, k, allowed)
        held = self.count if allowed is None else int(np.count_nonzero(allowed))
        if held == 0 or len(queries) == 0:
            return empty_hits(len(queries), k)
        if (held < self.count and held <= self._gather) or 2 * k > held:
            return self._oracle.search(queries, k, allowed=allowed)
        box = _EVERYTHING if allowed is None or held == self.count else self._fields.around(allowed)
        wanted = int(np.ceil((2 * k + _ROOM) * box.share * self.count / held))
        return self._deepened(queries, k, allowed, box, wanted, depth_within(k, self.count, held))

    def search_lists(self, queries: Vectors, k: int, probes: int) -> Rows:
        """What so many lists of each segment alone find; see `IvfIndex.search_lists`."""
        found = self._asked(queries, min(2 * k + _ROOM, _MOST_HITS), probes, _EVERYTHING)
        hits, _ = self._scored(queries, k, found)
        return hits.rows

    def _deepened(
        self, queries: Vectors, k: int, allowed: Mask | None, box: Box, limit: int, depth: float
    ) -> Hits:
        """Ask for more hits of more lists until no query is open; what stays open is scored here."""
        hits = empty_hits(len(queries), k)
        open_ = np.arange(len(queries))
        most = min(self.count, _MOST_HITS)
        probes = self.plan.probes(depth)
        while len(open_) and limit <= most:
            found = self._asked(queries[open_], limit, probes, box)
            if allowed is not None:
                found = np.where((found >= 0) & allowed[found], found, -1)
            settled, still = self._scored(queries[open_], k, found)
            hits.rows[open_], hits.scores[open_] = settled
            open_ = open_[still]
            limit, probes = limit * _MORE, min(self.plan.lists, probes * _MORE)
        if len(open_):
            hits.rows[open_], hits.scores[open_] = self._oracle.search(queries[open_], k, allowed=allowed)
        return hits

    def _scored(self, queries: Vectors, k: int, found: Rows) -> tuple[Hits, Mask]:
        """The k best of what was found, and which queries that leaves open.

        Open are those with fewer than k, and those whose last candidate ties with rank k: of equal scores
        the lowest rows count, and one of them may lie beyond.
        """
        hits = empty_hits(len(queries), k)
        open_ = np.ones(len(queries), dtype=bool)
        for number, own in enumerate(found):
            rows = np.unique(own[own >= 0])
            scores = np.einsum("md,d->m", self._vectors[rows], queries[number])
            order = np.lexsort((rows, -scores))
            kept = order[:k]
            hits.rows[number, : len(kept)], hits.scores[number, : len(kept)] = rows[kept], scores[kept]
            whole = len(rows) == self.count
            open_[number] = not whole and (len(rows) < k or scores[order[k - 1]] == scores[order[-1]])
        return hits, open_

    def _asked(self, queries: Vectors, limit: int, probes: int, box: Box) -> Rows:
        """What the server names: int64 of shape (q, limit), −1 where it gives fewer."""
        parameters = {"nprobe": max(1, probes)} if self.address.lists else {}
        with as_patlas_errors(self.address.uri):
            answers = self._client.search(
                self.address.collection,
                data=list(np.asarray(queries, dtype=np.float32)),
                limit=max(1, min(limit, self.count)),
                filter=box.filter,
                search_params={"metric_type": "IP", "params": parameters},
                # Without it servers before 2.5 name the key `id`.
                output_fields=[ROW],
                consistency_level=AS_IT_IS,
                timeout=_SEARCH_S,
            )
        rows = np.full((len(queries), limit), -1, dtype=np.int64)
        for number, answer in enumerate(answers):
            found = [int(hit[ROW]) for hit in answer]
            rows[number, : len(found)] = found
        return rows

    def save(self, folder: Path, *, vectors: bool = True) -> None:
        """Write the address, the plan and the fields; the rows of the server stay where they are.

        Args:
            folder: existing.
            vectors: False where the caller keeps them; `load` is then given them.
        """
        self._oracle.save(folder, vectors=vectors)
        self._fields.save(folder)
        saved = _Saved(self.address, self._fields.names, self.plan)
        (folder / _ADDRESS).write_bytes(msgspec.json.encode(saved))

    @classmethod
    def load(cls, folder: Path, vectors: Vectors | None = None, token: str = "") -> MilvusIndex:
        """Connect to what `save` named.

        Raises:
            VectorServerError: the server does not answer, or does not have the collection.
        """
        if vectors is None:
            vectors = np.load(folder / "vectors.npy", mmap_mode="r", allow_pickle=False)
        saved = msgspec.json.decode((folder / _ADDRESS).read_bytes(), type=_Saved)
        client = opened(saved.address, token)
        return cls(client, saved.address, vectors, ServerFields.load(folder, saved.fields), saved.plan)


def read_address(folder: Path) -> Address | None:
    """Where the index that was saved in a folder lies; None where none was."""
    path = folder / _ADDRESS
    return msgspec.json.decode(path.read_bytes(), type=_Saved).address if path.exists() else None
