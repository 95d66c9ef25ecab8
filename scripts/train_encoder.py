"""Train the default encoder from a parquet of patents and write its folder.

    python scripts/train_encoder.py patents.parquet --out models/default

Reproducible: the same parquet, settings and machine give the same files. Needs the `models` extra.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import msgspec

from embed.static_folder import About, write_static_folder
from embed.training.card import card
from embed.training.compact import rotated
from embed.training.config import TrainingConfig
from embed.training.corpus import corpus_from_parquet
from embed.training.train import train_table
from embed.training.vocabulary import word_tokenizer


def main() -> None:
    """Read, train, write."""
    options = _options()
    config = msgspec.json.decode(options.config, type=TrainingConfig)
    start = time.monotonic()

    def tell(text: str) -> None:
        print(f"{time.monotonic() - start:6.0f} s  {text}", file=sys.stderr, flush=True)

    def tell_step(step: int, loss: float) -> None:
        if step % 100 == 0:
            tell(f"step {step} of {config.steps}, loss {loss:.3f}")

    corpus = corpus_from_parquet(options.parquet).training_part()
    tell(f"{len(corpus):,} records to learn from")
    texts = [*corpus.abstracts, *corpus.titles, *corpus.first_claims]
    tokenizer = word_tokenizer(texts, config.words)
    tell(f"{tokenizer.get_vocab_size():,} words and characters")
    table = rotated(train_table(corpus, tokenizer, config, progress=tell_step), corpus.abstracts, tokenizer)
    about = About(id=options.id, records=len(corpus), corpus_hash=corpus.hash(), seed=config.seed)
    write_static_folder(options.out, tokenizer, table, about, card(about, config, len(table)))
    tell(f"written to {options.out}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("parquet", type=Path, help="columns title, abstract, first_claim, ipc, applicants")
    parser.add_argument("--out", type=Path, required=True, help="folder of the model")
    parser.add_argument("--id", default="patlas-default", help="name of the encoder")
    parser.add_argument("--config", default="{}", help="JSON of settings that differ from TrainingConfig's")
    return parser.parse_args()


if __name__ == "__main__":
    main()
