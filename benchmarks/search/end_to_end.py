"""Text in, ten scored hits out: Patlas beside txtai, on one library, with the same vectors.

    python -m benchmarks.search.end_to_end LIBRARY --out benchmarks/results/search-end-to-end.json

LIBRARY is a built library. txtai (pip install txtai) indexes the same titles and abstracts with the same
encoder, hybrid, its words cut by the same segmentation (given to it as white space, since its own rule
takes a run of Chinese characters for one word; what that default finds is measured as well). A query is
the first half of an abstract of the library, cut at a clause; `found` is the share of queries whose own
patent is among the ten. Filtered queries ask for years of publication and an IPC section as well; `short` is
the share of them with fewer than ten hits although the filter lets ten pass.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np

from api.live.library import open_live
from api.live.parts import encoder_of, passages_of
from api.live.snapshot import LiveSnapshot
from index.evaluation.report import Machine, this_machine

SYSTEMS = ("patlas", "patlas-highlights", "txtai", "txtai-default-words")
_QUERIES = 300
_K = 10
_YEAR, _SECTION = 2014, "C"
_CLAUSE = re.compile(r"[，；。]")


class Times(msgspec.Struct, frozen=True, kw_only=True):
    """Milliseconds a query, and what was found."""

    p50_ms: float
    p99_ms: float
    found: float
    short: float


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """One system; indexing seconds without embedding, resident MB after all queries."""

    name: str
    version: str
    index_s: float | None
    resident_mb: float
    free: Times
    filtered: Times


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """All systems."""

    patents: int
    queries: int
    machine: Machine
    load: float
    figures: list[Figures]


class Asked(NamedTuple):
    """A query and the number of its own patent."""

    text: str
    own: str


Search = Callable[[str, bool], list[str]]


def main() -> None:
    """Measure all, or one when called for itself."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("library", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--only", choices=SYSTEMS)
    options = parser.parse_args()
    if options.only:
        sys.stdout.buffer.write(msgspec.json.encode(_measure(options.only, options.library)))
        return
    figures = []
    for name in SYSTEMS:
        command = [sys.executable, "-m", "benchmarks.search.end_to_end", str(options.library), "--only", name]
        answer = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
        figures.append(msgspec.json.decode(answer.splitlines()[-1], type=Figures))
        print(figures[-1], flush=True)
    with open_live(options.library) as live:
        patents = live.count
    report = Report(
        patents=patents,
        queries=_QUERIES,
        machine=this_machine(),
        load=round(os.getloadavg()[0], 1),
        figures=figures,
    )
    options.out.write_bytes(msgspec.json.format(msgspec.json.encode(report), indent=1) + b"\n")


def _measure(name: str, library: Path) -> Figures:
    with open_live(library) as live:
        queries = _queries(live)
        passing = _passing(live)
        if name.startswith("patlas"):
            version, seconds, search = _patlas(live, highlight=name.endswith("highlights"))
        else:
            version, seconds, search = _txtai(live, default_words=name.endswith("words"))
        free = _times(search, queries, filtered=False, passing=live.count)
        filtered = _times(search, queries, filtered=True, passing=passing)
        return Figures(
            name=name,
            version=version,
            index_s=seconds,
            resident_mb=round(_resident_mb()),
            free=free,
            filtered=filtered,
        )


