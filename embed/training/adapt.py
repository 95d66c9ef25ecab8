"""Adapting a static encoder to a library of one's own."""

from __future__ import annotations

from pathlib import Path

import msgspec

from embed.default import DefaultEncoder
from embed.static_folder import About, write_static_folder
from embed.training.card import card
from embed.training.config import ADAPTING, TrainingConfig
from embed.training.corpus import TrainingCorpus
from embed.training.train import Progress, train_table

ADAPTED_ID = "patlas-adapted"


def adapt(
    encoder: DefaultEncoder,
    corpus: TrainingCorpus,
    folder: Path,
    *,
    config: TrainingConfig = ADAPTING,
    progress: Progress | None = None,
) -> DefaultEncoder:
    """Train an encoder further on a library's own records and write it as a folder of its own.

    Only the training part of the records is used (see `embed.split`), so that the rest can judge.
    Minutes on a CPU; the vocabulary stays.

    Args:
        encoder: where to start, with all its dimensions; not changed.
        corpus: all records of the library.
        folder: where to write; made when absent.
        config: settings; the size and dimensions of the model are those of `encoder`.
        progress: gets the number of steps done and the loss.

    Returns:
        The adapted encoder, read back from its folder.

    Raises:
        InputError: fewer than 200 records to learn from.
        MissingExtraError: torch is not installed.
    """
    model = encoder.model
    config = msgspec.structs.replace(config, dim=model.table.shape[1])
    part = corpus.training_part()
    table = train_table(part, model.tokenizer, config, start=model.table, progress=progress)
    about = About(
        id=ADAPTED_ID,
        records=len(part),
        corpus_hash=part.hash(),
        seed=config.seed,
        base=f"{model.about.id} {model.revision}",
    )
    write_static_folder(folder, model.tokenizer, table, about, card(about, config, len(table)))
    return DefaultEncoder(folder)
