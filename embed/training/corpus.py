"""The texts and classes that an encoder is trained on."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from embed.split import part_mask, twin_key
from patents.errors import MissingColumnError

_NEEDED = ("title", "abstract")


@dataclass(frozen=True, slots=True)
class TrainingCorpus:
    """Texts of n records; an absent text or class is the empty string.

    Attributes:
        titles, abstracts, first_claims: n texts each.
        ipc: n main classifications, ``C01B32/184``.
        applicants: n first applicants.
    """

    titles: list[str]
    abstracts: list[str]
    first_claims: list[str]
    ipc: list[str]
    applicants: list[str]

    def __len__(self) -> int:
        return len(self.abstracts)

    def keys(self) -> list[str]:
        """Twin keys of the records; see `embed.split.twin_key`."""
        return [
            twin_key(title, applicant, abstract)
            for title, applicant, abstract in zip(self.titles, self.applicants, self.abstracts, strict=True)
        ]

    def take(self, rows: npt.NDArray[np.int64]) -> TrainingCorpus:
        """The records at these rows, in this order."""
        columns = (self.titles, self.abstracts, self.first_claims, self.ipc, self.applicants)
        return TrainingCorpus(*([column[row] for row in rows] for column in columns))

    def training_part(self) -> TrainingCorpus:
        """Records with an abstract that an encoder may learn from; see `embed.split.part_mask`."""
        kept = part_mask(self.keys(), "training") & np.array(
            [bool(text) for text in self.abstracts], dtype=np.bool_
        )
        return self.take(np.flatnonzero(kept))

    def hash(self) -> str:
        """12 hexadecimal digits over all texts, for the card and the results."""
        digest = hashlib.sha256()
        for title, abstract, claim in zip(self.titles, self.abstracts, self.first_claims, strict=True):
            digest.update(f"{title}\x1f{abstract}\x1f{claim}\x1e".encode())
        return digest.hexdigest()[:12]


def corpus_from_table(table: pa.Table) -> TrainingCorpus:
    """Take texts and classes from a snapshot's table, or any table with its column names.

    Args:
        table: columns title and abstract; first_claim, ipc_main or ipc, applicants when known.

    Raises:
        MissingColumnError: no title or no abstract.
    """
    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)
    return _corpus_from_frame(frame)


def corpus_from_parquet(path: Path) -> TrainingCorpus:
    """Read a parquet of patents; see `corpus_from_table` for its columns."""
    return _corpus_from_frame(pl.read_parquet(path))


def _corpus_from_frame(frame: pl.DataFrame) -> TrainingCorpus:
    for column in _NEEDED:
        if column not in frame.columns:
            raise MissingColumnError(
                "training-column-missing", column=column, columns=", ".join(frame.columns)
            )
    rows = len(frame)

    def texts(column: str) -> list[str]:
        return frame[column].fill_null("").to_list() if column in frame.columns else [""] * rows

    def first(column: str) -> list[str]:
        if column not in frame.columns:
            return [""] * rows
        return frame[column].list.first().fill_null("").to_list()

    return TrainingCorpus(
        titles=texts("title"),
        abstracts=texts("abstract"),
        first_claims=texts("first_claim"),
        ipc=texts("ipc_main") if "ipc_main" in frame.columns else first("ipc"),
        applicants=first("applicants"),
    )