def _queries(live: LiveSnapshot) -> list[Asked]:
    abstracts = [str(text) for text in live.table.column("abstract").to_pylist()]
    rows = np.random.default_rng(0).permutation(len(abstracts))
    found = []
    for row in rows.tolist():
        clauses = _CLAUSE.split(abstracts[row])
        if len(abstracts[row]) >= 100 and len(clauses) >= 4:
            found.append(Asked("，".join(clauses[: len(clauses) // 2]), live.number_of(row)))
        if len(found) == _QUERIES:
            break
    return found


def _passing(live: LiveSnapshot) -> int:
    import polars as pl

    frame = pl.DataFrame(pl.from_arrow(live.table.select(["publication_date", "ipc_main"])))
    kept = (pl.col("publication_date").dt.year() >= _YEAR) & pl.col("ipc_main").str.starts_with(_SECTION)
    return frame.filter(kept).height


def _times(search: Search, queries: list[Asked], *, filtered: bool, passing: int) -> Times:
    for query in queries[:5]:
        search(query.text, filtered)
    times, found, short = [], 0, 0
    for query in queries:
        start = time.perf_counter()
        numbers = search(query.text, filtered)
        times.append(1e3 * (time.perf_counter() - start))
        found += query.own in numbers
        short += len(numbers) < min(_K, passing)
    p50, p99 = (float(value) for value in np.percentile(times, [50, 99]))
    return Times(
        p50_ms=round(p50, 2),
        p99_ms=round(p99, 2),
        found=round(found / len(queries), 3),
        short=round(short / len(queries), 3),
    )


def _patlas(live: LiveSnapshot, *, highlight: bool) -> tuple[str, float | None, Search]:
    from api.search.similar import Wanted, search
    from api.selections.filters import Filters

    everything = Filters()
    some = Filters(where=f"IPC-MAIN={_SECTION} and PD=[{_YEAR} to 2100]")
    wanted = Wanted(k=_K, highlight=highlight)

    def ask(text: str, filtered: bool) -> list[str]:
        hits = search(live, text, some if filtered else everything, wanted).hits
        return [hit.publication_number or hit.application_number or "" for hit in hits]

    return version("patlas"), None, ask


def _txtai(live: LiveSnapshot, *, default_words: bool) -> tuple[str, float, Search]:
    import txtai

    from terms.words import cut_many, words

    titles, abstracts = (live.table.column(name).to_pylist() for name in ("title", "abstract"))
    texts = [f"{title}。{abstract}" for title, abstract in zip(titles, abstracts, strict=True)]
    dates, symbols = (live.table.column(name).to_pylist() for name in ("publication_date", "ipc_main"))
    years = [date.year if date else 0 for date in dates]
    own, first = np.unique(passages_of(live).rows, return_index=True)
    vectors = np.zeros((live.count, passages_of(live).vectors.shape[1]), dtype=np.float32)
    vectors[own] = passages_of(live).vectors[first]
    numbers = [live.number_of(row) for row in range(live.count)]
    encoder = encoder_of(live)
    indexed = texts if default_words else [" ".join(cut) for cut in cut_many(texts)]
    calls = {"indexed": 0}

    def transform(batch: list[str]) -> np.ndarray:
        if calls["indexed"] < len(texts):
            start = calls["indexed"]
            calls["indexed"] += len(batch)
            return vectors[start : start + len(batch)]
        return encoder.encode([text.replace(" ", "") for text in batch], role="query")

    split = {} if default_words else {"tokenizer": {"whitespace": True}}
    embeddings = txtai.Embeddings(
        method="external", transform=transform, content=True, hybrid=True,
        scoring={"method": "bm25", "terms": True, "normalize": True, **split},
    )  # fmt: skip
    rows = (
        (row, {"text": text, "year": year, "symbol": (symbol or "")[:1]}, None)
        for row, (text, year, symbol) in enumerate(zip(indexed, years, symbols, strict=True))
    )
    start = time.perf_counter()
    embeddings.index(rows)
    seconds = round(time.perf_counter() - start, 1)
    condition = f" and year >= {_YEAR} and symbol = '{_SECTION}'"

    def ask(text: str, filtered: bool) -> list[str]:
        asked = text if default_words else " ".join(words(text))
        found = embeddings.search(
            f"select id, score from txtai where similar(:q){condition if filtered else ''} limit {_K}",
            parameters={"q": asked},
        )
        return [numbers[int(hit["id"])] for hit in found]

    return version("txtai"), seconds, ask


def _resident_mb() -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1e3
    raise KeyError("VmRSS")


if __name__ == "__main__":
    main()
