"""Vectors on a Milvus server, where the library's setting `milvus` names one.

Every snapshot has a collection of its own there, or shares that of the snapshot before. Collections go when
the last snapshot that names them is gone; those of a build that failed go at once.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from api.service.reporting import Report

if TYPE_CHECKING:
    from index.milvus import Address
    from library.folder import Library

#: The server's user:password; from the environment, never kept in a library.
TOKEN = "PATLAS_MILVUS_TOKEN"
PART = "faiss"


def token() -> str:
    """What opens the server; empty where it is open."""
    return os.environ.get(TOKEN, "")


@contextmanager
def without_leftovers(library: Library, report: Report) -> Iterator[list[Address]]:
    """Drop collections that no snapshot names any longer when the block ends, however it ends.

    Args:
        library: its writer's lock is taken.
        report: of progress. What lies on a server that does not answer stays there.

    Yields:
        A list for the block to put the addresses of new collections into.
    """
    known = collections(library)
    made: list[Address] = []
    try:
        yield made
    finally:
        unused = {*known, *made} - collections(library)
        for number, address in enumerate(sorted(unused, key=lambda one: one.collection), start=1):
            _drop(address)
            report("old collections", number, len(unused))


def collections(library: Library) -> set[Address]:
    """Addresses that the snapshots of a library name."""
    from index.milvus import read_address

    folders = (library.path / "snapshots").glob(f"*/{PART}")
    return {address for folder in folders if (address := read_address(folder)) is not None}


def _drop(address: Address) -> None:
    from index.milvus import drop
    from patents.errors import PatlasError

    try:
        drop(address, token())
    except PatlasError:
        # The server is gone, or was moved: nothing of this library is lost by that.
        return
