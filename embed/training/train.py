"""Train a static encoder from a corpus, or adapt one to it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from embed.training.config import TrainingConfig
from embed.training.corpus import TrainingCorpus
from embed.training.pairs import PairSource, labels_of
from patents.errors import InputError, MissingExtraError

# Rarity at which a token's first weight is halved (SIF).
_COMMON = 1e-4
_FEWEST = 200
Progress = Callable[[int, float], None]
Table = npt.NDArray[np.float32]


def train_table(
    corpus: TrainingCorpus,
    tokenizer: Tokenizer,
    config: TrainingConfig,
    *,
    start: Table | None = None,
    progress: Progress | None = None,
) -> Table:
    """Train the rows of a tokenizer's tokens.

    The same corpus, tokenizer, settings and machine give the same rows.

    Args:
        corpus: records to learn from, each with an abstract.
        tokenizer: of v tokens.
        config: settings.
        start: float32 of shape (v, d), rows to go on from; None starts from noise.
        progress: gets the number of steps done and the loss.

    Returns:
        float32 of shape (v, config.dim).

    Raises:
        InputError: fewer than 200 records.
        MissingExtraError: torch is not installed.
    """
    if len(corpus) < _FEWEST:
        raise InputError("training-too-few-records", least=_FEWEST, count=len(corpus))
    try:
        from embed.training.loop import run
    except ImportError as error:
        raise MissingExtraError("training-needs-torch") from error
    generator = np.random.default_rng(config.seed)
    labels = labels_of(corpus)
    source = PairSource(corpus, tokenizer, labels, config, generator)
    vocabulary = tokenizer.get_vocab_size()
    directions, weights = _first_rows(source.frequencies(vocabulary), config, generator, start)
    return run(source, labels, config, generator, directions, weights, progress)


def _first_rows(
    frequencies: npt.NDArray[np.int64],
    config: TrainingConfig,
    generator: np.random.Generator,
    start: Table | None,
) -> tuple[Table, Table]:
    if start is not None:
        # At the size of fresh rows, so that a learning rate means the same.
        size = config.dim**0.5 * np.sqrt(np.mean(start.astype(np.float64) ** 2))
        return (start / size).astype(np.float32), np.zeros(len(start), dtype=np.float32)
    shape = (len(frequencies), config.dim)
    directions = (generator.standard_normal(shape) / config.dim**0.5).astype(np.float32)
    shares = (frequencies + 1) / (frequencies + 1).sum()
    return directions, np.log(_COMMON / (_COMMON + shares)).astype(np.float32)
