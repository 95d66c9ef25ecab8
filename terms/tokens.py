"""The words of many texts as one array of numbers, from which n-grams are counted."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from terms.words import word_runs

__all__ = ["BREAK", "Tokens", "tokenize"]

BREAK = -1
"""Stands in `Tokens.ids` where punctuation parts two words, and at the end of each text."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Texts cut into words.

    Attributes:
        vocabulary: V different words; a word's number is its place here.
        ids: int32 of shape (t,): word numbers in reading order, `BREAK` between runs.
        starts: int64 of shape (n + 1,): text i is ``ids[starts[i]:starts[i + 1]]``.
    """

    vocabulary: tuple[str, ...]
    ids: npt.NDArray[np.int32]
    starts: npt.NDArray[np.int64]

    def __len__(self) -> int:
        """Number of texts."""
        return len(self.starts) - 1

    def texts(self) -> npt.NDArray[np.int64]:
        """For each place of `ids` the text that it belongs to; shape (t,)."""
        return np.repeat(np.arange(len(self), dtype=np.int64), np.diff(self.starts))

    def take(self, rows: npt.NDArray[np.int64]) -> Tokens:
        """Keep some of the texts.

        Args:
            rows: int64 of shape (m,), each in [0, n), in the order wanted.

        Returns:
            m texts on the same vocabulary.
        """
        lengths = np.diff(self.starts)[rows]
        starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        places = np.arange(starts[-1]) + np.repeat(self.starts[:-1][rows] - starts[:-1], lengths)
        return Tokens(self.vocabulary, self.ids[places], starts)

    def words_of(self, text: int) -> list[str]:
        """Words of one text in reading order."""
        ids = self.ids[self.starts[text] : self.starts[text + 1]].tolist()
        return [self.vocabulary[number] for number in ids if number != BREAK]

    def save(self, folder: Path) -> None:
        """Write ``tokens.npz`` and ``vocabulary.json`` into an existing folder."""
        np.savez(folder / "tokens.npz", ids=self.ids, starts=self.starts)
        text = json.dumps(self.vocabulary, ensure_ascii=False)
        (folder / "vocabulary.json").write_text(text, encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Tokens:
        """Read what `save` wrote."""
        vocabulary = json.loads((folder / "vocabulary.json").read_text(encoding="utf-8"))
        with np.load(folder / "tokens.npz", allow_pickle=False) as arrays:
            return cls(tuple(vocabulary), arrays["ids"], arrays["starts"])


def tokenize(texts: Iterable[str]) -> Tokens:
    """Cut texts into words and number them in the order of their first use.

    Args:
        texts: n texts; 120,000 abstracts take about 20 s and 80 MB.

    Returns:
        Tokens of n texts.
    """
    numbers: dict[str, int] = {}
    ids, starts = array("i"), array("q", [0])
    for text in texts:
        for run in word_runs(text):
            ids.extend([numbers.setdefault(word, len(numbers)) for word in run])
            ids.append(BREAK)
        starts.append(len(ids))
    return Tokens(tuple(numbers), np.array(ids, dtype=np.int32), np.array(starts, dtype=np.int64))
