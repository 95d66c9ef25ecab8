"""Our index and evaluator: build, size, and the committed mix of 200 queries.

python -m benchmarks.selection.evaluation                    120,404 patents
python -m benchmarks.selection.evaluation --rows 1000000     resampled with repetition
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import tempfile
import time
from pathlib import Path

from benchmarks.selection.loading import RESULTS, load_frame, machine, percentiles, queries, table_of
from selection.evaluation import Corpus, evaluate
from selection.text.index import build_text_index

_COLUMNS = ("title", "abstract")


def measure(rows: int | None, repeats: int) -> dict[str, object]:
    """Build on titles and abstracts, then run the mix; each query counts with its best of `repeats`."""
    frame = load_frame(rows)
    text_bytes = int(sum(frame[name].str.len_bytes().sum() for name in _COLUMNS))
    table = table_of(frame)
    del frame
    folder = Path(tempfile.mkdtemp(prefix="patlas-text-"))
    try:
        start = time.perf_counter()
        sizes = build_text_index(table, folder, _COLUMNS)
        built = time.perf_counter() - start
        corpus = Corpus(table, text=folder)
        first, best, counts = run_mix(corpus, repeats)
    finally:
        shutil.rmtree(folder)
    return {
        "machine": machine(),
        "patents": table.num_rows,
        "text_mb": round(text_bytes / 1e6, 1),
        "build_s": round(built, 1),
        "index_mb": round(sum(sizes.values()) / 1e6, 1),
        "index_to_text": round(sum(sizes.values()) / text_bytes, 2),
        "queries": len(best),
        "first_pass": percentiles(first),
        "best_of": repeats,
        "best": percentiles(best),
        "matched": sum(counts),
        "peak_rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def run_mix(corpus: Corpus, repeats: int) -> tuple[list[float], list[float], list[int]]:
    """Seconds of each query the first time and at best, and its count."""
    times: list[list[float]] = []
    counts: list[int] = []
    for number, text in enumerate(queries() * repeats):
        start = time.perf_counter()
        count = evaluate(text, corpus).count
        taken = time.perf_counter() - start
        if number < len(queries()):
            times.append([taken])
            counts.append(count)
        else:
            times[number % len(queries())].append(taken)
    return [each[0] for each in times], [min(each) for each in times], counts


def main() -> None:
    """Measure, print and write."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int)
    options.add_argument("--repeats", type=int, default=3)
    options.add_argument("--out", type=Path)
    given = options.parse_args()
    found = measure(given.rows, given.repeats)
    out = given.out or RESULTS / f"selection-{found['patents']}.json"
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(found, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
