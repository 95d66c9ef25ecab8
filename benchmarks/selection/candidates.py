"""Four ways to find runs of characters, side by side on titles and abstracts.

    python -m benchmarks.selection.candidates

Each candidate answers the text leaves of the committed mix (by column, as normal forms): build, size on
disk, time per leaf by its length, and whether it gives the same rows as the plain scan.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl
import tantivy

from benchmarks.selection.loading import RESULTS, load_frame, machine, percentiles, queries
from selection.language import parse
from selection.language.tree import And, Frequency, InField, Node, Not, Or, Proximity, Term
from selection.text.column import TextColumn
from selection.text.needle import needle_of
from selection.text.normal import normal_form, normal_forms

COLUMNS = {"TI": ("title",), "AB": ("abstract",), "TIAB": ("title", "abstract")}
REPEATS = 3
SLOW_S = 0.1


class Candidate(ABC):
    """One way; `rows` answers one leaf in one column, ascending."""

    name = ""

    @abstractmethod
    def build(self, column: str, texts: pl.Series, folder: Path) -> None:
        """Index the normal forms of a column."""

    @abstractmethod
    def rows(self, column: str, literal: str) -> np.ndarray:
        """Rows whose normal form contains a normal form."""


class PolarsScan(Candidate):
    """No index: every text is looked through."""

    name = "Polars scan"

    def __init__(self) -> None:
        self.columns: dict[str, pl.Series] = {}

    def build(self, column: str, texts: pl.Series, folder: Path) -> None:
        """See Candidate."""
        texts.to_frame("text").write_ipc(folder / "texts.arrow")
        self.columns[column] = texts

    def rows(self, column: str, literal: str) -> np.ndarray:
        """See Candidate."""
        return self.columns[column].str.contains(literal, literal=True).arg_true().to_numpy()


class SqliteTrigram(Candidate):
    """FTS5 with its trigram tokenizer; shorter runs scan the table."""

    name = "SQLite FTS5 trigram"

    def __init__(self) -> None:
        self.connections: dict[str, sqlite3.Connection] = {}

    def build(self, column: str, texts: pl.Series, folder: Path) -> None:
        """See Candidate."""
        connection = sqlite3.connect(folder / "fts.sqlite")
        connection.execute("CREATE VIRTUAL TABLE t USING fts5(text, tokenize='trigram case_sensitive 1')")
        connection.executemany("INSERT INTO t(rowid, text) VALUES (?, ?)", enumerate(texts))
        connection.commit()
        self.connections[column] = connection

    def rows(self, column: str, literal: str) -> np.ndarray:
        """See Candidate."""
        if len(literal) >= 3:
            quoted = '"' + literal.replace('"', '""') + '"'
            found = self.connections[column].execute("SELECT rowid FROM t WHERE t MATCH ?", (quoted,))
        else:
            found = self.connections[column].execute(
                "SELECT rowid FROM t WHERE instr(text, ?) > 0", (literal,)
            )
        return np.sort(np.fromiter((row for (row,) in found), dtype=np.int64))


class TantivyBigrams(Candidate):
    """Characters and pairs as words, phrases by their positions."""

    name = "tantivy bigrams"

    def __init__(self) -> None:
        self.indexes: dict[str, tantivy.Index] = {}

    def build(self, column: str, texts: pl.Series, folder: Path) -> None:
        """See Candidate."""
        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("row", stored=False, indexed=False, fast=True)
        builder.add_text_field("pairs", tokenizer_name="space", index_option="position")
        builder.add_text_field("chars", tokenizer_name="space", index_option="basic")
        index = tantivy.Index(builder.build(), path=str(folder))
        tokenizer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        index.register_tokenizer("space", tokenizer)
        writer = index.writer(heap_size=200_000_000, num_threads=1)
        for row, text in enumerate(texts):
            document = tantivy.Document()
            document.add_integer("row", row)
            document.add_text("pairs", " ".join(_pairs(text)))
            document.add_text("chars", " ".join(sorted(set(text) - {" "})))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self.indexes[column] = index

    def rows(self, column: str, literal: str) -> np.ndarray:
        """See Candidate."""
        index = self.indexes[column]
        searcher = index.searcher()
        if len(literal) == 1:
            query = tantivy.Query.term_query(index.schema, "chars", literal, "basic")
        elif len(literal) == 2:
            query = tantivy.Query.term_query(index.schema, "pairs", literal, "basic")
        else:
            query = tantivy.Query.phrase_query(index.schema, "pairs", list(_pairs(literal)))
        hits = searcher.search(query, limit=max(1, searcher.num_docs), order_by_field="row").hits
        return np.sort(np.fromiter((row for row, _ in hits), dtype=np.int64))


class RoaringPairs(Candidate):
    """Ours: postings of characters and pairs, verified."""

    name = "character and pair postings, verified (ours)"

    def __init__(self) -> None:
        self.columns: dict[str, TextColumn] = {}

    def build(self, column: str, texts: pl.Series, folder: Path) -> None:
        """See Candidate."""
        TextColumn.build(texts).save(folder)
        self.columns[column] = TextColumn.open(folder)

    def rows(self, column: str, literal: str) -> np.ndarray:
        """See Candidate."""
        rows = self.columns[column].rows(needle_of(Term(literal)))
        return np.frombuffer(rows.to_array(), dtype=np.uint32).astype(np.int64)


def _pairs(text: str) -> Iterator[str]:
    """Neighbours, a space within a pair written as ␣ (the tokenizer cuts at spaces)."""
    shown = text.replace(" ", "␣").replace("\n", "␤")
    return (shown[place : place + 2] for place in range(len(shown) - 1))


def leaves() -> list[tuple[str, str]]:
    """(column, normal form) of the text leaves of the mix, each once."""
    found: dict[tuple[str, str], None] = {}
    for text in queries():
        for field, term in _terms(parse(text).root, ""):
            for column in COLUMNS.get(field, ()):
                found[column, normal_form(term)] = None
    return list(found)


def _terms(node: Node, field: str) -> Iterator[tuple[str, str]]:
    match node:
        case And(parts) | Or(parts) | Proximity(parts):
            for part in parts:
                yield from _terms(part, field)
        case Not(part) | Frequency(part):
            yield from _terms(part, field)
        case InField(name, part):
            yield from _terms(part, name)
        case Term(text):
            yield field, text


def timed(candidate: Candidate, column: str, literal: str) -> tuple[np.ndarray, float]:
    """Rows of a leaf and its best time of three; what takes long is not repeated."""
    taken: list[float] = []
    while not taken or (len(taken) < REPEATS and taken[0] < SLOW_S):
        start = time.perf_counter()
        rows = candidate.rows(column, literal)
        taken.append(time.perf_counter() - start)
    return rows, min(taken)


def measure(
    candidate: Candidate, texts: dict[str, pl.Series], truth: dict[tuple[str, str], np.ndarray]
) -> dict[str, object]:
    """Build, size and times of one candidate; each leaf counts with its best of three."""
    folder = Path(tempfile.mkdtemp(prefix="patlas-candidate-"))
    try:
        start = time.perf_counter()
        for column, series in texts.items():
            (folder / column).mkdir()
            candidate.build(column, series, folder / column)
        built = time.perf_counter() - start
        size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
        times: dict[str, list[float]] = {"1": [], "2": [], "3+": []}
        same = 0
        for (column, literal), expected in truth.items():
            rows, taken = timed(candidate, column, literal)
            times[str(len(literal)) if len(literal) < 3 else "3+"].append(taken)
            same += bool(np.array_equal(rows, expected))
    finally:
        shutil.rmtree(folder)
    every = [value for values in times.values() for value in values]
    by_length = {length: percentiles(values) for length, values in times.items()}
    return {
        "name": candidate.name,
        "build_s": round(built, 1),
        "size_mb": round(size / 1e6, 1),
        "exact": f"{same} of {len(truth)}",
        "all": percentiles(every),
        **by_length,
    }


def main() -> None:
    """Measure all, print a table, write the figures."""
    frame = load_frame()
    raw = {column: frame[column].fill_null("") for column in ("title", "abstract")}
    text_mb = sum(int(series.str.len_bytes().sum()) for series in raw.values()) / 1e6
    normal = {column: normal_forms(series) for column, series in raw.items()}
    scan = PolarsScan()
    scan.columns = normal
    truth = {(column, literal): scan.rows(column, literal) for column, literal in leaves()}
    results = []
    for candidate in (PolarsScan(), SqliteTrigram(), TantivyBigrams(), RoaringPairs()):
        texts = raw if isinstance(candidate, RoaringPairs) else normal
        results.append(measure(candidate, texts, truth))
        print(json.dumps(results[-1], ensure_ascii=False))
    found = {
        "machine": machine(),
        "patents": frame.height,
        "text_mb": round(text_mb, 1),
        "leaves": len(truth),
        "candidates": results,
    }
    RESULTS.mkdir(parents=True, exist_ok=True)
    out = RESULTS / "selection-candidates.json"
    out.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
