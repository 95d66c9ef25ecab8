"""The words of many texts as one array of numbers, from which n-grams are counted."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from terms.words import raw_tokens, token_words

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

    def texts(self) -> npt.NDArray[np.int32]:
        """For each place of `ids` the text that it belongs to; shape (t,)."""
        return np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.starts))

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


class _Codes(dict[str, int]):
    """Code of each raw token: a word number, `BREAK` for punctuation, or −2 − i for list i of words."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.lists: list[list[int]] = []

    def __missing__(self, token: str) -> int:
        numbers = [self.numbers.setdefault(word, len(self.numbers)) for word in token_words(token)]
        if len(numbers) > 1:
            self.lists.append(numbers)
        code = BREAK if not numbers else numbers[0] if len(numbers) == 1 else -1 - len(self.lists)
        self[token] = code
        return code


def tokenize(texts: Iterable[str]) -> Tokens:
    """Cut texts into words and number them in the order of their first use.

    Args:
        texts: n texts; 120,000 abstracts take about 10 s and 80 MB.

    Returns:
        Tokens of n texts.
    """
    codes = _Codes()
    code = codes.__getitem__
    raw, starts = array("i"), array("q", [0])
    for text in texts:
        raw.extend(map(code, raw_tokens(text)))
        raw.append(BREAK)
        starts.append(len(raw))
    ids, ends = _spread(np.array(raw, dtype=np.int32), np.array(starts, dtype=np.int64), codes.lists)
    return Tokens(tuple(codes.numbers), ids, ends)


def _spread(
    raw: npt.NDArray[np.int32], starts: npt.NDArray[np.int64], lists: list[list[int]]
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
    """Write lists of words out in full, and leave one break where there are several in a row."""
    kept = raw != BREAK
    kept[1:] |= raw[:-1] != BREAK
    kept[starts[:-1][starts[:-1] < len(raw)]] &= raw[starts[:-1][starts[:-1] < len(raw)]] != BREAK
    sizes = np.array([1, *map(len, lists)], dtype=np.int64)
    lengths = np.where(kept, sizes[np.maximum(-1 - raw.astype(np.int64), 0)], 0)
    ends = np.concatenate([[0], np.cumsum(lengths)])
    ids = np.repeat(raw, lengths)
    for place in np.flatnonzero(raw < BREAK).tolist():
        ids[ends[place] : ends[place + 1]] = lists[-2 - raw[place]]
    return ids, ends[starts]
