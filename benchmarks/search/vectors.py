"""Vectors to search: the passages of a parquet of patents, or clustered ones of any number.

    python -m benchmarks.search.vectors WORK --parquet patents.parquet
    python -m benchmarks.search.vectors WORK --clustered 1000000

Writes passages.npy and queries.npy (float32, unit length) and truth.npy (int64, the exact 100 nearest of
each query) into WORK. Real queries are titles, and passages are abstracts; simulated queries lie between
a random passage and another one of its cluster.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.exact import ExactIndex

Vectors = npt.NDArray[np.float32]

QUERIES = 1_000
DEPTH = 100
DIM = 256
_BLOCK = 50_000


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("--parquet", type=Path)
    parser.add_argument("--clustered", type=int)
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    if options.parquet:
        passages, queries = of_patents(options.parquet)
        np.save(options.work / "passages.npy", passages)
    else:
        passages, queries = clustered(options.clustered, options.work / "passages.npy")
    np.save(options.work / "queries.npy", queries)
    np.save(options.work / "truth.npy", exact(passages, queries))


def of_patents(parquet: Path) -> tuple[Vectors, Vectors]:
    """Abstracts as passages, titles of every 120th patent as queries, by the default encoder."""
    import polars as pl

    from embed.loader import load_encoder

    frame = pl.read_parquet(parquet, columns=["title", "abstract"]).filter(
        pl.col("abstract").fill_null("") != ""
    )
    titles = frame["title"].fill_null("").gather_every(max(1, frame.height // QUERIES)).to_list()
    encoder = load_encoder("default")
    queries = encoder.encode([title for title in titles if title][:QUERIES], role="query")
    return encoder.encode(frame["abstract"].to_list(), role="passage"), queries


def clustered(count: int, path: Path, seed: int = 0) -> tuple[Vectors, Vectors]:
    """Unit vectors of families (eight or so) within groups (two hundred) within fields.

    The noise of each level is set so that the cosines of the second, tenth and hundredth neighbour of a
    passage come near those of 120,404 abstracts: .83, .74 and .63; random pairs have .07 there.

    Args:
        count: of the passages.
        path: of the npy file, which is written block by block; a memory map of it is returned.
        seed: of everything.
    """
    generator = np.random.default_rng(seed)
    fields = _unit(generator.normal(size=(128, DIM)) + 0.35)
    groups = _around(generator, fields, max(256, count // 200), 0.05)
    families = _around(generator, groups, max(1_024, count // 8), 0.03)
    passages = np.lib.format.open_memmap(path, mode="w+", dtype=np.float32, shape=(count, DIM))
    for start in range(0, count, _BLOCK):
        size = min(_BLOCK, count - start)
        passages[start : start + size] = _around(generator, families, size, 0.025)
    queries = _around(generator, np.asarray(passages[:: max(1, count // QUERIES)]), QUERIES, 0.035)
    return passages, queries


def _around(generator: np.random.Generator, centres: Vectors, count: int, noise: float) -> Vectors:
    """So many points around random centres, with a deviation of `noise` in each dimension."""
    found = np.empty((count, DIM), dtype=np.float32)
    for start in range(0, count, _BLOCK):
        block = found[start : start + _BLOCK]
        own = generator.integers(0, len(centres), len(block))
        block[:] = _unit(centres[own] + noise * generator.standard_normal(block.shape, dtype=np.float32))
    return found


def exact(passages: Vectors, queries: Vectors) -> npt.NDArray[np.int64]:
    """The true nearest, best first and of equal ones the lowest rows, int64 of shape (q, DEPTH)."""
    return ExactIndex(passages).search(queries, DEPTH).rows


def _unit(vectors: npt.NDArray[np.floating[Any]]) -> Vectors:
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


if __name__ == "__main__":
    main()
