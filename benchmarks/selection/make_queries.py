"""Make the fixed mix of 200 queries from a library's own words; run once, the outcome is committed.

    python -m benchmarks.selection.make_queries PARQUET benchmarks/selection/queries.txt

One to eight leaves a query; a tenth has a proximity or frequency, a tenth one-character leaves. Words are
drawn by document frequency (each decade from 10 to half of the library alike), so that rare and common
ones are there.
"""

from __future__ import annotations

import argparse
import math
import random
from collections import Counter
from pathlib import Path

import polars as pl

from selection.language import parse
from terms.words import cut_many

QUERIES = 200
SAMPLE = 20_000


def vocabulary(texts: list[str]) -> dict[int, list[list[str]]]:
    """Chinese words by length (1, 2, 3 and more), each in bands of document frequency."""
    counts: Counter[str] = Counter()
    for words in cut_many(texts):
        counts.update({word for word in words if all("\u4e00" <= char <= "\u9fff" for char in word)})
    singles = Counter(char for text in texts for char in set(text) if "\u4e00" <= char <= "\u9fff")
    bands: dict[int, list[list[str]]] = {1: [], 2: [], 3: []}
    for length, pool in ((1, singles), (2, counts), (3, counts)):
        for low in range(1, 5):
            inside = [
                word
                for word, count in sorted(pool.items())
                if 10**low / 2 <= count < min(10 ** (low + 1) / 2, len(texts) / 2)
                and min(len(word), 3) == length
            ]
            if inside:
                bands[length].append(inside)
    return bands


class Maker:
    """Draws words and puts queries together."""

    def __init__(self, bands: dict[int, list[list[str]]], classes: list[str], rng: random.Random) -> None:
        self.bands = bands
        self.classes = classes
        self.rng = rng

    def word(self, length: int | None = None) -> str:
        """A word of 2 or more characters, or of the length asked for."""
        size = length or self.rng.choice((2, 2, 3))
        return self.rng.choice(self.rng.choice(self.bands[size]))

    def leaf(self) -> str:
        """A fielded leaf; one in five is no text."""
        kind = self.rng.random()
        if kind < 0.1:
            return f"IPC={self.rng.choice(self.classes)}"
        if kind < 0.2:
            year = self.rng.randrange(2008, 2020)
            return f"PD=[{year}0101 to {year + self.rng.randrange(4)}1231]"
        return f"{self.rng.choice(('TI', 'AB', 'TIAB', 'TIAB', 'TIAB'))}={self.word()}"

    def special(self, number: int) -> str:
        """Proximity, frequency or a one-character leaf, by turns; "" for most."""
        if number % 10 == 3:
            a, b = self.word(), self.word()
            sign = self.rng.choice(("(2w)", "(5n)", "(0w)", "(s)", "(10n)"))
            return self.rng.choice(
                (f"TIAB=({a} {sign} {b})", f"AB=({self.word()} ({self.rng.randrange(2, 5)}f))")
            )
        if number % 10 == 7:
            return f"TIAB={self.word(1)}"
        return ""

    def query(self, number: int) -> str:
        """A query of 1 … 8 leaves."""
        count = self.rng.choice((1, 1, 2, 2, 3, 3, 4, 5, 6, 8))
        leaves = [self.leaf() for _ in range(count)]
        special = self.special(number)
        if special:
            leaves[0] = special
        self.rng.shuffle(leaves)
        text = leaves[0]
        for leaf in leaves[1:]:
            sign = self.rng.choice(("and", "and", "or", "or", "not"))
            text = f"({text}) {sign} {leaf}" if self.rng.random() < 0.5 else f"{text} {sign} {leaf}"
        return parse(text).canonical


def main() -> None:
    """Write the queries, one a line."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("parquet", type=Path)
    options.add_argument("out", type=Path)
    given = options.parse_args()
    frame = pl.read_parquet(given.parquet, columns=["title", "abstract", "ipc"]).sample(SAMPLE, seed=1)
    texts = [
        f"{title or ''}\n{abstract or ''}" for title, abstract in frame.select("title", "abstract").rows()
    ]
    symbols = [symbol for symbols in frame["ipc"].to_list() for symbol in symbols or []]
    common = [symbol for symbol, count in Counter(symbols).items() if count > math.sqrt(SAMPLE) / 3]
    classes = sorted({symbol[:4] for symbol in symbols} | set(common))
    maker = Maker(vocabulary(texts), classes, random.Random(20))
    queries = dict.fromkeys(maker.query(number) for number in range(QUERIES))
    given.out.write_text("\n".join(queries) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
