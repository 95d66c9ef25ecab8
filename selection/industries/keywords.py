"""Keywords of all rules in one pass over the texts.

Chinese matches as a run of characters, Latin letters and digits as whole words in any case, as the
query language's TIAB= and TI= do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

Mask = npt.NDArray[np.bool_]
_ASCII_ENDS = re.compile(r"^[A-Za-z0-9]|[A-Za-z0-9]$")


def _whole_words(keyword: str) -> str:
    """A pattern for Polars: no letter or digit beside an end that is one (3D打印, LED, ZnO薄膜)."""
    before = r"(?-u:\b)" if keyword[:1].isascii() and keyword[:1].isalnum() else ""
    after = r"(?-u:\b)" if keyword[-1:].isascii() and keyword[-1:].isalnum() else ""
    return f"(?i){before}{re.escape(keyword)}{after}"


class KeywordHits:
    """Finds keywords in title and abstract; a keyword is looked for once, however many rules have it."""

    def __init__(self, table: pa.Table) -> None:
        columns = [name for name in ("title", "abstract") if name in table.column_names]
        frame = pl.from_arrow(table.select(columns)) if columns else pl.DataFrame()
        assert isinstance(frame, pl.DataFrame)
        empty = pl.Series([""] * table.num_rows, dtype=pl.String)
        self._count = table.num_rows
        self._title = frame["title"].fill_null("") if "title" in columns else empty
        abstract = frame["abstract"].fill_null("") if "abstract" in columns else empty
        self._both = pl.select(pl.concat_str([self._title, abstract], separator="\n")).to_series()
        self._found: dict[tuple[str, str], Mask] = {}

    def expect(self, anywhere: Sequence[str], title: Sequence[str]) -> None:
        """Look for many keywords in one pass over each text."""
        self._search("both", self._both, anywhere)
        self._search("title", self._title, title)

    def anywhere(self, keywords: Sequence[str]) -> Mask:
        """Rows with one of the keywords in title or abstract; shape=(n,)."""
        return self._any("both", self._both, keywords)

    def in_title(self, keywords: Sequence[str]) -> Mask:
        """Rows with one of the keywords in the title; shape=(n,)."""
        return self._any("title", self._title, keywords)

    def _any(self, where: str, texts: pl.Series, keywords: Sequence[str]) -> Mask:
        self._search(where, texts, keywords)
        mask = np.zeros(self._count, dtype=np.bool_)
        for keyword in keywords:
            mask |= self._found[where, keyword]
        return mask

    def _search(self, where: str, texts: pl.Series, keywords: Sequence[str]) -> None:
        new = [keyword for keyword in dict.fromkeys(keywords) if (where, keyword) not in self._found]
        runs = [keyword for keyword in new if not _ASCII_ENDS.search(keyword)]
        for keyword in new:
            self._found[where, keyword] = np.zeros(self._count, dtype=np.bool_)
            if keyword not in runs:
                self._found[where, keyword] = texts.str.contains(_whole_words(keyword)).to_numpy()
        if not runs:
            return
        lists = texts.str.extract_many(runs, overlapping=True)
        hits = pl.DataFrame({"row": np.arange(self._count), "keyword": lists}).filter(lists.list.len() > 0)
        for (keyword,), rows in hits.explode("keyword").group_by("keyword"):
            self._found[where, str(keyword)][rows["row"].to_numpy()] = True
