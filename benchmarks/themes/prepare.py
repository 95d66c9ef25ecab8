"""Put vectors, words and classes of patents into a folder that every system reads.

    python -m benchmarks.themes.prepare WORK [--data ../shared/data/patents.parquet] [--encoder default]

Writes vectors.npy (float32), subclass.json, texts.jsonl, terms.npz, terms.json and stop.npy (Patlas's terms
per patent, the tokens that other systems get too), held_out.npy (test part of the encoder's split).
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import polars as pl
from scipy import sparse

from embed.loader import load_encoder
from embed.split import part_mask, twin_key
from terms.corpus import corpus_terms
from terms.informative import uninformative


def prepare(work: Path, data: Path, encoder_name: str) -> dict[str, float]:
    """Prepare everything once; seconds per step."""
    frame = pl.read_parquet(data)
    titles, abstracts = ([text or "" for text in frame[name]] for name in ("title", "abstract"))
    texts = [
        f"{title}。{abstract}" if title and abstract else title or abstract
        for title, abstract in zip(titles, abstracts, strict=True)
    ]
    classes = [symbols[0][:4] if symbols else "" for symbols in frame["ipc"].to_list()]
    firsts = [names[0] if names else "" for names in frame["applicants"].to_list()]
    keys = [twin_key(*key) for key in zip(titles, firsts, abstracts, strict=True)]
    return write_sample(work, texts, classes, part_mask(keys, "test"), encoder_name)


def write_sample(
    work: Path, texts: list[str], classes: list[str], held_out: np.ndarray, encoder_name: str
) -> dict[str, float]:
    """Encode and cut texts and write all that the systems read.

    Args:
        work: folder.
        texts: of n patents.
        classes: what themes are compared with, empty for none.
        held_out: bool of shape (n,): patents that the encoder has not seen.
        encoder_name: for `embed.loader`.

    Returns:
        Seconds per step.
    """
    seconds = {}
    start = time.perf_counter()
    vectors = load_encoder(encoder_name).encode(texts)
    seconds["encode"] = round(time.perf_counter() - start, 1)
    start = time.perf_counter()
    counts = corpus_terms(texts).counts
    numbers = {name: number for number, name in enumerate(sorted(set(classes) - {""}))}
    labels = np.array([numbers.get(name, -1) for name in classes], dtype=np.int64)
    stop = uninformative(counts.matrix, labels)
    seconds["terms"] = round(time.perf_counter() - start, 1)
    np.save(work / "vectors.npy", vectors)
    np.save(work / "stop.npy", stop)
    np.save(work / "held_out.npy", held_out)
    sparse.save_npz(work / "terms.npz", counts.matrix)
    _write(work / "terms.json", counts.terms)
    _write(work / "subclass.json", classes)
    _write_lines(work / "texts.jsonl", texts)
    return seconds


def _write(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def _write_lines(path: Path, values: Iterable[object]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(value, ensure_ascii=False) + "\n" for value in values)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/patents.parquet"))
    parser.add_argument("--encoder", default="default")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    print(json.dumps(prepare(options.work, options.data, options.encoder)))


if __name__ == "__main__":
    main()
