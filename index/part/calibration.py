"""The scale of scores, measured on a snapshot's own indexes: its texts against texts of random words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from embed.encoder import Encoder
from embed.passages import character_limit, windows
from index.hybrid import HybridIndex
from index.score_scale import Answers, ScoreScale, fit_scale
from index.twins import technologies
from patents.tables.gb4754 import gb4754_names
from terms.words import words

# Patents that texts are taken from, three of each: title, a clause and the abstract.
_PATENTS = 100
_CLAUSE_END = re.compile(r"[，。；,;]")
_SHORTEST_CLAUSE = 6


@dataclass(frozen=True, slots=True)
class _Text:
    """A text that is searched for, and the rows that it comes from."""

    text: str
    rows: npt.NDArray[np.int64]


def measure_scale(index: HybridIndex, table: pa.Table, encoder: Encoder, *, seed: int = 0) -> ScoreScale:
    """Search for some of a library's own texts and for as many of random words.

    Args:
        index: of the snapshot.
        table: its columns, n rows.
        encoder: of the library.
        seed: of the sample.

    Returns:
        The same scale for the same library.
    """
    generator = np.random.default_rng(seed)
    own = _own_texts(table, generator)
    names = sorted(set(gb4754_names().values()))
    nobody = np.empty(0, dtype=np.int64)
    chance = [_Text(_random_words(names, len(words(one.text)), generator), nobody) for one in own]
    scale = fit_scale(_first_hits(index, encoder, own), _first_hits(index, encoder, chance))
    return msgspec.structs.replace(scale, passages=index.passages)


def _own_texts(table: pa.Table, generator: np.random.Generator) -> list[_Text]:
    rows = np.sort(generator.permutation(table.num_rows)[:_PATENTS])
    groups = technologies(table)
    titles, abstracts = (table.column(name).take(rows).to_pylist() for name in ("title", "abstract"))
    found: list[_Text] = []
    for row, title, abstract in zip(rows.tolist(), titles, abstracts, strict=True):
        own = np.flatnonzero(groups == groups[row])
        found += [_Text(text, own) for text in (title, _clause(abstract or ""), abstract) if text]
    return found


def _clause(abstract: str) -> str:
    """A clause from the middle of an abstract, empty where there is none."""
    clauses = [one.strip() for one in _CLAUSE_END.split(abstract) if len(one.strip()) >= _SHORTEST_CLAUSE]
    return clauses[len(clauses) // 2] if clauses else ""


def _random_words(names: Sequence[str], count: int, generator: np.random.Generator) -> str:
    """Words out of names of branches, each drawn by itself: together they are about nothing."""
    drawn = generator.integers(0, len(names), count).tolist()
    cut = (words(names[number]) for number in drawn)
    places = generator.random(count).tolist()
    return "".join(one[int(place * len(one))] for one, place in zip(cut, places, strict=True))


def _first_hits(index: HybridIndex, encoder: Encoder, texts: Sequence[_Text]) -> Answers:
    """The first hit of each text; a text that finds nothing but itself has none."""
    cut = [windows(one.text, character_limit(encoder)) for one in texts]
    vectors = encoder.encode([window for one in cut for window in one], role="query")
    stops = np.cumsum([len(one) for one in cut]).tolist()
    found: list[tuple[float, float, float, float]] = []
    for one, own, stop in zip(texts, cut, stops, strict=True):
        asked = vectors[stop - len(own) : stop]
        hits = index.search(asked, words(one.text), 1 + len(one.rows), text=one.text)
        for place in np.flatnonzero(~np.isin(hits.rows, one.rows))[:1].tolist():
            nearness = float(hits.dense[place]), float(hits.lexical[place])
            found.append((*nearness, hits.fusion.ideal, hits.fusion.distinct))
    return Answers(*np.array(found, dtype=np.float64).reshape(-1, 4).T)
