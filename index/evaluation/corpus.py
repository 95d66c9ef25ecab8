"""The records that the evaluation measures on."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from embed.split import Part, part_mask, twin_key
from patents.errors import MissingColumnError

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class EvaluationCorpus:
    """Columns of n records with an abstract; an absent text is empty.

    Attributes:
        numbers: application number, else publication number, else the key: names one application.
        publications: every publication number known of each record.
        titles, abstracts, first_claims: texts.
        ipc: all classifications of each record, the main one first; may be empty.
        applicants: first applicant.
        filed, published: datetime64[D] of shape (n,), NaT where unknown.
        cites: numbers that each record cites.
    """

    numbers: list[str]
    publications: list[tuple[str, ...]]
    titles: list[str]
    abstracts: list[str]
    first_claims: list[str]
    ipc: list[tuple[str, ...]]
    applicants: list[str]
    filed: npt.NDArray[np.datetime64]
    published: npt.NDArray[np.datetime64]
    cites: list[tuple[str, ...]]

    def __len__(self) -> int:
        return len(self.numbers)

    def keys(self) -> list[str]:
        """Twin keys; see `embed.split.twin_key`."""
        rows = zip(self.titles, self.applicants, self.abstracts, strict=True)
        return [twin_key(title, applicant, abstract) for title, applicant, abstract in rows]

    def take(self, rows: Rows) -> EvaluationCorpus:
        """The records at these rows, in this order."""
        return EvaluationCorpus(
            numbers=[self.numbers[row] for row in rows],
            publications=[self.publications[row] for row in rows],
            titles=[self.titles[row] for row in rows],
            abstracts=[self.abstracts[row] for row in rows],
            first_claims=[self.first_claims[row] for row in rows],
            ipc=[self.ipc[row] for row in rows],
            applicants=[self.applicants[row] for row in rows],
            filed=self.filed[rows],
            published=self.published[rows],
            cites=[self.cites[row] for row in rows],
        )

    def part(self, part: Part) -> EvaluationCorpus:
        """The records of one part of the split; see `embed.split.part_mask`."""
        return self.take(np.flatnonzero(part_mask(self.keys(), part)))

    def hash(self) -> str:
        """12 hexadecimal digits over numbers and texts."""
        digest = hashlib.sha256()
        for number, title, abstract in zip(self.numbers, self.titles, self.abstracts, strict=True):
            digest.update(f"{number}\x1f{title}\x1f{abstract}\x1e".encode("utf-8", "surrogatepass"))
        return digest.hexdigest()[:12]


def evaluation_corpus(table: pa.Table) -> EvaluationCorpus:
    """Take the records with an abstract from a snapshot's table, or one with its column names.

    Args:
        table: needs `abstract`; title, first_claim, ipc (list), ipc_main, applicants (list), key,
            application_number, publication_number, grant_number, filing_date, publication_date (date or
            ISO text) and cites (list of text) are used when there.

    Raises:
        MissingColumnError: no abstracts.
    """
    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)
    return _from_frame(frame)


def evaluation_corpus_from_parquet(path: Path) -> EvaluationCorpus:
    """Read a parquet of patents; see `evaluation_corpus` for its columns."""
    return _from_frame(pl.read_parquet(path))


def _from_frame(frame: pl.DataFrame) -> EvaluationCorpus:
    if "abstract" not in frame.columns:
        raise MissingColumnError("evaluation-needs-abstracts")
    frame = frame.filter(pl.col("abstract").fill_null("").str.len_chars() > 0)
    columns = _Columns(frame)
    publications = list(zip(columns.texts("publication_number"), columns.texts("grant_number"), strict=True))
    return EvaluationCorpus(
        numbers=columns.first_known("application_number", "publication_number", "key"),
        publications=[tuple(number for number in pair if number) for pair in publications],
        titles=columns.texts("title"),
        abstracts=columns.texts("abstract"),
        first_claims=columns.texts("first_claim"),
        ipc=_main_first(columns.texts("ipc_main"), columns.lists("ipc")),
        applicants=[names[0] if names else "" for names in columns.lists("applicants")],
        filed=columns.dates("filing_date"),
        published=columns.dates("publication_date"),
        cites=columns.lists("cites"),
    )


class _Columns:
    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame

    def texts(self, name: str) -> list[str]:
        if name not in self._frame.columns:
            return [""] * len(self._frame)
        return cast(list[str], self._frame[name].fill_null("").to_list())

    def lists(self, name: str) -> list[tuple[str, ...]]:
        if name not in self._frame.columns or self._frame[name].dtype != pl.List(pl.String):
            return [()] * len(self._frame)
        return [tuple(value or "" for value in values or ()) for values in self._frame[name].to_list()]

    def dates(self, name: str) -> npt.NDArray[np.datetime64]:
        if name not in self._frame.columns:
            return np.full(len(self._frame), "NaT", dtype="datetime64[D]")
        column = self._frame[name]
        if column.dtype == pl.String:
            column = column.str.to_date("%Y-%m-%d", strict=False)
        return column.cast(pl.Date, strict=False).to_numpy().astype("datetime64[D]")

    def first_known(self, *names: str) -> list[str]:
        rows = zip(*(self.texts(name) for name in names), strict=True)
        return [next((value for value in values if value), f"row {row}") for row, values in enumerate(rows)]


def _main_first(main: Sequence[str], symbols: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return [
        (first, *(symbol for symbol in rest if symbol != first)) if first else rest
        for first, rest in zip(main, symbols, strict=True)
    ]
