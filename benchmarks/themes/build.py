"""What the themes of a library cost as `patlas build` makes them: seconds and memory above the vectors.

    python -m benchmarks.themes.build LIBRARY [--name real]

Takes the columns and vectors of the live snapshot of a built library and makes everything that belongs to
themes anew, in a folder aside: terms, themes, names, layers, evidence, maps, who sits where; then the trends
of every scope. Nothing in the library changes. Writes benchmarks/results/themes-build.json.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np

from api.live.library import open_live
from api.live.parts import themes_of
from api.themes.trends import trends
from terms.library_terms import LibraryTerms
from themes.part.building import BuildOptions, build_themes
from themes.part.format import read_part
from themes.part.ids import ThemeIds
from themes.part.seats import place_patents, write_maps
from themes.part.source import HeadVectors, ThemeSource, subclasses, texts_of

T = TypeVar("T")
RESULTS = Path(__file__).resolve().parents[1] / "results" / "themes-build.json"


class Steps:
    """Wall-clock and processor seconds of named steps."""

    def __init__(self) -> None:
        self.figures: dict[str, dict[str, float]] = {}

    def run(self, name: str, work: Callable[[], T]) -> T:
        """Do some work and note what it took."""
        wall, cpu = time.perf_counter(), time.process_time()
        done = work()
        self.figures[name] = {
            "seconds": round(time.perf_counter() - wall, 1),
            "cpu_seconds": round(time.process_time() - cpu, 1),
        }
        return done


def peak() -> float:
    """Highest resident memory of this process so far, MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("library", type=Path)
    options = parser.parse_args()
    steps = Steps()
    with open_live(options.library) as live, tempfile.TemporaryDirectory() as aside:
        table, folder = live.table, Path(aside)
        heads = HeadVectors(live.snapshot.part("dense"), live.count)
        heads.take(np.arange(live.count, dtype=np.int64))  # the vectors themselves are not counted
        start = peak()
        (folder / "terms").mkdir()
        (folder / "themes").mkdir()
        (folder / "maps").mkdir()
        steps.run("terms", lambda: LibraryTerms.of(texts_of(table), subclasses(table)).save(folder / "terms"))
        terms = LibraryTerms.load(folder / "terms")
        source = ThemeSource(table, heads, live.library.settings["theme_scheme"], lambda: terms)
        steps.run(
            "themes, names, layers, map",
            lambda: build_themes(source, folder / "themes", ThemeIds(), BuildOptions(), lambda *_: None),
        )
        steps.run("placing", lambda: place_patents(source, folder / "themes"))
        steps.run("maps", lambda: write_maps(source, folder / "themes", folder / "maps"))
        scopes = read_part(folder / "themes").scopes
        used = peak() - start
        steps.run("trends", lambda: [trends(live, scope.id) for scope in themes_of(live).part.scopes])
        results = {
            "patents": live.count,
            "scopes": len(scopes),
            "themes": sum(len(scope.themes) for scope in scopes),
            "seconds": round(sum(step["seconds"] for step in steps.figures.values()), 1),
            "cpu_seconds": round(sum(step["cpu_seconds"] for step in steps.figures.values()), 1),
            "peak_above_vectors_mib": round(used),
            "cores": os.cpu_count(),
            "load_at_end": round(os.getloadavg()[0], 1),
            "steps": steps.figures,
            "on_disk_mib": round(sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) / 2**20),
        }
    RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(results, ensure_ascii=False))


if __name__ == "__main__":
    main()
