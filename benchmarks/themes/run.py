"""Themes side by side: Patlas, BERTopic, Top2Vec's steps, k-means, Leiden on the same vectors and tokens.

    python -m benchmarks.themes.run WORK --count 10000 --peers /path/to/python-with-peers
    python -m benchmarks.themes.run WORK --held-out --peers …     (the encoder never saw these)
    python -m benchmarks.themes.run WORK --peers …                (WORK of benchmarks.themes.demo: synthetic)

WORK is what `benchmarks.themes.prepare` wrote. Each system runs in a process of its own, one after the
other, with a limit of time and memory; a result has wall and processor seconds, for other work on the
machine slows the wall clock down. Writes benchmarks/results/themes-<sample>.json after every system, with
the reason where a system failed.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from functools import cached_property
from pathlib import Path

import numpy as np

from benchmarks.themes import measure

HERE = Path(__file__).resolve().parent
OWN = ("patlas", "patlas_fine", "kmeans", "kmeans_same_ranking")
# Written for synthetic samples only (`benchmarks.themes.demo`).
VOCABULARY = "vocabulary.json"
ENVIRONMENT = {**os.environ, "TOKENIZERS_PARALLELISM": "false"}


class FailedRun(Exception):
    """A system that did not finish."""


class Bench:
    """One sample, and the runs on it."""

    def __init__(self, work: Path, rows: np.ndarray, out: Path, options: argparse.Namespace) -> None:
        self.work, self.rows, self.out, self.options = work, rows, out, options
        classes = json.loads((work / "subclass.json").read_text(encoding="utf-8"))
        numbers = {name: number for number, name in enumerate(sorted(set(classes) - {""}))}
        self.names = [classes[row] for row in rows.tolist()]
        self.classes = np.array([numbers.get(name, -1) for name in self.names])
        self.out.mkdir(parents=True, exist_ok=True)

    def run(
        self, system: str, rows: np.ndarray, name: str, *, seed: int = 0, themes: int | None = None
    ) -> tuple[dict[str, np.ndarray], dict]:
        """Run a system in a process of its own; its labels and facts.

        Raises:
            FailedRun: it took too long, too much memory, or ended with an error.
        """
        np.save(self.out / f"{name}.rows.npy", rows)
        python = sys.executable if system in OWN else self.options.peers
        command = [python, str(HERE / "systems.py"), str(self.work), system]
        command += [str(self.out / f"{name}.rows.npy"), str(self.out / name), "--seed", str(seed)]
        command += ["--themes", str(themes)] if themes else []
        command += ["--memory", str(self.options.memory)]
        errors = self.out / f"{name}.err"
        with errors.open("w", encoding="utf-8") as file:
            try:
                ended = subprocess.run(command, stderr=file, timeout=self.options.limit, env=ENVIRONMENT)
            except subprocess.TimeoutExpired:
                raise FailedRun(f"more than {self.options.limit} s") from None
        if ended.returncode:
            lines = errors.read_text(encoding="utf-8").split("\n")
            last = next((line for line in reversed(lines) if line.strip()), "")
            raise FailedRun(f"ended with {ended.returncode}: {last[:200]}")
        facts = json.loads((self.out / f"{name}.json").read_text(encoding="utf-8"))
        return dict(np.load(self.out / f"{name}.npz")), facts

    def figures(self, system: str, *, seeds: int = 2, themes: int | None = None) -> dict:
        """All figures of one system."""
        labels, facts = self.run(system, self.rows, system, themes=themes)
        print(f"{system}: {facts['steps']}", file=sys.stderr, flush=True)
        keywords = facts.pop("keywords")
        found = {
            "themes": int(labels["core"].max()) + 1,
            "noise": round(float((labels["core"] < 0).mean()), 4),
            "unplaced": round(float((labels["assigned"] < 0).mean()), 4),
            "core": measure.agreement(self.classes, labels["core"]),
            "assigned": measure.agreement(self.classes, labels["assigned"]),
            "all_placed": measure.agreement(self.classes, labels["all"]),
            "noise_as_a_class_ami": measure.noise_as_a_class(self.classes, labels["core"]),
            **(measure.keyword_figures(keywords, self.texts) if keywords else {}),
            **facts,
        }
        if (self.work / VOCABULARY).exists() and keywords:
            known = json.loads((self.work / VOCABULARY).read_text(encoding="utf-8"))
            found["keyword_precision"] = measure.keyword_precision(
                keywords, labels["core"], self.names, known
            )
        if seeds > 1:
            again, _ = self.run(system, self.rows, f"{system}-again", seed=1, themes=themes)
            found["other_seed"] = {
                "core": measure.rand(labels["core"], again["core"]),
                "all": measure.rand(labels["all"], again["all"]),
            }
        return found

    def subsamples(self, system: str, *, pairs: int = 2, themes: int | None = None) -> dict:
        """ARI between two samples of 90 %, on the patents in both."""
        figures = []
        for pair in range(pairs):
            rng = np.random.default_rng(pair)
            spread = []
            for half in range(2):
                drawn = rng.random(len(self.rows)) < 0.9
                labels, _ = self.run(
                    system, self.rows[drawn], f"{system}-sub{half}", seed=pair, themes=themes
                )
                for name in ("core", "all"):
                    full = np.full(len(self.rows), -2)
                    full[drawn] = labels[name]
                    spread.append(full)
            common = (spread[0] > -2) & (spread[2] > -2)
            core = measure.rand(spread[0][common], spread[2][common])
            everywhere = measure.rand(spread[1][common], spread[3][common])
            figures.append((core["ari"], core["share"], everywhere["ari"]))
        core_ari, core_share, all_ari = np.mean(figures, axis=0).round(4).tolist()
        return {"core_ari": core_ari, "core_share": core_share, "all_ari": all_ari, "pairs": pairs}

    @cached_property
    def texts(self) -> list[str]:
        """Title and abstract of each row."""
        wanted = set(self.rows.tolist())
        with (self.work / "texts.jsonl").open(encoding="utf-8") as file:
            return [json.loads(line) for number, line in enumerate(file) if number in wanted]

    def system(self, system: str, results: dict) -> dict:
        """Figures and stability of one system, or why there are none."""
        own = results.get("patlas", {}).get("themes")
        asked = dict.fromkeys(("kmeans", "kmeans_same_ranking", "leiden"), own)
        asked["patlas_fine"] = results.get("bertopic", {}).get("themes")
        try:
            found = self.figures(system, seeds=self.options.seeds, themes=asked.get(system))
            if system in ("patlas", "kmeans", "leiden", "umap_hdbscan") and self.options.pairs:
                # Patlas too is asked for the number of themes that it chose on the whole sample.
                wanted = own or found["themes"] if system != "umap_hdbscan" else None
                found["subsamples"] = self.subsamples(system, pairs=self.options.pairs, themes=wanted)
        except FailedRun as error:
            print(f"{system}: {error}", file=sys.stderr, flush=True)
            return {"failed": str(error)}
        return found


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("--count", type=int)
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--peers", default=sys.executable)
    parser.add_argument(
        "--systems",
        default="patlas,kmeans,kmeans_same_ranking,leiden,umap_hdbscan,bertopic,patlas_fine,"
        "bertopic_same_tokens,top2vec_steps",
    )
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--pairs", type=int, default=2)
    parser.add_argument("--limit", type=int, default=1800, help="seconds for one run of a system")
    parser.add_argument("--memory", type=int, default=20, help="GiB of address space for one run")
    options = parser.parse_args()
    held_out = np.load(options.work / "held_out.npy")
    rows = np.flatnonzero(held_out) if options.held_out else np.arange(len(held_out))
    if options.count and options.count < len(rows):
        rows = np.sort(np.random.default_rng(0).choice(rows, options.count, replace=False))
    synthetic = (options.work / VOCABULARY).exists()
    kind = "synthetic-" if synthetic else "held-out-" if options.held_out else ""
    name = f"themes-{kind}{len(rows)}"
    bench = Bench(options.work, rows, options.work / name, options)
    place = HERE.parent / "results" / f"{name}.json"
    results = json.loads(place.read_text(encoding="utf-8")) if place.exists() else {}
    results |= {"patents": len(rows), "classes": len(set(bench.classes[bench.classes >= 0].tolist()))}
    if synthetic:
        results["synthetic"] = "made-up texts; classes are the technologies of their vocabulary"
    results |= {
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    }
    for system in options.systems.split(","):
        results[system] = bench.system(system, results)
        place.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(results, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
