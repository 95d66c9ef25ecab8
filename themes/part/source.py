"""What themes are made of: the columns, a vector for each patent, the terms of the library."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from themes.part.format import WHOLE_LIBRARY

if TYPE_CHECKING:
    import pyarrow as pa

    from terms.library_terms import LibraryTerms
    from themes.names import ThemeTerms

Rows = npt.NDArray[np.int64]
Vectors = npt.NDArray[np.float32]


class HeadVectors:
    """The first passage of each patent, read from disk when asked for.

    Args:
        folder: the part `dense` of a snapshot.
        count: number of patents n.
    """

    def __init__(self, folder: Path, count: int) -> None:
        self._vectors: Vectors = np.load(folder / "vectors.npy", mmap_mode="r", allow_pickle=False)
        rows, first = np.unique(np.load(folder / "passage_rows.npy", allow_pickle=False), return_index=True)
        self._first = np.full(count + 1, -1, dtype=np.int64)  # the last one is no patent's
        self._first[rows] = first

    def take(self, rows: Rows) -> Vectors:
        """Vectors of some rows.

        Args:
            rows: int64 of shape (m,); −1 stands for a patent that is not there.

        Returns:
            float32 of shape (m, d), a copy; zero where a patent has no text.
        """
        place = self._first[rows]
        found = np.zeros((len(rows), self._vectors.shape[1]), dtype=np.float32)
        there = place >= 0
        found[there] = self._vectors[place[there]]
        return found


@dataclass(frozen=True)
class ThemeSource:
    """What themes are made of.

    Attributes:
        table: the columns, n rows, with `industries`.
        heads: the vector of each patent.
        scheme: whose industries are scopes.
        load_terms: gives the terms; called once, when first needed.
    """

    table: pa.Table
    heads: HeadVectors
    scheme: str
    load_terms: Callable[[], LibraryTerms]

    @cached_property
    def terms(self) -> LibraryTerms:
        """Terms of the whole library, its mined compounds among them."""
        return self.load_terms()

    @cached_property
    def keys(self) -> list[str]:
        """Key of each row."""
        return [str(key) for key in self.table.column("key").to_pylist()]

    @cached_property
    def scopes(self) -> dict[str, Rows]:
        """Rows of the whole library, then of the industries of the scheme in the order of their names."""
        import polars as pl

        industries = pl.Series("industry", pl.from_arrow(self.table.column("industries")))
        listed = pl.DataFrame([industries]).with_row_index("row").explode("industry")
        own = listed.filter(pl.col("industry").str.starts_with(f"{self.scheme}:")).sort("industry", "row")
        found = {WHOLE_LIBRARY: np.arange(self.table.num_rows, dtype=np.int64)}
        for (industry,), rows in own.group_by("industry", maintain_order=True):
            found[str(industry)] = rows["row"].to_numpy().astype(np.int64)
        return found

    @cached_property
    def term_shares(self) -> npt.NDArray[np.float64]:
        """Share of the patents of the library that hold each term."""
        return self.terms.counts.patents() / max(self.table.num_rows, 1)

    def words(self, rows: Rows) -> ThemeTerms:
        """What the themes of some rows are put into words with."""
        from terms.ngrams import TermCounts
        from themes.names import ThemeTerms

        counts = self.terms.counts
        if not np.array_equal(rows, np.arange(self.table.num_rows)):
            counts = TermCounts(counts.terms, counts.matrix[rows])
        return ThemeTerms.of(counts, self.titles(rows), everywhere=self.term_shares, stop=self.terms.stop)

    def text(self, row: int) -> str:
        """Title and abstract of a row."""
        return text_of(*(self.table.column(name)[row].as_py() for name in ("title", "abstract")))

    def titles(self, rows: Rows) -> list[str]:
        """Titles of some rows, empty where there is none."""
        return [title or "" for title in self.table.column("title").take(rows).to_pylist()]

    def holding(self, rows: Rows, terms: tuple[str, ...]) -> npt.NDArray[np.bool_]:
        """Which rows hold one of some terms in title or abstract; bool of shape (m,)."""
        import polars as pl

        texts = pl.from_arrow(self.table.select(["title", "abstract"]).take(rows))
        assert isinstance(texts, pl.DataFrame)
        anywhere = pl.any_horizontal(
            pl.col(name).str.contains_any(list(terms), ascii_case_insensitive=True) for name in texts.columns
        )
        return texts.select(anywhere).to_series().to_numpy()


def text_of(title: str | None, abstract: str | None) -> str:
    """Title and abstract as one text."""
    return f"{title or ''}。{abstract or ''}"


def texts_of(table: pa.Table) -> Iterator[str]:
    """Title and abstract of each row, a batch at a time."""
    for batch in table.select(["title", "abstract"]).to_batches(max_chunksize=8_192):
        yield from map(text_of, batch.column(0).to_pylist(), batch.column(1).to_pylist())


def subclasses(table: pa.Table) -> Rows:
    """A number for the main IPC subclass of each row, −1 for none."""
    names = [str(symbol)[:4] if symbol else "" for symbol in table.column("ipc_main").to_pylist()]
    numbers = {name: number for number, name in enumerate(sorted(set(names) - {""}))}
    return np.array([numbers.get(name, -1) for name in names], dtype=np.int64)
