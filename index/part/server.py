"""Vectors on a Milvus server, where the library's setting `milvus` names one.

Every snapshot has a collection of its own there, or shares that of the snapshot before. A collection is
written down in the library before it is made and struck out after it is dropped. So whatever stays behind
(of a build that was killed, on a server that did not answer) is found and dropped by the next build.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from library.progress import Report
from patents.messages import text

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    from index.choice import BuiltIndex
    from index.hits import Vectors
    from index.milvus_server import Address
    from index.server_fields import ServerFields
    from library.folder import Library

    Rows = npt.NDArray[np.int64]

#: The server's user:password; from the environment, never kept in a library.
TOKEN = "PATLAS_MILVUS_TOKEN"
PART = "faiss"
LEDGER = "collections.json"

Announce = Callable[["Address"], object]


def token() -> str:
    """What opens the server; empty where it is open."""
    return os.environ.get(TOKEN, "")


@contextmanager
def without_leftovers(library: Library, report: Report, notes: list[str]) -> Iterator[Announce]:
    """Drop collections that no snapshot names any longer when the block ends, however it ends.

    Args:
        library: its writer's lock is taken.
        report: of progress.
        notes: gets a sentence on what could not be dropped; the next build tries again.

    Yields:
        What the block calls with the address of a collection before it makes it.
    """
    ledger = library.path / LEDGER
    known = _written(ledger) | collections(library)

    def announce(address: Address) -> None:
        known.add(address)
        _write(ledger, known)

    try:
        yield announce
    finally:
        named = collections(library)
        unused = sorted(known - named, key=lambda address: address.collection)
        kept: set[Address] = set()
        for number, address in enumerate(unused, start=1):
            if (note := _drop(address)) is not None:
                kept.add(address)
                notes.append(note)
            report(text("progress-old-collections"), number, len(unused))
        if known:
            _write(ledger, named | kept)


def collections(library: Library) -> set[Address]:
    """Addresses that the snapshots of a library name."""
    from index.milvus import read_address

    folders = (library.path / "snapshots").glob(f"*/{PART}")
    return {address for folder in folders if (address := read_address(folder)) is not None}


def write_to_server(
    folder: Path,
    vectors: Vectors,
    queries: Vectors,
    fields: ServerFields,
    uri: str,
    announce: Announce,
    report: Report,
) -> BuiltIndex:
    """Hand the passages to the server, measure what it finds, and write the address into the folder.

    Args:
        folder: part of the new snapshot.
        vectors: float32 of shape (p, dim), of the passages.
        queries: float32 of shape (q, dim), as users ask.
        fields: of the passages.
        uri: of the server.
        announce: see `without_leftovers`.
        report: of progress.
    """
    from index.choice import measured_on_server, save_index
    from index.milvus import MilvusIndex

    start = time.perf_counter()
    index = MilvusIndex.create(
        vectors,
        uri,
        fields=fields,
        token=token(),
        announce=announce,
        progress=lambda done: report(text("progress-to-server"), done, len(vectors)),
    )
    built = measured_on_server(index, vectors, queries=queries, start=start)
    save_index(built, folder, vectors=False)
    return built


def fields_of(table: pa.Table, rows: Rows) -> ServerFields:
    """What the server filters by: days of filing and publication since 1970, type and province.

    Args:
        table: the columns of n patents.
        rows: int64 of shape (p,), the patent of each passage.
    """
    import pyarrow as pa

    from index.server_fields import ServerFields

    unknown = pa.scalar(-1, pa.int32())
    columns: dict[str, npt.NDArray[np.int32]] = {}
    for name, column in (("filed", "filing_date"), ("published", "publication_date")):
        days = table.column(column).cast(pa.int32()).fill_null(unknown)
        columns[name] = days.to_numpy(zero_copy_only=False).astype("int32")[rows]
    for name, column in (("kind", "patent_type"), ("province", "province")):
        codes = table.column(column).combine_chunks().dictionary_encode().indices.fill_null(unknown)
        columns[name] = codes.to_numpy(zero_copy_only=False).astype("int32")[rows]
    return ServerFields.of_columns(columns)


def _drop(address: Address) -> str | None:
    """None when it is gone, else a note for the user."""
    from index.milvus_server import drop
    from patents.errors import PatlasError

    try:
        drop(address, token())
    except PatlasError:
        return text("milvus-collection-left", collection=address.collection, uri=address.uri)
    return None


def _written(ledger: Path) -> set[Address]:
    from index.milvus_server import Address

    if not ledger.exists():
        return set()
    try:
        return set(msgspec.json.decode(ledger.read_bytes(), type=list[Address]))
    except (msgspec.DecodeError, ValueError):
        return set()  # damaged: a collection that nobody names stays on the server, none is dropped in error


def _write(ledger: Path, addresses: set[Address]) -> None:
    from library.files import write_atomically

    ordered = sorted(addresses, key=lambda address: address.collection)
    write_atomically(ledger, msgspec.json.format(msgspec.json.encode(ordered)) + b"\n")
