"""What of a patent is encoded: its passages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from embed.encoder import Encoder

# A window never gets shorter than this, however small the encoder's limit.
_SHORTEST_WINDOW = 16
# What a passage is of, by its number in `Passages.kinds`.
PASSAGE_KINDS = ("标题摘要", "权利要求")
_CLAUSE_END = re.compile(r"[。；;，,：:！？!?\n]")


class Passages(NamedTuple):
    """Texts to encode and the row (patent) of each.

    Attributes:
        texts: p texts, in the order of the rows.
        rows: int64 of shape (p,), not decreasing.
        kinds: int8 of shape (p,), position in `PASSAGE_KINDS`.
    """

    texts: list[str]
    rows: npt.NDArray[np.int64]
    kinds: npt.NDArray[np.int8]


def passages(table: pa.Table, *, limit: int | None = None) -> Passages:
    """Passages of the patents of a snapshot: title with abstract, first claim, windows of what is longer.

    Args:
        table: n rows with the columns title, abstract and first_claim (any may be absent).
        limit: longest text in characters; None for no limit. See `character_limit`.

    Returns:
        At least one passage for every row that has any text; none for a row without.
    """
    rows = table.num_rows
    heads = [
        _joined(title, abstract)
        for title, abstract in zip(_texts(table, "title", rows), _texts(table, "abstract", rows), strict=True)
    ]
    claims = _texts(table, "first_claim", rows)
    texts: list[str] = []
    numbers: list[int] = []
    kinds: list[int] = []
    for row, pair in enumerate(zip(heads, claims, strict=True)):
        for kind, text in enumerate(pair):
            cut = windows(text, limit)
            texts.extend(cut)
            numbers.extend([row] * len(cut))
            kinds.extend([kind] * len(cut))
    return Passages(texts, np.array(numbers, dtype=np.int64), np.array(kinds, dtype=np.int8))


def character_limit(encoder: Encoder) -> int | None:
    """Longest text that an encoder reads in one go, in characters; None when it reads any."""
    limit = getattr(encoder, "max_characters", None)
    return None if limit is None else int(limit)


def windows(text: str, limit: int | None) -> list[str]:
    """Cut a text into windows of at most `limit` characters, at the end of a clause where possible.

    Nothing is left out: the windows joined give the text again (white space at its ends aside).
    """
    text = text.strip()
    if not text:
        return []
    if limit is None or len(text) <= limit:
        return [text]
    limit = max(limit, _SHORTEST_WINDOW)
    cut: list[str] = []
    start = 0
    while len(text) - start > limit:
        stop = _last_clause_end(text, start + limit // 2, start + limit)
        cut.append(text[start:stop])
        start = stop
    cut.append(text[start:])
    return cut


def _last_clause_end(text: str, lowest: int, highest: int) -> int:
    ends = [match.end() for match in _CLAUSE_END.finditer(text, lowest, highest)]
    return ends[-1] if ends else highest


def _joined(title: str, abstract: str) -> str:
    title, abstract = title.strip(), abstract.strip()
    if not title or not abstract:
        return title or abstract
    return f"{title}。{abstract}"


def _texts(table: pa.Table, column: str, rows: int) -> Sequence[str]:
    if column not in table.column_names:
        return [""] * rows
    return [value or "" for value in table.column(column).to_pylist()]
