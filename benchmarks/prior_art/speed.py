"""How long a prior-art search takes: ten documents with every element held against every clause.

    python benchmarks/prior_art/speed.py LIBRARY benchmarks/results/prior-art-speed.json

The queries are first claims of the library, with the cut-off 2018-01-01. In process, one after another,
after a few to warm up. Processor time is what a machine without other work takes, wall time what this one
did; `load` is its load average, of `cores`.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow.compute as pc

from api.live.library import open_live
from api.live.snapshot import LiveSnapshot
from api.prior_art.prior_art import prior_art
from api.prior_art.shapes import PriorArtWanted
from api.selections.filters import Filters

QUERIES, WARM = 200, 10
CUT_OFF = date(2018, 1, 1)
WANTED = {
    "ten documents": PriorArtWanted(k=10, before=CUT_OFF),
    "ten documents, pairs of fifty, conflicting applications": PriorArtWanted(
        k=10, before=CUT_OFF, combinations=True, conflicting=True
    ),
}


def claims(live: LiveSnapshot) -> list[str]:
    """First claims, drawn evenly."""
    column = live.table.column("first_claim")
    rows = np.flatnonzero(pc.greater(pc.utf8_length(column), 60).to_numpy())
    chosen = rows[np.linspace(0, len(rows) - 1, QUERIES + WARM).astype(np.int64)]
    return [column[row].as_py() for row in chosen.tolist()]


def measured(live: LiveSnapshot, queries: list[str], wanted: PriorArtWanted) -> dict[str, float]:
    """Milliseconds of each query, and how much was compared."""
    times, busy, elements, cells = [], [], [], []
    for query in queries:
        started, worked = time.perf_counter(), time.process_time()
        found = prior_art(live, query, Filters(), wanted)
        times.append(1_000 * (time.perf_counter() - started))
        busy.append(1_000 * (time.process_time() - worked))
        elements.append(len(found.elements))
        cells.append(len(found.hits) * len(found.elements))
    quantiles = {
        f"{name} p{share} ms": round(float(np.percentile(values[WARM:], share)), 1)
        for name, values in (("processor", busy), ("wall", times))
        for share in (50, 90, 99)
    }
    return quantiles | {
        "mean elements": round(float(np.mean(elements)), 1),
        "mean cells of the chart": round(float(np.mean(cells)), 1),
    }


def main() -> None:
    """Measure and write the results."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("library", type=Path)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    with open_live(arguments.library) as live:
        queries = claims(live)
        result = {
            "patents": live.count,
            "queries": QUERIES,
            "load": round(os.getloadavg()[0], 1),
            "cores": os.cpu_count(),
        } | {name: measured(live, queries, wanted) for name, wanted in WANTED.items()}
    text = json.dumps(result, indent=2)
    arguments.out.write_text(text + "\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
