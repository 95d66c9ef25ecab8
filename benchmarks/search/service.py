"""Time a whole search in process: text in, ten scored hits with all their fields out, within filters.

    python benchmarks/search/service.py LIBRARY --out benchmarks/results/search-service.json

Queries are pieces of the library's own abstracts (a clause, a half, a whole one) and its titles; filters
are drawn from its own values. "filters, each new" forgets what filters selected before every search, so
that each is evaluated; in the other kinds six filters take turns, as for readers who page and refine, and
only what they selected is kept: every query is new. Every figure is of one process and one query at a time;
on a machine that does other work too, `--best 5` takes the best of five runs of each query.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import msgspec
import numpy as np

from api.live.library import open_live
from api.live.parts import passages_of
from api.live.snapshot import LiveSnapshot
from api.search.similar import Wanted, search
from api.selections.filters import Filters
from index.evaluation.report import Machine, this_machine

_QUERIES = 200
_WARMING = 20


class Timing(msgspec.Struct, frozen=True, kw_only=True):
    """Milliseconds of one kind of search over all queries, on the clock and of the processor."""

    kind: str
    p50: float
    p99: float
    mean: float
    processor_p50: float


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """All timings of one run."""

    patents: int
    passages: int
    queries: int
    machine: Machine
    load: float
    best_of: int
    open_s: float
    timings: list[Timing]


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("library", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--queries", type=int, default=_QUERIES)
    parser.add_argument("--best", type=int, default=1)
    options = parser.parse_args()
    with open_live(options.library) as live:
        start = time.perf_counter()
        search(live, "一种装置", Filters(ipc=("H01M",)), Wanted(facets=True, highlight=True))
        opened = time.perf_counter() - start
        queries = _queries(live, options.queries)
        timings = [_timed(name, run, queries, options.best) for name, run in _kinds(live).items()]
        report = Report(
            patents=live.count,
            passages=len(passages_of(live).rows),
            queries=len(queries),
            machine=this_machine(),
            load=round(os.getloadavg()[0], 1),
            best_of=options.best,
            open_s=round(opened, 2),
            timings=timings,
        )
    print(*timings, f"load {report.load}", sep="\n")
    if options.out:
        options.out.write_bytes(msgspec.json.format(msgspec.json.encode(report), indent=1) + b"\n")


def _queries(live: LiveSnapshot, count: int) -> list[str]:
    rng = np.random.default_rng(7)
    rows = rng.permutation(live.count)[: 2 * count].tolist()
    found = []
    for number, row in enumerate(rows):
        title = live.table.column("title")[row].as_py()
        abstract = live.table.column("abstract")[row].as_py()
        clauses = abstract.split("，")
        pieces = [title, clauses[min(2, len(clauses) - 1)], abstract[: len(abstract) // 2], abstract]
        text = pieces[number % 4].strip()
        if len(text) > 3 and not text.upper().startswith("CN"):
            found.append(text)
    return found[:count]


def _kinds(live: LiveSnapshot) -> dict[str, Callable[[str, int], object]]:
    everything, wanted = Filters(), Wanted(k=10)
    filters = [
        Filters(ipc=("H",)),
        Filters(ipc=("A61K",)),
        Filters(published_from="2012", published_to="2014-06"),
        Filters(applicant=("大学",)),
        Filters(applicant=("华为",), ipc=("H04L",)),
        Filters(where="TIAB=(电池 or 电极) and PD>=20120101"),
    ]

    def new(text: str, number: int) -> object:
        live.__dict__.pop("selections", None)
        return search(live, text, filters[number % len(filters)], wanted)

    def within(wanted: Wanted) -> Callable[[str, int], object]:
        return lambda text, number: search(live, text, filters[number % len(filters)], wanted)

    return {
        "no filter": lambda text, _: search(live, text, everything, wanted),
        "filters, each new": new,
        "filters": within(wanted),
        "filters, facets": within(replace(wanted, facets=True)),
        "filters, highlights": within(replace(wanted, highlight=True)),
        "meaning alone": lambda text, _: search(live, text, everything, replace(wanted, mode="dense")),
    }


def _timed(name: str, run: Callable[[str, int], object], queries: list[str], best: int) -> Timing:
    for number, text in enumerate(queries[:_WARMING]):
        run(text, number)
    spent = []
    for number, text in enumerate(queries):
        runs = [_spent(lambda text=text, number=number: run(text, number)) for _ in range(best)]
        spent.append(np.min(runs, axis=0))
    wall, processor = np.array(spent).T
    p50, p99 = np.percentile(wall, [50, 99])
    return Timing(
        kind=name,
        p50=round(float(p50), 2),
        p99=round(float(p99), 2),
        mean=round(float(wall.mean()), 2),
        processor_p50=round(float(np.median(processor)), 2),
    )


def _spent(work: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds on the clock and of the processor."""
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return 1e3 * (time.perf_counter() - wall), 1e3 * (time.process_time() - processor)


if __name__ == "__main__":
    main()
