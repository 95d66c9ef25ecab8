"""The training loop; importing this module imports torch."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import torch
from torch.nn import functional

from embed.training.config import TrainingConfig
from embed.training.losses import ClassHeads, contrast
from embed.training.pairs import Batch, Labels, PairSource
from embed.training.rows import TokenRows

Progress = Callable[[int, float], None]
Table = npt.NDArray[np.float32]


def run(
    source: PairSource,
    labels: Labels,
    config: TrainingConfig,
    generator: np.random.Generator,
    directions: Table,
    weights: Table,
    progress: Progress | None,
) -> Table:
    """Run all steps; see `embed.training.train.train_table`."""
    torch.set_num_threads(config.threads)
    torch.manual_seed(config.seed)
    rows = TokenRows(directions, weights)
    heads = ClassHeads(labels, config.dim, config)
    optimizer = torch.optim.Adam(heads.parameters(), lr=2 * config.learning_rate)
    for step in range(config.steps):
        batch = source.batch()
        loss = _loss(batch, rows, heads, labels, config, generator)
        optimizer.zero_grad()
        torch.autograd.backward(loss)
        left = 1 - step / config.steps
        for group in optimizer.param_groups:
            group["lr"] = 2 * config.learning_rate * left
        optimizer.step()
        rows.step(config.learning_rate * left * min(1.0, (step + 1) / config.warm_up))
        if progress:
            progress(step + 1, float(loss.detach()))
    return rows.table()


def _loss(
    batch: Batch,
    rows: TokenRows,
    heads: ClassHeads,
    labels: Labels,
    config: TrainingConfig,
    generator: np.random.Generator,
) -> torch.Tensor:
    tokens, local = np.unique(np.concatenate([batch.first.ids, batch.second.ids]), return_inverse=True)
    offsets = np.concatenate([batch.first.offsets[:-1], batch.second.offsets[:-1] + len(batch.first.ids)])
    summed = functional.embedding_bag(
        torch.from_numpy(local), rows.gather(tokens), torch.from_numpy(offsets), mode="sum"
    )
    vectors = functional.normalize(summed, dim=1)
    size = len(batch.first_rows)
    loss = config.contrast * contrast(vectors[:size], vectors[size:], batch, labels, config.temperature)
    if not config.classes:
        return loss
    owners = np.concatenate([batch.first_rows, batch.second_rows])
    chosen = generator.permutation(2 * size)[: config.classified]
    chosen = chosen[labels.subgroup[owners[chosen]] >= 0]
    if not len(chosen):
        return loss
    classified: torch.Tensor = heads(vectors[torch.from_numpy(chosen)], owners[chosen])
    return loss + config.classes * classified
