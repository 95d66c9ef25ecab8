"""The rows of the tokens, trained by an Adam that touches only the rows of a step."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import torch

_BETA = 0.9
_BETA_SQUARE = 0.999
_TINY = 1e-8
# A token's weight is one number for 256; it moves more slowly than they do.
_WEIGHT_PACE = 0.3


class TokenRows:
    """A table of v rows, each a direction and a weight (the logarithm of a factor).

    The weight starts at what rarity alone would give and is learned with the rest.

    Args:
        directions: float32 of shape (v, d).
        weights: float32 of shape (v,).
    """

    def __init__(self, directions: npt.NDArray[np.float32], weights: npt.NDArray[np.float32]) -> None:
        self._parts = [_Moments(directions, 1.0), _Moments(weights, _WEIGHT_PACE)]
        self._step = 0

    def gather(self, tokens: npt.NDArray[np.int64]) -> torch.Tensor:
        """Rows of distinct tokens, for one forward pass: float32 of shape (u, d)."""
        places = torch.from_numpy(tokens)
        directions, weights = (part.gather(places) for part in self._parts)
        return directions * weights.exp()[:, None]

    def step(self, learning_rate: float) -> None:
        """Move the gathered rows against their gradients."""
        self._step += 1
        correction = math.sqrt(1 - _BETA_SQUARE**self._step) / (1 - _BETA**self._step)
        for part in self._parts:
            part.step(learning_rate * correction)

    def table(self) -> npt.NDArray[np.float32]:
        """All rows with their weights, scaled to a mean square of 1: float32 of shape (v, d)."""
        directions, weights = (part.values.numpy() for part in self._parts)
        rows = directions * np.exp(weights)[:, None]
        scaled: npt.NDArray[np.float32] = (rows / math.sqrt(float((rows**2).mean()))).astype(np.float32)
        return scaled


class _Moments:
    """One parameter with its two running means."""

    def __init__(self, values: npt.NDArray[np.float32], pace: float) -> None:
        self.values = torch.from_numpy(np.array(values, dtype=np.float32))
        self._pace = pace
        self._mean = torch.zeros_like(self.values)
        self._square = torch.zeros_like(self.values)
        self._places = torch.empty(0, dtype=torch.long)
        self._leaf = torch.empty(0)

    def gather(self, places: torch.Tensor) -> torch.Tensor:
        self._places = places
        self._leaf = self.values[places].requires_grad_()
        return self._leaf

    def step(self, learning_rate: float) -> None:
        slope = self._leaf.grad
        if slope is None:
            return
        mean = self._mean[self._places].mul_(_BETA).add_(slope, alpha=1 - _BETA)
        square = self._square[self._places].mul_(_BETA_SQUARE).addcmul_(slope, slope, value=1 - _BETA_SQUARE)
        self._mean[self._places], self._square[self._places] = mean, square
        moved = mean.div_(square.sqrt_().add_(_TINY))
        self.values[self._places] = self._leaf.detach().add_(moved, alpha=-learning_rate * self._pace)
