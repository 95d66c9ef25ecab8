"""What training makes smaller."""

from __future__ import annotations

import numpy as np
import torch
from torch.nn import functional

from embed.training.config import TrainingConfig
from embed.training.pairs import Batch, Labels

# Lower than any cosine over any temperature: takes a pair out of the contrast.
_NEVER = -1e4


def contrast(
    first: torch.Tensor, second: torch.Tensor, batch: Batch, labels: Labels, temperature: float
) -> torch.Tensor:
    """Each text must find its partner among the batch, both ways.

    Twins are no wrong answer, nor is the main group's own text where the partner is only a relative.

    Args:
        first: unit vectors of shape (B, d).
        second: likewise.
        batch: where they come from.
        labels: twins.
        temperature: of the softmax.
    """
    scores = first @ second.T / temperature
    twin_of_first = torch.from_numpy(labels.twin[batch.first_rows])
    twin_of_second = torch.from_numpy(labels.twin[batch.second_rows])
    twins = twin_of_first[:, None] == twin_of_second[None]
    group_of_first = torch.from_numpy(labels.group[batch.first_rows])
    group_of_second = torch.from_numpy(labels.group[batch.second_rows])
    related = torch.from_numpy(batch.related)
    relatives = (group_of_first[:, None] == group_of_second[None]) & (related[:, None] | related[None])
    excused = twins | relatives
    excused.fill_diagonal_(False)
    scores = scores.masked_fill(excused, _NEVER)
    partners = torch.arange(len(scores))
    return (functional.cross_entropy(scores, partners) + functional.cross_entropy(scores.T, partners)) / 2


class ClassHeads(torch.nn.Module):
    """A unit vector for every subclass, main group and subgroup; a text must lie near its own.

    A main group is its subclass plus a part of its own, a subgroup its main group plus one, so that
    classes of few records learn from their parents.

    Args:
        labels: classes of the training records.
        dim: dimensions.
        config: temperature and weights.
    """

    def __init__(self, labels: Labels, dim: int, config: TrainingConfig) -> None:
        super().__init__()
        self._labels = labels
        self._config = config
        self._subclass_of_group = torch.from_numpy(labels.subclass_of_group)
        counts = (
            int(labels.subclass.max(initial=0)) + 1,
            len(labels.subclass_of_group),
            len(labels.group_of_subgroup),
        )
        scales = (1.0, 0.5, 0.5)
        self.subclasses, self.groups, self.subgroups = (
            torch.nn.Parameter(torch.randn(count, dim) * (scale / dim**0.5))
            for count, scale in zip(counts, scales, strict=True)
        )

    def forward(self, vectors: torch.Tensor, rows: np.ndarray) -> torch.Tensor:
        """Loss of unit vectors of shape (m, d) whose records are classified."""
        labels = self._labels
        loss = self._loss(vectors, self.subclasses, labels.subclass[rows])
        groups = _rows(self.subclasses, self._subclass_of_group) + self.groups
        loss = loss + self._loss(vectors, groups, labels.group[rows])
        if self._config.subgroups:
            # All subgroups would be twenty thousand; those of the batch are hard enough.
            present, targets = np.unique(labels.subgroup[rows], return_inverse=True)
            parents = labels.group_of_subgroup[present]
            own = _rows(self.subgroups, torch.from_numpy(present))
            subgroups = _rows(groups, torch.from_numpy(parents)) + own
            loss = loss + self._config.subgroups * self._loss(vectors, subgroups, targets)
        return loss

    def _loss(self, vectors: torch.Tensor, classes: torch.Tensor, targets: np.ndarray) -> torch.Tensor:
        scores = vectors @ functional.normalize(classes, dim=1).T / self._config.class_temperature
        return functional.cross_entropy(scores, torch.from_numpy(targets))


def _rows(table: torch.Tensor, numbers: torch.Tensor) -> torch.Tensor:
    """Rows of a table by number.

    Not `table[numbers]`: going backward through that, threads add to a row in any order, and two runs differ.
    """
    return functional.embedding(numbers, table)
