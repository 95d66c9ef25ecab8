"""Theme the 13 industries of a provincial study on real patents: seconds, memory, and the themes in print.

    python -m benchmarks.themes.industries WORK [--data patents.parquet] [--print 新能源,生物医药]

WORK is what `benchmarks.themes.prepare` wrote. Terms, themes, names, map and trends of every
industry and of all patents together, in one process. Writes benchmarks/results/themes-industries.json
(figures only, no patent text); the themes of the named industries go to the standard output.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import time
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa

from benchmarks.themes.systems import Clock
from patents.errors import PatlasError
from patents.numbers import parse_application_number
from selection.industries.columns import industries_column
from selection.industries.loading import load_scheme
from terms.corpus import corpus_terms
from terms.informative import uninformative
from terms.ngrams import TermCounts
from themes.describe import ThemeText, describe
from themes.fit import fit_with_graph
from themes.map import draw_map
from themes.model import ThemeModel
from themes.trends import emergence
from themes.years import by_plan, by_year

AS_OF = date(2025, 6, 30)


def filing_years(frame: pl.DataFrame) -> list[int | None]:
    """Year of the filing date, else of the application number."""
    years: list[int | None] = []
    for filed, number in zip(frame["filing_date"], frame["application_number"], strict=True):
        years.append(int(filed[:4]) if filed else _year_of(number))
    return years


def _year_of(number: str | None) -> int | None:
    try:
        return parse_application_number(number).year if number else None
    except PatlasError:
        return None


def industry_rows(frame: pl.DataFrame) -> dict[str, np.ndarray]:
    """Rows of each industry of the shipped provincial scheme."""
    table = pa.table(
        {
            "title": frame["title"].fill_null("").to_arrow(),
            "abstract": frame["abstract"].fill_null("").to_arrow(),
            "ipc_main": frame["ipc"].list.first().to_arrow(),
            "ipc": frame["ipc"].to_arrow(),
        }
    )
    column = industries_column(table, [load_scheme("provincial")]).to_pylist()
    found: dict[str, list[int]] = {}
    for row, names in enumerate(column):
        for name in names:
            found.setdefault(name.partition(":")[2], []).append(row)
    return {name: np.array(rows, dtype=np.int64) for name, rows in sorted(found.items())}


class Job:
    """Everything that is shared by the industries."""

    def __init__(self, work: Path, frame: pl.DataFrame, clock: Clock) -> None:
        self.clock = clock
        self.vectors = np.load(work / "vectors.npy")
        self.years = filing_years(frame)
        self.applicants = [tuple(names) for names in frame["applicants"].to_list()]
        titles, abstracts = frame["title"].fill_null(""), frame["abstract"].fill_null("")
        self.texts = [f"{title}。{abstract}" for title, abstract in zip(titles, abstracts, strict=True)]
        self.titles = titles.to_list()
        self.keys = [f"{row:09d}" for row in range(len(self.texts))]
        classes = frame["ipc"].list.first().str.slice(0, 4).fill_null("").to_list()
        numbers = {name: number for number, name in enumerate(sorted(set(classes) - {""}))}
        self.classes = np.array([numbers.get(name, -1) for name in classes], dtype=np.int64)

    def count_terms(self) -> None:
        """Terms of the whole library."""
        self.counts = self.clock.run("terms", lambda: corpus_terms(self.texts).counts)
        self.stop = self.clock.run("stop words", lambda: uninformative(self.counts.matrix, self.classes))

    def theme(
        self, name: str, rows: np.ndarray
    ) -> tuple[dict, ThemeModel, tuple[ThemeText, ...], np.ndarray]:
        """All that is made for one industry, with its seconds and peak memory so far."""
        steps, vectors = Clock(), self.vectors[rows]
        keys = [self.keys[row] for row in rows.tolist()]
        model, graph = steps.run("themes", lambda: fit_with_graph(vectors, keys))
        counts = TermCounts(self.counts.terms, self.counts.matrix[rows])
        core, placed = model.clustering.core_label, model.clustering.assigned_label
        texts = steps.run(
            "names",
            lambda: describe(
                vectors, core, model.themes, counts, lambda row: self.texts[rows[row]], stop=self.stop
            ),
        )
        steps.run("map", lambda: draw_map(model, graph))
        years = [self.years[row] for row in rows.tolist()]
        table = steps.run("years", lambda: by_year(placed, years, model.themes, as_of=AS_OF))
        steps.run("plans", lambda: by_plan(placed, years, model.themes, as_of=AS_OF))
        applicants = [self.applicants[row] for row in rows.tolist()]
        steps.run("emergence", lambda: emergence(table, applicants, placed, years))
        clustering = model.clustering
        facts = {
            "patents": len(rows),
            "themes": model.themes,
            "leaves": model.tree.leaves,
            "core": round(clustering.core / len(rows), 3),
            "assigned": round(clustering.assigned / len(rows), 3),
            "unplaced": round(clustering.unplaced / len(rows), 3),
            "seconds": round(sum(step["seconds"] for step in steps.steps.values()), 2),
            "cpu_seconds": round(sum(step["cpu_seconds"] for step in steps.steps.values()), 2),
            "steps": {step: figures["cpu_seconds"] for step, figures in steps.steps.items()},
        }
        print(name, facts, flush=True)
        return facts, model, texts, rows

    def show(self, model: ThemeModel, texts: tuple[ThemeText, ...]) -> None:
        """Print themes: size, core, name, keywords."""
        sizes = model.clustering.sizes(model.themes)
        cores = np.bincount(model.clustering.core_label + 1, minlength=model.themes + 1)[1:]
        for theme, text in enumerate(texts):
            words = "、".join(f"{each.text}({each.patents}/{each.elsewhere})" for each in text.keywords)
            print(f"  {theme:3d} {sizes[theme]:5d} ({cores[theme]} core) {text.name}: {words}")


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/patents.parquet"))
    parser.add_argument("--print", dest="shown", default="")
    options = parser.parse_args()
    wanted = {
        "title", "abstract", "ipc", "applicants", "filing_date", "application_number",
    }  # fmt: skip
    frame = pl.read_parquet(options.data, columns=sorted(wanted))
    clock = Clock()
    industries = clock.run("industries", partial(industry_rows, frame))
    job = Job(options.work, frame, clock)
    del frame
    start_memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start, start_cpu = time.perf_counter(), time.process_time()
    job.count_terms()
    facts = {}
    shown = set(options.shown.split(",")) - {""}
    for name, rows in {**industries, "全部": np.arange(len(job.keys))}.items():
        facts[name], model, texts, _ = job.theme(name, rows)
        if name in shown:
            job.show(model, texts)
    own = [figures for name, figures in facts.items() if name != "全部"]
    shared = {step: figures["cpu_seconds"] for step, figures in clock.steps.items() if step != "industries"}
    results = {
        "patents": len(job.keys),
        "seconds": round(time.perf_counter() - start, 1),
        "cpu_seconds": round(time.process_time() - start_cpu, 1),
        "without_all_patents_together": {
            "seconds": round(
                sum(each["seconds"] for each in own) + sum(clock.steps[step]["seconds"] for step in shared), 1
            ),
            "cpu_seconds": round(sum(each["cpu_seconds"] for each in own) + sum(shared.values()), 1),
        },
        "peak_above_start_mib": round(
            (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - start_memory) / 1024
        ),
        "cores": os.cpu_count(),
        "shared_steps": shared,
        "industries": facts,
    }
    place = Path(__file__).resolve().parents[1] / "results" / "themes-industries.json"
    place.write_text(json.dumps(results, ensure_ascii=False, indent=1), encoding="utf-8")
    print(
        json.dumps({key: value for key, value in results.items() if key != "industries"}, ensure_ascii=False)
    )


if __name__ == "__main__":
    main()
