"""What queries are evaluated on: one snapshot's columns, indexed when first asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from selection.bitmaps import Rows, all_rows, rows_from_mask
from selection.evaluation.derived import pairs_of
from selection.evaluation.identifiers import stored_keys, written
from selection.evaluation.sources import Source
from selection.evaluation.value_column import NumberColumn, ValueColumn
from selection.language.leaves import class_order
from selection.language.tree import SimilarKeyword
from selection.text.index import TEXT_COLUMNS, TextIndex, open_text_index


class SimilarHits(NamedTuple):
    """Rows similar to a text, best first: int64 (k,) and their scores, float32 (k,)."""

    rows: npt.NDArray[np.int64]
    scores: npt.NDArray[np.float32]


#: (R, RAD or RPD; a number or a text; rows that may be answered, None is all) → hits.
SimilarSearch = Callable[[SimilarKeyword, str, Rows | None], SimilarHits]
#: Name of a company → names of the applicants of its group, itself included.
CompanyTrees = Callable[[str], Sequence[str]]
#: Values and their rows.
Values = Mapping[str, Rows]


@dataclass(frozen=True, slots=True)
class Environment:
    """What other rooms hand in.

    Attributes:
        registered: by snapshot column (industries, theme, tags, firm): gives values and their rows;
            for what changes without a new snapshot, and before the table's own column.
        similar: answers R=, RAD= and RPD=.
        company_tree: answers TREE@.
    """

    registered: Mapping[str, Callable[[], Values]] = field(default_factory=dict)
    similar: SimilarSearch | None = None
    company_tree: CompanyTrees | None = None


class Corpus:
    """One snapshot, ready to be asked; build it once and share it (what it indexes, it keeps).

    Args:
        table: columns of `library.columns.COLUMNS` and of other rooms, a row a patent.
        snapshot: its number.
        text: folder of the snapshot's `text` part; None indexes texts in memory when needed.
    """

    def __init__(self, table: pa.Table, *, snapshot: int = 0, text: Path | None = None) -> None:
        self.table = table
        # Arrow makes the list of names anew each time it is asked.
        self.column_names = frozenset(table.column_names)
        self.snapshot = snapshot
        self.texts: TextIndex = open_text_index(table, text)
        self._values: dict[tuple[str, Source], ValueColumn] = {}
        self._numbers: dict[Source, NumberColumn] = {}
        self._filled: dict[Source, Rows] = {}

    @property
    def size(self) -> int:
        """Number of patents."""
        return int(self.table.num_rows)

    def all(self) -> Rows:
        """All rows."""
        return all_rows(self.size)

    def has(self, source: Source) -> bool:
        """Whether the table has the columns of a source, and any patent a value in it."""
        present = all(name in self.column_names for name in source.columns)
        return present and (self.size == 0 or bool(self.filled(source)))

    def filled(self, source: Source) -> Rows:
        """Rows that have a value."""
        if source not in self._filled:
            self._filled[source] = self._find_filled(source)
        return self._filled[source]

    def values(self, source: Source) -> ValueColumn:
        """Distinct texts of a source."""
        return self._value_column("plain", source, lambda pairs: pairs)

    def classes(self, source: Source) -> ValueColumn:
        """Classification symbols by their sorting keys, see `leaves.class_order`."""

        def keyed(pairs: pl.DataFrame) -> pl.DataFrame:
            symbols = pairs["value"].unique().to_list()
            keys = {symbol: class_order(symbol) for symbol in symbols}
            return pairs.with_columns(pl.col("value").replace_strict(keys, return_dtype=pl.String))

        return self._value_column("class", source, keyed)

    def identifiers(self, source: Source) -> ValueColumn:
        """Patent numbers by the keys under which they are found, see `identifiers.stored_keys`."""
        return self._value_column("identifier", source, stored_keys)

    def written_numbers(self, source: Source) -> ValueColumn:
        """Patent numbers without signs between their characters, kind letter included."""
        return self._value_column("written", source, written)

    def numbers(self, source: Source) -> NumberColumn:
        """Numbers or days of a source."""
        if source not in self._numbers:
            self._numbers[source] = NumberColumn.of_pairs(pairs_of(self.table, source))
        return self._numbers[source]

    def _value_column(
        self, kind: str, source: Source, prepare: Callable[[pl.DataFrame], pl.DataFrame]
    ) -> ValueColumn:
        if (kind, source) not in self._values:
            pairs = pairs_of(self.table, source)
            self._values[kind, source] = ValueColumn.of_pairs(prepare(pairs))
        return self._values[kind, source]

    def _find_filled(self, source: Source) -> Rows:
        if source.column in TEXT_COLUMNS and not source.function:
            lengths = [_text_lengths(self.table, name) for name in source.columns]
            return rows_from_mask(np.any(np.stack(lengths) > 0, axis=0))
        pairs = pairs_of(self.table, source)
        rows = np.zeros(self.size, dtype=np.bool_)
        rows[pairs["row"].to_numpy()] = True
        return rows_from_mask(rows)


def _text_lengths(table: pa.Table, name: str) -> npt.NDArray[np.int64]:
    column = pl.from_arrow(table.select([name]))
    frame = column if isinstance(column, pl.DataFrame) else column.to_frame()
    return frame.to_series().str.len_bytes().fill_null(0).cast(pl.Int64).to_numpy()
