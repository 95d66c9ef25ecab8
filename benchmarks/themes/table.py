"""Print the table of one run for the docs.

python -m benchmarks.themes.table themes-120404
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

RESULTS = Path(__file__).resolve().parents[1] / "results"
NAMES = {
    "patlas": "**Patlas**, names included",
    "patlas_fine": "**Patlas**, asked for as many themes as BERTopic finds",
    "kmeans": "k-means with as many themes, c-TF-IDF over Patlas's terms",
    "kmeans_same_ranking": "k-means with as many themes, Patlas's keywords",
    "leiden": "Leiden on shared neighbours, c-TF-IDF over Patlas's terms",
    "umap_hdbscan": "UMAP + HDBSCAN",
    "bertopic": "BERTopic, defaults, multilingual",
    "bertopic_same_tokens": "BERTopic, Patlas's terms",
    "top2vec_steps": "Top2Vec's steps, Patlas's terms",
}


def rows(results: dict) -> list[str]:
    """A line of the table per system, in the order of `NAMES`."""
    extra = any("keyword_precision" in found for found in results.values() if isinstance(found, dict))
    columns = ["", "themes", "AMI core (share)", "AMI all", "NPMI", "diversity"]
    columns += ["precision"] if extra else []
    columns += ["seconds", "processor seconds", "memory, MB above the data"]
    lines = [f"| {' | '.join(columns)} |", "|---" * len(columns) + "|"]
    for system, name in NAMES.items():
        found = results.get(system)
        if found:
            cells = [f"failed: {found['failed']}"] if "failed" in found else _cells(found, extra)
            lines.append(f"| {' | '.join([name, *cells])} |")
    return lines


def _cells(found: dict, extra: bool) -> list[str]:
    steps = found["steps"].values()
    cells = [
        f"{found['themes']:,}",
        f"{found['core']['ami']:.3f} ({found['core']['coverage']:.2f})",
        f"{found['all_placed']['ami']:.3f}",
        *(f"{found[key]:.2f}" if key in found else "–" for key in ("npmi", "diversity")),
    ]
    if extra:
        cells.append(f"{found['keyword_precision']:.2f}" if "keyword_precision" in found else "–")
    cells += [f"{sum(step[key] for step in steps):.1f}" for key in ("seconds", "cpu_seconds")]
    return [*cells, f"{found['above_start_mib']:,}"]


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name")
    options = parser.parse_args()
    results = json.loads((RESULTS / f"{options.name}.json").read_text(encoding="utf-8"))
    print(f"{results['patents']:,} patents, {results['classes']} classes\n")
    print("\n".join(rows(results)))


if __name__ == "__main__":
    main()
