"""Patents that stand for one invention: a family (同族), or an invention and its utility model.

They stay single patents in every count; a list of prior art shows one and counts the others.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse
from scipy.sparse.csgraph import connected_components

_NUMBERS = ("publication_number", "grant_number", "application_number")


def families(table: pa.Table, technologies: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Group the patents of a snapshot by family.

    Two patents are one family when they share a family_id, one names a number of the other in its
    family, or they are one technology (`index.twins`).

    Args:
        table: n rows with family_id, family and the numbers.
        technologies: int64 of shape (n,), from `index.twins.technologies`.

    Returns:
        int64 of shape (n,): a group number for each row.
    """
    count = table.num_rows
    links = np.array([*_by_id(table), *_by_members(table)], dtype=np.int64).reshape(-1, 2)
    ends = np.concatenate([links, np.stack([np.arange(count), technologies], axis=1)])
    graph = sparse.coo_matrix((np.ones(len(ends), dtype=np.int8), ends.T), shape=(count, count))
    groups: npt.NDArray[np.int64] = connected_components(graph, directed=False)[1].astype(np.int64)
    return groups


def _by_id(table: pa.Table) -> Iterator[tuple[int, int]]:
    first: dict[str, int] = {}
    column = table.column("family_id")
    if column.null_count == len(column):
        return
    for row, name in enumerate(column.to_pylist()):
        if name:
            yield row, first.setdefault(name, row)


def _by_members(table: pa.Table) -> Iterator[tuple[int, int]]:
    column = table.column("family")
    if not pc.max(pc.list_value_length(column)).as_py():
        return
    rows = {
        number: row
        for name in _NUMBERS
        for row, number in enumerate(table.column(name).to_pylist())
        if number
    }
    for row, members in enumerate(column.to_pylist()):
        yield from ((row, rows[member]) for member in members or () if member in rows)
