"""The texts of named patents, read from the columns as fast as a search needs them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import pyarrow as pa

_FIELDS = ("title", "abstract", "first_claim")


class PatentTexts:
    """Title, abstract and first claim of each patent as one text.

    Args:
        table: the columns, n rows.
    """

    def __init__(self, table: pa.Table) -> None:
        self._columns = [_Column(table.column(name)) for name in _FIELDS]

    def of(self, rows: npt.NDArray[np.int64]) -> list[str]:
        """Texts of some rows; empty where a patent has none.

        Args:
            rows: int64 of shape (m,).
        """
        fields = [column.of(rows) for column in self._columns]
        return ["\n".join(parts) for parts in zip(*fields, strict=True)]


class _Column:
    """A column of texts by its own buffers: of scattered rows Arrow's scalars take three times as long."""

    def __init__(self, column: pa.ChunkedArray[Any]) -> None:
        import pyarrow as pa

        chunks = [chunk.cast(pa.large_string()) for chunk in column.chunks if len(chunk)]
        self._firsts = np.cumsum([0, *(len(chunk) for chunk in chunks)])
        self._offsets = [_offsets(chunk) for chunk in chunks]
        self._letters = [memoryview(chunk.buffers()[2] or b"") for chunk in chunks]

    def of(self, rows: npt.NDArray[np.int64]) -> list[str]:
        chunks = np.searchsorted(self._firsts, rows, side="right") - 1
        texts = np.empty(len(rows), dtype=object)
        for chunk in np.unique(chunks).tolist():
            own = np.flatnonzero(chunks == chunk)
            places = rows[own] - self._firsts[chunk]
            offsets, letters = self._offsets[chunk], self._letters[chunk]
            pairs = zip(offsets[places].tolist(), offsets[places + 1].tolist(), strict=True)
            texts[own] = [str(letters[start:stop], "utf-8") for start, stop in pairs]
        found: list[str] = texts.tolist()
        return found


def _offsets(chunk: pa.Array[Any]) -> npt.NDArray[np.int64]:
    """Where the text of each row begins, and at the end where the last one ends."""
    buffer = chunk.buffers()[1]
    assert buffer is not None
    return np.frombuffer(memoryview(buffer), dtype=np.int64)[chunk.offset : chunk.offset + len(chunk) + 1]
